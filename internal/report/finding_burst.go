package report

import (
	"slices"

	"wsalog/internal/stats"
)

// A spot is a bucket of the timeline that holds hits in question.
type spot struct {
	bucket int
	n      int64
}

// A burst is a stretch that holds four fifths of some hits; ok when it is short.
type burst struct {
	from, to stats.Moment
	ok       bool
}

// window finds the shortest stretch of the timeline that holds four fifths of
// the hits of some codes.
func (f *finder) window(codes ...int) (from, to stats.Moment, ok bool) {
	spots, buckets := f.spots[:0], f.t.Timeline.Buckets
	var all int64
	for i := range buckets {
		var n int64
		for _, c := range buckets[i].Codes {
			if slices.Contains(codes, c.Code) {
				n += c.N
			}
		}
		if n > 0 {
			spots = append(spots, spot{i, n})
			all += n
		}
	}
	f.spots = spots
	best, sum, tail := int64(-1), int64(0), 0
	for _, head := range spots {
		sum += head.n
		for (sum-spots[tail].n)*5 >= all*4 {
			sum -= spots[tail].n
			tail++
		}
		first, last := &buckets[spots[tail].bucket].Start, &buckets[head.bucket].Start
		if long := last.At - first.At; sum*5 >= all*4 && (best < 0 || long < best) {
			best, from, to, ok = long, *first, *last, true
		}
	}
	return from, to, ok
}

// burst reports whether four fifths of the hits of some codes fall into a tenth
// of the period or less.
func (f *finder) burst(codes ...int) (from, to stats.Moment, ok bool) {
	if len(codes) == 1 {
		if known, found := f.bursts[codes[0]]; found {
			return known.from, known.to, known.ok
		}
	}
	from, to, ok = f.window(codes...)
	ok = ok && f.t.Axis == stats.AxisTime && f.timed(f.t.Hits) && (to.At-from.At)*10 <= f.length()
	if len(codes) == 1 {
		f.bursts[codes[0]] = burst{from, to, ok}
	}
	return from, to, ok
}
