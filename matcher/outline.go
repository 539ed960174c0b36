package matcher

import (
	"bytes"
	"encoding/binary"
	"hash/maphash"
	"math/bits"

	"wsalog/matcher/ahocorasick"
)

// An outline is a line with one text in the place of all that differs between lines that say
// the same: IPv4 addresses with their ports, and those paths of URLs and requests in which no
// code stands. Lines are judged by their outlines. What a path is made of says nothing about
// a number elsewhere in the line, and windows and reaches hold as much of a line with long
// addresses as of one with short ones. Lines of one shape have one outline but for digits
// that do not matter, and lines of many shapes share an outline.
type outline struct {
	text  []byte
	shape []byte // of text, see (*Matcher).hashShape
	cuts  []cut
	reads []stretch          // places in the line of the numbers that counted by themselves
	line  []byte             // the line in hand
	drawn []byte             // its shape tells which digits do not matter
	draft shapeWriter        // makes it where nobody has
	inert [inertPaths]uint64 // hashes of the shapes of paths; the lowest bit is set for those without a code
}

// inertPaths is how many paths a goroutine remembers.
const inertPaths = 1 << 8

// A cut is a part of a line that another text stands for in the outline: where it stands in
// both.
type cut [2]stretch

const (
	inLine = iota
	inOutline
)

// What stands for addresses, ports and paths. It is never longer than they are.
const (
	outlineAddress = "7.7.7.7"
	outlinePort    = "7777"
	outlineSmall   = "77" // below 1000
	outlinePath    = "/"
)

// outline makes s.outline of a line, of which drawn is the shape or nil. It reports false where
// there is nothing to cut, and for lines without a shape.
func (m *Matcher) outline(s *scratch, line, drawn []byte) bool {
	o := &s.outline
	o.text, o.shape, o.cuts = o.text[:0], o.shape[:0], o.cuts[:0]
	if drawn == nil {
		if len(line) > longShape || !o.draft.write(m.shaper(), line) {
			return false
		}
		drawn, o.draft.line = o.draft.shape, nil
	}
	o.line, o.drawn = line, drawn
	m.cutAll(s)
	if len(o.cuts) > 0 {
		o.finish()
	}
	o.line, o.drawn = nil, nil // the line is the caller's
	return len(o.cuts) > 0
}

// cutAll finds what differs between lines that say the same.
func (m *Matcher) cutAll(s *scratch) {
	o := &s.outline
	shape, p := textOf(o.drawn, o.line), m.shaper()
	path, done := -1, 0 // path is where that of a URL begins
	for at := 0; at < len(shape); at += 8 {
		// The zeros behind a shape are neither points nor slashes.
		for found := pointsAndSlashes(o.drawn[shapePad+at:]); found != 0; found &= found - 1 {
			i := at + bits.TrailingZeros64(found)/8
			switch {
			case i < done:
			case shape[i] == '.':
				if from := runBefore(shape, i); from < i {
					if end := addressEnd(shape, from); end > 0 {
						done = o.cut(p, from, end, outlineAddress)
						if end, text := portEnd(shape, end+1); byteAt(shape, done) == ':' && text != "" {
							done = o.cut(p, done+1, end, text)
						}
					}
				}
			case bytes.HasPrefix(shape[i:], doubleSlash) && byteAt(shape, i-1) == ':':
				for path = i + len(doubleSlash); path < len(shape) && !endsPath[shape[path]] && shape[path] != '/'; path++ {
				}
			case i == path || isRequest(shape[:i]):
				if end := pathEnd(shape, i); !p.goesOnBehind(o.line, end) && m.isInert(s, shape[i:end]) {
					done = o.cut(p, i, end, outlinePath)
				}
			}
		}
	}
}

var doubleSlash = []byte("//")

