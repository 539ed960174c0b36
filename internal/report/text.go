package report

import (
	"fmt"
	"io"
	"strings"

	"wsalog/internal/stats"
	"wsalog/internal/term"
	"wsalog/rules"
)

// A textPage writes a table for a terminal or a text file.
type textPage struct {
	b     strings.Builder
	t     *stats.Table
	o     Options
	w     *words
	g     term.GlyphSet
	tier  term.Tier // for bars and sparklines
	ruler term.Cells
	safe  term.Sanitiser
	theme *term.Theme
	clock clock
	width int
}

func newTextPage(t *stats.Table, o Options) *textPage {
	p := &textPage{
		t: t, o: o, w: wordsOf(o.Lang), g: term.Glyphs(o.Profile.Glyphs), tier: o.Profile.Glyphs,
		ruler: o.Profile.Cells(), safe: term.Sanitiser{Tier: o.Profile.Glyphs}, theme: o.Theme,
		clock: clockFor(t.Hits), width: o.width(),
	}
	if p.theme == nil {
		p.theme = &term.Theme{}
	}
	if o.Profile.WideAmbig {
		p.tier = term.ASCII // blocks would take two cells
	}
	return p
}

func writeText(w io.Writer, t *stats.Table, o Options) error {
	p := newTextPage(t, o)
	p.header()
	if t.Totals.Hits > 0 {
		for _, k := range p.keys() {
			p.b.WriteByte('\n')
			p.table(k)
		}
	}
	p.notes()
	if _, err := io.WriteString(w, p.b.String()); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

func (p *textPage) keys() []stats.Key {
	if p.o.By != nil {
		return p.o.By
	}
	if len(p.t.Peers) == 0 {
		return []stats.Key{stats.ByCode}
	}
	return []stats.Key{stats.ByCode, stats.ByPeer}
}

// table writes the table of a key.
func (p *textPage) table(k stats.Key) {
	switch k {
	case stats.ByCode:
		p.codes()
	case stats.ByPeer:
		p.peers()
	default:
		p.groups(k)
	}
}

// items writes items with dots between them, as many a line as fit, after a
// blank.
func (p *textPage) items(ink term.Ink, items ...string) {
	p.hanging(ink, " ", "   ", items)
}

// hanging writes items with dots between them; the first line begins with first,
// the others with rest.
func (p *textPage) hanging(ink term.Ink, first, rest string, items []string) {
	line, empty := first, true
	flush := func() {
		p.b.WriteString(ink.Paint(strings.TrimRight(line, " ")))
		p.b.WriteByte('\n')
		line, empty = rest, true
	}
	for _, item := range items {
		if item == "" {
			continue
		}
		item = p.g.Plain(item)
		if !empty && p.ruler.Width(line+p.g.Dot+item) > p.width {
			flush()
		}
		if !empty {
			line += p.g.Dot
		}
		for i, part := range p.ruler.Wrap(item, max(20, p.width-p.ruler.Width(line)),
			max(20, p.width-p.ruler.Width(rest))) {
			if i > 0 {
				flush()
			}
			line, empty = line+part, false
		}
	}
	if !empty {
		flush()
	}
}

func (p *textPage) header() {
	t, w := p.t, p.w
	elapsed := ""
	if p.o.Meta.Elapsed > 0 {
		elapsed = fmt.Sprintf(w.seconds, secondsOf(p.o.Meta.Elapsed))
	}
	p.hanging(p.theme.Head, "", "   ", []string{
		w.title, counted(w.files, w.file1, filesRead(t)), size(t.Totals.Bytes),
		counted(w.lines, w.line1, t.Totals.Lines), p.periodText(), elapsed,
	})
	if t.Totals.Hits == 0 {
		p.items(term.Ink{}, noHits(t, w))
		return
	}
	p.items(term.Ink{}, totals(t, w)...)
}

// filesRead is the number of files of which something could be read: all of it,
// even if that was nothing, or a part.
func filesRead(t *stats.Table) int64 {
	n := int64(0)
	for i := range t.Files {
		if t.Files[i].Unread == "" || t.Files[i].Bytes > 0 {
			n++
		}
	}
	return n
}

// noHits says that there is no hit, which is good news only where something was
// read.
func noHits(t *stats.Table, w *words) string {
	if t.Totals.Lines == 0 {
		return w.noLines
	}
	return fmt.Sprintf(w.noHits, counted(w.lines, w.line1, t.Totals.Lines))
}

func (p *textPage) periodText() string {
	if p.t.Axis == stats.AxisLine && p.t.Hits.OK {
		return p.w.noStamps
	}
	return period(p.t.Period, p.g.Arrow)
}

// totals lists the figures of the second head line.
func totals(t *stats.Table, w *words) []string {
	onLines := w.onLines
	if t.Totals.HitLines == 1 {
		onLines = w.onLine1
	}
	hits := fmt.Sprintf(onLines, counted(w.hits, w.hit1, t.Totals.Hits), thousands(t.Totals.HitLines),
		percent(t.Totals.HitLines, t.Totals.Lines))
	items := []string{hits, counted(w.codes, w.code1, int64(len(t.Codes)))}
	if t.Totals.Events != t.Totals.Hits {
		items = append([]string{counted(w.events, w.event1, t.Totals.Events)}, items...)
	}
	if t.PeerNames > 0 {
		peers := counted(w.peers, w.peer1, t.PeerNames)
		if t.PeerCap != nil {
			peers = fmt.Sprintf(w.about, peers)
		}
		items = append(items, peers)
	}
	return append(items, busiest(t, w))
}

func busiest(t *stats.Table, w *words) string {
	b := &t.Busiest
	at := clockFor(t.Hits).short(b.Start)
	switch {
	case b.Minutes == 0:
		return ""
	case b.Minutes == 1:
		return fmt.Sprintf(w.busiest, at, thousands(b.Hits))
	}
	return fmt.Sprintf(w.busiestOf, at, thousands(b.Hits), thousands(b.Minutes))
}

// The widths at which the text report gains columns.
const (
	wide   = 140
	medium = 80
	small  = 60
)

func (p *textPage) codes() {
	cells, bars := 24, 20
	switch {
	case p.width < small:
		cells, bars = 0, max(0, min(8, p.width-36))
	case p.width < medium:
		cells, bars = 12, 8
	case p.width < wide:
		cells, bars = 12, 10
	}
	axis := axisOf(p.t, cells, p.clock, p.g.Arrow)
	rows := p.t.Codes[:min(len(p.t.Codes), p.o.top())]
	g := p.codesGrid(rows, &axis, bars)
	if over := g.excess(p.width, p.ruler); over > 0 { // shorter bars, rather than cut words
		g = p.codesGrid(rows, &axis, max(min(bars, shortBar), bars-over))
	}
	p.grid(g)
	p.more(len(p.t.Codes) - len(rows))
}

// shortBar is the length, in cells, below which a bar tells nothing.
const shortBar = 3

func (p *textPage) codesGrid(rows []stats.CodeRow, axis *hourAxis, bars int) *grid {
	w := p.w
	first, last, over := w.ColFirst, w.ColLast, w.ColOverTime+" "+axis.label
	if p.t.Axis == stats.AxisLine {
		first, last = w.ColFirstLine, w.ColLastLine
	}
	if axis.hours {
		over = w.ColPerHour + " " + axis.label
		if p.width < wide {
			over = axis.label
		}
	}
	never := wide * 1000
	events := medium
	if p.t.Totals.Events == p.t.Totals.Hits {
		events = never
	}
	meaning := wide
	if p.o.Texts == nil {
		meaning = never
	}
	g := &grid{head: p.theme.Head, cols: []column{
		{head: w.ColCode}, {head: w.ColName, min: 8, max: 24}, {head: w.ColMeaning, from: meaning, min: 8, max: 24},
		{head: w.ColEvents, right: true, from: events}, {head: w.ColCount, right: true},
		{head: w.ColShare, right: true}, {head: ""},
		{head: first, from: medium, right: p.t.Axis == stats.AxisLine},
		{head: last, from: medium, right: p.t.Axis == stats.AxisLine},
		{head: p.g.Plain(over), from: small}, {head: w.ColPeers, right: true, from: wide},
		{head: w.ColFiles, right: true, from: wide},
	}}
	for i := range rows {
		g.row(p.codeRow(&rows[i], axis, bars)...)
	}
	return g
}

func (p *textPage) codeRow(r *stats.CodeRow, axis *hourAxis, bars int) []gridCell {
	ink := p.ink(r.Severity)
	line := ""
	if axis.cells > 0 {
		v, first, last := axis.values(p.t, r)
		line = spark(term.Glyphs(p.tier), v, first, last)
	}
	first, last := "", ""
	if r.Range.OK {
		first, last = p.clock.at(r.Range.First), p.clock.at(r.Range.Last)
		if p.width < wide && p.clock.manyDays {
			first, last = p.clock.short(r.Range.First), p.clock.short(r.Range.Last)
		}
	}
	return []gridCell{
		{fmt.Sprint(r.Code), ink}, {r.Name, ink}, {p.g.Plain(p.o.text(r.Code).Word), term.Ink{}},
		{thousands(r.Events), term.Ink{}}, {thousands(r.Hits), term.Ink{}},
		{percent(r.Hits, p.t.Totals.Hits), term.Ink{}},
		{bar(p.tier, r.Hits, p.t.Codes[0].Hits, bars), ink},
		{first, p.theme.Dim}, {last, p.theme.Dim}, {line, term.Ink{}}, {dash(r.Peers), term.Ink{}},
		{dash(r.Files), term.Ink{}},
	}
}

func (p *textPage) ink(s rules.Severity) term.Ink {
	switch s {
	case rules.Error:
		return p.theme.Error
	case rules.Warn:
		return p.theme.Warn
	}
	return p.theme.Info
}

func dash(n int64) string {
	if n == 0 {
		return "-"
	}
	return thousands(n)
}

func (p *textPage) grid(g *grid) { g.append(&p.b, p.width, p.ruler, p.g.Ellipsis) }

// more says how many rows a table leaves out.
func (p *textPage) more(n int) {
	if n > 0 {
		p.items(p.theme.Dim, fmt.Sprintf(p.w.andMore, thousands(int64(n))))
	}
}
