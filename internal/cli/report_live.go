package cli

import (
	"bytes"
	"fmt"
	"sync"
	"time"

	"wsalog/annotate"
	"wsalog/internal/report"
	"wsalog/internal/stats"
	"wsalog/internal/term"
)

// redrawTable is how often the table of report -f is drawn anew on a terminal.
const redrawTable = time.Second

// A liveReport is the collector of a report that may be looked at while it
// counts: on a terminal the table is redrawn in place, and --every writes the
// documents again and again.
type liveReport struct {
	mu        sync.Mutex // guards collector
	collector *stats.Collector
	changed   bool

	run     *run
	targets []target
	profile term.Profile // of standard output
	shown   bool         // the table is on the screen
	err     error        // of writing; stops the run at its next batch
	done    chan struct{}
	ended   chan struct{}
}

// liveReport wraps a collector. Without --follow it only counts.
func (r *run) liveReport(c *stats.Collector, targets []target, every time.Duration) *liveReport {
	l := &liveReport{collector: c, run: r, targets: targets, done: make(chan struct{}), ended: make(chan struct{})}
	l.profile = r.app.profile(stdoutStream)
	toScreen := len(targets) == 1 && targets[0].file == "" && targets[0].format.Name == "text" && l.profile.Rewrite
	switch {
	case !r.follow || every == 0 && !toScreen:
		close(l.ended)
	case every > 0:
		go l.loop(every, l.writeAll)
	default:
		r.notices.around = func(say func()) {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.erase()
			say()
		}
		go l.loop(redrawTable, l.draw)
	}
	return l
}

func (l *liveReport) loop(every time.Duration, show func() error) {
	defer close(l.ended)
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-l.done:
			return
		case <-ticker.C:
			l.mu.Lock()
			if l.err == nil {
				l.err = show()
			}
			l.mu.Unlock()
		}
	}
}

// writeAll writes every document as it stands now.
func (l *liveReport) writeAll() error {
	table := l.collector.Table()
	for _, t := range l.targets {
		if err := l.run.write(t, table); err != nil {
			return err
		}
	}
	return nil
}

// draw shows the table in place of the one that was drawn before, cut to the
// height of the screen.
func (l *liveReport) draw() error {
	p := &l.profile
	if w, h := l.run.app.size(); w > 0 && h > 0 && (w != p.Width || h != p.Height) {
		p.Width, p.Height = w, h
		l.changed = true
	}
	if !l.changed {
		return nil
	}
	l.changed = false
	o, err := l.run.reportOptions(*p, false)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	text, _ := report.FormatByName("text")
	if err := text.Write(&b, l.collector.Table(), o); err != nil {
		return err
	}
	lines := bytes.Split(bytes.TrimRight(b.Bytes(), "\n"), []byte("\n"))
	lines = lines[:min(len(lines), max(p.Height-1, 1))]
	l.erase()
	l.shown = true
	table := append([]byte(cutRows), bytes.Join(lines, []byte("\n"))...)
	table = append(table, foldRows...)
	if len(lines) > 1 {
		table = fmt.Appendf(table, "\x1b[%dA", len(lines)-1)
	}
	_, err = l.run.app.stdout.Write(append(table, '\r'))
	return err
}

// While the table is drawn the terminal cuts rows: a screen just made narrower would
// break them in two.
const (
	cutRows  = "\x1b[?7l"
	foldRows = "\x1b[?7h"
)

// erase takes the table off the screen. The cursor is parked on its first row, from
// where on all is cleared: on a screen that was made narrower nobody knows how many
// rows it takes. The row goes first, then all from its second cell on, since tmux takes an erasure from the very first cell of the screen for
// "clear" and saves what it erases in the history.
func (l *liveReport) erase() {
	if l.shown {
		fmt.Fprint(l.run.app.stdout, "\r\x1b[K\x1b[C\x1b[J\r")
		l.shown = false
	}
}

// end stops showing and clears the screen for the final report.
func (l *liveReport) end() {
	close(l.done)
	<-l.ended
	l.erase()
}

// Batch counts b.
func (l *liveReport) Batch(b *annotate.Batch) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return l.err
	}
	l.changed = true
	return l.collector.Batch(b)
}

// NewTray lets the collector prepare batches, which needs no lock.
func (l *liveReport) NewTray() annotate.Tray { return l.collector.NewTray() }

// Deliver counts b as it was prepared.
func (l *liveReport) Deliver(b *annotate.Batch, t annotate.Tray) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return l.err
	}
	l.changed = true
	return l.collector.Deliver(b, t)
}

// Idle has nothing to do.
func (l *liveReport) Idle() error { return nil }

// Close hands the totals on.
func (l *liveReport) Close(t annotate.Totals) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.collector.Close(t)
}
