package view

import (
	"fmt"
	"strings"
	"time"
)

// redrawEvery bounds the redraws of what is rewritten in place: four a second.
const redrawEvery = 250 * time.Millisecond

const (
	eraseBelow = "\r\x1b[J" // from the start of this row to the end of the screen
	reset      = "\x1b[0m"
	wrapOff    = "\x1b[?7l" // a row that meets a screen just made narrower is cut, not broken in two
	wrapOn     = "\x1b[?7h"
)

// The live rows are the digest of a running burst and the footer. They stand
// below all output, and the cursor is parked on the first cell of the first of
// them: wherever a resize moves them, they are erased by clearing from there
// downwards, and no row of the log is ever in the way.

// endLive erases the live rows before something is written.
func (v *View) endLive() {
	if v.live == 0 {
		return
	}
	v.out.str(eraseBelow)
	v.live = 0
}

// refresh draws the live rows anew where that is due. idle is set when no output
// is waiting: then a change is shown even if only the time has changed.
func (v *View) refresh(force bool) {
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
		return
	}
	rows := v.liveRows()
	key := strings.Join(rows, "\n")
	if v.live == len(rows) && key == v.drawn {
		return
	}
	v.lastDraw = now
	v.endLive()
	if len(rows) == 0 {
		return
	}
	v.out.str(wrapOff + strings.Join(rows, "\n") + wrapOn)
	if len(rows) > 1 {
		v.out.str(fmt.Sprintf("\x1b[%dA", len(rows)-1))
	}
	v.out.str("\r")
	v.live, v.drawn = len(rows), key
}

// liveRows returns the rows to draw, none wider than the screen less one cell:
// a row that fills the screen leaves the cursor in a place that terminals do not
// agree on.
func (v *View) liveRows() []string {
	var rows []string
	if v.run.folded > 0 {
		rows = append(rows, v.foldRow(v.width()-1))
	}
	if v.opt.Footer && v.rows > len(rows)+1 {
		rows = append(rows, v.footerRow(v.width()-1))
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
