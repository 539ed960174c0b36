package matcher

import "hash/maphash"

// An Outliner tells the outlines by which a Matcher judges lines to those who look at what else
// the lines say, so that they need to look at an outline once, too. It is for one goroutine.
type Outliner struct {
	m *Matcher
	s *scratch
}

// Outliner returns one that makes the outlines of m.
func (m *Matcher) Outliner() *Outliner { return &Outliner{m, m.newScratch()} }

// Outline returns the outline of line, and a hash of its shape: outlines with one hash differ
// in digits only that have the same marks. It reports false for a line without an outline.
// The text is valid until the next call.
func (o *Outliner) Outline(line []byte) (text []byte, shape uint64, ok bool) {
	if !o.m.outline(o.s, line, nil) {
		return nil, 0, false
	}
	return o.s.outline.text, maphash.Bytes(o.m.shapes, o.s.outline.shape), true
}

// Within returns where in the outline line[start:end] stands.
func (o *Outliner) Within(start, end int) (int, int) {
	return o.s.outline.start(start, inLine), o.s.outline.end(end, inLine)
}

// Line returns where in the line the outline's text[start:end] stands.
func (o *Outliner) Line(start, end int) (int, int) {
	return o.s.outline.start(start, inOutline), o.s.outline.end(end, inOutline)
}
