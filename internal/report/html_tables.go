package report

import (
	"fmt"
	"html/template"
	"strings"

	"wsalog/internal/stats"
	"wsalog/internal/term"
)

var fullGlyphs = term.Glyphs(term.Full)

func (b *pager) note(shown int, all int64) string {
	if int64(shown) >= all {
		return ""
	}
	return fmt.Sprintf(b.h.Rows, thousands(int64(shown)), thousands(all))
}

func (b *pager) peers(p *page) {
	p.SplitCodes = splitCodes(b.t, 6)
	rows := b.t.Peers[:min(len(b.t.Peers), b.limits.peers)]
	for i := range rows {
		r := &rows[i]
		row := b.row(r.Peer, r.Hits, r.Events, rows[0].Hits, b.colours[topCode(r.Codes)], r.Range, r.Codes,
			p.SplitCodes)
		row.Hits = withError(r.Hits, r.Error)
		row.Note = pattern(r, &b.o, b.w)
		p.Peers = append(p.Peers, row)
	}
	p.PeersNote = b.note(len(rows), b.t.PeerNames)
}

func topCode(list []stats.CodeCount) int {
	if len(list) == 0 {
		return 0
	}
	return list[0].Code
}

// heats builds the heat maps: codes by hour of the day, and weekdays by hour
// where the log spans more than three days.
func (b *pager) heats(p *page) {
	if b.t.Axis == stats.AxisLine || b.t.Totals.Hits == 0 {
		return
	}
	for h := range 24 {
		p.HourNames = append(p.HourNames, fmt.Sprintf("%02d", h))
	}
	rows := b.t.Codes[:min(15, len(b.t.Codes))]
	for i := range rows {
		r := &rows[i]
		p.Heat = append(p.Heat, heatOf(fmt.Sprintf("%d %s", r.Code, r.Name), r.Hours[:], top(r.Hours[:])))
	}
	if b.t.Axis != stats.AxisTime || b.t.Hits.Last.At-b.t.Hits.First.At <= 3*86400_000 {
		return
	}
	var week [7 * 24]int64
	for i := range b.t.Codes {
		for k, n := range b.t.Codes[i].Week {
			week[k] += n
		}
	}
	for d := range 7 {
		day := (d + 1) % 7 // the week begins on Monday
		p.Week = append(p.Week, heatOf(b.w.weekdays[day], week[day*24:day*24+24], top(week[:])))
	}
}

func top(list []int64) int64 {
	var most int64
	for _, n := range list {
		most = max(most, n)
	}
	return most
}

func heatOf(name string, values []int64, most int64) heatRow {
	row := heatRow{Name: name}
	var sum int64
	for _, n := range values {
		sum += n
		row.Cells = append(row.Cells, heatCell{shade(n, most), dash(n)})
	}
	row.Total = thousands(sum)
	return row
}

func (b *pager) files(p *page) {
	p.MatrixOf = splitCodes(b.t, 10)
	rows := b.t.Files[:min(len(b.t.Files), b.limits.files)]
	var most int64
	for i := range rows {
		for _, c := range rows[i].Codes {
			most = max(most, c.N)
		}
	}
	for i := range rows {
		r := &rows[i]
		f := pageFile{
			pageRow: b.row(r.File, r.Hits, r.Events, rows[0].Hits, 0, r.Range, nil, nil),
			Lines:   thousands(r.Lines), Bytes: size(r.Bytes), Encoding: clean(r.Encoding), Unread: b.name(b.reason(r.Unread)),
		}
		for _, code := range p.MatrixOf {
			n := hitsOf(r.Codes, code)
			f.Cells = append(f.Cells, heatCell{shade(n, most), dash(n)})
		}
		p.Files = append(p.Files, f)
	}
	p.FilesNote = b.note(len(rows), int64(len(b.t.Files)))
}

func (b *pager) groups(p *page) {
	rows := func(list []stats.Group) []pageRow {
		var out []pageRow
		for i := range list[:min(len(list), 30)] {
			g := &list[i]
			row := b.row(g.Key, g.Hits, g.Events, list[0].Hits, b.colours[topCode(g.Codes)], stats.Range{}, g.Codes, nil)
			var parts []string
			for _, c := range g.Codes[:min(len(g.Codes), 4)] {
				parts = append(parts, fmt.Sprintf("%d ×%s", c.Code, thousands(c.N)))
			}
			row.Note = strings.Join(parts, ", ")
			out = append(out, row)
		}
		return out
	}
	p.Calls, p.Parts, p.Classes = rows(b.t.Calls), rows(b.t.Parts), rows(b.t.Classes)
	shown := b.t.Templates[:min(len(b.t.Templates), b.limits.templates)]
	for i := range shown {
		r := &shown[i]
		row := b.row(r.Template, r.Hits, r.Events, shown[0].Hits, b.colours[topCode(r.Codes)], r.Range, nil, nil)
		row.Hits = withError(r.Hits, r.Error)
		p.Templates = append(p.Templates, pageTemplateRow{row,
			b.name(fmt.Sprintf("%s:%d", r.Sample.File, r.Sample.Line)), b.name(r.Sample.Text)})
	}
	p.TemplNote = b.note(len(shown), int64(len(b.t.Templates)))
}

// maxDataBuckets bounds the timeline of the embedded figures.
const maxDataBuckets = 240

// pageData returns the figures that the page offers to save: those of the JSON
// report without samples, shortened to the limits, fit to stand in a script
// element.
func pageData(t *stats.Table, o Options, limits pageLimits) (template.JS, error) {
	short := *t
	short.Files = t.Files[:min(len(t.Files), limits.dataRows)]
	short.Templates = append([]stats.TemplateRow(nil), t.Templates[:min(len(t.Templates), limits.dataRows/5)]...)
	for i := range short.Templates {
		short.Templates[i].Sample = stats.Sample{}
	}
	short.Timeline = t.Timeline.Coarser(maxDataBuckets)
	p := &jsonPage{}
	jsonBody(p, &short, o, limits.dataPeers)
	out, err := p.end()
	if err != nil {
		return "", err
	}
	// No character of it may end the element or begin a comment.
	return template.JS(strings.NewReplacer("<", `\u003c`, ">", `\u003e`, "&", `\u0026`).Replace(string(out))), nil
}
