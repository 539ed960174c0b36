// Package survey learns in one pass over text what several parts of the pipeline
// ask of it: how many line ends there are, and before which places, where bytes above
// ASCII are, and where a line begins with #F.
package survey

import (
	"bytes"

	"wsalog/internal/charset"
)

const (
	// Step is the distance in bytes of the places before which line ends are counted. Most
	// lines are about as long or longer, so that whoever asks how many line ends stand before
	// one often finds such a place in it, and has nothing left to count.
	Step = 1 << stepBits

	// wide is the distance in bytes of the places between which bytes above ASCII are known
	// to be.
	wide = 4 * Step

	stepBits = 7 // surveyAVX2 looks at as many bytes at once
)

// A Pass goes over a text from its first byte on, and keeps what it found before End.
// Its zero value has yet to begin. Passes may go over the same text at the same time.
type Pass struct {
	End   int
	Lines int // bytes 0x0A before End

	// Before is the caller's room, for as many places as it is long: Before[i] becomes
	// the number of line ends before the offset i*Step, if that is less than End. What
	// the others are is not said.
	Before []uint32

	// All bytes above 0x7F before End stand from HighFrom to HighTo, which are multiples of
	// 4*Step and no further apart than they must be. Both are 0 where there are none.
	HighFrom, HighTo int
}

// On goes on over b, which is what it was before, to the first "#F" that stands just
// behind a line end and behind the offset p.End, or to the end of b.
func (p *Pass) On(b []byte) { p.on(b, (*Pass).rest) }

// on is On with rest for all behind the byte at p.End, where "#F" does not count.
func (p *Pass) on(b []byte, rest func(p *Pass, b []byte)) {
	if p.End < len(b) {
		rest(p, b)
	}
}

// portable is rest for every processor.
func (p *Pass) portable(b []byte) { p.look(b, p.End+1, len(b)) }

// look goes on to the first "#F" that follows a line end and begins at or behind at and
// before end, or to end; at is not 0. It is made of searches for one byte, of which the
// standard library has quick ones.
func (p *Pass) look(b []byte, at, end int) {
	for end = hash(b, at, end); p.End < end; {
		i := p.End / Step
		if p.End%Step == 0 && i < len(p.Before) {
			p.Before[i] = uint32(p.Lines)
		}
		part := b[p.End:min(end, (i+1)*Step)]
		p.Lines += bytes.Count(part, []byte{'\n'})
		if charset.FirstNonASCII(part) >= 0 {
			p.high(p.End)
		}
		p.End += len(part)
	}
}

// high notes that there are bytes above 0x7F around the offset at, behind those noted before.
func (p *Pass) high(at int) {
	at -= at % wide
	if p.HighTo == 0 {
		p.HighFrom = at
	}
	p.HighTo = at + wide
}

// hash returns the offset of the first "#F" that follows a line end and begins at or behind
// at and before end, or end. It goes from # to # since logs with a # on each line would send
// bytes.Index into its slow path.
func hash(b []byte, at, end int) int {
	for ; at < end; at++ {
		i := bytes.IndexByte(b[at:end], '#')
		if i < 0 {
			break
		}
		if at += i; b[at-1] == '\n' && at+1 < len(b) && b[at+1] == 'F' {
			return at
		}
	}
	return end
}
