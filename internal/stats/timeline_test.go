package stats

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestTimelineDoublesAlikeInAnyOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		places := rapid.SliceOfN(rapid.Int64Range(-5000, 200_000), 0, 300).Draw(rt, "places")
		split := rapid.IntRange(0, len(places)).Draw(rt, "split")
		whole, a, b := newTimeline(10, 16), newTimeline(10, 16), newTimeline(10, 16)
		for i, at := range places {
			addTo(whole, at, 10054+i%2)
			if i < split {
				addTo(a, at, 10054+i%2)
			} else {
				addTo(b, at, 10054+i%2)
			}
		}
		b.merge(a)
		if x, y := fmt.Sprint(rowsOf(whole)), fmt.Sprint(rowsOf(b)); x != y {
			rt.Fatalf("one pass %s\nmerged   %s", x, y)
		}
		var sum int64
		for _, s := range whole.ordered() {
			sum += s.b.total
		}
		if sum != int64(len(places)) || len(whole.buckets) > 16 {
			rt.Fatalf("%d buckets hold %d of %d", len(whole.buckets), sum, len(places))
		}
	})
}

func TestStrayStampDoesNotBlurTheTimeline(t *testing.T) {
	l := newTimeline(1000, maxBuckets)
	for i := range 1000 {
		addTo(l, 1_780_000_000_000+int64(i)*1000, 10061)
	}
	addTo(l, 0, 10061)
	if l.unit != 1000 {
		t.Errorf("unit is %d ms", l.unit)
	}
}

// addTo counts a hit as the Collector does.
func addTo(l *timeline, at int64, code int) {
	b := l.at(at)
	b.total++
	b.codes.add(code, 1)
}

func rowsOf(l *timeline) [][]int64 {
	r := l.rows().Buckets
	return append([][]int64{{l.unit}}, r.all()...)
}
