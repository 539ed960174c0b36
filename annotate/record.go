// Package annotate turns matches into meaning: it groups the matches of a line
// into hits and finds the line's time, peer and call. It is pure: a record
// depends on its line and its Context alone.
package annotate

import (
	"fmt"
	"time"

	"wsalog/matcher"
	"wsalog/rules"
)

// A Span is a half-open range of byte offsets within Record.Text.
type Span struct{ Start, End int }

// A Hit is one code on one line, however often and in whatever forms the line
// spells it.
type Hit struct {
	Code       int
	Also       int // a second code that the spelling fits as well, or 0
	Forms      []rules.Form
	Spans      []Span // in order of appearance, not overlapping
	Confidence matcher.Confidence
	Rules      []string // ids of the rules that decided, without doubles
	Related    bool     // a Win32 twin, shown but never counted
	NewEvent   bool     // begins an event; set by Events.Mark after reorder, false before
}

// A Stamp is a record's time as the log wrote it.
type Stamp struct {
	Time      time.Time // in UTC when HasZone, else the log's wall clock read as UTC
	Valid     bool      // false when neither the line nor an earlier one has a time
	HasZone   bool      // the line names its zone or offset
	OffsetSec int       // the zone's offset in seconds east of UTC, when HasZone
	Inherited bool      // taken from an earlier line of the source
	NoYear    bool      // the line names no year: Time has Context.Year, or year 0
	ClockOnly bool      // the line names no day: Time is a clock time on 1 January of year 0
}

// A Record is a line that holds at least one candidate, with its annotations.
// Its Text belongs to the batch's bytes: a sink that keeps it copies it.
type Record struct {
	LineInBatch int    // lines of the batch before this one; Batch.FirstLine + LineInBatch is the line number
	Start       int    // offset of the line in Batch.Bytes
	RawOffset   int64  // offset of the line in the source, before decoding, relative to Batch.Offset
	Text        []byte // the line without \n or \r\n
	Stamp       Stamp
	Hits        []Hit           // accepted hits, related ones last; may be empty
	Rejected    []matcher.Match // look-alikes; offsets are relative to Text
	Peer        string          // "10.0.0.5:5432", "[::1]:80", "db.example": Annotator.Append; empty when unknown; to be cloned by who keeps it
	PeerSpan    Span
	Call        string // canonical function name in lower case: "connect", "recv"; empty when unknown
	CallSpan    Span
	Shape       uint64 // that of the line's matches, 0 for none; see matcher.Match
}

// Counted reports whether the record holds a hit that counts as a WinSock error.
func (r *Record) Counted() bool { return len(r.Hits) > 0 && !r.Hits[0].Related }

// A Context is what is known at a batch's first byte. It is immutable.
type Context struct {
	Match    *matcher.Context
	Year     int  // the year of stamps without one; 0 when unknown
	DayFirst bool // 01/02 means 1 February
}

// A Source is one named stream of bytes.
type Source struct {
	ID   int    // from 0 in order of the arguments, later ones as they join
	Name string // as the user named it, "-" for standard input
}

// An EventKind is something that happened to a source.
type EventKind uint8

// The kinds of source events.
const (
	Opened    EventKind = iota
	Rotated             // the name now belongs to a new file
	Truncated           // the file was cut or rewritten
	Vanished            // the name is gone; the source waits for it
	Trouble             // an open or read error that is being retried
	Decoded             // Text names the encoding that was decided on
	LongLine            // a line passed the limit and is scanned in windows
	Ended               // the source has no more bytes
	Skipped             // not read on purpose
)

// A SourceEvent is a source's event with a short text for people.
type SourceEvent struct {
	Kind EventKind
	Text string       // in English
	Note fmt.Stringer // the same in parts, for other languages: a *source.Note; may be nil
	Err  error        // for Trouble, and for Ended when the source did not end well
}

// A Batch is one block after matching, in input order. Sinks must not keep its
// slices after their Batch method returned.
type Batch struct {
	Source    *Source
	Bytes     []byte // UTF-8, or the raw bytes where nothing had to be decoded
	Offset    int64  // of the block's first byte in the source, before decoding
	FirstLine int64  // number of the first line, from 1
	Lines     int64  // lines that begin in this batch
	Records   []Record
	Events    []SourceEvent // what happened before these bytes
	Encoding  string        // name of the encoding in force; "" while undecided
	Undecoded int64         // bytes that did not decode
	RawLen    int64         // bytes of the source that this batch stands for

	// FirstStamp is the first stamp among the first lines of the source, in the batch that
	// holds it. It is not Valid in others.
	FirstStamp Stamp
	// LastStamp is that of the last stamped line, by Annotator.LastStamp; Carry needs it. With
	// the event Ended it is the last of the source, as far as it reaches the end.
	LastStamp Stamp
	LastAge   int64 // lines from that one to the batch's end, at least 1 when LastStamp is Valid

	// Scanned is the number of leading bytes that an earlier batch has already
	// delivered; sinks skip them. It is not 0 only inside a line that is longer
	// than the limit.
	Scanned int
	// Continues is true when the batch ends inside a line.
	Continues bool
	// Continued is true when the batch begins inside a line.
	Continued bool

	// Outside lists the stretches of Bytes whose lines are outside of the period
	// that was asked for, in order and without overlap; Records holds none of
	// their lines. Lines still counts them.
	Outside []Span

	Rejects map[string]int // look-alikes by rejecting rule; nil when there are none
}

// Totals is what a finished run adds up to.
type Totals struct {
	Sources  int
	Lines    int64
	Bytes    int64 // of the sources, before decoding
	Rejected map[string]int
	Timeouts map[string]int
}