// pointsAndSlashes has the highest bit of each of the first eight bytes that is a point or a
// slash.
func pointsAndSlashes(text []byte) uint64 {
	const ones, lows = 0x0101010101010101, 0x7F7F7F7F7F7F7F7F
	w := (binary.LittleEndian.Uint64(text) | ones) ^ '/'*ones
	return ^(w&lows + lows | w | lows)
}

// runBefore returns where the masked digits that end before shape[end] begin.
func runBefore(shape []byte, end int) int {
	for end > 0 && shape[end-1] < marks {
		end--
	}
	return end
}

// noughts stand for a cut in the shape of an outline: the text itself may be that of the line.
var noughts [len(outlineAddress)]byte

// cut has text stand for line[from:end], unless a cue may end there, or right behind, with
// digits that are masked: a shape does not say where in the line. It returns the end.
func (o *outline) cut(p *shaper, from, end int, text string) int {
	shape := textOf(o.drawn, o.line)
	if p.mayHaveTraits(o.line, shape, from, min(end+leadReach, len(shape))) {
		return end
	}
	done := o.copied()
	o.text = append(append(o.text, o.line[done:from]...), text...)
	o.shape = append(append(o.shape, shape[done:from]...), noughts[:len(text)]...)
	o.cuts = append(o.cuts, cut{{from, end}, {len(o.text) - len(text), len(o.text)}})
	return end
}

// copied returns up to where the outline has the line.
func (o *outline) copied() int {
	if n := len(o.cuts); n > 0 {
		return o.cuts[n-1][inLine].end
	}
	return 0
}

// finish appends what stands behind the last cut, and the cues that the shape of the line notes.
func (o *outline) finish() {
	done := o.copied()
	o.text = append(o.text, o.line[done:]...)
	o.shape = append(o.shape, textOf(o.drawn, o.line)[done:]...)
	notes := o.drawn[shapePad+len(o.line)+shapePad:]
	for ; len(notes) > traitSize; notes = notes[noteSize:] {
		at := moveStart(o.cuts, int(binary.LittleEndian.Uint16(notes)), inLine)
		o.shape = append(binary.LittleEndian.AppendUint16(o.shape, uint16(at)), notes[noteSize-traitSize:noteSize]...)
	}
	o.shape = append(o.shape, notes...)
}

// moveStart returns where in the other one stands what begins at an offset of one of line and
// outline.
func moveStart(cuts []cut, at, one int) int {
	from, to := 0, 0
	for i := range cuts {
		here, there := cuts[i][one], cuts[i][1-one]
		switch {
		case at < here.start:
			return at - from + to
		case at < here.end:
			return there.start
		}
		from, to = here.end, there.end
	}
	return at - from + to
}

// moveEnd is moveStart for what ends there.
func moveEnd(cuts []cut, at, one int) int {
	from, to := 0, 0
	for i := range cuts {
		here, there := cuts[i][one], cuts[i][1-one]
		switch {
		case at <= here.start:
			return at - from + to
		case at <= here.end:
			return there.end
		}
		from, to = here.end, there.end
	}
	return at - from + to
}

// touches reports whether a cut stands in text[start:end], or a part of one.
func (o *outline) touches(start, end int) bool {
	for i := range o.cuts {
		if c := o.cuts[i][inOutline]; c.start < end && start < c.end {
			return true
		}
	}
	return false
}

// held drops the literals that do not stand in all lines of o from those that were found in it,
// in order of their ends.
func (m *Matcher) held(found []ahocorasick.Occurrence, o *outline) []ahocorasick.Occurrence {
	p, kept := m.shaper(), found[:0]
	for _, x := range found {
		l := &m.lx.literals[x.Pattern]
		start, end := int(x.End)-len(l.text), int(x.End)
		if o.holds(p, l, start, end) {
			kept = append(kept, x)
		}
	}
	return kept
}

