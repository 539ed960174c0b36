package source

import (
	"bytes"
	"io"
)

// cutPoint finds out what happened to a file whose last delivered bytes are not
// there any more. kept is set when only its end was cut off (and perhaps written
// anew): everything before off was delivered already, and off follows a line
// feed. Otherwise the file begins anew.
func (g *generation) cutPoint(scratch []byte) (off int64, kept bool, err error) {
	if len(g.window) == 0 {
		return 0, false, nil
	}
	start := g.off - int64(len(g.window))
	n, err := g.f.ReadAt(scratch[:len(g.window)], start)
	if err != nil && err != io.EOF {
		return 0, false, err
	}
	same := commonPrefix(scratch[:n], g.window)
	if same == len(g.window) {
		return g.off, true, nil // it was a moment's confusion, the bytes are back
	}
	line := g.unit.lastLine(g.window[:same], start)
	if start == 0 {
		return int64(line), line > 0, nil
	}
	sameHead, err := g.sameHead(scratch)
	if err != nil || !sameHead {
		return 0, false, err
	}
	if line > 0 {
		return start + int64(line), true, nil
	}
	return g.farCut(start, scratch)
}

// farCut handles a file that begins as before but ends before the window: more
// than windowSize was cut off. A head of full size makes it certain enough that
// it is no new content.
func (g *generation) farCut(start int64, scratch []byte) (off int64, kept bool, err error) {
	st, err := g.f.stat()
	if err != nil || st.size >= start || len(g.head) < headSize {
		return 0, false, err
	}
	from := max(0, st.size-windowSize)
	n, err := g.f.ReadAt(scratch[:st.size-from], from)
	if err != nil && err != io.EOF {
		return 0, false, err
	}
	line := g.unit.lastLine(scratch[:n], from)
	return from + int64(line), line > 0, nil
}

// sameHead reports whether the file still begins with the bytes it began with.
func (g *generation) sameHead(scratch []byte) (bool, error) {
	n, err := g.f.ReadAt(scratch[:len(g.head)], g.headAt)
	if err != nil && err != io.EOF {
		return false, err
	}
	return len(g.head) > 0 && bytes.Equal(scratch[:n], g.head), nil
}

// cut moves the generation back to off.
func (g *generation) cut(off int64, scratch []byte) {
	start := g.off - int64(len(g.window))
	if off >= start {
		g.window = g.window[:off-start]
	} else {
		size := min(off, anchorSize)
		n, _ := g.f.ReadAt(scratch[:size], off-size)
		g.window = append(g.window[:0], scratch[:n]...)
		if int64(n) < size {
			g.window = g.window[:0] // it shrank again; the next read tells
		}
	}
	g.head = g.head[:max(0, min(int64(len(g.head)), off-g.headAt))]
	g.off, g.fresh, g.sealed = off, true, false
}

// restart reads the same file from its beginning as new content.
func (g *generation) restart() {
	g.off, g.head, g.headAt, g.window = 0, nil, 0, g.window[:0]
	g.fresh, g.skipNUL, g.truncated, g.unscanned, g.sealed = true, true, true, true, false
}

// shortHole is the number of zeros that a file may begin with when it was never
// seen before; they may belong to the text, as in UTF-16.
const shortHole = 16

// leadingHole returns how many of the bytes at the start of a file are zeros
// that nobody wrote: a program that does not append writes on at its old
// position after its file was truncated. Whole code units are skipped.
func (g *generation) leadingHole(data []byte) int {
	n := 0
	for n < len(data) && data[n] == 0 {
		n++
	}
	if !g.truncated && g.off == 0 && n < shortHole {
		return 0
	}
	u := g.unit
	if u.width == 0 {
		u = unitOf(data[n:min(len(data), n+headSize)])
	}
	if n < len(data) && u.width > 1 {
		n -= int(g.off+int64(n)) % u.width
	}
	return max(n, 0)
}

func commonPrefix(a, b []byte) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}
