package matcher

import (
	"encoding/binary"
	"slices"
	"strings"

	"wsalog/rules"
)

// A shaper writes a line down as its shape: with marks instead of the digits that
// verdicts do not depend on. Most lines of a log differ from others in such digits
// only, those of times, ports and ids.
//
// It keeps each digit that may belong to a literal of the lexicon, so that lines of
// one shape hold the same literals at the same places. Verdicts depend on these, on
// bytes that are no digits, and on the numbers behind short cues, which recall
// compares by itself. Cues with digits are noted behind the line: in a short one it
// only matters whether they stand in it, so there is a bit for each meaning; else the places
// of their digits are noted, too. The mark of a run tells in which range its value is, since it
// is for others to say what is a port or an address.
type shaper struct {
	// leads are the runs of literals that begin behind something else, in order of the
	// folded byte before them and of their first digit; those of a pair of these begin
	// at leadsAt, see leadKey.
	leads   []lead
	leadsAt [256*10 + 1]uint16
	// after says whether a run counts, by its last digit and the folded byte behind it:
	// a literal may begin inside of it.
	after [10][256]bool
	heads [10000]bool   // four digits that make the run in which they stand count
	whole [4][1000]bool // numbers below 1000, by their length, that count by themselves
	blind bool          // a few digits are a literal wherever they stand: no line has a shape
}

// A lead is a run of less than four digits in a literal. Text is compared as numbers,
// the last byte lowest.
type lead struct {
	before, mask uint32 // what the literal has before it, or the last few bytes of that
	digits       uint32
	n            uint8 // of digits
	trait        int8  // the bit of a cue, which cues share that mean the same; -1 for others
	behind       int16 // the byte behind it, -1 where the literal ends
	key          int16 // see leadKey
}

// leadKey numbers the pairs of a folded byte and the digit behind it.
func leadKey(before, digit byte) int { return int(before)*10 + int(digit-'0') }

// leadReach is how many bytes before a run are compared.
const leadReach = 4

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

// ShapeWords are words with digits that others look up in the lines of one shape, and
// endings of such words. A shape keeps these digits, too.
var ShapeWords = []string{"accept4", "f90", "ipv4", "ipv6", "ps1", "psm1", "psd1"}

// newShaper learns which digits the literals of the lexicon hold.
func newShaper(lx *lexicon, b *book) *shaper {
	p := &shaper{}
	traits := map[uint64]int{} // by what the cue means to rules
	for i := range lx.literals {
		l := &lx.literals[i]
		if !strings.ContainsAny(l.text, "0123456789") {
			continue
		}
		if l.cue >= 0 && lx.marked[l.cue] { // a code is kept anyhow
			p.learnText(strings.TrimSuffix(l.text, firstDigit), -1, false)
			continue
		}
		trait := -1
		if l.cue >= 0 {
			meaning := b.meaningOf(l.cue)
			if _, ok := traits[meaning]; !ok {
				traits[meaning] = len(traits)
			}
			if trait = traits[meaning]; trait >= 64 {
				trait = -1
			}
		}
		decimal := l.spelling >= 0 && lx.spellings[l.spelling].Form == rules.FormDecimal
		for _, text := range l.casings() {
			p.learnText(text, trait, decimal)
		}
	}
	for _, w := range ShapeWords {
		p.learnText(w, -1, false)
	}
	p.learnText("x1b", -1, false) // a window drops what follows \x1b
	slices.SortStableFunc(p.leads, func(a, b lead) int { return int(a.key - b.key) })
	for key, i := 0, 0; key < len(p.leadsAt); key++ {
		for i < len(p.leads) && int(p.leads[i].key) < key {
			i++
		}
		p.leadsAt[key] = uint16(i)
	}
	return p
}

// learnText notes the runs of digits in a literal's text. A decimal is a literal only
// as a whole run.
func (p *shaper) learnText(text string, trait int, decimal bool) {
	for at := 0; at < len(text); at++ {
		if !isDigit(text[at]) {
			continue
		}
		end := at
		for end < len(text) && isDigit(text[end]) {
			end++
		}
		p.learn(text, at, end, trait, decimal)
		at = end
	}
}

// learn notes the run text[at:end] of digits.
func (p *shaper) learn(text string, at, end, trait int, decimal bool) {
	run := text[at:end]
	last := run[len(run)-1] - '0'
	switch {
	case len(run) >= 4:
		p.heads[atoi([]byte(run[:4]))] = true
	case at > 0:
		behind := -1
		if end < len(text) {
			behind = int(lowerOf[text[end]])
		}
		if at > leadReach || end+1 < len(text) {
			trait = -1 // the cue is more than what is compared here
		}
		before := text[max(0, at-leadReach):at]
		p.leads = append(p.leads, lead{before: packed(before), mask: 1<<(8*len(before)) - 1, digits: packed(run),
			n: uint8(len(run)), trait: int8(trait), behind: int16(behind), key: int16(leadKey(text[at-1], run[0]))})
	case end < len(text):
		p.after[last][lowerOf[text[end]]] = true
	case !decimal:
		p.blind = true
	default:
		p.whole[len(run)][atoi([]byte(run))] = true
	}
}

