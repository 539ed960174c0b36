package stats

import (
	"slices"
	"sync"
)

// StateRows is a State whose long lists are made row by row, for a writer that needs
// no more than one row at a time.
type StateRows struct {
	Rest             func() *State // makes it without the lists below
	Peers, Templates HeavyRows
	Lines, Minutes   []TimelineRows
}

// Rows are the rows of one list. At fills a row that may hold an earlier one, whose
// memory it uses; the row then shares memory with the Collector. Rows may be made by
// several goroutines at once, until the Collector counts on.
type Rows[T any] struct {
	N  int
	At func(i int, row *T)
}

// TimelineRows are the rows of a TimelineState.
type TimelineRows struct {
	Unit    int64
	Buckets Rows[[]int64]
}

// HeavyRows are the rows of a HeavyState. Rest makes its other members, which takes
// long past the cap.
type HeavyRows struct {
	Entries Rows[EntryState]
	Rest    func() HeavyState
}

// StateRows returns what a report must carry to be merged with others later. It is
// that of the Collector: use it before the Collector counts on.
func (t *Table) StateRows() *StateRows {
	r := t.origin.stateRows(t.peers, t.templates)
	r.Lines[t.Axis].Buckets = bucketRows(len(t.buckets), func() []stretch { return t.buckets })
	return r
}

// stateRows takes the sorted entries.
func (c *Collector) stateRows(peers, templates []*entry) *StateRows {
	r := &StateRows{
		Rest:      c.stateRest,
		Peers:     HeavyRows{entryRows(peers), c.peers.rest},
		Templates: HeavyRows{entryRows(templates), c.templates.rest},
	}
	for _, t := range c.lines {
		r.Lines = append(r.Lines, t.rows())
	}
	for _, t := range c.minutes {
		r.Minutes = append(r.Minutes, t.rows())
	}
	return r
}

func (c *Collector) stateRest() *State {
	s := &State{
		Version: stateVersion, Totals: c.totals,
		Codes: slices.Grow([]CodeState(nil), len(c.codes)), Files: slices.Grow([]FileState(nil), len(c.files)),
		Related: clone(c.related), Rejected: clone(c.rejected), Timeouts: clone(c.timeouts), Zones: clone(c.zones),
	}
	for _, number := range sortedKeys(c.codes) {
		s.Codes = append(s.Codes, c.codes[number].state(number))
	}
	for _, name := range sortedKeys(c.files) {
		s.Files = append(s.Files, c.files[name].state(name))
	}
	return s
}

func entryRows(list []*entry) Rows[EntryState] {
	return Rows[EntryState]{len(list), func(i int, row *EntryState) {
		e := list[i]
		row.Name, row.Counts, row.Spans = e.name, [3]int64{e.n, e.err, e.events}, e.spans
		row.Codes = e.codes.pairs(row.Codes[:0])
		row.Resets = append(row.Resets[:0], e.resets...)
		row.Sample = e.sample
	}}
}

func (t *timeline) rows() TimelineRows {
	return TimelineRows{t.unit, bucketRows(len(t.buckets), sync.OnceValue(t.ordered))}
}

// bucketRows takes n buckets from a function that several goroutines may call.
func bucketRows(n int, list func() []stretch) Rows[[]int64] {
	return Rows[[]int64]{n, func(i int, row *[]int64) {
		s := list()[i]
		b := s.b
		*row = append((*row)[:0], s.index, b.total)
		for _, c := range b.codes {
			*row = append(*row, int64(c.Code), c.N)
		}
	}}
}

// all makes all rows. They share memory with the Collector where At does.
func (r *Rows[T]) all() []T {
	list := make([]T, r.N)
	for i := range list {
		r.At(i, &list[i])
	}
	return list
}

func (r *TimelineRows) all() TimelineState { return TimelineState{r.Unit, r.Buckets.all()} }

// all makes all of a HeavyState. It shares nothing with the Collector.
func (r *HeavyRows) all() HeavyState {
	s := r.Rest()
	s.Entries = r.Entries.all()
	for i := range s.Entries {
		if e := &s.Entries[i]; e.Sample != nil {
			sample := *e.Sample
			e.Sample = &sample
		}
	}
	return s
}
