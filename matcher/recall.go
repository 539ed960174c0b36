package matcher

import (
	"hash/maphash"
	"sync"

	"wsalog/rules"
)

const (
	shards     = 1 << 5
	recalled   = 1 << 15 / shards // lines that a shard remembers at most
	recallSize = 1 << 9 / shards  // at first
	recallFrom = 32               // lines of a goroutine before the first one: a short log earns nothing back
	longShape  = 2 << 10          // bytes of the longest line that is remembered

	// mostMatches is how many matches a line that is remembered may have, mostReads how
	// many numbers that count by themselves: a table of numbers is like no other.
	mostMatches = 4
	mostReads   = 5
)

// A recall remembers what lines gave, by their shapes, for all goroutines. It holds no
// pointers, so that the garbage collector need not look at it.
type recall [shards]shard

// A shard holds the lines of some shapes. Each shape has two places, which it shares
// with others; who comes to one takes that of the two that was of use longer ago.
type shard struct {
	mu    sync.Mutex
	lines []recalledLine
	kept  int      // lines that were remembered since lines has its size
	_     [4]int64 // neighbours are locked by others
}

// A recalledLine is a line and its matches.
type recalledLine struct {
	shape   uint64 // its hash; 0 in a free place
	digits  uint64 // hash of what stood at reads
	length  uint16
	matched uint8 // how many matches
	read    uint8 // how many reads
	reads   [mostReads]shortStretch
	matches [mostMatches]recalledMatch
}

// A recalledMatch is a Match whose offsets count from the line's beginning.
type recalledMatch struct {
	code, also int32
	start, end uint16
	rule       int16 // see ruleName
	form       uint8
	verdict    uint8 // and the confidence above it
}

// A stretch is a part of a line: a run of digits whose value counted.
type stretch struct{ start, end int }

type shortStretch struct {
	start uint16
	n     uint8
}

// A glance is what a goroutine knows of the line in hand.
type glance struct {
	seen  int       // lines so far, up to recallFrom
	shape []byte    // of the line
	hash  uint64    // of shape
	reads []stretch // numbers of the line that counted by themselves
}

// find returns dst with what line gives, when that is remembered; line begins at start.
// may is false for lines that are not to be remembered.
func (m *Matcher) find(dst []Match, g *glance, line []byte, start int, ctx *Context) (_ []Match, known, may bool) {
	if len(line) > longShape {
		return dst, false, false
	}
	if g.seen < recallFrom {
		g.seen++
		return dst, false, false
	}
	if g.shape, may = m.shaper().appendShape(g.shape[:0], line); !may {
		return dst, false, false
	}
	if ctx != nil && ctx.HasW3C {
		g.shape = ctx.appendKey(g.shape)
	}
	g.hash = max(1, maphash.Bytes(m.shapes, g.shape))
	s := m.recall.shard(g.hash)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.lines) == 0 {
		return dst, false, true
	}
	pair := s.pair(g.hash)
	for i := range pair {
		if l := &pair[i]; l.shape == g.hash && int(l.length) == len(line) && l.digits == m.digits(l, line) {
			if i > 0 {
				pair[0], pair[1] = pair[1], pair[0]
			}
			return m.appendRecalled(dst, &pair[0], start), true, true
		}
	}
	return dst, false, true
}

func (r *recall) shard(shape uint64) *shard { return &r[shape>>32%shards] }

// pair returns the two places of a shape.
func (s *shard) pair(shape uint64) []recalledLine {
	return s.lines[shape%uint64(len(s.lines))&^1:][:2]
}

// resize makes room for n lines. Most logs have few shapes, and untouched memory
// costs time at its first use.
func (s *shard) resize(n int) {
	old := s.lines
	s.lines, s.kept = make([]recalledLine, n), 0
	for i := range old {
		if old[i].shape != 0 {
			pair := s.pair(old[i].shape)
			pair[0], pair[1] = old[i], pair[0]
		}
	}
}

// digits returns the hash of the digits of line that stand where l was read, 0 where
// that was nowhere.
func (m *Matcher) digits(l *recalledLine, line []byte) uint64 {
	var sum uint64
	for _, r := range l.reads[:l.read] {
		sum = sum*0x9E3779B97F4A7C15 + maphash.Bytes(m.shapes, line[r.start:][:r.n])
	}
	return sum
}

// keep remembers the matches of a line that may be remembered and was not found. It
// tells each match its shape.
func (m *Matcher) keep(g *glance, matches []Match, line []byte, start int) {
	if len(matches) > mostMatches || len(g.reads) > mostReads {
		return
	}
	l := recalledLine{shape: g.hash, length: uint16(len(line)), matched: uint8(len(matches)), read: uint8(len(g.reads))}
	for i, r := range g.reads {
		l.reads[i] = shortStretch{uint16(r.start), uint8(r.end - r.start)}
		if r.end-r.start > 255 {
			return
		}
	}
	l.digits = m.digits(&l, line)
	for i := range matches {
		matches[i].Shape = l.name()
		l.matches[i] = m.recalledMatch(&matches[i], start)
	}
	s := m.recall.shard(g.hash)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept++; s.kept > len(s.lines)/2 && len(s.lines) < recalled {
		s.resize(max(recallSize, 2*len(s.lines)))
	}
	pair := s.pair(g.hash)
	if pair[0].shape != g.hash || pair[0].length != l.length || pair[0].digits != l.digits { // unless another goroutine came first
		pair[0], pair[1] = l, pair[0]
	}
}

// name is the Match.Shape of the line's matches.
func (l *recalledLine) name() uint64 { return max(1, l.shape^l.digits) }

func (m *Matcher) recalledMatch(x *Match, start int) recalledMatch {
	return recalledMatch{code: int32(x.Code), also: int32(x.Also), start: uint16(x.Start - start), end: uint16(x.End - start),
		rule: m.ruleNumber[x.Rule], form: uint8(x.Form), verdict: uint8(x.Verdict) | uint8(x.Confidence)<<4}
}

// appendRecalled appends the matches of l for a line that begins at start.
func (m *Matcher) appendRecalled(dst []Match, l *recalledLine, start int) []Match {
	for i := range l.matches[:l.matched] {
		x := &l.matches[i]
		dst = append(dst, Match{Code: int(x.code), Also: int(x.also), Form: rules.Form(x.form),
			Verdict: Verdict(x.verdict & 15), Confidence: Confidence(x.verdict >> 4), Rule: m.ruleNames[x.rule],
			Start: start + int(x.start), End: start + int(x.end), LineStart: start, LineEnd: start + int(l.length),
			Shape: l.name()})
	}
	return dst
}
