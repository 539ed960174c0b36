package pipeline

import (
	"fmt"
	"slices"

	"wsalog/annotate"
)

// A delivery is what holds from batch to batch of one source, once they are in
// order.
type delivery struct {
	seen      bool
	lines     int64 // that began so far
	carry     annotate.Carry
	aside     aside
	years     years
	inside    bool  // the last line is inside the window
	lineYears years // of every line, where there is a window
	codes     []int // already hit on the line in progress, which is above the limit
}

// A deliverer completes batches in input order and hands them to the sinks.
type deliverer struct {
	window *TimeWindow
	limit  int
	search annotator
	sinks  []Sink
	totals annotate.Totals
}

// job delivers all of j. The first error of a sink ends it.
func (d *deliverer) job(j *job) error {
	for i := range j.segments {
		s := &j.segments[i]
		d.complete(s)
		for _, sink := range d.sinks {
			if err := sink.Batch(&s.batch); err != nil {
				return err
			}
		}
	}
	if !j.idle {
		return nil
	}
	for _, sink := range d.sinks {
		if err := sink.Idle(); err != nil {
			return err
		}
	}
	return nil
}

// complete fills in what depends on the batches before.
func (d *deliverer) complete(s *segment) {
	b, v := &s.batch, &s.stream.delivery
	if !v.seen {
		v.seen = true
		d.totals.Sources++
	}
	if s.restart {
		*v = delivery{seen: true, codes: v.codes[:0], aside: aside{text: v.aside.text[:0]},
			inside: d.window != nil && d.window.From.IsZero(),
			years:  years{changed: s.changed}, lineYears: years{changed: s.changed}}
	}
	b.FirstLine = v.lines + 1
	if b.Continued {
		b.FirstLine--
	}
	v.lines += b.Lines
	d.totals.Lines += b.Lines
	d.totals.Bytes += b.RawLen
	for rule, n := range b.Rejects {
		if d.totals.Rejected == nil {
			d.totals.Rejected = make(map[string]int)
		}
		d.totals.Rejected[rule] += n
	}
	if s.span.First() {
		b.Events = append(b.Events, annotate.SourceEvent{Kind: annotate.LongLine,
			Text: fmt.Sprintf("line %d is longer than %d bytes and is searched in pieces", b.FirstLine, d.limit)})
	}
	if len(b.Records) > 0 && (b.Continues || b.Continued) {
		v.once(b)
	}
	if !b.Continues {
		v.codes = v.codes[:0]
	}
	v.stamp(s, d.search)
	if d.window != nil && len(b.Bytes) > 0 {
		v.inside = d.window.apply(b, s.times, v.inside, &v.lineYears)
	}
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
