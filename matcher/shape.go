package matcher

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"wsalog/matcher/digitscan"
)

// Marks instead of digits: control characters that logs do not hold. They say of a
// number what addresses and ports are told by.
const (
	markSmall   byte = 1 + iota // below 1000, and none of these:
	markZero                    // 0, but for a single one of an address
	markOne                     // the last 1 of ::1
	markTo32                    // behind a slash
	markNoOctet                 // above 255, next to a point
	markPort                    // up to 65535
	markAbove
	markLong // more than five digits
	marks    // and what is no mark, as far as NUL
)

// A shapeWriter writes shapes, one after the other, for one goroutine.
type shapeWriter struct {
	*shaper
	line   []byte
	shape  []byte
	digits [longShape/64 + 2]uint64 // a bit for each byte of the line
	clock  int                      // where the last time of day ends
	traits uint64                   // of the line
	seen   stampSeen                // the last one with which a line began
}

// shapePad is how many zeros stand before and behind the line in its shape, so that eight
// bytes can be read and written at once wherever a run ends or begins.
const shapePad = 8

// write makes the shape of a line of at most longShape bytes. It reports false where the
// line has none, since escapes in it are yet to be undone.
//
// Where runs begin and end is told by bits, and the value of a run by a few multiplications:
// a loop over bytes would have the processor guess wrong at the end of each run.
func (w *shapeWriter) write(p *shaper, line []byte) bool {
	if p.blind {
		return false
	}
	size := shapePad + len(line) + shapePad
	w.shaper, w.line, w.shape, w.clock, w.traits = p, line, slices.Grow(w.shape[:0], size)[:size], 0, 0
	clear(w.shape[:shapePad])
	clear(w.shape[size-shapePad:])
	if digitscan.Copy(w.shape[shapePad:], line, w.digits[:]) && !shapely(line) {
		return false
	}
	done, last := uint64(0), uint64(0) // last is the bit before a word
	if w.digits[0]&stampMask == stampDigits {
		done = w.stamp()
	}
	from := 0 // where the run in hand begins
	for k, word := range w.digits[:len(line)/64+1] {
		edges := (word ^ (word<<1 | last)) &^ done
		for last, done = word>>63, 0; edges != 0; edges &= edges - 1 {
			bit := bits.TrailingZeros64(edges)
			if at := k*64 + bit; word>>bit&1 != 0 {
				from = at
			} else {
				w.run(from, at)
			}
		}
	}
	w.shape = binary.LittleEndian.AppendUint64(w.shape, w.traits)
	return true
}

// shapely reports whether a line with escapes or marks has a shape.
func shapely(line []byte) bool {
	for i, c := range line {
		switch {
		case c < marks:
			return false
		case c == '\\' || c == '&':
			if c := byteAt(line, i+1); c|0x20 == 'u' && hexDigitAt(line, i+2) || c == '#' {
				return false
			}
		}
	}
	return true
}

// The digits of a date with the time of day behind it, as in 2026-07-14 10:22:33.
const (
	stampLength = 19
	stampMask   = 1<<(stampLength+1) - 1
	stampDigits = 0x6DB6F
)

// stampStarts are where its months, days, hours, minutes and seconds stand.
var stampStarts = [...]int{5, 8, 11, 14, 17}

// A stampSeen is what a writer knows of a stamp, since line after line has the same second.
type stampSeen struct {
	text   [3]uint64 // its bytes from 0, 8 and 11 on
	of     *shaper
	whole  bool // it is one, and none of its digits may belong to a literal
	traits [len(stampStarts)]uint64
}

// stamp writes the marks of the date and the time with which the line begins, if it does
// so, and returns the bits of what needs no more looks. It leaves to run what may belong to
// a literal, but for the traits of cues.
func (w *shapeWriter) stamp() (done uint64) {
	line, seen := w.line, &w.seen
	text := [...]uint64{binary.LittleEndian.Uint64(line), binary.LittleEndian.Uint64(line[8:]), binary.LittleEndian.Uint64(line[11:])}
	if text != seen.text || seen.of != w.shaper {
		w.learnStamp(text)
	}
	if !seen.whole {
		return 0
	}
	clock := clockEnd(line, 11)
	if clock == 0 {
		return 0
	}
	for k, i := range stampStarts {
		w.note(i, seen.traits[k])
	}
	w.clock = clock
	w.blend(0, 0x00FFFF00FFFFFFFF, markSmall)
	w.blend(8, 0xFFFF00FFFF00FFFF, markSmall)
	w.blend(16, 0x0000000000FFFF00, markSmall)
	const fraction = stampLength + 1
	if n := clock - fraction; n > 0 && n < 4 && w.led[line[fraction-1]]>>(line[fraction]-'0')&1 == 0 && !w.whole[n][atoi(line[fraction:clock])] {
		w.blend(fraction, 1<<(8*n)-1, markSmall)
		return 1<<(clock+1) - 1
	}
	return stampMask
}

// learnStamp fills in w.seen for the beginning of the line.
func (w *shapeWriter) learnStamp(text [3]uint64) {
	line, seen := w.line, &w.seen
	*seen = stampSeen{text: text, of: w.shaper}
	sep := line[4]
	if !w.stamps || sep != '-' && sep != '/' || line[7] != sep || line[10] != ' ' && line[10] != 'T' || w.isHead(atoi(line[:4])) {
		return
	}
	for k, i := range stampStarts {
		if w.led[line[i-1]]>>(line[i]-'0')&1 != 0 {
			var kept int
			if kept, seen.traits[k] = w.kept(line, i, i+2); kept > 0 {
				return
			}
		}
	}
	seen.whole = true
}

