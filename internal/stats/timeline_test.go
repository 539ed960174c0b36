package stats

import (
	"fmt"
	"maps"
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

// TestTimelineDoublesAsOftenAsItMust brings places so far apart that buckets twice as wide
// are still too many, and looks after each of them: a later place would double again.
func TestTimelineDoublesAsOftenAsItMust(t *testing.T) {
	t.Parallel()
	for _, places := range [][]int64{
		{0, 100, 200, 300, 400},
		{0, 1000, -1000, 5000, 70, 20_000, 10, 160_000, 0},
		{0, 10, 20, 30, 40_000, 80_000, 120_000, 160_000, 200_000},
	} {
		whole := newTimeline(10, 4)
		for n, at := range places {
			addTo(whole, at, 10061)
			checkWidth(t, "at", whole, places[:n+1])
			a, b := newTimeline(10, 4), newTimeline(10, 4)
			long := Timeline{Axis: AxisLine, Unit: 10}
			for i, at := range places[:n+1] {
				addTo([]*timeline{a, b}[i%2], at, 10061)
				long.Buckets = append(long.Buckets, Bucket{Start: Moment{Axis: AxisLine, At: at}, Hits: 1})
			}
			for _, m := range [][2]*timeline{{whole, newTimeline(10, 4)}, {a, b}, {newTimeline(10, 4), whole}} {
				m[0].merge(m[1])
				checkWidth(t, "merge", m[0], places[:n+1])
			}
			short := long.Coarser(4)
			again := newTimeline(short.Unit, 4)
			for _, row := range short.Buckets {
				again.bucket(again.index(row.Start.At)).total += row.Hits
			}
			checkWidth(t, "Coarser", again, places[:n+1])
		}
	}
}

// checkWidth wants the smallest width, doubled from 10, that needs no more buckets than
// l may have, and every place in its bucket.
func checkWidth(t *testing.T, what string, l *timeline, places []int64) {
	t.Helper()
	for unit := int64(10); ; unit *= 2 {
		want := make(map[int64]int64)
		for _, at := range places {
			want[floorDiv(at, unit)]++
		}
		if len(want) > l.limit {
			continue
		}
		got := make(map[int64]int64)
		for i, b := range l.buckets {
			got[i] = b.total
		}
		if l.unit != unit || !maps.Equal(got, want) {
			t.Errorf("%s: places %v are in buckets %v of %d, want %v of %d", what, places, got, l.unit, want, unit)
		}
		return
	}
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
