package matcher

import "hash/maphash"

const (
	recalled   = 1 << 14 // lines that are remembered at most, by goroutine
	recallSize = 1 << 8  // at first
	recallFrom = 32      // lines before the first one: a short log earns nothing back
	longShape  = 2 << 10 // bytes of the longest line that is remembered

	// mostRecalled is how many matches a line that is remembered may have, and how many
	// numbers that count by themselves: a table of numbers is like no other, and would
	// take as much room as the log.
	mostRecalled = 8
)

// A recall remembers what lines gave, by their shapes. Each shape has two places,
// which it shares with others; who comes to one takes that of the two that was of
// use longer ago. It belongs to one goroutine.
type recall struct {
	lines []recalledLine
	seen  int       // lines so far, up to recallFrom
	kept  int       // lines that keep remembered since lines has its size
	shape []byte    // of the line in hand
	hash  uint64    // of shape
	reads []stretch // in the line in hand
}

// A recalledLine is a line and its matches, whose offsets count from its beginning.
type recalledLine struct {
	shape   uint64 // its hash; 0 in a free place
	length  int
	matches []Match
	reads   []stretch
	digits  []byte // that stood at reads
}

// A stretch is a part of a line: a run of digits whose value counted.
type stretch struct{ start, end int }

// find returns the place of line and whether it holds what line gives; nil when line
// is not to be remembered.
func (r *recall) find(m *Matcher, line []byte, ctx *Context) (at *recalledLine, known bool) {
	if len(line) > longShape {
		return nil, false
	}
	if r.lines == nil {
		if r.seen++; r.seen < recallFrom {
			return nil, false
		}
		r.resize(recallSize)
	}
	var ok bool
	if r.shape, ok = m.shaper().appendShape(r.shape[:0], line); !ok {
		return nil, false
	}
	if ctx != nil && ctx.HasW3C {
		r.shape = ctx.appendKey(r.shape)
	}
	r.hash = max(1, maphash.Bytes(m.shapes, r.shape))
	pair := r.pair(r.hash)
	for i := range pair {
		if l := &pair[i]; l.shape == r.hash && l.length == len(line) && l.readsSame(line) {
			if i > 0 {
				pair[0], pair[1] = pair[1], pair[0]
			}
			return &pair[0], true
		}
	}
	if r.kept > len(r.lines)/2 && len(r.lines) < recalled {
		r.resize(2 * len(r.lines))
		pair = r.pair(r.hash)
	}
	pair[0], pair[1] = pair[1], pair[0]
	return &pair[0], false
}

// pair returns the two places of a shape.
func (r *recall) pair(shape uint64) []recalledLine {
	return r.lines[shape%uint64(len(r.lines))&^1:][:2]
}

// resize makes room for n lines. Most logs have few shapes, and untouched memory
// costs time at its first use.
func (r *recall) resize(n int) {
	old := r.lines
	r.lines, r.kept = make([]recalledLine, n), 0
	clear(r.lines) // to be written before it is read spares a page its second fault
	for i := range old {
		if old[i].shape != 0 {
			pair := r.pair(old[i].shape)
			pair[0], pair[1] = old[i], pair[0]
		}
	}
}

// readsSame reports whether the digits of line that count by themselves are those of
// the line that is remembered.
func (l *recalledLine) readsSame(line []byte) bool {
	digits := l.digits
	for _, read := range l.reads {
		n := read.end - read.start
		if string(line[read.start:read.end]) != string(digits[:n]) {
			return false
		}
		digits = digits[n:]
	}
	return true
}

// keep remembers the matches of the line for which find returned l, and the digits
// that they depend on. It tells each match its shape.
func (r *recall) keep(m *Matcher, l *recalledLine, matches []Match, line []byte, start int) {
	r.kept++
	l.shape, l.length = r.hash, len(line)
	l.matches, l.reads, l.digits = l.matches[:0], append(l.reads[:0], r.reads...), l.digits[:0]
	for _, read := range r.reads {
		l.digits = append(l.digits, line[read.start:read.end]...)
	}
	shape := l.shape
	if len(l.digits) > 0 {
		shape = max(1, shape^maphash.Bytes(m.shapes, l.digits))
	}
	for i := range matches {
		matches[i].Shape = shape
		l.matches = append(l.matches, matches[i].moved(-start))
	}
}

// append appends the remembered matches for a line that begins at start.
func (l *recalledLine) append(dst []Match, start int) []Match {
	for i := range l.matches {
		dst = append(dst, l.matches[i].moved(start))
	}
	return dst
}

// moved returns the match with its offsets moved by n bytes.
func (m Match) moved(n int) Match {
	m.Start, m.End, m.LineStart, m.LineEnd = m.Start+n, m.End+n, m.LineStart+n, m.LineEnd+n
	return m
}
