package report

import (
	"strings"

	"wsalog/internal/stats"
	"wsalog/internal/term"
)

// eighths are the left parts of a cell, from one eighth to seven.
var eighths = [...]string{"▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// bar draws n as a bar of at most cells cells, full where n is top.
func bar(tier term.Tier, n, top int64, cells int) string {
	if top <= 0 || n <= 0 || cells <= 0 {
		return ""
	}
	parts := int(float64(n) / float64(top) * float64(cells) * 8)
	full, rest := parts/8, parts%8
	switch tier {
	case term.Full:
		s := strings.Repeat("█", full)
		if rest > 0 {
			s += eighths[rest-1]
		}
		if s == "" {
			s = eighths[0]
		}
		return s
	case term.CP437:
		s := strings.Repeat("█", full)
		if rest >= 4 || s == "" {
			s += "▌"
		}
		return s
	}
	if full == 0 {
		return "."
	}
	return strings.Repeat("#", full)
}

// An hourAxis cuts the range of a table into cells for sparklines: the hours of
// the day where the hits of one day spread over many, else equal slices of the
// range.
type hourAxis struct {
	hours bool
	cells int
	from  int64 // of the axis, as At of a Moment
	span  int64
	label string
}

// wideSpan is the range, in milliseconds, from which hours of the day are drawn.
const wideSpan = 6 * 3600_000

func axisOf(t *stats.Table, cells int, c clock, arrow string) hourAxis {
	if !t.Hits.OK || t.Hits.First.Axis != t.Timeline.Axis || len(t.Timeline.Buckets) == 0 {
		return hourAxis{}
	}
	a := hourAxis{cells: cells, from: t.Hits.First.At, span: t.Hits.Last.At - t.Hits.First.At + 1}
	if t.Axis != stats.AxisLine && sameDay(t.Hits.First.Time(), t.Hits.Last.Time()) && a.span >= wideSpan {
		a.hours, a.label = true, "00"+arrow+"24"
		return a
	}
	unit := t.Timeline.Unit
	if t.Axis != stats.AxisLine {
		unit *= 1000
	}
	a.cells = int(max(1, min(int64(cells), a.span/unit+1)))
	a.label = c.short(t.Hits.First) + arrow + c.short(t.Hits.Last)
	return a
}

// cell returns the cell of a place.
func (a *hourAxis) cell(at int64) int {
	i := int(float64(at-a.from) / float64(a.span) * float64(a.cells))
	return max(0, min(a.cells-1, i))
}

// values returns the hits of a code per cell, and the first and last cell of the
// time in which the code was alive.
func (a *hourAxis) values(t *stats.Table, row *stats.CodeRow) (v []int64, first, last int) {
	v = make([]int64, a.cells)
	first, last = a.cells, -1
	note := func(i int, n int64) {
		v[i] += n
		if n > 0 {
			first, last = min(first, i), max(last, i)
		}
	}
	if a.hours {
		for h, n := range row.Hours {
			note(h*a.cells/24, n)
		}
		return v, first, last
	}
	for i := range t.Timeline.Buckets {
		b := &t.Timeline.Buckets[i]
		for _, c := range b.Codes {
			if c.Code == row.Code {
				note(a.cell(max(b.Start.At, a.from)), c.N)
			}
		}
	}
	return v, first, last
}

// spark draws values; cells outside first..last stay blank, cells without hits
// within show the lowest step.
func spark(g term.GlyphSet, v []int64, first, last int) string {
	var top int64
	for _, n := range v {
		top = max(top, n)
	}
	if top == 0 {
		return ""
	}
	var b strings.Builder
	for i, n := range v {
		switch {
		case i > last:
			return b.String()
		case i < first:
			b.WriteByte(' ')
		default:
			step := int(float64(n) / float64(top) * float64(len(g.Bars)-1))
			if n > 0 && step == 0 && len(g.Bars) > 4 {
				step = 1
			}
			b.WriteString(g.Bars[step])
		}
	}
	return b.String()
}
