package report

import (
	"strings"

	"wsalog/internal/term"
)

// A column of a grid. Its width is that of its widest cell.
type column struct {
	head  string
	right bool
	from  int // narrowest output, in cells, that shows the column
	min   int // cells that it may shrink to when the grid is too wide; 0: it does not shrink
	max   int // cells that it never exceeds; 0: no limit
}

type gridCell struct {
	s   string // plain text, one line, harmless
	ink term.Ink
}

// A grid lays rows out in aligned columns, measured in display cells.
type grid struct {
	cols []column
	rows [][]gridCell
	head term.Ink
	gap  int // blanks between columns
}

func (g *grid) row(cells ...gridCell) { g.rows = append(g.rows, cells) }

// append writes the grid for an output of so many cells. Columns that the width
// does not allow are left out, then columns shrink, the last that may first; a
// line that is still too long is cut.
func (g *grid) append(b *strings.Builder, width int, ruler term.Cells, ellipsis string) {
	shown := g.shown(width)
	widths := g.measure(shown, ruler)
	g.shrink(shown, widths, width)
	g.gap = 1
	if g.total(shown, widths, 2) <= width {
		g.gap = 2
	}
	heads := make([]gridCell, len(g.cols))
	for i := range g.cols {
		heads[i] = gridCell{g.cols[i].head, g.head}
	}
	for _, row := range append([][]gridCell{heads}, g.rows...) {
		g.line(b, row, shown, widths, ruler, ellipsis)
	}
}

// shown are the columns that a width allows.
func (g *grid) shown(width int) []int {
	var list []int
	for i := range g.cols {
		if g.cols[i].from <= width {
			list = append(list, i)
		}
	}
	return list
}

// excess is by how many cells the grid is too wide, before columns shrink.
func (g *grid) excess(width int, ruler term.Cells) int {
	shown := g.shown(width)
	return g.total(shown, g.measure(shown, ruler), 1) - width
}

func (g *grid) measure(shown []int, ruler term.Cells) []int {
	widths := make([]int, len(g.cols))
	for _, i := range shown {
		widths[i] = ruler.Width(g.cols[i].head)
		for _, row := range g.rows {
			widths[i] = max(widths[i], ruler.Width(row[i].s))
		}
		if m := g.cols[i].max; m > 0 {
			widths[i] = min(widths[i], m)
		}
	}
	return widths
}

func (g *grid) shrink(shown, widths []int, width int) {
	total := g.total(shown, widths, 1)
	for n := len(shown) - 1; n >= 0 && total > width; n-- {
		i := shown[n]
		if g.cols[i].min == 0 {
			continue
		}
		cut := min(total-width, max(0, widths[i]-g.cols[i].min))
		widths[i] -= cut
		total -= cut
	}
}

// total is the width of a line whose columns stand gap cells apart, after a blank.
func (g *grid) total(shown, widths []int, gap int) int {
	total := 1 + gap*(len(shown)-1)
	for _, i := range shown {
		total += widths[i]
	}
	return total
}

func (g *grid) line(b *strings.Builder, row []gridCell, shown, widths []int, ruler term.Cells, ellipsis string) {
	pad := 1
	for n, i := range shown {
		if n > 0 {
			pad += g.gap
		}
		s := row[i].s
		if ruler.Width(s) > widths[i] {
			s = ruler.Truncate(s, widths[i], ellipsis)
		}
		room := max(0, widths[i]-ruler.Width(s))
		if g.cols[i].right {
			pad += room
			room = 0
		}
		if s != "" {
			b.WriteString(strings.Repeat(" ", pad))
			b.WriteString(row[i].ink.Paint(s))
			pad = 0
		}
		pad += room
	}
	b.WriteByte('\n')
}
