package annotate

import (
	"bytes"

	"wsalog/matcher"
)

// inheritLines is how far down a stamp reaches: a line without one takes the
// stamp of the nearest stamped line among this many lines above it. The bound
// keeps logs without stamps cheap and makes the result independent of where
// blocks are cut (see Carry).
const inheritLines = 100

// An Annotator turns the matches of a block into records. It is used by one
// goroutine at a time; what it remembers between calls changes its speed, never
// its results.
type Annotator struct {
	hint        shapeHint
	stampFields fields
	names       nameRoom
	lex         lexer
	places      []place // of the hits of the line in hand
	scenes      *ShapeTable
	outlines    *matcher.Outliner // nil where lines are looked at as they are
}

// New returns an Annotator that looks at lines as they are.
func New() *Annotator { return &Annotator{scenes: new(ShapeTable)} }

// Together returns a function that returns Annotators, each for one goroutine, which remember
// together what they find out about lines. They look at the outlines that outliner's make of
// these; where it returns nil, at the lines.
func Together(outliner func() *matcher.Outliner) func() *Annotator {
	scenes := new(ShapeTable)
	return func() *Annotator { return &Annotator{scenes: scenes, outlines: outliner()} }
}

// Append groups matches, as matcher.Append returned them for block, into one
// record per line that has any, and appends the records to dst in order.
// Records beyond len(dst) in its capacity are reused with their slices. A
// record's RawOffset is its Start; whoever decoded the block corrects it. A stamp
// is looked for only on lines with a hit, Peer and Call only on lines with one
// that counts; where bind or listen failed, Peer is the local endpoint, since that
// is the one to blame. A nil ctx means that nothing is known.
func (a *Annotator) Append(dst []Record, block []byte, matches []matcher.Match, ctx *Context) []Record {
	return a.AppendCounted(dst, block, LineCounts{}, matches, ctx)
}

// LineCounts says how many line ends stand before places of a block: Before[i] before the
// offset i*Step. The zero value says nothing.
type LineCounts struct {
	Step   int
	Before []uint32
}

// at returns the number of line ends before the line block[start:end], which holds none; some
// of them stand before an earlier offset.
func (c LineCounts) at(block []byte, start, end, earlier, some int) int {
	if c.Step > 0 {
		i := (start + c.Step - 1) / c.Step
		if i < len(c.Before) && i*c.Step <= end {
			return int(c.Before[i])
		}
		if i = min(i, len(c.Before)) - 1; i*c.Step > earlier {
			earlier, some = i*c.Step, int(c.Before[i])
		}
	}
	return some + bytes.Count(block[earlier:start], newline)
}

// AppendCounted is Append where somebody has counted lines of block before.
func (a *Annotator) AppendCounted(dst []Record, block []byte, counts LineCounts, matches []matcher.Match, ctx *Context) []Record {
	var (
		counted   int // offset up to which lines were counted
		lines     int
		stamped   = -1 // latest of dst with a stamp
		stampLine int  // the line of that stamp
		searched  int  // lines before this offset need no search for a stamp
		remaining = matches
	)
	for len(remaining) > 0 {
		n := sameLine(remaining)
		start, end := remaining[0].LineStart, remaining[0].LineEnd
		lines = counts.at(block, start, end, counted, lines)
		counted = start

		var r *Record
		dst, r = grow(dst)
		r.LineInBatch, r.Start, r.RawOffset = lines, start, int64(start)
		r.Text = block[start:end:end]
		r.Shape = remaining[0].Shape
		r.group(remaining[:n])
		if remaining = remaining[n:]; len(remaining) > 0 {
			next := &remaining[0]
			a.scenes.Ahead(next.Shape, next.LineEnd-next.LineStart)
		}
		if len(r.Hits) == 0 {
			r.Stamp = Stamp{}
			continue // nobody asks when a look-alike was logged
		}

		a.stampTo(&r.Stamp, r.Text, ctx)
		if r.Stamp.Valid {
			stampLine = lines
		} else if s, above := a.stampAbove(block[searched:start], lines, ctx); s.Valid {
			r.Stamp, stampLine = s, lines-above
			r.Stamp.Inherited = true
		} else if stamped >= 0 && lines-stampLine <= inheritLines {
			r.Stamp = dst[stamped].Stamp
			r.Stamp.Inherited = true
		}
		if r.Stamp.Valid {
			stamped = len(dst) - 1
		}
		searched = start
		if r.Counted() {
			a.locate(r)
		}
	}
	return dst
}

var newline = []byte{'\n'}

// sameLine returns how many of the leading matches share the first one's line.
func sameLine(ms []matcher.Match) int {
	n := 1
	for n < len(ms) && ms[n].LineStart == ms[0].LineStart {
		n++
	}
	return n
}

// grow appends one record to dst, reusing the slices of an old one. What every record has
// is the caller's to set.
func grow(dst []Record) ([]Record, *Record) {
	if len(dst) == cap(dst) {
		dst = append(dst, Record{})
	} else {
		dst = dst[:len(dst)+1]
	}
	r := &dst[len(dst)-1]
	r.Hits, r.Rejected = r.Hits[:0], r.Rejected[:0]
	r.Peer, r.PeerSpan, r.Call, r.CallSpan = "", Span{}, "", Span{}
	return dst, r
}

// stampAbove looks for the nearest stamped line in lines, the whole lines above
// a record, and returns its stamp and its distance, 1 for the line just above.
func (a *Annotator) stampAbove(lines []byte, most int, ctx *Context) (Stamp, int) {
	most = min(most, inheritLines)
	for n := 1; n <= most && len(lines) > 0; n++ {
		body := lines[:len(lines)-1] // without the final \n
		i := bytes.LastIndexByte(body, '\n') + 1
		if s := a.Stamp(trimCR(body[i:]), ctx); s.Valid {
			return s, n
		}
		lines = lines[:i]
	}
	return Stamp{}, 0
}

func trimCR(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return line[:n-1]
	}
	return line
}

// LastStamp returns the stamp of the nearest stamped line before the end of
// block, which holds whole lines, and how many lines begin after it up to the
// end, at least 1. The stamp is not Valid when none of the last lines has one.
// Workers store both in their Batch for Carry.
func (a *Annotator) LastStamp(block []byte, ctx *Context) (Stamp, int64) {
	if n := len(block); n > 0 && block[n-1] != '\n' {
		i := bytes.LastIndexByte(block, '\n') + 1
		if s := a.Stamp(trimCR(block[i:]), ctx); s.Valid {
			return s, 1
		}
		s, n := a.stampAbove(block[:i], inheritLines-1, ctx)
		if !s.Valid {
			return s, 0
		}
		return s, int64(n) + 1
	}
	s, n := a.stampAbove(block, inheritLines, ctx)
	return s, int64(n)
}
