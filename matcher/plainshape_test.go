package matcher

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A plainShaper writes shapes byte by byte, as DESIGN.md tells it. Of a shaper it takes what
// was learned from the literals, and none of what was made of that to be quick.
type plainShaper struct {
	*shaper
	leads map[string][]plainLead // by their first digit and the byte before it
}

// A plainLead is a lead in text.
type plainLead struct {
	before, digits string
	behind         int // a byte, or -1
	trait          int // a bit, or -1
}

func newPlainShaper(p *shaper) *plainShaper {
	s := &plainShaper{p, map[string][]plainLead{}}
	text := func(packed uint32) string {
		return strings.TrimLeft(string(binary.BigEndian.AppendUint32(nil, packed)), "\x00")
	}
	for _, l := range p.leads {
		lead := plainLead{text(l.before), text(l.digits), int(l.behind), int(l.trait)}
		key := lead.before[len(lead.before)-1:] + lead.digits[:1]
		s.leads[key] = append(s.leads[key], lead)
	}
	return s
}

// plainShapely says which lines have a shape: no mark stands there, and no escape that is yet to be undone.
func plainShapely(line []byte) bool {
	for i, c := range line {
		next := byteAt(line, i+1)
		if c < marks || (c == '\\' || c == '&') && (next == '#' || (next == 'u' || next == 'U') && hexDigitAt(line, i+2)) {
			return false
		}
	}
	return true
}

// shape returns the marked text of a line, and what is noted of its cues behind it.
func (p *plainShaper) shape(line []byte) (text, notes []byte, ok bool) {
	if p.blind || !plainShapely(line) {
		return nil, nil, false
	}
	text = slices.Clone(line)
	var traits uint64
	alike := p.stamp(line) // numbers before that are all one
	for i, end := 0, 0; i < len(line); i = max(i+1, end) {
		for end = i; digitAt(line, end); {
			end++
		}
		if end == i || p.after[byteAt(line, end)]>>(line[end-1]-'0')&1 != 0 {
			continue
		}
		if i >= alike {
			alike = plainClock(line, i)
		}
		if p.counts(line, i, end) {
			continue
		}
		most, here := p.cuesAt(line, i, end)
		if traits |= here; here != 0 && len(line) > cueReach {
			notes = binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint16(notes, uint16(i)), here)
		}
		mark := plainMark(line, i, end)
		if i < alike && end-i <= 5 {
			mark = markSmall
		}
		copy(text[i+most:end], bytes.Repeat([]byte{mark}, end-i-most))
	}
	return text, binary.LittleEndian.AppendUint64(notes, traits), true
}

// counts reports whether a run is kept as a whole.
func (p *plainShaper) counts(line []byte, i, end int) bool {
	for k := i; k+4 <= end; k++ {
		if p.isHead(atoi(line[k : k+4])) {
			return true
		}
	}
	return end-i < 4 && p.whole[end-i][atoi(line[i:end])] && numberStands(line, i, end)
}

// cuesAt returns how many digits of a run belong to what begins before it, and the traits
// of the cues that end there.
func (p *plainShaper) cuesAt(line []byte, i, end int) (most int, traits uint64) {
	if i == 0 {
		return 0, 0
	}
	before, run := asciiLower(string(line[max(0, i-leadReach):i])), string(line[i:end])
	for _, l := range p.leads[before[len(before)-1:]+run[:1]] {
		fits := strings.HasSuffix(before, l.before) && strings.HasPrefix(run, l.digits)
		if l.behind >= 0 {
			fits = fits && run == l.digits && asciiLower(string(line[end:min(end+1, len(line))])) == string([]byte{byte(l.behind)})
		}
		switch {
		case fits && l.trait >= 0:
			traits |= 1 << l.trait
		case fits:
			most = max(most, len(l.digits))
		}
	}
	return most, traits
}

var (
	clockText = regexp.MustCompile(`^(\d\d:\d\d:\d\d(?:[.,]\d*)?)(?:[ \t\])"Z+]|$)`)
	dateText  = regexp.MustCompile(`^\d{4}(?:-\d\d-|/\d\d/)\d\d[ T]\d\d:\d\d:\d\d(?:\D|$)`)
)

// plainClock returns the end of the time of day at i, or 0.
func plainClock(line []byte, i int) int {
	accessLog := byteAt(line, i-1) == ':' && byteAt(line, i-6) == '/' && digitAt(line, i-2)
	found := clockText.FindSubmatchIndex(line[i:])
	if found == nil || !accessLog && strings.IndexByte(" \t[(\"T=,", byteAt(line, i-1)) < 0 {
		return 0
	}
	return i + found[3]
}

// stamp returns the end of the date and the time with which a line begins, or 0. Where a
// literal may have digits there, they are numbers like others.
func (p *plainShaper) stamp(line []byte) int {
	if !p.stamps || !dateText.Match(line) || p.isHead(atoi(line[:4])) {
		return 0
	}
	for _, i := range []int{5, 8, 11, 14, 17} {
		if most, _ := p.cuesAt(line, i, i+2); most > 0 {
			return 0
		}
	}
	return plainClock(line, 11)
}

// plainMark tells in which range a number is.
func plainMark(line []byte, i, end int) byte {
	v, err := strconv.Atoi(string(line[i:end]))
	address := byteAt(line, i-1) == '.' || byteAt(line, end) == '.' && digitAt(line, end+1)
	zeros := byteAt(line, i-2) == '0' || byteAt(line, end+1) == '0' // next to it, too
	switch {
	case end-i > 5 || err != nil:
		return markLong
	case v > 65535:
		return markAbove
	case v > 999:
		return markPort
	case v > 255 && address:
		return markNoOctet
	case v == 0 && (zeros || !address):
		return markZero
	case byteAt(line, i-1) == ':' && string(line[i:end]) == "1":
		return markOne
	case byteAt(line, i-1) == '/' && v <= 32:
		return markTo32
	}
	return markSmall
}
