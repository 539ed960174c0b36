package report

import (
	"fmt"
	"io"
	"math"
	"strings"

	"wsalog/internal/stats"
	"wsalog/internal/term"
)

// A CompareFormat is one way of writing a Comparison.
type CompareFormat struct {
	Name, Ext, MIME string
	Write           func(w io.Writer, c *Comparison, o Options) error
}

var compareFormats = [...]CompareFormat{
	{"text", ".txt", "text/plain; charset=utf-8", compareText},
	{"json", ".json", "application/json", compareJSON},
	{"md", ".md", "text/markdown; charset=utf-8", compareMarkdown},
	{"html", ".html", "text/html; charset=utf-8", compareHTML},
}

// CompareFormats lists the formats of a Comparison.
func CompareFormats() []CompareFormat { return append([]CompareFormat(nil), compareFormats[:]...) }

// CompareFormatByName finds a format of a Comparison.
func CompareFormatByName(name string) (*CompareFormat, error) {
	var names []string
	for i := range compareFormats {
		if compareFormats[i].Name == name {
			return &compareFormats[i], nil
		}
		names = append(names, compareFormats[i].Name)
	}
	return nil, fmt.Errorf("cannot write a comparison as %q: use one of %s", name, strings.Join(names, ", "))
}

func (c *Comparison) unit(w *words) string {
	if c.Basis == BasisHours {
		return w.perHour
	}
	return w.perMillion
}

// side describes one side in a few words.
func side(t *stats.Table, w *words, arrow string) string {
	parts := []string{counted(w.files, w.file1, filesRead(t)), counted(w.lines, w.line1, t.Totals.Lines)}
	if t.Period.OK && t.Period.First.Axis != stats.AxisLine {
		parts = append(parts, period(t.Period, arrow))
	}
	return strings.Join(parts, w.comma)
}

// factor writes a change as +24%, ×176, new or gone.
func (ch *Change) factor(w *words) string {
	switch {
	case ch.Before == 0 && ch.After == 0:
		return "="
	case ch.Kind == New:
		return w.isNew
	case ch.Kind == Gone:
		return w.isGone
	case ch.Before == 0:
		return "0 → " + thousands(ch.After)
	}
	f := ch.RateAfter / ch.RateBefore
	switch {
	case f >= 9.95:
		return fmt.Sprintf("×%.0f", f)
	case f >= 2:
		return fmt.Sprintf("×%.1f", f)
	case math.Abs(f-1) < 0.005:
		return "0%"
	case f > 1:
		return fmt.Sprintf("+%.0f%%", (f-1)*100)
	}
	return fmt.Sprintf("−%.0f%%", (1-f)*100)
}

// verdict names the kind of a change.
func (ch *Change) verdict(w *words) string {
	switch ch.Kind {
	case New:
		return w.isNew
	case Gone:
		return w.isGone
	case More:
		return w.more
	case Less:
		return w.less
	}
	if ch.Before == 0 || ch.After == 0 || ch.Before+ch.After < 10 {
		return w.tooFewToTell
	}
	return w.noise
}

// marks draws how strong a change is, none where it is none.
func (ch *Change) marks(up, down string) string {
	n := 1
	switch f := ch.RateAfter / ch.RateBefore; {
	case ch.Before == 0 || ch.After == 0 || f >= 10 || f <= 0.1:
		n = 3
	case f >= 2 || f <= 0.5:
		n = 2
	}
	switch ch.Kind {
	case New, More:
		return strings.Repeat(up, n)
	case Gone, Less:
		return strings.Repeat(down, n)
	}
	return "="
}

// from says which peer a change comes from; name makes it harmless.
func (ch *Change) from(w *words, name func(string) string) string {
	if ch.Peer == "" {
		return ""
	}
	form := w.fromPeer
	switch {
	case ch.PeerIsNew:
		form = w.fromNewPeer
	case ch.PeerIsGone:
		form = w.fromGonePeer
	}
	return fmt.Sprintf(form, fmt.Sprintf("%.0f%%", ch.PeerShare*100), name(ch.Peer))
}

