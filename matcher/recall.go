package matcher

import (
	"hash/maphash"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"wsalog/internal/prefetch"
	"wsalog/rules"
)

const (
	shards     = 1 << 5
	recalled   = 1 << 16 / shards // lines that a shard remembers at most
	recallSize = 1 << 10 / shards // at first
	recallFrom = 32               // lines of a goroutine before the first one: a short log earns nothing back
	longShape  = 2 << 10          // bytes of the longest line that is remembered

	// mostMatches is how many matches a line that is remembered may have, mostReads how
	// many numbers that count by themselves: a table of numbers is like no other. Of 50
	// lines with matches, one has more.
	mostMatches = 3
	mostReads   = 3
)

// A recall remembers what lines gave, by their shapes, for all goroutines. It holds no
// pointers, so that the garbage collector need not look at it.
type recall [shards]shard

// A shard holds the lines of some shapes. Each shape has two places, which it shares
// with others; who comes to one takes that of the two that was of use longer ago. There are
// at least two places for each shape, as long as that is allowed: where three shapes share
// two places, one of them is judged again and again.
type shard struct {
	mu    sync.Mutex                     // held by those who read or write a line
	lines atomic.Pointer[[]recalledLine] // nil at first; ahead reads where they are without a lock
	kept  int                            // lines that were remembered since lines has its size
	_     [5]int64                       // neighbours are locked by others
}

// A recalledLine is a line and its matches, in one cache line.
type recalledLine struct {
	shape   uint64 // its hash; 0 in a free place
	digits  uint64 // hash of what stood at the reads
	length  uint16
	readAt  [mostReads]uint16 // where the reads begin
	matches [mostMatches]recalledMatch
	readLen [mostReads]uint8 // their lengths; 0 for none
	matched uint8            // how many matches, and sought
}

// sought is set in a line to which the finder led: where that is a row, it holds a code
// literal, as all rows of its shape do.
const sought = 1 << 7

// A recalledMatch is a Match whose offsets count from the line's beginning.
type recalledMatch struct {
	code, also uint16
	start, end uint16
	rule       uint16 // index in ruleNames
	sort       uint16 // form, verdict and confidence, see sortOf
}

// A stretch is a part of a line: a run of digits whose value counted.
type stretch struct{ start, end int }

// A glance is what a goroutine knows of the line in hand.
type glance struct {
	seen int // lines so far, up to recallFrom
	shapeWriter
	reads []stretch // numbers of the line that counted by themselves
}

// shapeOf returns what stands for the shape of line under ctx, or 0 for a line that is not
// to be remembered.
func (m *Matcher) shapeOf(g *glance, line []byte, ctx *Context) uint64 {
	if len(line) > longShape {
		return 0
	}
	if g.seen < recallFrom {
		g.seen++
		return 0
	}
	if !g.write(m.shaper(), line) {
		return 0
	}
	return m.hashShape(g.shape, ctx)
}

// hashShape returns what stands for a shape under ctx.
func (m *Matcher) hashShape(shape []byte, ctx *Context) uint64 {
	if ctx != nil && ctx.HasW3C {
		shape = ctx.appendKey(shape)
	}
	return max(1, maphash.Bytes(m.shapes, shape))
}

// find returns dst with what a line of some shape gives, when that is remembered; it begins at
// start. One that maybe holds no code literal, as w says, is known if the finder led to one of
// its shape; of an outline w is nil. It adds the numbers that decided to reads, unless that is nil.
func (m *Matcher) find(dst []Match, shape uint64, line []byte, start int, w *worthy, reads *[]stretch) (_ []Match, known bool) {
	if shape == 0 {
		return dst, false
	}
	s := m.recall.shard(shape)
	s.mu.Lock()
	defer s.mu.Unlock()
	lines := s.lines.Load()
	if lines == nil {
		return dst, false
	}
	pair := pairOf(*lines, shape)
	for i := range pair {
		if l := &pair[i]; l.shape == shape && int(l.length) == len(line) && l.digits == m.digits(l, line) {
			switch {
			case w == nil || !w.sought:
			case !w.maybe:
				l.matched |= sought
			case l.matched&sought == 0:
				return dst, false
			}
			if i > 0 {
				pair[0], pair[1] = pair[1], pair[0]
			}
			for k, n := range pair[0].readLen {
				if at := int(pair[0].readAt[k]); n > 0 && reads != nil {
					*reads = append(*reads, stretch{at, at + int(n)})
				}
			}
			return m.appendRecalled(dst, &pair[0], start), true
		}
	}
	return dst, false
}

