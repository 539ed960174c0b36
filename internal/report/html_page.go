package report

import (
	"fmt"
	"html/template"
	"strings"

	"wsalog/internal/stats"
)

// A page is what the template of the report shows. Everything in it that comes
// from a log is a plain string, which the template escapes.
type page struct {
	pageFrame
	Summary  []string
	Verdict  string
	Findings []Finding
	Tiles    []pair
	Empty    bool

	Timeline  template.HTML
	Narrow    template.HTML // the same for a narrow window
	Columns   []timeColumn
	Legend    []legendItem
	Lanes     template.HTML
	Codes     []pageCode
	CodesNote string

	SplitCodes []int
	Peers      []pageRow
	PeersNote  string
	Heat       []heatRow
	Week       []heatRow
	HourNames  []string
	MatrixOf   []int
	Files      []pageFile
	FilesNote  string
	Calls      []pageRow
	Templates  []pageTemplateRow
	TemplNote  string
	Parts      []pageRow
	Classes    []pageRow

	Apart, NotCounted, Coverage []string
	Data                        template.JS
	SaveHint                    string
}

type legendItem struct {
	Series int
	Name   string
}

// pageRow is a row of a table of names.
type pageRow struct {
	Name         string
	Hits, Events string
	N            int64
	Share        string
	Bar          template.HTML
	Split        []string
	First, Last  string
	A, B         string // ends of its range, for filtering by time; empty when it has none
	Note         string
}

type pageCode struct {
	pageRow
	Code    int
	Series  int
	Level   string // severity
	Class   string
	Part    string
	Word    string
	Spark   template.HTML
	Peers   string
	Files   string
	Meaning string
	Causes  []string
	Checks  []string
	Samples []pageSample
	Forms   string
	Calls   string
}

type pageSample struct{ Where, Text string }

type heatRow struct {
	Name  string
	Total string
	Cells []heatCell
}

type heatCell struct {
	Shade int
	N     string
}

type pageFile struct {
	pageRow
	Lines, Bytes, Encoding string
	Cells                  []heatCell
	Unread                 string
}

type pageTemplateRow struct {
	pageRow
	Where, Sample string
}

// pager builds a page.
type pager struct {
	t       *stats.Table
	o       Options
	w       *words
	h       *htmlWords
	limits  pageLimits
	clock   clock
	colours map[int]int
}

func newPage(t *stats.Table, o Options, limits pageLimits) (*page, error) {
	b := &pager{t, o, wordsOf(o.Lang), htmlWordsOf(o.Lang), limits, clockFor(t.Hits), seriesOf(t)}
	p := &page{pageFrame: newFrame(&o, wordsOf(o.Lang).title), Empty: t.Totals.Hits == 0}
	b.head(p)
	b.drawings(p)
	b.codes(p)
	b.peers(p)
	b.heats(p)
	b.files(p)
	b.groups(p)
	p.Apart = b.cleaned((&textPage{t: t, o: o, w: b.w, g: fullGlyphs}).apart())
	p.NotCounted = b.cleaned(notCounted(t, b.w))
	p.Coverage = b.cleaned(coverage(t, b.w, b.name, b.o.Reason))
	data, err := pageData(t, o, limits)
	if err != nil {
		return nil, err
	}
	p.Data = data
	p.SaveHint = fmt.Sprintf(b.h.SaveHint, thousands(int64(limits.dataPeers)))
	return p, nil
}

// name makes a text from a log fit to be shown: harmless and not too long.
func (b *pager) name(s string) string { return shorten(clean(s), b.limits.name) }

// reason words why a file was not read.
func (b *pager) reason(s string) string {
	if b.o.Reason == nil || s == "" {
		return s
	}
	return b.o.Reason(s)
}

func (b *pager) cleaned(list []string) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, b.name(s))
		}
	}
	return out
}