func rate(v float64) string {
	switch {
	case v == 0:
		return "0"
	case v >= 100:
		return thousands(int64(math.Round(v)))
	case v >= 1:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2g", v)
}

// changed counts the changes beyond chance.
func (c *Comparison) changed() int {
	n := 0
	for i := range c.Changes {
		if c.Changes[i].Kind != Same {
			n++
		}
	}
	return n
}

func compareText(w io.Writer, c *Comparison, o Options) error {
	p := newTextPage(c.After, o)
	x := p.w
	p.hanging(p.theme.Head, "", "   ", []string{x.compareTitle,
		x.before + x.colon + side(c.Before, x, p.g.Arrow), x.after + x.colon + side(c.After, x, p.g.Arrow)})
	p.items(p.theme.Dim, p.plain(fmt.Sprintf(x.compareBasis, c.unit(x))))
	if c.changed() == 0 {
		p.items(term.Ink{}, x.compareNone)
	}
	up, down := "▲", "▼"
	if p.tier == term.ASCII {
		up, down = "^", "v"
	}
	g := &grid{head: p.theme.Head, cols: []column{
		{head: x.ColCode}, {head: x.ColName, min: 8, max: 24}, {head: x.before, right: true},
		{head: x.after, right: true},
		{head: x.before + " " + c.unit(x), right: true, from: wide},
		{head: x.after + " " + c.unit(x), right: true, from: wide},
		{head: x.change, right: true}, {head: "", from: small}, {head: x.verdict, min: 6},
		{head: x.ColPeer, from: medium, min: 10},
	}}
	for i := range c.Changes {
		ch := &c.Changes[i]
		ink := p.theme.Dim
		switch ch.Kind {
		case New, More:
			ink = p.theme.Error
		case Gone, Less:
			ink = p.theme.Info
		}
		g.row(gridCell{fmt.Sprint(ch.Code), ink}, gridCell{ch.Name, ink}, gridCell{thousands(ch.Before), term.Ink{}},
			gridCell{thousands(ch.After), term.Ink{}}, gridCell{rate(ch.RateBefore), term.Ink{}},
			gridCell{rate(ch.RateAfter), term.Ink{}},
			gridCell{p.compareSigns(ch.factor(x)), ink}, gridCell{ch.marks(up, down), ink},
			gridCell{p.plain(ch.verdict(x)), ink},
			gridCell{p.plain(ch.from(x, p.safe.Line)), term.Ink{}})
	}
	if len(c.Changes) > 0 {
		p.b.WriteByte('\n')
		p.grid(g)
	}
	if _, err := io.WriteString(w, p.b.String()); err != nil {
		return fmt.Errorf("write comparison: %w", err)
	}
	return nil
}

// compareSigns spells the signs of factor for poorer tiers.
func (p *textPage) compareSigns(s string) string {
	if p.g.Tier == term.Full {
		return s
	}
	return p.g.Plain(strings.ReplaceAll(s, "−", "-"))
}

type jsonSide struct {
	Totals   jsonTotals    `json:"totals"`
	First    *stats.Moment `json:"first"`
	Last     *stats.Moment `json:"last"`
	Exposure float64       `json:"exposure"`
}

type jsonChange struct {
	Kind       string  `json:"kind"`
	Code       int     `json:"code"`
	Name       string  `json:"name"`
	Before     int64   `json:"before"`
	After      int64   `json:"after"`
	HitsBefore int64   `json:"hits_before"`
	HitsAfter  int64   `json:"hits_after"`
	RateBefore float64 `json:"rate_before"`
	RateAfter  float64 `json:"rate_after"`
	P          float64 `json:"p"`
	Peer       string  `json:"peer,omitempty"`
	PeerShare  float64 `json:"peer_share,omitempty"`
}

func compareJSON(w io.Writer, c *Comparison, _ Options) error {
	p := &jsonPage{}
	p.member("schema", schema)
	p.member("basis", basisNames[c.Basis])
	p.member("alpha", c.Alpha)
	p.member("before", jsonSide{totalsOf(c.Before), first(c.Before.Period), last(c.Before.Period), c.ExposureA})
	p.member("after", jsonSide{totalsOf(c.After), first(c.After.Period), last(c.After.Period), c.ExposureB})
	var rows []jsonChange
	for i := range c.Changes {
		ch := &c.Changes[i]
		rows = append(rows, jsonChange{ch.Kind.String(), ch.Code, ch.Name, ch.Before, ch.After, ch.HitsBefore,
			ch.HitsAfter,
			ch.RateBefore, ch.RateAfter, ch.P, ch.Peer, ch.PeerShare})
	}
	p.list("changes", len(rows), fewRows, func(b *jsonBuffer, i int) { b.value(rows[i]) })
	out, err := p.end()
	if err == nil {
		_, err = w.Write(out)
	}
	if err != nil {
		return fmt.Errorf("write comparison: %w", err)
	}
	return nil
}

func compareMarkdown(w io.Writer, c *Comparison, o Options) error {
	p := &mdPage{t: c.After, o: o, w: wordsOf(o.Lang)}
	x := p.w
	fmt.Fprintf(&p.b, "## %s\n\n- %s%s%s\n- %s%s%s\n- %s\n", x.compareTitle, x.before, x.colon, side(c.Before, x, "→"),
		x.after, x.colon, side(c.After, x, "→"),
		fmt.Sprintf(x.compareBasis, c.unit(x)))
	if c.changed() == 0 {
		fmt.Fprintf(&p.b, "\n**%s**\n", x.compareNone)
	}
	if len(c.Changes) > 0 {
		p.heads(x.change, mdCol{x.ColCode, true}, mdCol{x.ColName, false}, mdCol{x.before, true},
			mdCol{x.after, true},
			mdCol{x.before + " " + c.unit(x), true}, mdCol{x.after + " " + c.unit(x), true},
			mdCol{x.change, true}, mdCol{x.verdict, false}, mdCol{x.ColPeer, false})
	}
	for i := range c.Changes {
		ch := &c.Changes[i]
		p.row(fmt.Sprint(ch.Code), mdCode(ch.Name), thousands(ch.Before), thousands(ch.After),
			rate(ch.RateBefore), rate(ch.RateAfter),
			ch.factor(x), ch.verdict(x), mdText(ch.from(x, func(s string) string { return shorten(s, mdName) })))
	}
	if _, err := io.WriteString(w, p.b.String()); err != nil {
		return fmt.Errorf("write comparison: %w", err)
	}
	return nil
}
