package stats

import "fmt"

// most bounds every count and place of a State: no log reaches it, sums of many
// such figures do not overflow, and JSON readers of other languages can hold it.
const most = 1 << 53

// check finds figures that no Collector can have written.
func (s *State) check() error {
	t := &s.Totals
	err := counted("totals", t.Lines, t.Bytes, t.Hits, t.HitLines, t.Events, t.InfoLines, t.NoTime)
	for i := range s.Codes {
		c := &s.Codes[i]
		err = first(err, counted("a code", c.Hits, c.Events, c.Low), counted("forms", c.Forms...),
			counted("forms", c.FormEvents...), c.Spans.check(), pairsCheck(c.Week), pairsCheck(c.Day),
			pairsCheck(c.HourEvents[0]), pairsCheck(c.HourEvents[1]))
		for _, n := range c.Calls {
			err = first(err, counted("calls", n[:]...))
		}
	}
	for i := range s.Files {
		f := &s.Files[i]
		err = first(err, counted("a file", f.Counts[:]...), pairsCheck(f.Codes), f.Spans.check(), f.Period.check())
	}
	for _, h := range []*HeavyState{&s.Peers, &s.Templates} {
		err = first(err, counted("overflow", h.Missed))
		for i := range h.Entries {
			e := &h.Entries[i]
			err = first(err, counted("a name", e.Counts[:]...), pairsCheck(e.Codes), e.Spans.check())
			for _, at := range e.Resets {
				err = first(err, placed(at))
			}
		}
	}
	for _, list := range [][]TimelineState{s.Lines, s.Minutes} {
		for i := range list {
			err = first(err, list[i].check())
		}
	}
	for _, n := range s.Related {
		err = first(err, counted("relatives", n))
	}
	for _, m := range []map[string]int64{s.Rejected, s.Timeouts} {
		for _, n := range m {
			err = first(err, counted("look-alikes", n))
		}
	}
	return err
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func counted(what string, list ...int64) error {
	for _, n := range list {
		if n < 0 || n > most {
			return fmt.Errorf("state holds an impossible count of %s: %d", what, n)
		}
	}
	return nil
}

func placed(at int64) error {
	if at < -most || at > most {
		return fmt.Errorf("state holds an impossible time or line: %d", at)
	}
	return nil
}

// pairsCheck checks a list of code, or hour, and count.
func pairsCheck(list [][2]int64) error {
	for _, p := range list {
		if err := counted("a code", p[0], p[1]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Spans) check() error {
	for i := range s {
		if err := first(counted("places", s[i].N), placed(s[i].First), placed(s[i].Last)); err != nil {
			return err
		}
	}
	return nil
}

func (t *TimelineState) check() error {
	if t.Unit <= 0 || t.Unit > most {
		return fmt.Errorf("state holds a timeline with buckets of %d", t.Unit)
	}
	for _, row := range t.Buckets {
		if len(row) == 0 {
			continue
		}
		if i := row[0]; i < -most/t.Unit || i > most/t.Unit {
			return placed(most + 1)
		}
		if err := counted("a bucket", row[1:]...); err != nil {
			return err
		}
	}
	return nil
}