// holds reports whether a literal that was found in text[start:end] stands in all lines of
// this outline. Those with digits do not where a cut is, but for cues with any digit, and codes not
// where their digits are masked; what goes on behind the slash of a path stands behind another byte
// in the line.
func (o *outline) holds(p *shaper, l *literal, start, end int) bool {
	for i := range o.cuts {
		c := o.cuts[i][inOutline]
		if c.start >= end {
			break
		}
		if start < c.end && (end > c.end || l.digits && (l.cue < 0 || !p.anyDigit[l.cue])) {
			return false
		}
	}
	if l.digits && l.cue < 0 {
		for _, b := range o.shape[start:end] {
			if b < marks {
				return false
			}
		}
	}
	return true
}

// addressEnd returns the end of the IPv4 address that begins at shape[i], or 0. One of zeros
// alone is not like any other.
func addressEnd(shape []byte, i int) int {
	if i > 0 && joinsAddress[shape[i-1]] {
		return 0
	}
	zero := true
	for part := range 4 {
		from := i
		for i < len(shape) && shape[i] < marks {
			i++
		}
		if i == from || i > from+3 || shape[from] == markNoOctet {
			return 0
		}
		if zero = zero && shape[from] == markZero; part < 3 {
			if byteAt(shape, i) != '.' {
				return 0
			}
			i++
		}
	}
	if zero || goesOn(shape, i) && shape[i] != ':' {
		return 0
	}
	return i
}

// portEnd returns the end of the port that begins at shape[i], and what stands for it, "" where
// it is none or has one digit.
func portEnd(shape []byte, i int) (end int, text string) {
	for end = i; end < len(shape) && shape[end] < marks; end++ {
	}
	if end < i+2 || goesOn(shape, end) {
		return end, ""
	}
	switch shape[i] {
	case markPort:
		return end, outlinePort
	case markSmall:
		return end, outlineSmall
	}
	return end, ""
}

// goesOn reports whether the word or number before shape[i] does.
func goesOn(shape []byte, i int) bool {
	switch byteAt(shape, i) {
	case '.', '-', ':':
		i++
	}
	return wordAt(shape, i) || byteAt(shape, i) < marks
}

// joinsAddress marks the bytes behind which no address begins.
var joinsAddress = byteTable("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz.:-%~")

// pathEnd returns the end of the path that begins at shape[i], without the stops behind it.
func pathEnd(shape []byte, i int) int {
	end := i
	for end < len(shape) && !endsPath[shape[end]] {
		end++
	}
	for end > i+1 && (shape[end-1] == '.' || shape[end-1] == ':') {
		end--
	}
	return end
}

// endsPath marks the bytes that end a URL in running text.
var endsPath = func() (t [256]bool) {
	t = byteTable("\"'<>|\\^`{},;()[] \t")
	for c := 0x7f; c < len(t); c++ {
		t[c] = true
	}
	return t
}()

func byteTable(text string) (t [256]bool) {
	for _, c := range []byte(text) {
		t[c] = true
	}
	return t
}

// isRequest reports whether text ends with the method of a request and a blank.
func isRequest(text []byte) bool {
	n := len(text) - 1
	if n < 3 || text[n] != ' ' || text[n-1] != 'T' && text[n-1] != 'D' && text[n-1] != 'E' && text[n-1] != 'S' && text[n-1] != 'H' {
		return false
	}
	for _, method := range [...]string{"GET", "POST", "PUT", "HEAD", "DELETE", "OPTIONS", "PATCH"} {
		if start := n - len(method); start >= 0 && string(text[start:n]) == method {
			return !wordAt(text, start-1)
		}
	}
	return false
}

// isInert reports whether no code stands in a path of this shape.
func (m *Matcher) isInert(s *scratch, path []byte) bool {
	h := maphash.Bytes(m.shapes, path)
	known := &s.outline.inert[h>>1%inertPaths]
	if *known|1 != h|1 {
		*known = h | 1
		s.found = m.lx.search(s.found[:0], path, &s.table)
		for _, o := range s.found {
			if o.Pattern < m.lx.firstCue {
				*known = h &^ 1
			}
		}
	}
	return *known&1 != 0
}
