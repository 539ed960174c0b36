package matcher

import (
	"slices"
	"strings"

	"wsalog/matcher/fold"
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
	// anyDigit tells, by the bit of a cue, whether it ends with a digit and means the same with
	// each other one.
	anyDigit []bool
	// behindPath are what literals have behind a slash that may end a path.
	behindPath []string
	// after has the bits of the last digits with which a run counts, by the byte behind it:
	// a literal may begin inside of it.
	after  [256]uint16
	led    [256]uint16                // bits of the digits that begin a lead, by the byte before it
	noted  [256]bool                  // a cue with a trait may have its digits behind this byte
	heads  [(10_000 + 63) / 64]uint64 // bits of four digits that make the run in which they stand count
	whole  [4][1000]bool              // numbers below 1000, by their length, that count by themselves
	small  bool                       // no number below 100 counts as a whole
	stamps bool                       // the numbers of a date with a time count neither as a whole nor by what is behind them
	blind  bool                       // a few digits are a literal wherever they stand: no line has a shape
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
	any          bool  // it is one digit, and each other digit has such a lead with this trait
}

// leadKey numbers the pairs of a folded byte and the digit behind it.
func leadKey(before, digit byte) int { return int(before)*10 + int(digit-'0') }

// leadReach is how many bytes before a run are compared.
const leadReach = 4

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
	p.finish()
	p.anyDigit = make([]bool, len(lx.cues))
	for i := range lx.literals {
		l := &lx.literals[i]
		if l.cue >= 0 && l.digits && !lx.marked[l.cue] {
			p.anyDigit[l.cue] = p.endsWithAny(l.text)
		}
		p.learnPaths(asciiLower(l.text))
	}
	return p
}

// learnPaths notes what stands in a literal's text behind a slash that may end a path.
func (p *shaper) learnPaths(text string) {
	for {
		_, behind, ok := strings.Cut(text, "/")
		if !ok || behind == "" {
			return
		}
		if text = behind; endsPath[text[0]] || text[0] == '.' || text[0] == ':' {
			p.behindPath = append(p.behindPath, text)
		}
	}
}

// goesOnBehind reports whether a literal that holds the end of a path may go on at line[end],
// whatever digits are there.
func (p *shaper) goesOnBehind(line []byte, end int) bool {
	for _, text := range p.behindPath {
		n := 0
		for n < len(text) && end+n < len(line) {
			b := fold.Byte(line[end+n])
			if b != text[n] && !(isDigit(b) && isDigit(text[n])) {
				break
			}
			n++
		}
		if n == len(text) {
			return true
		}
	}
	return false
}

// endsWithAny reports whether a cue is a lead with any digit.
func (p *shaper) endsWithAny(text string) bool {
	n := len(text) - 1
	if n < 1 || !isDigit(text[n]) {
		return false
	}
	key := leadKey(text[n-1], text[n])
	for _, l := range p.leads[p.leadsAt[key]:p.leadsAt[key+1]] {
		if l.any && l.before == packed(text[:n]) {
			return true
		}
	}
	return false
}

