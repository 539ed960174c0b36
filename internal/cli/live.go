package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"wsalog/annotate"
)

// tickEvery is how often a terminal's live rows may change: four times a second.
const tickEvery = 250 * time.Millisecond

// live keeps a terminal's view up to date while the run lasts: it redraws what is
// due, follows the size of the window, and steps aside for Ctrl-Z. The returned
// function ends that.
func (s *annotation) live(ctx context.Context) (stop func()) {
	v := s.screen
	if v == nil {
		return func() {}
	}
	a := s.run.app
	s.run.notices.around = func(say func()) {
		_ = v.Suspend() // an error of the view comes again at its next batch
		say()
		_ = v.Resume()
	}
	done, ended := make(chan struct{}), make(chan struct{})
	unwatch := onSuspend(func() { _ = v.Suspend() }, func() { _ = v.Resume() })
	go func() {
		defer close(ended)
		ticker := time.NewTicker(tickEvery)
		defer ticker.Stop()
		width, height := s.profile.Width, s.profile.Height
		for {
			select {
			case <-done:
				return
			case <-ctx.Done():
				return
			case <-ticker.C:
				if w, h := a.size(); w > 0 && h > 0 && (w != width || h != height) {
					width, height = w, h
					v.Resize(width, height)
				}
				_ = v.Tick()
			}
		}
	}()
	return func() {
		unwatch()
		close(done)
		<-ended
	}
}

// warn names the rules whose patterns ran out of time: their verdicts are missing.
func (r *run) warn(totals annotate.Totals) {
	for _, id := range slices.Sorted(maps.Keys(totals.Timeouts)) {
		r.app.complain(r.app.words.say("rules.timeout", id, totals.Timeouts[id]))
	}
}

// engine tells what --stats asks for: how much was searched and how fast.
func (r *run) engine(totals annotate.Totals) {
	took := max(r.app.now().Sub(r.began), time.Microsecond)
	rejected, timeouts := 0, 0
	for _, n := range totals.Rejected {
		rejected += n
	}
	for _, n := range totals.Timeouts {
		timeouts += n
	}
	perSecond := float64(totals.Bytes) / (1 << 20) / took.Seconds()
	w := r.app.words
	fmt.Fprintln(r.app.stderr, "wsalog: "+w.say("stats.line",
		w.count("n.sources", int64(totals.Sources)), w.count("n.lines", totals.Lines), w.count("n.bytes", totals.Bytes),
		took.Round(time.Microsecond), perSecond, w.count("n.workers", int64(r.config.Workers)),
		w.count("n.rejected", int64(rejected)), w.count("n.timeouts", int64(timeouts))))
}
