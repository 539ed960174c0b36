package view

import (
	"strings"

	"wsalog/internal/term"
)

// rich is text with inks on parts of it. Measuring and wrapping look at the text
// alone, so that colours never change the layout.
type rich struct {
	text  []byte
	marks []inkMark // in order, not overlapping
}

type inkMark struct {
	start, end int
	ink        *term.Ink
}

func (r *rich) reset() { r.text, r.marks = r.text[:0], r.marks[:0] }

// add appends s in an ink; nil stands for none.
func (r *rich) add(s string, ink *term.Ink) {
	start := len(r.text)
	r.text = append(r.text, s...)
	r.mark(start, ink)
}

// mark inks what was appended to text since start.
func (r *rich) mark(start int, ink *term.Ink) {
	if ink != nil && ink.On != "" && len(r.text) > start {
		r.marks = append(r.marks, inkMark{start, len(r.text), ink})
	}
}

// appendPart appends the bytes from start to end with their inks.
func (r *rich) appendPart(dst []byte, start, end int) []byte {
	for _, m := range r.marks {
		if m.end <= start || m.start >= end {
			continue
		}
		from, to := max(m.start, start), min(m.end, end)
		dst = append(dst, r.text[start:from]...)
		dst = append(dst, m.ink.On...)
		dst = append(dst, r.text[from:to]...)
		dst = append(dst, m.ink.Off...)
		start = to
	}
	return append(dst, r.text[start:end]...)
}

// appendWrapped appends the text as lines of at most width cells: head, in an
// ink, opens the first, indent cells of blanks the others; each ends in a line
// feed.
func (r *rich) appendWrapped(
	dst []byte, c term.Cells, width int, head string, ink term.Ink, indent int,
) []byte {
	headCells := c.Width(head)
	if indent > width/2 { // a narrow screen needs its cells for words
		indent = min(1, max(width-2, 0))
	}
	if headCells > width-2 {
		head, headCells = "", 0
	}
	s := string(r.text)
	at := 0
	for i, piece := range c.Wrap(s, width-headCells, width-indent) {
		at += strings.Index(s[at:], piece)
		if i == 0 {
			dst = ink.Append(dst, head)
		} else {
			dst = appendBlanks(dst, indent)
		}
		dst = r.appendPart(dst, at, at+len(piece))
		dst = append(dst, '\n')
		at += len(piece)
	}
	return dst
}

func appendBlanks(dst []byte, n int) []byte {
	for ; n > 0; n-- {
		dst = append(dst, ' ')
	}
	return dst
}
