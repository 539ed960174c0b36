package matcher

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// lineAfter returns the end of the line that holds the byte before i.
func lineAfter(block []byte, i int) int {
	if n := bytes.IndexByte(block[i-1:], '\n'); n >= 0 {
		return i + n
	}
	return len(block)
}

// lastLineEnd returns the offset of the last \n in b, or -1. bytes.LastIndexByte, which
// goes byte by byte, takes three times as long (BenchmarkLastLineEnd).
func lastLineEnd(b []byte) int {
	const ones, lows = 0x0101010101010101, 0x7F7F7F7F7F7F7F7F
	for ; len(b) >= 8; b = b[:len(b)-8] {
		w := binary.LittleEndian.Uint64(b[len(b)-8:]) ^ '\n'*ones
		if found := ^(w&lows + lows | w | lows); found != 0 { // the highest bit of each \n
			return len(b) - 1 - bits.LeadingZeros64(found)/8
		}
	}
	return bytes.LastIndexByte(b, '\n')
}

// A worthy line is one of a block that is worth a look, or a W3C row of which the status
// is told without one, since the finder stops nowhere else in it. Look-alikes where it
// never stops, such as a bare 996, are no more listed there than in rows without errors.
type worthy struct {
	stretch
	status column // of such a row; is is false for others
	shape  uint64 // of the others, see shapeOf
	maybe  bool   // only some bytes of a code literal were compared
	sought bool   // the finder led to it
}

// A seeker goes from worthy line to worthy line of a block.
type seeker struct {
	block []byte
	ctx   *Context
	from  int // the lines before from are done with
	start int // of the line that holds from or comes behind it
	known int // no line ends between start and here
	exact bool
}

// pass takes the seeker to a place. One before known is in the same line.
func (k *seeker) pass(at int) {
	if at <= k.known {
		return
	}
	if n := lastLineEnd(k.block[k.known:at]); n >= 0 {
		k.start = k.known + n + 1
	}
	k.known = at
}

// seek returns the next worthy line, if there is one. What it learns of a line it keeps: one of
// a megabyte may have a hundred thousand places to look at.
func (m *Matcher) seek(s *scratch, k *seeker) (l worthy, ok bool) {
	f, rows, block := m.finder.ready(m.lx), k.ctx != nil && k.ctx.HasW3C, k.block
	next, stop := 0, 0 // where the line ends with and without its line break
	var col column     // the line's, once a place asked for it
	for asked := false; k.from < len(block); {
		at, maybe := 0, !k.exact
		if maybe {
			if at = f.any(block, k.from); at >= 0 && (m.partOfID(block, at) || m.mayBeStatus(block, at)) {
				maybe = false // what is no candidate may hide one
				k.pass(at)
				at = f.next(block, max(k.from, k.start))
			}
		} else {
			at = f.next(block, k.from)
		}
		if at < 0 {
			break
		}
		if !maybe && m.partOfID(block, at) {
			k.from = at + 1
			continue
		}
		k.pass(at)
		if at >= next {
			next = lineAfter(block, at+1)
			stop, asked = lineEnd(block, k.start, next), false
		}
		to, status := next, column{}
		if m.mayBeStatus(block, at) {
			if rows && !asked {
				s.glance.reads = s.glance.reads[:0]
				col, asked = w3cColumn(block[k.start:stop], k.ctx, &s.glance.reads), true
			}
			if !rows || col.start != at+1-k.start {
				k.from = at + 1
				continue
			}
			if to = f.next(block, at+1); to < 0 {
				to = len(block)
			}
			if to < next { // the row has another candidate
				to = next
			} else {
				status = col
			}
		}
		l = worthy{stretch: stretch{k.start, stop}, status: status, maybe: maybe, sought: true}
		k.from, k.start, k.known = to, next, next
		return l, true
	}
	return worthy{}, false
}

// block searches a block with the finder: first for the lines that are worth a look, which
// are judged together, since the tables of either work displace those of the other.
func (m *Matcher) block(dst []Match, s *scratch, block []byte, ctx *Context) []Match {
	s.lines = s.lines[:0]
	for k := (seeker{block: block, ctx: ctx, exact: s.doubt.exact()}); ; {
		l, ok := m.seek(s, &k)
		if !ok {
			break
		}
		s.lines = append(s.lines, l)
	}
	dst = m.worthyLines(dst, s, block, ctx)
	s.doubt.settle(len(s.lines))
	return dst
}

