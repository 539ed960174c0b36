package report

import (
	"fmt"
	"io"
	"strings"

	"wsalog/internal/stats"
	"wsalog/internal/term"
)

// mdName is the length, in cells, to which names from a log are cut.
const mdName = 100

// A mdPage writes a table as Markdown with tables as GitHub reads them.
type mdPage struct {
	b strings.Builder
	t *stats.Table
	o Options
	w *words
}

func writeMarkdown(w io.Writer, t *stats.Table, o Options) error {
	p := &mdPage{t: t, o: o, w: wordsOf(o.Lang)}
	p.header()
	if t.Totals.Hits > 0 {
		keys := o.By
		if keys == nil {
			keys = []stats.Key{stats.ByCode, stats.ByPeer}
		}
		for _, k := range keys {
			p.table(k)
		}
	}
	p.notes()
	if _, err := io.WriteString(w, p.b.String()); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// mdText makes a sentence or a word harmless: what Markdown or HTML would read
// as a mark is written as an entity, which every reader of Markdown decodes.
func mdText(s string) string {
	var b strings.Builder
	line := []rune(term.Sanitiser{}.Line(s))
	for i, r := range line {
		inWord := r == '_' && i > 0 && i+1 < len(line) && wordRune(line[i-1]) && wordRune(line[i+1])
		if r < 0x80 && strings.ContainsRune("\\`*_[]<>&|~#@$", r) && !inWord {
			fmt.Fprintf(&b, "&#%d;", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// wordRune reports whether an underscore beside r can stand within a word.
func wordRune(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// mdCode shows a name from a log as code where nothing in it can end the code or
// the cell, else as escaped text.
func mdCode(s string) string {
	s = term.Cells{}.Truncate(term.Sanitiser{}.Line(s), mdName, "…")
	trimmed := strings.TrimSpace(s)
	if trimmed == "" || trimmed != s || strings.ContainsAny(s, "`|\\<>&") {
		return mdText(s)
	}
	return "`" + s + "`"
}

func (p *mdPage) header() {
	t, w := p.t, p.w
	items := []string{counted(w.files, w.file1, filesRead(t)), size(t.Totals.Bytes),
		counted(w.lines, w.line1, t.Totals.Lines)}
	if t.Axis == stats.AxisLine && t.Hits.OK {
		items = append(items, w.noStamps)
	} else if s := period(t.Period, "→"); s != "" {
		items = append(items, s)
	}
	fmt.Fprintf(&p.b, "## %s\n\n%s  \n", w.title, strings.Join(items, " · "))
	if t.Totals.Hits == 0 {
		fmt.Fprintln(&p.b, noHits(t, w))
		return
	}
	var parts []string
	for _, s := range totals(t, w) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	fmt.Fprintf(&p.b, "**%s**\n", strings.Join(parts, " · "))
}

// A mdCol is a column: its head and whether its cells stand on the right.
type mdCol struct {
	head  string
	right bool
}

func (p *mdPage) heads(title string, cols ...mdCol) {
	fmt.Fprintf(&p.b, "\n### %s\n\n|", title)
	for _, c := range cols {
		p.b.WriteString(" " + c.head + " |")
	}
	p.b.WriteString("\n|")
	for _, c := range cols {
		if c.right {
			p.b.WriteString(" ---: |")
		} else {
			p.b.WriteString(" --- |")
		}
	}
	p.b.WriteByte('\n')
}

// row writes cells, which are harmless already.
func (p *mdPage) row(cells ...string) {
	p.b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func (p *mdPage) table(k stats.Key) {
	switch k {
	case stats.ByCode:
		p.codes()
	case stats.ByPeer:
		if len(p.t.Peers) > 0 {
			p.peers()
		}
	default:
		p.groups(k)
	}
}

func (p *mdPage) codes() {
	w, c := p.w, clockFor(p.t.Hits)
	rows := p.t.Codes[:min(len(p.t.Codes), p.o.top())]
	p.heads(topTitle(w, w.GroupTitles[stats.ByCode], len(rows), int64(len(p.t.Codes))),
		mdCol{w.ColCode, true}, mdCol{w.ColName, false}, mdCol{w.ColMeaning, false}, mdCol{w.ColCount, true},
		mdCol{w.ColEvents, true},
		mdCol{w.ColShare, true}, mdCol{w.ColFirst, false}, mdCol{w.ColLast, false}, mdCol{w.ColPeers, true},
		mdCol{w.ColFiles, true})
	for i := range rows {
		r := &rows[i]
		first, last := mdRange(c, r.Range)
		p.row(fmt.Sprint(r.Code), mdCode(r.Name), mdText(p.o.text(r.Code).Word), thousands(r.Hits),
			thousands(r.Events),
			percent(r.Hits, p.t.Totals.Hits), first, last, dash(r.Peers), dash(r.Files))
	}
}

func mdRange(c clock, r stats.Range) (first, last string) {
	if !r.OK {
		return "", ""
	}
	return c.at(r.First), c.at(r.Last)
}

func (p *mdPage) peers() {
	w, c := p.w, clockFor(p.t.Hits)
	rows := p.t.Peers[:min(len(p.t.Peers), p.o.top())]
	split := splitCodes(p.t, 5)
	cols := []mdCol{{w.ColPeer, false}, {w.ColTotal, true}}
	for _, code := range split {
		cols = append(cols, mdCol{fmt.Sprint(code), true})
	}
	p.heads(topTitle(w, w.GroupTitles[stats.ByPeer], len(rows), p.t.PeerNames),
		append(cols, mdCol{w.ColFirst, false}, mdCol{w.ColLast, false}, mdCol{w.ColPattern, false})...)
	for i := range rows {
		r := &rows[i]
		cells := []string{mdCode(r.Peer), withError(r.Hits, r.Error)}
		for _, code := range split {
			cells = append(cells, dash(hitsOf(r.Codes, code)))
		}
		first, last := mdRange(c, r.Range)
		p.row(append(cells, first, last, mdText(pattern(r, &p.o, w)))...)
	}
}

func (p *mdPage) groups(k stats.Key) {
	w := p.w
	all := p.t.Groups(k)
	rows := all
	if k != stats.ByHour {
		rows = all[:min(len(all), p.o.top())]
	}
	p.heads(topTitle(w, w.GroupTitles[k], len(rows), int64(len(all))),
		mdCol{w.GroupTitles[k], false}, mdCol{w.ColCount, true}, mdCol{w.ColEvents, true}, mdCol{w.ColShare, true})
	for i := range rows {
		r := &rows[i]
		p.row(mdCode(r.Key), dash(r.Hits), dash(r.Events), percent(r.Hits, p.t.Totals.Hits))
	}
}

func (p *mdPage) notes() {
	section := func(title string, items []string) {
		if len(items) == 0 {
			return
		}
		fmt.Fprintf(&p.b, "\n### %s\n\n", title)
		for _, s := range items {
			if s != "" {
				p.b.WriteString("- " + s + "\n")
			}
		}
	}
	var found []string
	list := Findings(p.t, p.o)
	for i := range list {
		found = append(found, mdText(list[i].Text))
	}
	section(p.w.findings, found)
	section(p.w.listedApart, mdAll((&textPage{t: p.t, o: p.o, w: p.w, g: term.Glyphs(term.Full)}).apart()))
	section(p.w.notCounted, mdAll(notCounted(p.t, p.w)))
	section(p.w.coverage, mdAll(coverage(p.t, p.w, func(s string) string { return s }, p.o.Reason)))
}

func mdAll(list []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, mdText(s))
	}
	return out
}
