package pipeline

import (
	"fmt"
	"slices"

	"wsalog/annotate"
)

// A delivery is what holds from batch to batch of one source, once they are in
// order.
type delivery struct {
	lines     int64 // that began so far
	begun     bool  // the first stamp is known
	marks     annotate.Events
	carry     annotate.Carry
	aside     aside
	years     years
	inside    bool  // the last line is inside the window
	lineYears years // of every line, where there is a window
	codes     []int // already hit on the line in progress, which is above the limit
}

// A completer fills in what depends on the batches before. It goes over records
// only, and over lines where an event or a stamp reaches from one batch into the
// next, so that it takes no time to speak of.
type completer struct {
	window *TimeWindow
	limit  int
	events bool // somebody asks which hits begin an event
	search annotator
}

// job completes all of j. Jobs must come in input order.
func (c *completer) job(j *job) {
	for i := range j.segments {
		c.segment(&j.segments[i])
	}
}

func (c *completer) segment(s *segment) {
	b, v := &s.batch, &s.stream.delivery
	if s.restart {
		*v = delivery{codes: v.codes[:0], aside: aside{text: v.aside.text[:0]},
			inside: c.window != nil && c.window.From.IsZero(),
			years:  years{changed: s.changed}, lineYears: years{changed: s.changed}}
	}
	b.FirstLine = v.lines + 1
	if b.Continued {
		b.FirstLine--
	}
	b.FirstStamp = v.firstStamp(s, c.search)
	v.lines += b.Lines
	if s.span.First() {
		b.Events = append(b.Events, annotate.SourceEvent{Kind: annotate.LongLine,
			Text: fmt.Sprintf("line %d is longer than %d bytes and is searched in pieces", b.FirstLine, c.limit)})
	}
	pieces := b.Continues || b.Continued
	if len(b.Records) > 0 && pieces {
		v.once(b)
	}
	if !b.Continues {
		v.codes = v.codes[:0]
	}
	v.stamp(s, c.search)
	if ends(b.Events) {
		v.finalStamp(s, c.search)
	}
	if c.window != nil && len(b.Bytes) > 0 {
		v.inside = c.window.apply(b, s.times, v.inside, &v.lineYears)
	}
	switch {
	case !c.events:
	case pieces || c.window != nil || len(b.Records) == 0:
		v.marks.Mark(b)
	default:
		v.marks.Join(b, &s.marks)
	}
}

// ends reports whether the events tell that the source has no more bytes.
func ends(events []annotate.SourceEvent) bool {
	return slices.ContainsFunc(events, func(e annotate.SourceEvent) bool { return e.Kind == annotate.Ended })
}

// once drops hits of codes that an earlier window of the same line had: a hit is
// one code on one line, however long that is.
func (v *delivery) once(b *annotate.Batch) {
	last := &b.Records[len(b.Records)-1]
	if b.Continued {
		r := &b.Records[0]
		if r.LineInBatch == 0 {
			kept := 0
			for i := range r.Hits {
				if !slices.Contains(v.codes, r.Hits[i].Code) {
					// Swapped, not overwritten: hits own slices that are used again.
					r.Hits[kept], r.Hits[i] = r.Hits[i], r.Hits[kept]
					kept++
				}
			}
			r.Hits = r.Hits[:kept]
		}
	}
	if b.Continues {
		for i := range last.Hits {
			v.codes = append(v.codes, last.Hits[i].Code)
		}
	}
}
