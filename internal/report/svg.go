package report

import (
	"fmt"
	"html"
	"html/template"
	"strings"

	"wsalog/internal/stats"
)

// A svg is a drawing that is written from numbers and escaped texts. Colours
// come from classes, because the page's policy forbids style attributes.
type svg struct{ b strings.Builder }

func newSVG(class string, width, height int, label string) *svg {
	s := &svg{}
	fmt.Fprintf(&s.b, `<svg class="%s" viewBox="0 0 %d %d" role="img" aria-label="%s"%s>`,
		class, width, height, html.EscapeString(label), stretch(class))
	return s
}

// stretch lets drawings without text fill whatever box they get.
func stretch(class string) string {
	if class == "bar" || class == "bar pair" || class == "spark" {
		return ` preserveAspectRatio="none"`
	}
	return ""
}

func (s *svg) rect(class string, x, y, w, h float64) {
	fmt.Fprintf(&s.b, `<rect class="%s" x="%s" y="%s" width="%s" height="%s"/>`, class, dec(x), dec(y),
		dec(w), dec(h))
}

func (s *svg) text(class string, x, y float64, text string) {
	fmt.Fprintf(&s.b, `<text class="%s" x="%s" y="%s">%s</text>`, class, dec(x), dec(y), html.EscapeString(text))
}

func (s *svg) line(class string, x1, y1, x2, y2 float64) {
	fmt.Fprintf(&s.b, `<line class="%s" x1="%s" y1="%s" x2="%s" y2="%s"/>`, class, dec(x1), dec(y1), dec(x2), dec(y2))
}

// group opens a group with a title, which browsers show as a hint.
func (s *svg) group(attributes, title string) {
	fmt.Fprintf(&s.b, `<g%s><title>%s</title>`, attributes, html.EscapeString(title))
}

func (s *svg) end() { s.b.WriteString("</g>") }

func (s *svg) done() template.HTML {
	s.b.WriteString("</svg>")
	return template.HTML(s.b.String())
}

// dec writes a coordinate with two decimals at most.
func dec(v float64) string {
	s := strings.TrimRight(fmt.Sprintf("%.2f", v), "0")
	return strings.TrimSuffix(s, ".")
}

// shades is the number of steps of a heat map above none.
const shades = 5

// shade returns the step of n on a scale that ends at top: 0 for none, then 1 to
// shades, by the square root, so that small counts can be told apart.
func shade(n, top int64) int {
	if n <= 0 || top <= 0 {
		return 0
	}
	f := float64(n) / float64(top)
	for i := 1; i < shades; i++ {
		edge := float64(i) / shades
		if f <= edge*edge {
			return i
		}
	}
	return shades
}

// sparkSVG draws the hits of a code over the axis.
func sparkSVG(v []int64, series int, label string) template.HTML {
	var top int64
	for _, n := range v {
		top = max(top, n)
	}
	if top == 0 {
		return ""
	}
	const h = 24
	s := newSVG("spark", len(v)*5, h, label)
	for i, n := range v {
		if n > 0 {
			high := max(1.5, float64(n)/float64(top)*h)
			s.rect(fmt.Sprint("s", series), float64(i*5), h-high, 4, high)
		}
	}
	return s.done()
}

func barSVG(n, top int64, series int, label string) template.HTML {
	s := newSVG("bar", 100, 10, label)
	if top > 0 {
		s.rect(fmt.Sprint("s", series), 0, 0, max(0.6, float64(n)/float64(top)*100), 10)
	}
	return s.done()
}

// A chart places moments of a table on a width.
type chart struct {
	t     *stats.Table
	left  float64 // where the plot begins
	width float64 // of the plot
	from  int64   // of the axis
	span  int64
}

func newChart(t *stats.Table, left, width float64) *chart {
	if !t.Hits.OK || t.Hits.First.Axis != t.Timeline.Axis || len(t.Timeline.Buckets) == 0 {
		return nil
	}
	return &chart{t, left, width, t.Hits.First.At, max(1, t.Hits.Last.At-t.Hits.First.At)}
}

func (c *chart) x(at int64) float64 {
	f := float64(at-c.from) / float64(c.span)
	return c.left + c.width*max(0, min(1, f))
}

// unit is the width of a bucket in units of the axis.
func (c *chart) unit() int64 {
	if c.t.Axis == stats.AxisLine {
		return c.t.Timeline.Unit
	}
	return c.t.Timeline.Unit * 1000
}

// steps are the distances of time marks that people like to read, in seconds.
var steps = [...]int64{1, 5, 15, 30, 60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86400,
	2 * 86400, 7 * 86400,
	14 * 86400, 30 * 86400, 90 * 86400, 365 * 86400, 10 * 365 * 86400}

// marks returns at most most round moments of the axis.
func (c *chart) marks(most int64) []stats.Moment {
	step := int64(1)
	if c.t.Axis == stats.AxisLine {
		for c.span/step > most {
			step *= 10
			if c.span/(step/2) <= most && step > 1 {
				step /= 2
			}
		}
	} else {
		for _, s := range steps {
			step = s * 1000
			if c.span/step <= most {
				break
			}
		}
	}
	var list []stats.Moment
	for at := (c.from/step + 1) * step; at <= c.from+c.span && int64(len(list)) <= most; at += step {
		list = append(list, stats.Moment{Axis: c.t.Axis, At: at})
	}
	return list
}

// mark writes a mark of the axis: the date at midnight, else the time.
func (c *chart) mark(m stats.Moment) string {
	if m.Axis == stats.AxisLine {
		return thousands(m.At)
	}
	t := m.Time()
	switch {
	case t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 && c.span > 20*3600_000 && m.Axis == stats.AxisTime:
		return t.Format("01-02")
	case c.span < 5*60_000:
		return t.Format("15:04:05")
	}
	return t.Format("15:04")
}

// axisMarks draws the time marks below a plot that ends at y.
func (c *chart) axisMarks(s *svg, y float64, most int64) {
	for _, m := range c.marks(most) {
		x := c.x(m.At)
		s.line("grid", x, 0, x, y)
		s.text("tick mid", x, y+16, c.mark(m))
	}
}
