package report

import (
	"bytes"
	_ "embed" // the page
	"fmt"
	"html/template"
	"io"
)

//go:embed page/compare.html
var comparePage string

// compareRows bounds the rows of a comparison page; the catalogue is shorter.
const compareRows = 200

type comparePageData struct {
	pageFrame
	Before, After, Basis, None string
	ColBefore, ColAfter        string
	ColChange, ColVerdict      string
	Unit                       string
	Rows                       []compareRow
}

type compareRow struct {
	Code                      int
	Name, Word, Before, After string
	RateBefore, RateAfter     string
	Factor, Verdict, From     string
	Class                     string // up, down or dim
	Bars                      template.HTML
}

// compareHTML writes a page under the same rules as writeHTML.
func compareHTML(w io.Writer, c *Comparison, o Options) error {
	x := wordsOf(o.Lang)
	d := comparePageData{
		pageFrame: newFrame(&o, x.compareTitle), Before: side(c.Before, x, "→"), After: side(c.After, x, "→"),
		Basis: fmt.Sprintf(x.compareBasis, c.unit(x)), ColBefore: x.before, ColAfter: x.after, ColChange: x.change,
		ColVerdict: x.verdict, Unit: c.unit(x),
	}
	if c.changed() == 0 {
		d.None = x.compareNone
	}
	var most float64
	for i := range c.Changes {
		most = max(most, c.Changes[i].RateBefore, c.Changes[i].RateAfter)
	}
	for i := range c.Changes[:min(len(c.Changes), compareRows)] {
		ch := &c.Changes[i]
		class := "dim"
		switch ch.Kind {
		case New, More:
			class = "up"
		case Gone, Less:
			class = "down"
		}
		d.Rows = append(d.Rows, compareRow{
			Code: ch.Code, Name: ch.Name, Word: o.word(ch.Code), Before: thousands(ch.Before),
			After:      thousands(ch.After),
			RateBefore: rate(ch.RateBefore), RateAfter: rate(ch.RateAfter),
			Factor:  ch.factor(x) + " " + ch.marks("▲", "▼"),
			Verdict: ch.verdict(x), From: ch.from(x, func(s string) string { return shorten(clean(s), 200) }),
			Class: class,
			Bars:  twoBars(ch, most, x),
		})
	}
	t, err := pageTemplate("compare", comparePage)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := t.Execute(&out, &d); err != nil {
		return fmt.Errorf("write comparison: %w", err)
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write comparison: %w", err)
	}
	return nil
}

// twoBars draws the rate before above the rate after.
func twoBars(ch *Change, most float64, w *words) template.HTML {
	s := newSVG("bar pair", 100, 20, fmt.Sprintf("%s %s, %s %s", w.before, rate(ch.RateBefore), w.after,
		rate(ch.RateAfter)))
	if most > 0 {
		s.rect("s5", 0, 1, ch.RateBefore/most*100, 8)
		s.rect("s0", 0, 11, ch.RateAfter/most*100, 8)
	}
	return s.done()
}