func (b *pager) head(p *page) {
	t, w, h := b.t, b.w, b.h
	p.Summary = append(p.Summary, counted(w.files, w.file1, filesRead(t)), size(t.Totals.Bytes),
		counted(w.lines, w.line1, t.Totals.Lines))
	if t.Axis == stats.AxisLine && t.Hits.OK {
		p.Summary = append(p.Summary, w.noStamps)
	} else if s := period(t.Period, "→"); s != "" {
		p.Summary = append(p.Summary, s)
	}
	p.Verdict = strings.Join(b.cleaned(verdict(t, &b.o)), w.gap)
	p.Findings = Findings(t, b.o)
	for i := range p.Findings {
		p.Findings[i].Text = b.name(p.Findings[i].Text)
	}
	tile := func(value, name string) { p.Tiles = append(p.Tiles, pair{name, value}) }
	if t.Totals.Events != t.Totals.Hits {
		tile(thousands(t.Totals.Events), h.TileEvents)
	}
	tile(thousands(t.Totals.Hits), h.TileHits)
	tile(percent(t.Totals.HitLines, t.Totals.Lines), h.TileRate)
	if ms := t.Period.Last.At - t.Period.First.At; t.Period.OK && t.Axis == stats.AxisTime && ms >= 3600_000 {
		tile(fmt.Sprintf("%.1f", float64(t.Totals.Hits)/(float64(ms)/3600_000)), h.TileRateHour)
	}
	tile(thousands(int64(len(t.Codes))), h.TileCodes)
	peers := thousands(t.PeerNames)
	if t.PeerCap != nil {
		peers = fmt.Sprintf(w.about, peers)
	}
	tile(peers, h.TilePeers)
	if t.Busiest.Minutes > 0 {
		tile(b.clock.short(t.Busiest.Start), fmt.Sprintf(w.aside, h.TileBusiest, thousands(t.Busiest.Hits)))
	}
	if t.Hits.OK && t.Axis != stats.AxisLine {
		tile(b.clock.at(t.Hits.Last), h.TileLast)
	}
}

func (b *pager) drawings(p *page) {
	c := newChart(b.t, plotLeft, plotWidth)
	if c == nil {
		return
	}
	codes := splitCodes(b.t, series)
	p.Columns = timeColumns(c, b.colours, maxColumns)
	label := b.h.CapTimeline + b.w.colon + strings.Join(totals(b.t, b.w), b.w.comma)
	p.Timeline = timelineSVG(c, p.Columns, label, codes, b.h.Others)
	narrow := newChart(b.t, narrowLeft, narrowWidth)
	p.Narrow = narrowSVG(narrow, timeColumns(narrow, b.colours, maxColumns/2), label)
	for i, code := range codes {
		p.Legend = append(p.Legend, legendItem{i, fmt.Sprintf("%d %s", code, b.o.word(code))})
	}
	if len(b.t.Codes) > series {
		p.Legend = append(p.Legend, legendItem{series, b.h.Others})
	}
	p.Lanes = lanesSVG(c, b.t.Codes[:min(20, len(b.t.Codes))], b.colours, b.h.CapLanes)
}

// row fills what all rows of names have; split lists the codes with a column.
func (b *pager) row(
	name string, hits, events, top int64, colour int, r stats.Range, codes []stats.CodeCount, split []int,
) pageRow {
	row := pageRow{
		Name: b.name(name), Hits: thousands(hits), Events: thousands(events), N: hits,
		Share: percent(hits, b.t.Totals.Hits),
		Bar:   barSVG(hits, top, colour, percent(hits, b.t.Totals.Hits)),
	}
	if r.OK {
		row.First, row.Last = b.clock.at(r.First), b.clock.at(r.Last)
		if r.First.Axis == b.t.Axis {
			row.A, row.B = fmt.Sprint(r.First.At), fmt.Sprint(r.Last.At)
		}
	}
	for _, code := range split {
		row.Split = append(row.Split, dash(hitsOf(codes, code)))
	}
	return row
}

func (b *pager) codes(p *page) {
	axis := axisOf(b.t, 24, b.clock, "→")
	for i := range b.t.Codes {
		r := &b.t.Codes[i]
		colour := b.colours[r.Code]
		text := b.o.text(r.Code)
		c := pageCode{
			pageRow: b.row(r.Name, r.Hits, r.Events, b.t.Codes[0].Hits, colour, r.Range, nil, nil),
			Code:    r.Code, Series: colour, Level: r.Severity.String(), Class: r.Class.String(), Part: r.Part.String(),
			Word: text.Word, Peers: dash(r.Peers), Files: dash(r.Files), Meaning: text.Meaning,
			Causes: text.Causes, Checks: text.Checks,
			Forms: namedText(r.Forms), Calls: b.name(namedText(r.Calls)),
		}
		if axis.cells > 1 {
			v, _, _ := axis.values(b.t, r)
			c.Spark = sparkSVG(v, colour, fmt.Sprintf("%d, %s", r.Code, axis.label))
		}
		for _, s := range r.Samples[:min(len(r.Samples), b.limits.samples)] {
			c.Samples = append(c.Samples, pageSample{b.name(fmt.Sprintf("%s:%d", s.File, s.Line)), b.name(s.Text)})
		}
		p.Codes = append(p.Codes, c)
	}
}

func namedText(list []stats.Named) string {
	var parts []string
	for i, n := range list {
		if i == 8 {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, n.Name+" ×"+thousands(n.N))
	}
	return strings.Join(parts, ", ")
}