// ahead brings near what find will read.
func (r *recall) ahead(shape uint64) {
	if lines := r.shard(shape).lines.Load(); lines != nil && shape != 0 {
		prefetch.Lines(&pairOf(*lines, shape)[0], 2)
	}
}

func (r *recall) shard(shape uint64) *shard { return &r[shape>>32%shards] }

// pairOf returns the two places of a shape; len(lines) is a power of 2.
func pairOf(lines []recalledLine, shape uint64) []recalledLine {
	return lines[shape&uint64(len(lines)-2):][:2]
}

// grow makes room for n lines. Most logs have few shapes, and untouched memory
// costs time at its first use.
func (s *shard) grow(n int) (lines []recalledLine) {
	lines = make([]recalledLine, n)
	clear(lines) // to be written before it is read spares a page its second fault
	if old := s.lines.Load(); old != nil {
		for _, l := range slices.Backward(*old) { // of two, the one that was of use longer ago first
			if l.shape != 0 {
				pair := pairOf(lines, l.shape)
				pair[0], pair[1] = l, pair[0]
			}
		}
	}
	s.kept = 0
	s.lines.Store(&lines)
	return lines
}

// digits returns the hash of the digits of line that stand where l was read, 0 where
// that was nowhere.
func (m *Matcher) digits(l *recalledLine, line []byte) uint64 {
	var sum uint64
	for i, n := range l.readLen {
		if n == 0 {
			break
		}
		sum = sum*0x9E3779B97F4A7C15 + maphash.Bytes(m.shapes, line[l.readAt[i]:][:n])
	}
	return sum
}

// keep remembers the matches of a line that may be remembered and was not found, and
// whether the finder led to it. It tells each match its shape.
func (m *Matcher) keep(shape uint64, reads []stretch, matches []Match, line []byte, start int, found bool) {
	if len(matches) > mostMatches || len(reads) > mostReads {
		return
	}
	l := recalledLine{shape: shape, length: uint16(len(line)), matched: uint8(len(matches))}
	if found {
		l.matched |= sought
	}
	n := 0
	for _, r := range reads {
		switch size := r.end - r.start; {
		case size > math.MaxUint8:
			return
		case size > 0:
			l.readAt[n], l.readLen[n] = uint16(r.start), uint8(size)
			n++
		}
	}
	l.digits = m.digits(&l, line)
	for i := range matches {
		x := &matches[i]
		if x.Code|x.Also > math.MaxUint16 || x.Code|x.Also < 0 {
			return
		}
		l.matches[i] = recalledMatch{code: uint16(x.Code), also: uint16(x.Also), start: uint16(x.Start - start),
			end: uint16(x.End - start), rule: m.ruleNumber[x.Rule], sort: sortOf(x)}
	}
	for i := range matches {
		matches[i].Shape = l.name()
	}
	m.recall.shard(shape).add(&l)
}

// add puts l in front of the line that was of use longer ago, unless another
// goroutine did so.
func (s *shard) add(l *recalledLine) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var lines []recalledLine
	if now := s.lines.Load(); now != nil {
		lines = *now
	}
	if s.kept++; s.kept > len(lines)/4 && len(lines) < recalled {
		lines = s.grow(max(recallSize, 2*len(lines)))
	}
	pair := pairOf(lines, l.shape)
	switch old := &pair[0]; {
	case old.shape != l.shape || old.length != l.length || old.digits != l.digits:
		pair[0], pair[1] = *l, pair[0]
	case l.matched&sought != 0:
		old.matched |= sought
	}
}

// name is the Match.Shape of the line's matches.
func (l *recalledLine) name() uint64 { return max(1, l.shape^l.digits) }

// sortOf packs what kind of match x is.
func sortOf(x *Match) uint16 {
	return uint16(x.Form)<<8 | uint16(x.Verdict)<<4 | uint16(x.Confidence)
}

// appendRecalled appends the matches of l for a line that begins at start.
func (m *Matcher) appendRecalled(dst []Match, l *recalledLine, start int) []Match {
	for i := range l.matches[:l.matched&^sought] {
		x := &l.matches[i]
		dst = append(dst, Match{Code: int(x.code), Also: int(x.also), Form: rules.Form(x.sort >> 8),
			Verdict: Verdict(x.sort >> 4 & 15), Confidence: Confidence(x.sort & 15), Rule: m.ruleNames[x.rule],
			Start: start + int(x.start), End: start + int(x.end), LineStart: start, LineEnd: start + int(l.length),
			Shape: l.name()})
	}
	return dst
}
