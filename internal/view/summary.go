package view

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"wsalog/annotate"
	"wsalog/internal/term"
	"wsalog/rules"
)

// maxGroups is the number of groups that the footer names.
const maxGroups = 3

// groups tells the footer where the errors come from.
func (v *View) groups() string {
	groups := v.tally.grouped()
	if len(groups) == 0 {
		return ""
	}
	slices.SortStableFunc(groups, func(a, b codeGroup) int { return int(min(max(b.n-a.n, -1), 1)) })
	var parts []string
	for _, g := range groups[:min(len(groups), maxGroups)] {
		parts = append(parts, v.words.parts[g.part]+"/"+v.words.classes[g.class]+" "+term.Thousands(g.n))
	}
	return strings.Join(parts, v.words.list)
}

// SummaryOptions say how a summary is written.
type SummaryOptions struct {
	Profile term.Profile // of the place it goes to, usually standard error
	Theme   *term.Theme  // nil paints nothing
	Lang    rules.Lang
	Texts   func(int, rules.Lang) *rules.Text // nil means rules.TextOf
	Elapsed time.Duration                     // of the run; 0 leaves it out
}

// Summary renders the summary that stands at the end of a run, as lines that end
// in a line feed. totals may hold more than the tally saw.
func Summary(t *Tally, totals annotate.Totals, o SummaryOptions) string {
	s := newSummary(o)
	s.head(t, totals)
	groups := t.grouped()
	label := 0
	for _, g := range groups {
		label = max(label, s.cells.Width(s.words.classes[g.class]))
	}
	var last rules.Part
	for i, g := range groups {
		if i == 0 || g.part != last {
			s.row(" ", s.words.parts[g.part], "", &s.theme.Head)
		}
		last = g.part
		s.row("  ", s.pad(s.words.classes[g.class], label+1), s.codes(g.codes), nil)
	}
	if len(t.InfoCodes) > 0 {
		s.row(" ", s.words.info+s.words.colon, s.codes(ranked(t.InfoCodes)), nil)
	}
	if len(t.RelatedCodes) > 0 {
		s.row(" ", s.words.related+s.words.colon, s.codes(ranked(t.RelatedCodes)), nil)
	}
	s.rest(t, totals)
	return string(s.out)
}

type summary struct {
	SummaryOptions
	words *words
	glyph term.GlyphSet
	cells term.Cells
	clean term.Sanitiser
	theme term.Theme
	book  codeBook
	out   []byte
}

func newSummary(o SummaryOptions) *summary {
	s := &summary{SummaryOptions: o, words: wordsOf(o.Lang),
		glyph: term.Glyphs(o.Profile.Glyphs), cells: o.Profile.Cells(),
		clean: term.Sanitiser{Tier: o.Profile.Glyphs}}
	if o.Theme != nil {
		s.theme = *o.Theme
	}
	s.book = newBook(o.Texts, o.Lang, s.glyph)
	return s
}

// head: wsalog: 5,000,000 lines · 13,300 hits on 13,288 lines · 5 codes · 0.9 s
func (s *summary) head(t *Tally, totals annotate.Totals) {
	w := s.words
	parts := []string{count(w.lines, max(t.Lines, totals.Lines)), count(w.hits, t.Hits)}
	if t.Hits > 0 {
		parts[1] += count(w.onLines, t.HitLines)
		parts = append(parts, count(w.codes, int64(len(t.Codes))))
	}
	if s.Elapsed > 0 {
		parts = append(parts, w.duration(s.Elapsed))
	}
	s.row("", "wsalog: ", strings.Join(parts, s.glyph.Dot), &s.theme.Head)
	if t.Repeated > 0 {
		s.row(" ", fmt.Sprintf(s.glyph.Plain(w.repeated), term.Thousands(t.Repeated)), "", nil)
	}
}

// rest tells what was not counted, not read, or only assumed.
func (s *summary) rest(t *Tally, totals annotate.Totals) {
	w := s.words
	if n := max(sum(t.Rejected), sum(totals.Rejected)); n > 0 {
		s.row(" ", "", count(w.rejected, n), nil)
	}
	if n := sum(totals.Timeouts); n > 0 {
		s.row(" ", "", count(w.timeouts, n), nil)
	}
	if t.LongLines > 0 {
		s.row(" ", "", count(w.long, t.LongLines), nil)
	}
	if t.Undecoded > 0 {
		s.row(" ", "", count(w.undecoded, t.Undecoded), nil)
	}
	if len(t.Encodings) > 0 {
		s.row(" ", w.readAs+w.colon, s.encodings(t.Encodings), nil)
	}
	for _, text := range t.Trouble {
		s.row(" ", w.trouble+w.colon, s.clean.Line(text), &s.theme.Error)
	}
	if t.TroubleMore > 0 {
		s.row(" ", w.trouble+w.colon, fmt.Sprintf(w.sumMore, term.Thousands(int64(t.TroubleMore))), nil)
	}
}

func (s *summary) encodings(m map[string]int) string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if m[a] != m[b] {
			return m[b] - m[a]
		}
		return strings.Compare(a, b)
	})
	for i, name := range names {
		names[i] = name + " " + s.glyph.Times + term.Thousands(int64(m[name]))
	}
	return strings.Join(names, s.words.list)
}

// codes: 10061 refused 5,412 · 10054 reset 3,210
func (s *summary) codes(list []codeCount) string {
	parts := make([]string, len(list))
	for i, c := range list {
		code := s.book.get(c.code)
		parts[i] = code.label + " "
		if twin, ok := rules.LookupRelated(c.code); ok {
			t := s.book.get(twin.Twin)
			parts[i] = code.label + s.words.likeText(t.label+" "+t.word) + " "
		} else if code.word != "" {
			parts[i] += code.word + " "
		}
		parts[i] += s.glyph.Times + term.Thousands(c.n)
	}
	return strings.Join(parts, s.glyph.Dot)
}

// row writes one row, wrapped where the place has a width.
func (s *summary) row(indent, label, text string, ink *term.Ink) {
	var r rich
	r.add(label, ink)
	r.add(text, nil)
	width := s.Profile.Width
	if width <= 0 {
		width = 1 << 20
	}
	hang := len(indent) + 2
	if text != "" {
		hang = len(indent) + s.cells.Width(label)
	}
	s.out = r.appendWrapped(s.out, s.cells, max(width-1, 1), indent, term.Ink{}, hang)
}

func (s *summary) pad(label string, cells int) string {
	return label + strings.Repeat(" ", max(cells-s.cells.Width(label), 1))
}

func sum(m map[string]int) (n int64) {
	for _, v := range m {
		n += int64(v)
	}
	return n
}
