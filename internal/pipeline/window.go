package pipeline

import (
	"time"

	"wsalog/annotate"
)

// A TimeWindow is a period on the logs' own clocks, from From up to but without
// To. A zero time leaves that side open. Stamps with a zone are compared as
// instants; stamps without one with the wall clock that From and To show in
// their own locations; stamps that name no day with their clock times alone.
// Lines without a stamp belong to the stamped line above them; lines above the
// first stamp of a source are inside unless From is set.
type TimeWindow struct{ From, To time.Time }

// contains reports whether a stamp is inside.
func (w *TimeWindow) contains(s annotate.Stamp) bool {
	from, to := w.From, w.To
	switch {
	case s.ClockOnly:
		return w.containsClock(s.Time)
	case !s.HasZone:
		from, to = wallClock(from), wallClock(to)
	}
	return (from.IsZero() || !s.Time.Before(from)) && (to.IsZero() || s.Time.Before(to))
}

// containsClock compares clock times. A window that reaches over midnight is
// what its ends leave out in between.
func (w *TimeWindow) containsClock(t time.Time) bool {
	at := clock(t)
	after := w.From.IsZero() || at >= clock(w.From)
	before := w.To.IsZero() || at < clock(w.To)
	if w.From.IsZero() || w.To.IsZero() || clock(w.From) < clock(w.To) {
		return after && before
	}
	return w.To.Sub(w.From) >= 24*time.Hour || after || before
}

// wallClock returns what t's clock shows, read as UTC.
func wallClock(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}

func clock(t time.Time) time.Duration {
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute +
		time.Duration(t.Second())*time.Second + time.Duration(t.Nanosecond())
}

// A lineTime is the stamp of the line that begins at an offset of a batch.
type lineTime struct {
	start int
	stamp annotate.Stamp
}

// apply finds the stretches of b that are outside, drops the records in them,
// and returns whether the batch's last line is inside. inside tells that of the
// last line before it.
func (w *TimeWindow) apply(b *annotate.Batch, times []lineTime, inside bool, year *years) bool {
	begin := 0
	for i := range times {
		t := &times[i]
		year.adjust(&t.stamp)
		in := w.contains(t.stamp)
		if in == inside {
			continue
		}
		if in {
			b.Outside = addSpan(b.Outside, begin, t.start)
		}
		begin, inside = t.start, in
	}
	if !inside {
		b.Outside = addSpan(b.Outside, begin, len(b.Bytes))
	}
	if len(b.Outside) > 0 {
		b.Records = dropOutside(b.Records, b.Outside)
	}
	return inside
}

func addSpan(spans []annotate.Span, start, end int) []annotate.Span {
	if start == end {
		return spans
	}
	return append(spans, annotate.Span{Start: start, End: end})
}

// dropOutside removes the records in spans. It swaps rather than overwrites,
// since records own slices that are used again.
func dropOutside(records []annotate.Record, spans []annotate.Span) []annotate.Record {
	kept := 0
	for i := range records {
		at := records[i].Start
		for len(spans) > 0 && spans[0].End <= at {
			spans = spans[1:]
		}
		if len(spans) > 0 && spans[0].Start <= at {
			continue
		}
		records[kept], records[i] = records[i], records[kept]
		kept++
	}
	return records[:kept]
}