// finish works out what follows from the literals that were learned.
func (p *shaper) finish() {
	digits := map[lead]int{} // by the leads with one digit, without it
	one := func(l lead) lead {
		l.digits, l.key = 0, 0
		return l
	}
	for _, l := range p.leads {
		if l.n == 1 {
			digits[one(l)] |= 1 << (l.digits - '0')
		}
	}
	for i := range p.leads {
		p.leads[i].any = digits[one(p.leads[i])] == 1<<10-1
	}
	for b := range 256 {
		low := fold.Byte(byte(b))
		p.after[b] |= p.after[low]
		for digit := range byte(10) {
			key := leadKey(low, '0'+digit)
			for _, l := range p.leads[p.leadsAt[key]:p.leadsAt[key+1]] {
				p.led[b] |= 1 << digit
				p.noted[b] = p.noted[b] || l.trait >= 0 && !l.any
			}
		}
	}
	const parts = "-/ t:.,+z)]\"\t" // what stands between the numbers of a stamp, and behind it
	p.small = !slices.Contains(p.whole[1][:], true) && !slices.Contains(p.whole[2][:], true)
	p.stamps = p.small
	for _, c := range []byte(parts) {
		p.stamps = p.stamps && p.after[c] == 0
	}
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
		head := atoi([]byte(run[:4]))
		p.heads[head>>6] |= 1 << (head & 63)
	case at > 0:
		behind := -1
		if end < len(text) {
			behind = int(fold.Byte(text[end]))
		}
		if at > leadReach || end+1 < len(text) || isLetter(text[at-1]) {
			trait = -1 // the cue is more than what is compared here, or rare enough to keep its digits
		}
		before := text[max(0, at-leadReach):at]
		p.leads = append(p.leads, lead{before: packed(before), mask: 1<<(8*len(before)) - 1, digits: packed(run),
			n: uint8(len(run)), trait: int8(trait), behind: int16(behind), key: int16(leadKey(text[at-1], run[0]))})
	case end < len(text):
		p.after[text[end]] |= 1 << last
	case !decimal:
		p.blind = true
	default:
		p.whole[len(run)][atoi([]byte(run))] = true
	}
}

// kept returns how many digits of the run line[i:end] may belong to a literal that
// begins before it, and the traits of the cues that end with it.
func (p *shaper) kept(line []byte, i, end int) (most int, traits uint64) {
	if i == 0 {
		return 0, 0
	}
	key := leadKey(fold.Byte(line[i-1]), line[i])
	leads := p.leads[p.leadsAt[key]:p.leadsAt[key+1]]
	if len(leads) == 0 {
		return 0, 0
	}
	before := foldedBefore(line, i)
	for k := range leads {
		l := &leads[k]
		n := int(l.n)
		if before&l.mask != l.before || n > end-i || l.digits != packed(line[i:i+n]) ||
			l.behind >= 0 && (n < end-i || end == len(line) || l.behind != int16(fold.Byte(line[end]))) {
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

// foldedBefore returns the last leadReach bytes before i, packed and folded. Missing ones are
// NUL, which no literal with digits holds, and not the blank of byteAt.
func foldedBefore(line []byte, i int) (n uint32) {
	for _, b := range line[max(0, i-leadReach):i] {
		n = n<<8 | uint32(fold.Byte(b))
	}
	return n
}

// mayHaveTraits reports whether it depends on masked digits in line[from:end] that a cue with
// a trait ends there. Shape is what stands for the line in its shape.
func (p *shaper) mayHaveTraits(line, shape []byte, from, end int) bool {
	for i := max(from, 1); i < end; i++ {
		if shape[i] < marks && shape[i-1] >= marks && p.noted[line[i-1]] && p.mayBeNoted(line, i) {
			return true
		}
	}
	return false
}

// mayBeNoted reports whether a cue with a trait ends with some digits in the place of those at
// line[i].
func (p *shaper) mayBeNoted(line []byte, i int) bool {
	before := foldedBefore(line, i)
	for digit := range byte(10) {
		key := leadKey(fold.Byte(line[i-1]), '0'+digit)
		for k := range p.leads[p.leadsAt[key]:p.leadsAt[key+1]] {
			l := &p.leads[int(p.leadsAt[key])+k]
			if l.trait >= 0 && !l.any && l.mayFollow(before) {
				return true
			}
		}
	}
	return false
}

// mayFollow reports whether the lead may stand behind these bytes, whatever digits are among
// them.
func (l *lead) mayFollow(before uint32) bool {
	for shift := 0; shift < 8*leadReach && l.mask>>shift != 0; shift += 8 {
		if b, want := byte(before>>shift), byte(l.before>>shift); b != want && !(isDigit(b) && isDigit(want)) {
			return false
		}
	}
	return true
}
