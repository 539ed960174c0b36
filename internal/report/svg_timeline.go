package report

import (
	"fmt"
	"html/template"
	"strings"

	"wsalog/internal/stats"
)

// series is the number of codes that have a colour; the others share one more.
const series = 5

// seriesOf returns the colour of each code: the heaviest have their own.
func seriesOf(t *stats.Table) map[int]int {
	m := make(map[int]int, len(t.Codes))
	for i := range t.Codes {
		m[t.Codes[i].Code] = min(i, series)
	}
	return m
}

// maxColumns bounds the columns of the timeline.
const maxColumns = 96

// A timeColumn is one stretch of the timeline, with the hits of each series.
type timeColumn struct {
	From, To string
	from, to int64
	Total    int64
	N        [series + 1]int64
}

func timeColumns(c *chart, colours map[int]int, most int64) []timeColumn {
	n := int(max(1, min(most, c.span/c.unit()+1)))
	cols := make([]timeColumn, n)
	at := func(i int) int64 { return c.from + int64(float64(c.span+1)*float64(i)/float64(n)) }
	names := clockFor(c.t.Hits)
	for i := range cols {
		cols[i].from, cols[i].to = at(i), max(at(i), at(i+1)-1)
		cols[i].From = names.at(stats.Moment{Axis: c.t.Axis, At: cols[i].from})
		cols[i].To = names.at(stats.Moment{Axis: c.t.Axis, At: cols[i].to})
	}
	for i := range c.t.Timeline.Buckets {
		b := &c.t.Timeline.Buckets[i]
		k := int(float64(max(0, b.Start.At-c.from)) / float64(c.span+1) * float64(n))
		col := &cols[max(0, min(n-1, k))]
		col.Total += b.Hits
		for _, cc := range b.Codes {
			col.N[colours[cc.Code]] += cc.N
		}
	}
	return cols
}

// The plot of the timeline: left of it stand the counts, below it the times.
const (
	plotLeft   = 56
	plotWidth  = 1040
	plotHeight = 220
)

// The plot for a narrow window, which cannot be brushed.
const (
	narrowLeft   = 36
	narrowWidth  = 316
	narrowHeight = 150
)

// timelineSVG draws the hits over time as stacked columns.
func timelineSVG(c *chart, cols []timeColumn, label string, codes []int, others string) template.HTML {
	s := newSVG("timeline", plotLeft+plotWidth+8, plotHeight+24, label)
	top := c.scale(s, cols, plotHeight, 8)
	wide := c.width / float64(len(cols))
	for i := range cols {
		col := &cols[i]
		s.group(fmt.Sprintf(` class="col" data-a="%d" data-b="%d"`, col.from, col.to),
			columnTitle(col, codes, others))
		s.rect("hover", c.left+wide*float64(i), 0, wide, plotHeight)
		s.column(col, c.left+wide*float64(i), wide, plotHeight, top)
		s.end()
	}
	return s.done()
}

func narrowSVG(c *chart, cols []timeColumn, label string) template.HTML {
	s := newSVG("timeline narrow", narrowLeft+narrowWidth+4, narrowHeight+24, label)
	top := c.scale(s, cols, narrowHeight, 4)
	wide := c.width / float64(len(cols))
	for i := range cols {
		s.column(&cols[i], c.left+wide*float64(i), wide, narrowHeight, top)
	}
	return s.done()
}

// scale draws the axes of a plot and returns the count at its upper end.
func (c *chart) scale(s *svg, cols []timeColumn, height float64, marks int64) int64 {
	var top int64 = 1
	for i := range cols {
		top = max(top, cols[i].Total)
	}
	top = niceTop(top)
	for i := range int64(4) {
		y := height - height*float64(i+1)/4
		s.line("grid", c.left, y, c.left+c.width, y)
		s.text("tick end", c.left-6, y+10, thousands(top*(i+1)/4))
	}
	c.axisMarks(s, height, marks)
	s.line("axis", c.left, height, c.left+c.width, height)
	return top
}

// column stacks the series of a stretch of time on the axis.
func (s *svg) column(col *timeColumn, x, width, height float64, top int64) {
	y := height
	for k, n := range col.N {
		if n == 0 {
			continue
		}
		h := float64(n) / float64(top) * height
		y -= h
		s.rect(fmt.Sprint("s", k), x+width*0.06, y, width*0.88, max(h, 1))
	}
}

func columnTitle(col *timeColumn, codes []int, others string) string {
	var parts []string
	for k, n := range col.N {
		switch {
		case n == 0:
		case k < series && k < len(codes):
			parts = append(parts, fmt.Sprintf("%d ×%s", codes[k], thousands(n)))
		default:
			parts = append(parts, fmt.Sprintf("%s ×%s", others, thousands(n)))
		}
	}
	return fmt.Sprintf("%s – %s: %s", col.From, col.To,
		strings.Join(append([]string{thousands(col.Total)}, parts...), ", "))
}

// niceTop rounds the end of a scale up, so that its quarters are whole.
func niceTop(n int64) int64 {
	for unit := int64(4); unit < 1<<58; unit *= 10 {
		for _, tenths := range [...]int64{10, 15, 20, 25, 30, 40, 50, 60, 80} {
			if top := unit * tenths / 10; top >= n && top%4 == 0 {
				return top
			}
		}
	}
	return n
}

// lanesSVG draws a lane for each code from its first to its last hit, with a
// mark wherever there are hits.
func lanesSVG(c *chart, rows []stats.CodeRow, colours map[int]int, label string) template.HTML {
	const lane, left = 26, 150
	c = &chart{c.t, left, plotWidth + plotLeft - left, c.from, c.span}
	height := float64(len(rows) * lane)
	s := newSVG("lanes", plotLeft+plotWidth+8, int(height)+24, label)
	c.axisMarks(s, height, 8)
	seen := make(map[int][]bool)
	const cells = 200
	for i := range c.t.Timeline.Buckets {
		b := &c.t.Timeline.Buckets[i]
		for _, cc := range b.Codes {
			if seen[cc.Code] == nil {
				seen[cc.Code] = make([]bool, cells)
			}
			k := int(float64(max(0, b.Start.At-c.from)) / float64(c.span+1) * cells)
			seen[cc.Code][max(0, min(cells-1, k))] = true
		}
	}
	names := clockFor(c.t.Hits)
	for i := range rows {
		r := &rows[i]
		y := float64(i*lane) + 4
		s.text("lane", 0, y+14, fmt.Sprintf("%d %s", r.Code, shorten(strings.TrimPrefix(r.Name, "WSA"), 14)))
		if !r.Range.OK || r.Range.First.Axis != c.t.Axis {
			continue
		}
		class := fmt.Sprint("s", colours[r.Code])
		s.group("", fmt.Sprintf("%d: %s – %s", r.Code, names.at(r.Range.First), names.at(r.Range.Last)))
		a, b := c.x(r.Range.First.At), c.x(r.Range.Last.At)
		s.rect(class+" faint", a, y+5, max(2, b-a), 8)
		for k, on := range seen[r.Code] {
			if on {
				s.rect(class, c.left+c.width*float64(k)/cells, y+1, c.width/cells, 16)
			}
		}
		s.end()
	}
	return s.done()
}

func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
