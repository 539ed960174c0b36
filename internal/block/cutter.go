package block

import "wsalog/internal/survey"

// DefaultLimit is the length in bytes above which a line is cut into windows.
const DefaultLimit = 1 << 20

// MinLimit is the shortest limit a Cutter works with: a window must hold its
// overlap and a few characters.
const MinLimit = 64

// maxOverlap is the most that two windows of a line share: enough for any
// spelling of a code with the context that confirms it on either side.
const maxOverlap = 16 << 10

// A Span is a stretch of a source that is searched at once: whole lines, or one
// window of a line that is longer than the limit. Offsets count from the first
// byte of the region that was handed to Cutter.Next.
type Span struct {
	End int // the span is region[:End]

	// Scanned bytes at the beginning were part of the span before.
	Scanned int
	// OwnFrom and OwnTo bound where a match must start to belong to this span.
	// The middle of an overlap divides it between two windows, so that each
	// match is seen once, and with context around it.
	OwnFrom, OwnTo int

	Continued bool // begins inside a line
	Continues bool // ends inside a line
	Header    bool // begins with a #Fields: header

	// Counted tells that Lines and ASCII are known, as they are of whole lines
	// whose line end is one byte: Lines is the number of these, and ASCII tells
	// whether no byte is above 0x7F.
	Counted bool
	Lines   int
	ASCII   bool

	// Before[i] is the number of line ends before the offset i*Step of the span. It lies
	// in the room that Cutter.Next was given, and ends where that did or at the last place
	// before End. If not all is ASCII, what is not lies from ASCIITo to ASCIIFrom, told to
	// 4*Step. Both spare others to go over the span again.
	Before             []uint32
	ASCIITo, ASCIIFrom int
}

// Step is the distance in bytes of the places before which line ends are counted.
const Step = survey.Step

// Steps returns how many places of n bytes line ends are counted before.
func Steps(n int) int { return (n + Step - 1) / Step }

// First reports whether the span is the first window of a line above the limit.
func (s Span) First() bool { return s.Continues && !s.Continued }

// A Cutter cuts one source. Where it cuts depends on the bytes alone, never on
// how they arrived, as far as records are concerned: windows are measured from
// the beginning of their line. Its exported fields may be changed between lines.
type Cutter struct {
	Newline Newline
	Limit   int // bytes of a line without its line end; at least MinLimit

	// Boundary returns the largest n' <= n at which a character of b begins.
	// nil means that every offset is one.
	Boundary func(b []byte, n int) int

	inLong  bool
	scanned int
	ownFrom int
	clean   int // leading bytes of the region in which no line end was found
}

// Next cuts the next span off region, which begins where the span before said
// that it continues. rest is the offset at which the region for the next call
// begins; ok is false when region holds no whole line yet. With flush set, what
// is left is a span too: the source ends there. The span's counts, at most len(room), are
// written to the beginning of room, which belongs to the span from then on. It may be nil.
func (c *Cutter) Next(region []byte, flush bool, room []uint32) (s Span, rest int, ok bool) {
	if c.inLong {
		return c.window(region, flush)
	}
	unit := c.Newline.Size()
	clean := c.clean
	last := c.Newline.Last(region[clean:])
	if last == 0 {
		switch {
		case c.lineIsLong(len(region)):
			return c.window(region, flush)
		case flush && len(region) > 0:
			return c.lines(region, len(region), room)
		}
		c.clean = len(region) &^ (unit - 1)
		return s, 0, false
	}
	end, at := clean+last, 0
	for end-at > c.Limit+unit {
		// A line end must stand within the limit, else the line at `at` is long.
		q := c.Newline.Last(region[at : at+c.Limit&^(unit-1)+unit])
		if q == 0 {
			break
		}
		at += q
	}
	if end-at > c.Limit+unit {
		if at == 0 {
			return c.window(region, flush)
		}
		end = at
	}
	return c.lines(region, end, room)
}

// InLine reports whether the last span ended inside a line.
func (c *Cutter) InLine() bool { return c.inLong }

// Reset forgets the line in progress: the next region begins a line.
func (c *Cutter) Reset() { c.inLong, c.scanned, c.ownFrom, c.clean = false, 0, 0, 0 }

// lineIsLong reports whether a line of which n bytes are known, without a line
// end, passes the limit for certain.
func (c *Cutter) lineIsLong(n int) bool { return n >= c.Limit&^(c.Newline.Size()-1)+c.Newline.Size() }

// lines makes a span of region[:end], shortened to end before a #Fields: header.
func (c *Cutter) lines(region []byte, end int, room []uint32) (Span, int, bool) {
	s := Span{Header: c.Newline.startsHeader(region)}
	if c.Newline == Byte {
		s.survey(region[:end], room)
	} else {
		s.End = c.Newline.nextHeader(region[:end])
	}
	s.OwnTo = s.End
	c.Reset()
	return s, s.End, true
}

// survey ends s before the first header behind the first line of b, or at b's end, and
// counts on the way, in room.
func (s *Span) survey(b []byte, room []uint32) {
	p := survey.Pass{Before: room}
	for p.End < len(b) {
		if p.On(b); Byte.startsHeader(b[p.End:]) {
			break
		}
	}
	s.End, s.Counted, s.Lines, s.ASCII = p.End, true, p.Lines, p.HighTo == 0
	n := min(len(room), Steps(s.End))
	s.Before = room[:n:n]
	s.ASCIITo, s.ASCIIFrom = p.HighFrom, min(p.HighTo, s.End)
	if s.ASCII {
		s.ASCIITo = s.End
	}
}

// window cuts the next window of a line that is longer than the limit.
func (c *Cutter) window(region []byte, flush bool) (s Span, rest int, ok bool) {
	unit := c.Newline.Size()
	limit := c.Limit &^ (unit - 1)
	s = Span{Scanned: c.scanned, OwnFrom: c.ownFrom, Continued: c.inLong}
	from := max(c.scanned, c.clean) &^ (unit - 1)
	if q := c.Newline.First(region[from:min(len(region), limit+unit)]); q > 0 {
		s.End = from + q
		s.OwnTo = s.End
		c.Reset()
		return s, s.End, true
	}
	if !c.lineIsLong(len(region)) {
		if !flush || len(region) <= c.scanned {
			c.clean = len(region) &^ (unit - 1)
			return Span{}, 0, false
		}
		s.End, s.OwnTo = len(region), len(region)
		c.Reset()
		return s, s.End, true
	}
	overlap := min(limit/4, maxOverlap)
	end := c.boundary(region, limit)
	if c.Newline.returnBefore(region, end) {
		end -= unit // \r\n stays together
	}
	next := c.boundary(region, end-overlap)
	middle := c.boundary(region, end-overlap/2)
	s.End, s.OwnTo, s.Continues = end, middle, true
	c.inLong, c.scanned, c.ownFrom, c.clean = true, end-next, middle-next, 0
	return s, next, true
}

func (c *Cutter) boundary(b []byte, n int) int {
	n &^= c.Newline.Size() - 1
	if c.Boundary == nil {
		return n
	}
	return c.Boundary(b, n)
}
