// Command ansi2html draws what `tmux capture-pane -e -p` prints as a page for a
// browser, and trims the browser's picture of it:
//
//	go run main.go html [-light] COLUMNS TITLE <capture >page.html
//	go run main.go trim WIDTH HEIGHT page.png picture.png
//
// html prints the size of the page in CSS pixels as "WIDTH HEIGHT" on standard
// error. Each character gets its own cell, as in a terminal, so that a character
// that wsalog measured wrongly is out of line in the picture too.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
)

const (
	cellW, cellH = 8, 18 // CSS pixels
	padding      = 14
	bar          = 26     // the title's height
	fontSize     = 13.288 // at which a character of DejaVu Sans Mono is 8 pixels wide
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "ansi2html:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) > 0 && args[0] == "html":
		return page(args[1:])
	case len(args) == 5 && args[0] == "trim":
		return trim(args[1], args[2], args[3], args[4])
	}
	return fmt.Errorf("want html or trim, have %q", args)
}

// page reads a capture and writes the page.
func page(args []string) error {
	flags := flag.NewFlagSet("html", flag.ContinueOnError)
	light := flags.Bool("light", false, "dark text on a light ground")
	if err := flags.Parse(args); err != nil {
		return err
	}
	columns, err := strconv.Atoi(flags.Arg(0))
	if err != nil {
		return fmt.Errorf("columns: %w", err)
	}
	var rows []string
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		rows = append(rows, in.Text())
	}
	if err := in.Err(); err != nil {
		return err
	}
	for len(rows) > 0 && strings.TrimSpace(rows[len(rows)-1]) == "" {
		rows = rows[:len(rows)-1]
	}
	if len(rows) == 0 {
		return fmt.Errorf("the capture is empty")
	}
	ground, ink, title := "#16181d", "#e4e4e4", "#2a2d35"
	if *light {
		ground, ink, title = "#ffffff", "#1c1c1c", "#e6e6ea"
	}
	w, h := columns*cellW+2*padding, len(rows)*cellH+2*padding+bar
	fmt.Printf(`<!doctype html><meta charset="utf-8"><style>
html,body{margin:0;background:%s;color:%s}
pre,div{position:absolute;margin:0;font:%gpx/%dpx "DejaVu Sans Mono","WenQuanYi Micro Hei Mono",monospace}
pre{left:%dpx;top:%dpx}
div{left:0;top:0;width:%dpx;height:%dpx;line-height:%dpx;background:%s;text-align:center;font-size:12px}
i{position:absolute;font-style:normal;white-space:pre;height:%dpx}
</style><div>%s</div><pre>`, ground, ink, fontSize, cellH, padding, bar+padding, w, bar, bar, title, cellH,
		html.EscapeString(flags.Arg(1)))
	var p pen
	for y, row := range rows {
		if end := p.row(row, y); end > columns {
			return fmt.Errorf("row %d takes %d cells, the screen has %d", y+1, end, columns)
		}
	}
	fmt.Println("</pre>")
	fmt.Fprintln(os.Stderr, w, h)
	return nil
}

// A pen is the terminal's state of colours, which goes on from row to row.
type pen struct {
	fg, bg          string
	bold, line, rev bool
}

// row draws one row and returns the column after it.
func (p *pen) row(s string, y int) int {
	col := 0
	run, from := "", 0 // of plain ASCII, which needs no cells of its own
	flush := func() {
		p.draw(run, from, y, len(run))
		run = ""
	}
	for s != "" {
		if rest, ok := strings.CutPrefix(s, "\x1b["); ok {
			end := strings.IndexByte(rest, 'm')
			if end < 0 {
				break
			}
			flush()
			p.set(rest[:end])
			s = rest[end+1:]
			continue
		}
		cluster, rest, width, _ := uniseg.FirstGraphemeClusterInString(s, -1)
		s = rest
		if len(cluster) == 1 {
			if run == "" {
				from = col
			}
			run += cluster
		} else {
			flush()
			p.draw(cluster, col, y, width)
		}
		col += width
	}
	flush()
	return col
}

