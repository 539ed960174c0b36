package view

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"

	"wsalog/annotate"
	"wsalog/internal/term"
)

// A segmentKind says what a part of a line means for its marks.
type segmentKind uint8

const (
	plain      segmentKind = iota
	identified             // made the hit
	used                   // call and peer
)

// A segment is a part of a line and the cells that it takes on the screen.
type segment struct {
	start, end int // bytes of the line
	kind       segmentKind
	ink        *term.Ink
	from, to   int // columns
}

// width is the number of cells that a line of our own may take.
func (v *View) width() int { return max(v.cols, 1) }

// screenHit writes a line with hits, and what is to be said about it, to a
// terminal.
func (v *View) screenHit(l *line) {
	if v.foldable(l) && v.fold(l) {
		return
	}
	boxes := v.compose(l, true)
	if v.opt.Explain == None {
		v.note.reset()
		boxes = nil
	}
	v.endLive()
	v.layout(l)
	d := v.appendPrefix(v.row[:0], l.src, l.num, ':', true)
	prefix, cells := len(d), v.prefixCells(l)
	d, col := v.appendSegments(d, l.text, cells, false)
	carets := len(boxes) > 0 && len(v.segs) > 0 && v.width() >= caretsFit && col <= v.width()
	if len(boxes) > 0 && !carets && v.theme.Error.On == "" { // no other way to show what was meant
		d, col = v.appendSegments(d[:prefix], l.text, cells, true)
	}
	if v.opt.Raw && bytes.IndexByte(l.text, 0x1b) >= 0 {
		d = append(d, reset...)
	}
	note := len(v.note.text) > 0
	fits := v.cells.AdvanceBytes(0, v.note.text)+v.markCells+col <= v.width()
	if note && fits {
		d = append(d, "  "...)
		d = v.theme.Dim.Append(d, v.glyph.Mark)
		d = append(d, ' ')
		d = v.note.appendPart(d, 0, len(v.note.text))
	}
	d = append(d, '\n')
	if carets {
		d = v.appendCarets(d, v.segs)
	}
	if note && !fits {
		d = v.note.appendWrapped(d, v.cells, v.width(), "  "+v.glyph.Mark+" ", v.theme.Dim, 4)
	}
	for _, h := range boxes {
		d = v.appendBox(d, l, h)
	}
	v.out.bytes(d)
	v.row = d
	v.keepChange(l)
	v.writeChanges()
	v.midLine = false
}

// screenLine writes a line without hits, with its prefix if there is one.
func (v *View) screenLine(l *line, sep byte) {
	v.endRun()
	v.endLive()
	d := v.appendPrefix(v.row[:0], l.src, l.num, sep, true)
	if v.opt.Raw {
		d = append(d, l.text...)
		if bytes.IndexByte(l.text, 0x1b) >= 0 {
			d = append(d, reset...)
		}
	} else {
		d = v.clean.Append(d, l.text)
	}
	d = append(d, '\n')
	v.out.bytes(d)
	v.row = d
	v.midLine = false
}

// screenSpan writes whole lines without hits.
func (v *View) screenSpan(p []byte) {
	if len(p) == 0 {
		return
	}
	v.endRun()
	v.endLive()
	v.midLine = p[len(p)-1] != '\n'
	if v.opt.Raw {
		v.out.span(p)
		return
	}
	for len(p) > 0 {
		n := term.Clean(p)
		v.out.span(p[:n])
		if p = p[n:]; len(p) == 0 {
			return
		}
		end := bytes.IndexByte(p, '\n') + 1
		if end == 0 {
			end = len(p)
		}
		v.out.settle()
		v.out.buf = v.clean.Append(v.out.buf, p[:end])
		p = p[end:]
	}
}

// layout cuts the line at the edges of its spans, into v.segs.
func (v *View) layout(l *line) {
	v.segs = v.segs[:0]
	if l.pieces {
		return
	}
	r := l.rec
	for _, h := range l.hits {
		ink := v.inkOf(v.book.get(h.Code).severity)
		for _, s := range h.Spans {
			v.segs = append(v.segs, segment{start: s.Start, end: s.End, kind: identified, ink: ink})
		}
	}
	for _, s := range [...]annotate.Span{r.CallSpan, r.PeerSpan} {
		if s.End > s.Start {
			v.segs = append(v.segs, segment{start: s.Start, end: s.End, kind: used, ink: &v.theme.Used})
		}
	}
	slices.SortStableFunc(v.segs, func(a, b segment) int { return cmp.Compare(a.start, b.start) })
	keep := v.segs[:0]
	for _, s := range v.segs {
		s.end = min(s.end, len(l.text))
		if n := len(keep); n > 0 && keep[n-1].end > s.start {
			if s.kind >= used || keep[n-1].kind == identified {
				s.start = keep[n-1].end // the one that began first goes on
			} else {
				keep[n-1].end = s.start
			}
		}
		if s.start >= 0 && s.end > s.start {
			keep = append(keep, s)
		}
	}
	v.segs = keep
}

// appendSegments appends the line's text, harmless and painted, and returns the
// column after it. It fills in the columns of v.segs.
func (v *View) appendSegments(dst, text []byte, col int, brackets bool) ([]byte, int) {
	at := 0
	for i := range v.segs {
		s := &v.segs[i]
		dst, col = v.appendText(dst, text[at:s.start], col, nil)
		s.from = col
		if brackets && s.kind == identified {
			dst, col = append(dst, '['), col+1
		}
		dst, col = v.appendText(dst, text[s.start:s.end], col, s.ink)
		if brackets && s.kind == identified {
			dst, col = append(dst, ']'), col+1
		}
		s.to = col
		at = s.end
	}
	return v.appendText(dst, text[at:], col, nil)
}

func (v *View) appendText(dst, text []byte, col int, ink *term.Ink) ([]byte, int) {
	if len(text) == 0 {
		return dst, col
	}
	if ink != nil {
		dst = append(dst, ink.On...)
	}
	start := len(dst)
	if v.opt.Raw {
		dst = append(dst, text...)
	} else {
		dst = v.clean.Append(dst, text)
	}
	col = v.cells.AdvanceBytes(col, dst[start:])
	if ink != nil {
		dst = append(dst, ink.Off...)
	}
	return dst, col
}

// appendPrefix appends name and number of the line. sep is : for a line that was
// chosen and - for its context.
func (v *View) appendPrefix(dst []byte, src *source, num int64, sep byte, screen bool) []byte {
	if v.opt.WithFilename {
		name := src.name
		if screen {
			name = v.clean.Line(name)
		}
		dst = append(v.theme.Dim.Append(dst, name), sep)
	}
	if v.opt.LineNumbers {
		dst = append(dst, v.theme.Dim.On...)
		dst = strconv.AppendInt(dst, num, 10)
		dst = append(append(dst, v.theme.Dim.Off...), sep)
	}
	return dst
}

// prefixCells is the number of cells that the prefix of a line takes.
func (v *View) prefixCells(l *line) int {
	n := 0
	if v.opt.WithFilename {
		n += v.cells.Width(v.clean.Line(l.src.name)) + 1
	}
	if v.opt.LineNumbers {
		n += len(strconv.FormatInt(l.num, 10)) + 1
	}
	return n
}