// blend puts a mark in the place of those of the eight bytes from i on that are set in
// which. Those behind them have no marks yet, so they come from the line where they can: to
// read what was just written takes longer.
func (w *shapeWriter) blend(i int, which uint64, mark byte) {
	to, from := w.shape[shapePad+i:], w.line[i:]
	if len(from) < 8 {
		from = to
	}
	text := binary.LittleEndian.Uint64(from)
	binary.LittleEndian.PutUint64(to, text&^which|uint64(mark)*0x0101010101010101&which)
}

// textOf returns what stands for line in its shape.
func textOf(shape, line []byte) []byte { return shape[shapePad:][:len(line)] }

// run writes the marks of the digits line[i:end], and notes the traits of cues there.
func (w *shapeWriter) run(i, end int) {
	p, line, n := w.shaper, w.line, end-i
	behind := byteAt(line, end)
	if p.after[behind]>>(line[end-1]-'0')&1 != 0 {
		return
	}
	if n == 2 && i >= w.clock && behind == ':' {
		w.clock = clockEnd(line, i)
	}
	m, before := markLong, byteAt(line, i-1)
	switch {
	case n <= 2 && p.small && line[i] != '0' && before != '/' && before != ':':
		m = markSmall // as most are; the mark of others depends on their value
	case n <= 5:
		var v int
		if end >= 8 {
			v = lastDigits(line[end-8:], n)
		} else {
			v = lastDigits(w.shape[end:], n) // which end there, since eight zeros stand before the line
		}
		switch {
		case n >= 4 && p.isHead(v%10_000), n == 5 && p.isHead(v/10), n < 4 && p.whole[n][v] && numberStands(line, i, end):
			return
		case i < w.clock:
			m = markSmall
		default:
			m = markOf(line, i, end, v)
		}
	case p.holdsHead(line[i:end]):
		return
	}
	if p.led[before]>>(line[i]-'0')&1 != 0 && i > 0 {
		kept, traits := p.kept(line, i, end)
		w.note(i, traits)
		i, n = i+kept, n-kept
	}
	for ; n > 0; i, n = i+8, n-8 {
		w.blend(i, ^uint64(0)>>(64-8*min(n, 8)), m)
	}
}

// note adds the traits of cues that end with the digits at line[i].
func (w *shapeWriter) note(i int, traits uint64) {
	if w.traits |= traits; traits != 0 && len(w.line) > cueReach {
		w.shape = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint16(w.shape, uint16(i)), traits)
	}
}

// What stands behind the line in its shape: notes, and the traits of all of them.
const (
	traitSize = 8
	noteSize  = 2 + traitSize
)

// lastDigits returns the value of the last n of eight bytes, which are digits.
func lastDigits(text []byte, n int) int {
	x := (binary.LittleEndian.Uint64(text) ^ 0x3030303030303030) & (^uint64(0) << (64 - 8*n))
	x = x*10 + x>>8 // of each two digits
	const pairs = 0x000000FF000000FF
	return int((x&pairs*(100+1_000_000<<32) + x>>16&pairs*(1+10_000<<32)) >> 32)
}

// isHead reports whether four digits make the run count in which they stand.
func (p *shaper) isHead(v int) bool { return p.heads[v>>6]>>(v&63)&1 != 0 }

// holdsHead reports whether a run of four digits or more counts.
func (p *shaper) holdsHead(run []byte) bool {
	v := 0
	for k, c := range run {
		if v = (v*10 + int(c-'0')) % 10_000; k >= 3 && p.isHead(v) {
			return true
		}
	}
	return false
}

// clockEnd returns the end of the time of day that begins at i with two digits, or 0. Its
// numbers are nothing else, whatever their values. Parts of addresses look the same, but
// more such parts stand around them.
func clockEnd(line []byte, i int) int {
	if i+8 > len(line) || line[i+2] != ':' || !digitAt(line, i+3) || !digitAt(line, i+4) || line[i+5] != ':' ||
		!digitAt(line, i+6) || !digitAt(line, i+7) {
		return 0
	}
	switch byteAt(line, i-1) {
	case ' ', '\t', '[', '(', '"', 'T', '=', ',': // else text or an address goes on here
	case ':': // or it stands behind the year of an access log
		if byteAt(line, i-6) != '/' || !digitAt(line, i-2) {
			return 0
		}
	default:
		return 0
	}
	end := i + 8
	if c := byteAt(line, end); c == '.' || c == ',' {
		for end++; digitAt(line, end); {
			end++
		}
	}
	switch byteAt(line, end) {
	case ' ', '\t', ']', ')', '"', 'Z', '+':
		return end
	}
	return 0
}

// markOf returns the mark of the number line[i:end], of at most five digits.
func markOf(line []byte, i, end, v int) byte {
	before := byteAt(line, i-1)
	dotted := before == '.' || byteAt(line, end) == '.' && digitAt(line, end+1)
	switch {
	case v > 65535:
		return markAbove
	case v >= 1000:
		return markPort
	case v == 0 && (!dotted || byteAt(line, end+1) == '0' || byteAt(line, i-2) == '0'):
		return markZero
	case v == 1 && before == ':' && end-i == 1:
		return markOne
	case v <= 32 && before == '/':
		return markTo32
	case v > 255 && dotted:
		return markNoOctet
	}
	return markSmall
}
