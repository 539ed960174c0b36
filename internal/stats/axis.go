package stats

import "wsalog/annotate"

// An Axis is the scale on which hits are placed. Places on different axes cannot
// be compared, so everything that has a place keeps one value per axis.
type Axis uint8

// The axes, the most telling first.
const (
	AxisTime  Axis = iota // date and time of day by the log's own clock, in milliseconds since 1970
	AxisClock             // a stamp without a year, in milliseconds since the start of year 0
	AxisLine              // no stamp: the line number
	axes
)

// A Span is the range from the first to the last place on an axis; it is empty
// when N is 0.
type Span struct {
	First, Last int64
	N           int64 // how many places were added
}

func (s *Span) add(at int64) {
	if s.N == 0 || at < s.First {
		s.First = at
	}
	if s.N == 0 || at > s.Last {
		s.Last = at
	}
	s.N++
}

func (s *Span) merge(o Span) {
	if o.N == 0 {
		return
	}
	if s.N == 0 {
		*s = o
		return
	}
	s.First, s.Last, s.N = min(s.First, o.First), max(s.Last, o.Last), s.N+o.N
}

// Spans holds one Span per axis.
type Spans [axes]Span

func (s *Spans) merge(o *Spans) {
	for i := range s {
		s[i].merge(o[i])
	}
}

// yearZero is the start of year 0 in milliseconds since 1970.
const yearZero = -62167219200000

// yearOne is the start of year 1 in seconds since 1970.
const yearOne = -62135596800

// place returns where a record stands: by its stamp, which is read on the clock
// of the log, or by its line number when it has none.
func place(s *annotate.Stamp, line int64) (Axis, int64) {
	if !s.Valid {
		return AxisLine, line
	}
	ms := s.Time.UnixMilli()
	if s.HasZone {
		ms += int64(s.OffsetSec) * 1000
	}
	if s.Time.Unix() < yearOne {
		return AxisClock, ms - yearZero
	}
	return AxisTime, ms
}