// draw puts text into the cells from a column on.
func (p *pen) draw(text string, col, y, width int) {
	fg, bg := p.fg, p.bg
	if p.rev {
		fg, bg = cmpOr(bg, "#16181d"), cmpOr(fg, "#e4e4e4")
	}
	if text == "" || strings.TrimSpace(text) == "" && bg == "" && !p.line {
		return
	}
	style := fmt.Sprintf("left:%dpx;top:%dpx;width:%dpx", col*cellW, y*cellH, width*cellW)
	for _, part := range [...]struct{ name, value string }{{"color", fg}, {"background", bg}} {
		if part.value != "" {
			style += ";" + part.name + ":" + part.value
		}
	}
	if p.bold {
		style += ";font-weight:bold"
	}
	if width == 2 && text[0] >= 0x80 {
		style += ";font-size:15.5px" // terminals choose a font that fills both cells
	}
	if p.line {
		style += ";text-decoration:underline"
	}
	fmt.Printf(`<i style="%s">%s</i>`, style, html.EscapeString(text))
}

func cmpOr(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// set obeys one sequence of display attributes; those that wsalog never sends
// are passed over.
func (p *pen) set(params string) {
	list := strings.Split(params, ";")
	for i := 0; i < len(list); i++ {
		switch n, _ := strconv.Atoi(list[i]); {
		case n == 0:
			*p = pen{}
		case n == 1:
			p.bold = true
		case n == 4:
			p.line = true
		case n == 7:
			p.rev = true
		case n == 22:
			p.bold = false
		case n == 24:
			p.line = false
		case n == 27:
			p.rev = false
		case n == 39:
			p.fg = ""
		case n == 49:
			p.bg = ""
		case (n == 38 || n == 48) && i+4 < len(list) && list[i+1] == "2":
			c := fmt.Sprintf("rgb(%s,%s,%s)", list[i+2], list[i+3], list[i+4])
			if n == 38 {
				p.fg = c
			} else {
				p.bg = c
			}
			i += 4
		}
	}
}

// trim cuts the browser's picture to the page, whose size is in CSS pixels, and
// writes it with a palette, which takes a third of the space.
func trim(width, height, from, to string) error {
	w, err := strconv.Atoi(width)
	if err != nil {
		return err
	}
	h, err := strconv.Atoi(height)
	if err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	src, err := png.Decode(in)
	if err != nil {
		return fmt.Errorf("%s: %w", from, err)
	}
	const scale = 2 // of --force-device-scale-factor
	size := image.Rect(0, 0, w*scale, h*scale)
	if !size.In(src.Bounds()) {
		return fmt.Errorf("%s is %v, too small for a page of %v", from, src.Bounds().Max, size.Max)
	}
	dst := image.NewPaletted(size, palette(src, size))
	draw.Draw(dst, size, src, image.Point{}, draw.Src)
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	enc := png.Encoder{CompressionLevel: png.BestCompression}
	if err := enc.Encode(out, dst); err != nil {
		return err
	}
	return out.Close()
}

// palette returns the colours that cover most of the picture, at most 24: text
// needs no more than its inks and a few steps of each towards the ground.
func palette(src image.Image, size image.Rectangle) color.Palette {
	seen := make(map[color.RGBA]int)
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			seen[color.RGBAModel.Convert(src.At(x, y)).(color.RGBA)]++
		}
	}
	list := make([]color.RGBA, 0, len(seen))
	for c := range seen {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b color.RGBA) int {
		if n := seen[b] - seen[a]; n != 0 {
			return n
		}
		return (int(a.R)<<16 | int(a.G)<<8 | int(a.B)) - (int(b.R)<<16 | int(b.G)<<8 | int(b.B))
	})
	p := make(color.Palette, 0, 24)
	for _, c := range list[:min(len(list), 24)] {
		p = append(p, c)
	}
	return p
}
