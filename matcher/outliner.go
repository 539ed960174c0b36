package matcher

import "sync"

// An Outliner tells the outlines by which a Matcher judges lines to those who look at what else
// the lines say, so that they need to look at an outline once, too. It is for one goroutine.
type Outliner struct {
	m *Matcher
	s *scratch
}

// Outliner returns one that makes the outlines of m.
func (m *Matcher) Outliner() *Outliner { return &Outliner{m, m.newScratch()} }

// Outline returns the outline of line, of which shape is the Match.Shape or 0, and a hash of
// the outline's shape: outlines with one hash differ in digits only that have the same marks.
// In W3C logs one outline may have several.
// The outline may be that of another line of the shape. It reports false for a line without an
// outline. The text is the Outliner's, and valid until the next call.
func (o *Outliner) Outline(line []byte, shape uint64) (text []byte, hash uint64, ok bool) {
	own := &o.s.outline
	if hash, ok := o.m.fresh.find(own, shape); ok {
		return own.text, hash, len(own.cuts) > 0
	}
	if !o.m.outline(o.s, line, nil) {
		return nil, 0, false
	}
	return own.text, o.m.hashShape(own.shape, nil), true
}

// Within returns where in the outline line[start:end] stands.
func (o *Outliner) Within(start, end int) (int, int) {
	return moveStart(o.s.outline.cuts, start, inLine), moveEnd(o.s.outline.cuts, end, inLine)
}

// Line returns where in the line the outline's text[start:end] stands.
func (o *Outliner) Line(start, end int) (int, int) {
	return moveStart(o.s.outline.cuts, start, inOutline), moveEnd(o.s.outline.cuts, end, inOutline)
}

// freshOutlines holds the outlines of lines that the matcher has just met for the first time,
// without cuts for lines that have none. Most are asked for at once, by the goroutine that
// searched the block.
type freshOutlines [1 << 8]freshOutline

// A freshOutline is the outline of a line of some shape.
type freshOutline struct {
	mu    sync.Mutex
	shape uint64 // the Match.Shape; 0 in a free place
	hash  uint64 // of the shape of the outline
	text  []byte
	cuts  []cut
}

// add keeps o for those who ask for the outline of a line with these matches.
func (t *freshOutlines) add(o *outline, hash uint64, matches []Match) {
	if len(matches) == 0 || matches[0].Shape == 0 {
		return
	}
	shape := matches[0].Shape
	f := &t[shape%uint64(len(t))]
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shape, f.hash = shape, hash
	f.text, f.cuts = append(f.text[:0], o.text...), append(f.cuts[:0], o.cuts...)
}

// find makes o the outline of a line, if that is there.
func (t *freshOutlines) find(o *outline, shape uint64) (hash uint64, ok bool) {
	f := &t[shape%uint64(len(t))]
	f.mu.Lock()
	defer f.mu.Unlock()
	if shape == 0 || f.shape != shape {
		return 0, false
	}
	o.text, o.cuts = append(o.text[:0], f.text...), append(o.cuts[:0], f.cuts...)
	return f.hash, true
}
