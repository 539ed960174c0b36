package view

import (
	"bytes"
	"strings"

	"wsalog/annotate"
)

// A repeat is what has to be known about a line with hits in case the next line
// says "last message repeated 5 times".
type repeat struct {
	rec annotate.Record
	on  bool
}

func (p *repeat) hits() int {
	if !p.on {
		return 0
	}
	return len(p.rec.Hits)
}

// remember copies the line's hits for the line that follows, which may come with
// another batch, after the memory of this one was given back.
func (v *View) remember(s *source, l *line) {
	p := &s.prev.rec
	p.Hits = p.Hits[:0]
	for _, h := range l.hits[:l.counted] {
		p.Hits = append(p.Hits, annotate.Hit{Code: h.Code, Also: h.Also, Confidence: h.Confidence})
	}
	if p.Peer != l.rec.Peer {
		p.Peer = strings.Clone(l.rec.Peer) // it shares its memory with others
	}
	p.Stamp, p.Call = l.rec.Stamp, l.rec.Call
}

// repeats handles the first line of p, which follows a line with hits: when it
// says that the message came again, it counts as that many hits of the same. It
// returns the lines that are left.
func (v *View) repeats(s *source, p []byte) []byte {
	s.prev.on = false
	end := bytes.IndexByte(p, '\n') + 1
	if end == 0 {
		end = len(p)
	}
	text, term := splitEnd(p[:end])
	at := cueIn(text)
	if at < 0 {
		return p
	}
	n := timesAt(text, at)
	if n == 0 {
		return p
	}
	l := &v.again
	l.rec, l.hits, l.counted = &s.prev.rec, l.hits[:0], len(s.prev.rec.Hits)
	for i := range s.prev.rec.Hits {
		l.hits = append(l.hits, &s.prev.rec.Hits[i])
	}
	l.src, l.num, l.text, l.end, l.times, l.told, l.pieces = s, s.next, text, term, n, n, false
	v.hit(s, l)
	s.next++
	return p[end:]
}

// repeatedCue is common to "last message repeated 5 times" of the BSD syslog
// daemon and "message repeated 5 times: [...]" of its successors.
const repeatedCue = "essage repeated "

// cueIn returns where text says repeatedCue, or -1. It goes from one p to the next,
// since the letters before it are much commoner.
func cueIn(text []byte) int {
	const p = len("essage re")
	for at := p; at < len(text); at++ {
		i := bytes.IndexByte(text[at:], repeatedCue[p])
		if i < 0 {
			break
		}
		if at += i; bytes.HasPrefix(text[at-p:], []byte(repeatedCue)) {
			return at - p
		}
	}
	return -1
}

// maxRepeats bounds what a log can claim.
const maxRepeats = 1_000_000_000

// repeatedTimes returns the number that a line tells of its repeats, else 0.
func repeatedTimes(text []byte) int64 {
	if at := cueIn(text); at >= 0 {
		return timesAt(text, at)
	}
	return 0
}

// timesAt returns the number behind the cue at an offset, 0 when there is none:
// "message repeated in queue 7" is prose.
func timesAt(text []byte, at int) int64 {
	rest := text[at+len(repeatedCue):]
	var n int64
	for len(rest) > 0 && rest[0] >= '0' && rest[0] <= '9' && n < maxRepeats {
		n, rest = n*10+int64(rest[0]-'0'), rest[1:]
	}
	if !bytes.HasPrefix(rest, []byte(" time")) {
		return 0
	}
	return min(n, maxRepeats)
}