// appendShape appends the shape of line to dst, which is empty. It reports false where
// line has none, since escapes in it are yet to be undone.
func (p *shaper) appendShape(dst, line []byte) ([]byte, bool) {
	if p.blind {
		return dst, false
	}
	dst = append(dst, line...)
	var traits uint64
	clock := 0 // where the last one ends
	for i := 0; i < len(line); {
		switch shapeKind[line[i]] {
		case shapePlain:
			i++
		case shapeDigit:
			end := i + 1
			for end < len(line) && isDigit(line[end]) {
				end++
			}
			if end-i == 2 && i >= clock {
				clock = clockEnd(line, i)
			}
			here := p.mark(dst[:len(line)], line, i, end, i < clock)
			if traits |= here; here != 0 && len(line) > cueReach {
				dst = binary.LittleEndian.AppendUint64(append(dst, byte(i), byte(i>>8)), here)
			}
			i = end
		case shapeEscape:
			i++
			if c := byteAt(line, i); c|0x20 == 'u' && hexDigitAt(line, i+1) || c == '#' {
				return dst, false
			}
		default:
			return dst, false
		}
	}
	return binary.LittleEndian.AppendUint64(dst, traits), true
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

// mark writes the marks of the run line[i:end] into shape and returns its traits. Clock
// says that it is part of a time of day.
func (p *shaper) mark(shape, line []byte, i, end int, clock bool) (traits uint64) {
	n := end - i
	if p.after[line[end-1]-'0'][lowerOf[byteAt(line, end)]] {
		return 0
	}
	if n >= 4 {
		for v, k := 0, i; k < end; k++ {
			if v = (v*10 + int(line[k]-'0')) % 10000; k-i >= 3 && p.heads[v] {
				return 0
			}
		}
	}
	m := markLong
	if n <= 5 {
		v := atoi(line[i:end])
		if n < 4 && p.whole[n][v] && numberStands(line, i, end) {
			return 0
		}
		if m = markSmall; !clock {
			m = markOf(line, i, end, v)
		}
	}
	kept, traits := p.kept(line, i, end)
	for k := i + kept; k < end; k++ {
		shape[k] = m
	}
	return traits
}

// kept returns how many digits of the run line[i:end] may belong to a literal that
// begins before it, and the traits of the cues that end with it.
func (p *shaper) kept(line []byte, i, end int) (most int, traits uint64) {
	if i == 0 {
		return 0, 0
	}
	key := leadKey(lowerOf[line[i-1]], line[i])
	leads := p.leads[p.leadsAt[key]:p.leadsAt[key+1]]
	if len(leads) == 0 {
		return 0, 0
	}
	before := foldedBefore(line, i)
	for k := range leads {
		l := &leads[k]
		n := int(l.n)
		if before&l.mask != l.before || n > end-i || l.digits != packed(line[i:i+n]) ||
			l.behind >= 0 && (n < end-i || l.behind != int16(lowerOf[byteAt(line, end)])) {
			continue
		}
		if l.trait >= 0 {
			traits |= 1 << l.trait
		} else {
			most = max(most, n)
		}
	}
	return most, traits
}

// packed makes a number of at most four bytes, the last one lowest.
func packed[T string | []byte](s T) (n uint32) {
	for i := range len(s) {
		n = n<<8 | uint32(s[i])
	}
	return n
}

// foldedBefore returns the last leadReach bytes before i, packed and folded; missing
// ones are NUL, which no literal with digits holds.
func foldedBefore(line []byte, i int) (n uint32) {
	for _, b := range line[max(0, i-leadReach):i] {
		n = n<<8 | uint32(lowerOf[b])
	}
	return n
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

const (
	shapePlain = iota
	shapeDigit
	shapeEscape
	shapeNone // not in a line that has a shape
)

var shapeKind = func() (t [256]uint8) {
	for c := range t {
		switch {
		case isDigit(byte(c)):
			t[c] = shapeDigit
		case c == '\\' || c == '&':
			t[c] = shapeEscape
		case c < int(marks):
			t[c] = shapeNone
		}
	}
	return t
}()

// lowerOf maps a byte to the one that its letter is compared as.
var lowerOf = func() (t [256]byte) {
	for c := range t {
		t[c] = byte(c)
		if 'A' <= c && c <= 'Z' {
			t[c] = byte(c) + 'a' - 'A'
		}
	}
	return t
}()
