package pipeline

import "wsalog/annotate"

// A deliverer hands complete batches to the sinks, in input order.
type deliverer struct {
	sinks  []Sink
	totals annotate.Totals
}

// job delivers all of j. The first error of a sink ends it.
func (d *deliverer) job(j *job) error {
	for i := range j.segments {
		s := &j.segments[i]
		d.count(s)
		for k, sink := range d.sinks {
			if err := j.trays.Deliver(k, sink, &s.batch); err != nil {
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

// count adds a batch that is delivered to the totals.
func (d *deliverer) count(s *segment) {
	b := &s.batch
	if !s.stream.seen {
		s.stream.seen = true
		d.totals.Sources++
	}
	d.totals.Lines += b.Lines
	d.totals.Bytes += b.RawLen
	for rule, n := range b.Rejects {
		if d.totals.Rejected == nil {
			d.totals.Rejected = make(map[string]int)
		}
		d.totals.Rejected[rule] += n
	}
}
