package pipeline

import "wsalog/internal/block"

const (
	orderBytes = 1 << 20 // of a source in which every line is looked at
	orderReach = 48      // bytes of a line in which its date is looked for
	orderDates = 64      // dates without an answer after which lines are only sampled
)

// A dayOrder finds out whether dates like 01/02/2026 name the day first. A value
// above 12 in one of the two places decides for the whole source; until one
// shows up the month is taken to be first.
type dayOrder struct {
	decided, dayFirst bool
	bytes             int
	open              int // dates and lines that left it open
}

// look learns from whole lines in any encoding that keeps ASCII, or in UTF-16.
func (o *dayOrder) look(lines []byte, nl block.Newline) (dayFirst bool) {
	for len(lines) > 0 && !o.decided {
		n := nl.First(lines)
		if n == 0 {
			n = len(lines)
		}
		o.line(lines[:min(n, 2*orderReach)])
		o.bytes += n
		o.open++
		if o.bytes > orderBytes || o.open > orderDates {
			break // from here on one line of each block will do
		}
		lines = lines[n:]
	}
	return o.dayFirst
}

// line looks for the first date in the shape 1/2/2026 or 01-02-2026.
func (o *dayOrder) line(b []byte) {
	var text [orderReach]byte
	n := 0
	for _, c := range b {
		if c != 0 && n < len(text) { // UTF-16 has NULs in between
			text[n] = c
			n++
		}
	}
	for i := 0; i < n; i++ {
		if !isDigit(text[i]) {
			continue
		}
		first, at := number(text[:n], i)
		width := at - i
		if width > 2 || at >= n || text[at] != '/' && text[at] != '-' {
			i = at
			continue
		}
		second, end := number(text[:n], at+1)
		if d := end - at - 1; d < 1 || d > 2 || end >= n || text[end] != text[at] {
			i = end
			continue
		}
		if _, last := number(text[:n], end+1); last-end-1 != 4 {
			return
		}
		o.decide(first, second)
		return
	}
}

func (o *dayOrder) decide(first, second int) {
	switch {
	case first > 12 && first <= 31 && second <= 12:
		o.decided, o.dayFirst = true, true
	case second > 12 && second <= 31 && first <= 12:
		o.decided = true
	}
}

// number reads the digits at b[i:] and returns their value, capped, and end.
func number(b []byte, i int) (n, end int) {
	for ; i < len(b) && isDigit(b[i]); i++ {
		n = min(n*10+int(b[i]-'0'), 1<<20)
	}
	return n, i
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
