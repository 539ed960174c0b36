package matcher

import (
	"encoding/binary"

	"wsalog/rules"
)

// A Verdict is what confirmation decided about a candidate.
type Verdict uint8

// The verdicts.
const (
	Accepted Verdict = iota // the candidate is this WinSock error
	Rejected                // it looks like one and is not
	Related                 // a Win32 twin of a WinSock error: shown, never counted
)

// Confidence says how sure an accepted match is.
type Confidence uint8

// The confidences. The default of wsalog counts Medium and High.
const (
	Low Confidence = iota
	Medium
	High
)

// String returns the name used in JSON: "low", "medium" or "high".
func (c Confidence) String() string { return [...]string{"low", "medium", "high"}[c] }

// A Match is one spelling of one code at one place.
type Match struct {
	Code       int // the number; for Related the Win32 number
	Also       int // a second code that the spelling fits as well, or 0
	Form       rules.Form
	Verdict    Verdict
	Confidence Confidence
	Rule       string // id of the rule that decided
	Start, End int    // byte offsets in the block, half open
	LineStart  int    // offset of the line that holds the match
	LineEnd    int    // offset just past its last byte, before \n or \r\n

	// Shape is not 0 for matches of lines that differ in nothing but digits without
	// meaning: of ids, times, ports and addresses. What is a port or an address in one
	// line of a shape is one in all, and as long.
	// Shapes of one Matcher may be compared with each other. A line may have none.
	Shape uint64
}

// A Context holds what is known at a block's first byte and matters to the
// verdicts. It is immutable. A nil Context means that nothing is known.
type Context struct {
	// W3C is the zero-based index of the sc-win32-status column under the
	// #Fields: header in force, or -1 when the header has none.
	W3C int
	// HasW3C is true when a #Fields: header is in force.
	HasW3C bool

	columns int // how many columns the header names

	// One-based indexes of columns with a fixed shape, 0 where there is none.
	dateColumn, timeColumn, statusColumn int
}

// appendKey appends to dst what tells the context from others.
func (c *Context) appendKey(dst []byte) []byte {
	for _, n := range [...]int{c.W3C, c.columns, c.dateColumn, c.timeColumn, c.statusColumn} {
		dst = binary.LittleEndian.AppendUint64(dst, uint64(n))
	}
	return dst
}
