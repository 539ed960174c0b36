package stats

import (
	"cmp"
	"slices"
)

// A CodeCount is how often a code was hit.
type CodeCount struct {
	Code int
	N    int64
}

// counts is a short list of codes in ascending order. Lines that share a
// bucket, peer or template seldom hold more than a few codes, so a sorted slice
// beats a map in time and memory.
type counts []CodeCount

// add reports whether the code is new.
func (c *counts) add(code int, n int64) bool {
	list := *c
	for i := range list {
		if list[i].Code == code {
			list[i].N += n
			return false
		}
		if list[i].Code > code {
			*c = slices.Insert(list, i, CodeCount{code, n})
			return true
		}
	}
	*c = append(list, CodeCount{code, n})
	return true
}

func (c *counts) merge(o counts) {
	for _, e := range o {
		c.add(e.Code, e.N)
	}
}

// A bucket counts the hits of one stretch of an axis.
type bucket struct {
	total int64
	codes counts // nil where only totals are kept
}

// A timeline counts hits in buckets of equal width, which double as soon as
// more than limit of them are occupied. Empty stretches cost nothing, so that
// one stray stamp years away does not blur the rest.
//
// The width depends on the set of places alone, never on their order: a width is
// given up only when it needs too many buckets for what was seen so far, and
// then it needs too many for all of it. Bucket i of width 2w covers exactly the
// buckets 2i and 2i+1 of width w. So timelines merge in any order.
type timeline struct {
	unit    int64             // width of a bucket in units of the axis
	limit   int               // occupied buckets, at most
	buckets map[int64]*bucket // by index; index i covers [i·unit, (i+1)·unit)

	last     *bucket // that at returned last, nil when unknown
	from, to int64   // the places it covers
}

func newTimeline(unit int64, limit int) *timeline {
	return &timeline{unit: unit, limit: limit, buckets: make(map[int64]*bucket)}
}

// index returns the bucket that holds at; places before 0 round down, too.
func (t *timeline) index(at int64) int64 { return floorDiv(at, t.unit) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// at returns the bucket that holds a place, for a hit there. The bucket belongs to the
// timeline until the next call.
func (t *timeline) at(at int64) *bucket {
	if !t.covers(at) {
		t.bucket(t.index(at))
		for len(t.buckets) > t.limit {
			t.double()
		}
		i := t.index(at)
		t.last, t.from, t.to = t.buckets[i], i*t.unit, (i+1)*t.unit
	}
	return t.last
}

// covers reports whether the latest bucket holds a place.
func (t *timeline) covers(at int64) bool { return t.last != nil && at >= t.from && at < t.to }

func (t *timeline) bucket(i int64) *bucket {
	b := t.buckets[i]
	if b == nil {
		b = &bucket{}
		t.buckets[i] = b
	}
	return b
}

// double makes the buckets twice as wide.
func (t *timeline) double() {
	old := t.buckets
	t.buckets = make(map[int64]*bucket, len(old)/2+1)
	t.unit *= 2
	t.last = nil
	for i, b := range old {
		t.take(floorDiv(i, 2), b)
	}
}

// take adds b, which it may keep, to bucket i.
func (t *timeline) take(i int64, b *bucket) {
	have := t.buckets[i]
	if have == nil {
		t.buckets[i] = b
		return
	}
	have.total += b.total
	have.codes.merge(b.codes)
}

// merge adds o, which stays as it is.
func (t *timeline) merge(o *timeline) {
	for t.unit < o.unit {
		t.double()
	}
	t.last = nil
	ratio := t.unit / o.unit
	for i, b := range o.buckets {
		t.take(floorDiv(i, ratio), &bucket{b.total, slices.Clone(b.codes)})
	}
	for len(t.buckets) > t.limit {
		t.double()
	}
}

// A stretch is a bucket with its index.
type stretch struct {
	index int64
	b     *bucket
}

// ordered lists the occupied buckets in their order.
func (t *timeline) ordered() []stretch {
	list := make([]stretch, 0, len(t.buckets))
	for i, b := range t.buckets {
		list = append(list, stretch{i, b})
	}
	slices.SortFunc(list, func(a, b stretch) int { return cmp.Compare(a.index, b.index) })
	return list
}