// A doubt says whether literals are to be compared where they may be: in logs that hold many
// parts of texts and names, but no whole ones, that is quicker than to look at their lines.
type doubt struct {
	wrong int // lines of the block that only might hold one
	skip  int // blocks until the next trial
}

// Of the lines of a block, one of wrongShare may be wrong, and wrongFew in any case.
const (
	wrongShare  = 4
	wrongFew    = 8
	trialBlocks = 16 // one of these is a trial
)

// exact reports whether literals are to be compared in the block that begins.
func (d *doubt) exact() bool {
	d.skip = max(0, d.skip-1)
	return d.skip > 0
}

// count counts a line with so many matches.
func (d *doubt) count(l *worthy, matches int) {
	if l.maybe && matches == 0 {
		d.wrong++
	}
}

// settle judges a block that had so many lines to look at.
func (d *doubt) settle(lines int) {
	if d.wrong > max(wrongFew, lines/wrongShare) {
		d.skip = trialBlocks
	}
	d.wrong = 0
}

// sure reports whether a row that may be worthy is, and then makes l certain.
func (m *Matcher) sure(s *scratch, block []byte, l *worthy, ctx *Context) bool {
	k := seeker{block: block[:lineAfter(block, l.end+1)], ctx: ctx, from: l.start, start: l.start, known: l.start, exact: true}
	certain, ok := m.seek(s, &k)
	if ok {
		certain.shape = l.shape
		*l = certain
	}
	return ok
}

// atOnce is how many lines are asked for in memory before the first one is looked at.
const atOnce = 32

// worthyLines appends the matches of s.lines.
func (m *Matcher) worthyLines(dst []Match, s *scratch, block []byte, ctx *Context) []Match {
	for lines := s.lines; len(lines) > 0; lines = lines[min(atOnce, len(lines)):] {
		some := lines[:min(atOnce, len(lines))]
		for i := range some {
			if l := &some[i]; !l.status.is {
				s.glance.shape = s.drawn[i]
				l.shape = m.shapeOf(&s.glance, block[l.start:l.end], ctx)
				s.drawn[i] = s.glance.shape
				m.recall.ahead(l.shape)
			}
		}
		for i := range some {
			dst = m.line(dst, s, block, &some[i], s.drawn[i], ctx)
		}
	}
	return dst
}

// mayBeStatus reports whether the number of a status was found at block[at], with what parts it
// from the column before.
func (m *Matcher) mayBeStatus(block []byte, at int) bool {
	return !m.lx.own && isBlank(block[at]) && digitAt(block, at+1)
}

// partOfID reports whether what was found at block[at] is a bare hexadecimal, a decimal
// or a libuv number inside of a longer id, where it cannot be a candidate. Ids in which
// one happens to stand are many times as frequent as errors.
func (m *Matcher) partOfID(block []byte, at int) bool {
	if at == 0 || m.lx.own {
		return false
	}
	if block[at] == '-' {
		return digitAt(block, at+1) && wordAt(block, at-1)
	}
	if block[at] == firstDigit[0] && decimalInWord(block, at) {
		return true
	}
	digit, letter := false, false
	for i := at; i < at+4; i++ {
		if !hexDigitAt(block, i) {
			return false
		}
		digit, letter = digit || digitAt(block, i), letter || !digitAt(block, i)
	}
	return digit && letter && (hexTail(block, at+4) || block[at-1] != '0' && hexDigitAt(block, at-1))
}

// decimalInWord reports whether block[at:] begins with five digits that go on as a word.
func decimalInWord(block []byte, at int) bool {
	end := at + 1
	for end < len(block) && isDigit(block[end]) {
		end++
	}
	return end == at+codeLength && wordAt(block, end) && !sentenceAt(block, end)
}

// lineEnd returns where the line block[start:next] ends without its \n or \r\n.
func lineEnd(block []byte, start, next int) int {
	if next > start && block[next-1] == '\n' {
		if next--; next > start && block[next-1] == '\r' {
			next--
		}
	}
	return next
}
