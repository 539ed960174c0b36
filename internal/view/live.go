package view

import (
	"fmt"
	"strings"
	"time"
)

// redrawEvery bounds how often what is rewritten in place changes: four times a
// second.
const redrawEvery = 250 * time.Millisecond

const (
	// eraseBelow erases from the start of this row to the end of the screen. It
	// erases the row first and the rest from its second cell on: tmux takes an
	// erasure from the first cell of the screen for "clear" and saves what it
	// erases in the history.
	eraseBelow = "\r\x1b[K\x1b[C\x1b[J\r"
	reset      = "\x1b[0m"
	wrapOff    = "\x1b[?7l" // a row that meets a screen just made narrower is cut, not broken in two
	wrapOn     = "\x1b[?7h"
)

// The live rows are the digest of a running burst and the footer. They stand
// below all output, and the cursor is parked on the first cell of the first of
// them: wherever a resize moves them, they are erased by clearing from there
// downwards, and no row of the log is ever in the way.

// endLive erases the live rows before something is written. After a pause it
// erases even where there are none: what the user typed stands there, the ^C that
// ends the run, say, because the terminal shows it.
func (v *View) endLive() {
	if v.live > 0 || v.paused && v.rewrites && !v.midLine {
		v.out.str(eraseBelow)
	}
	v.live, v.paused = 0, false
}

// refresh draws the live rows anew where that is due. Where it is not yet, but the
// input pauses below rows that new lines have pushed away, the rows that stood
// there are put back as they were: on a log that is never quiet for long they
// would hardly ever be seen otherwise.
func (v *View) refresh(force, pause bool) {
	if !v.rewrites || v.suspended || v.midLine || v.closed {
		return
	}
	now := v.now()
	if !v.started {
		v.started, v.lastDraw = true, now // a short file ends before the first footer
		if !force {
			return
		}
	}
	if now.Sub(v.lastDraw) < redrawEvery && !force {
		if pause && v.live == 0 && v.footer != "" && v.run.folded == 0 {
			v.draw([]string{v.footer})
		}
		return
	}
	rows := v.liveRows()
	if v.live == len(rows) && strings.Join(rows, "\n") == v.drawn {
		return
	}
	v.lastDraw = now
	v.draw(rows)
}

// draw puts rows below the output, in place of those that stand there.
func (v *View) draw(rows []string) {
	v.endLive()
	if len(rows) == 0 {
		return
	}
	v.drawn = strings.Join(rows, "\n")
	v.out.str(wrapOff + v.drawn + wrapOn)
	if len(rows) > 1 {
		v.out.str(fmt.Sprintf("\x1b[%dA", len(rows)-1))
	}
	v.out.str("\r")
	v.live = len(rows)
}

// liveRows returns the rows to draw, none wider than the screen less one cell:
// a row that fills the screen leaves the cursor in a place that terminals do not
// agree on.
func (v *View) liveRows() []string {
	var rows []string
	if v.run.folded > 0 {
		rows = append(rows, v.foldRow(v.width()-1))
	}
	v.footer = ""
	if v.opt.Footer && v.rows > len(rows)+1 {
		v.footer = v.footerRow(v.width() - 1)
		rows = append(rows, v.footer)
	}
	return rows
}

// footerRow: ── 5,000,000 lines · 13,300 hits · 5 codes · top 10061 41% ──
func (v *View) footerRow(width int) string {
	t, w := &v.tally, v.words
	parts := []string{count(w.lines, t.Lines), count(w.hits, t.Hits), count(w.codes, int64(t.distinct()))}
	if code, n := t.top(); n > 0 {
		parts = append(parts, fmt.Sprintf(w.top, v.book.get(code).label, decimal(100*float64(n)/float64(t.Hits))))
	}
	if groups := v.groups(); groups != "" {
		parts = append(parts, groups)
	}
	hint := v.opt.Footer
	rule := strings.Repeat(v.glyph.Rule, 2)
	for {
		list := parts
		if hint {
			list = append(parts[:len(parts):len(parts)], w.ctrlC)
		}
		row := rule + " " + strings.Join(list, v.glyph.Dot) + " " + rule
		if v.cells.Width(row) <= width {
			return v.theme.Dim.Paint(row)
		}
		switch {
		case len(parts) > 4: // the groups go first, then the hint, then from the right
			parts = parts[:4]
		case hint:
			hint = false
		case len(parts) > 1:
			parts = parts[:len(parts)-1]
		default:
			return v.theme.Dim.Paint(v.cells.Truncate(row, width, ""))
		}
	}
}
