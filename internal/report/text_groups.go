package report

import (
	"fmt"

	"wsalog/internal/stats"
	"wsalog/internal/term"
)

// splitCodes returns the codes that tables split their rows by: the heaviest
// that have a column's room.
func splitCodes(t *stats.Table, most int) []int {
	var list []int
	for i := range t.Codes[:min(most, len(t.Codes))] {
		list = append(list, t.Codes[i].Code)
	}
	return list
}

func (p *textPage) splitWidth() int {
	switch {
	case p.width >= wide:
		return 6
	case p.width >= medium:
		return 3
	}
	return 0
}

func hitsOf(list []stats.CodeCount, code int) int64 {
	for _, c := range list {
		if c.Code == code {
			return c.N
		}
	}
	return 0
}

// topTitle heads a table of which only the first rows are shown.
func topTitle(w *words, title string, shown int, all int64) string {
	if int64(shown) >= all {
		return title
	}
	return fmt.Sprintf(w.aside, title, fmt.Sprintf(w.topOf, thousands(int64(shown)), thousands(all)))
}

func (p *textPage) peers() {
	w := p.w
	rows := p.t.Peers[:min(len(p.t.Peers), p.o.top())]
	split := splitCodes(p.t, p.splitWidth())
	title := topTitle(w, w.GroupTitles[stats.ByPeer], len(rows), p.t.PeerNames)
	g := &grid{head: p.theme.Head, cols: []column{{head: title, min: 16, max: 44}, {head: w.ColTotal, right: true}}}
	for _, code := range split {
		g.cols = append(g.cols, column{head: fmt.Sprint(code), right: true})
	}
	g.cols = append(g.cols, column{head: w.ColFirst, from: wide}, column{head: w.ColLast, from: wide},
		column{head: w.ColPattern, from: small, min: 10})
	for i := range rows {
		r := &rows[i]
		cells := []gridCell{{p.safe.Line(r.Peer), p.theme.Used}, {withError(r.Hits, r.Error), term.Ink{}}}
		for _, code := range split {
			cells = append(cells, gridCell{dash(hitsOf(r.Codes, code)), term.Ink{}})
		}
		first, last := "", ""
		if r.Range.OK {
			first, last = p.clock.at(r.Range.First), p.clock.at(r.Range.Last)
		}
		g.row(append(cells, gridCell{first, p.theme.Dim}, gridCell{last, p.theme.Dim},
			gridCell{p.plain(pattern(r, &p.o, w)), term.Ink{}})...)
	}
	p.grid(g)
}

// withError writes a count that may be too small by err.
func withError(n, err int64) string {
	if err == 0 {
		return thousands(n)
	}
	return thousands(n) + "+"
}

func (p *textPage) groups(k stats.Key) {
	w := p.w
	all := p.t.Groups(k)
	rows := all
	if k != stats.ByHour {
		rows = all[:min(len(all), p.o.top())]
	}
	split := splitCodes(p.t, p.splitWidth())
	g := &grid{head: p.theme.Head, cols: []column{
		{head: topTitle(w, w.GroupTitles[k], len(rows), int64(len(all))), min: 16, max: p.width / 2},
		{head: w.ColEvents, right: true, from: medium}, {head: w.ColCount, right: true},
		{head: w.ColShare, right: true}, {head: "", from: small, min: 4},
	}}
	for _, code := range split {
		g.cols = append(g.cols, column{head: fmt.Sprint(code), right: true})
	}
	var top int64
	for i := range rows {
		top = max(top, rows[i].Hits)
	}
	for i := range rows {
		r := &rows[i]
		cells := []gridCell{
			{p.safe.Line(r.Key), p.theme.Used}, {dash(r.Events), term.Ink{}}, {dash(r.Hits), term.Ink{}},
			{percent(r.Hits, p.t.Totals.Hits), term.Ink{}}, {bar(p.tier, r.Hits, top, 10), p.theme.Error},
		}
		for _, code := range split {
			cells = append(cells, gridCell{dash(hitsOf(r.Codes, code)), term.Ink{}})
		}
		g.row(cells...)
	}
	p.grid(g)
}

// plain makes one of our own texts fit for the glyph tier.
func (p *textPage) plain(s string) string {
	s = p.g.Plain(s)
	if p.g.Tier == term.ASCII {
		s = asciiMore.Replace(s)
	}
	return s
}
