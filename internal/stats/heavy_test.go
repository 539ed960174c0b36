package stats

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"pgregory.net/rapid"
)

// countName counts n hits of a name as the Collector does.
func countName(h *heavy, name string) {
	e := h.byName.get(name)
	if e == nil {
		e = admit(h, h.byName.hash(name), hashOf(name), name)
	}
	if e != nil {
		e.hit(&readyHit{code: 10061, axis: AxisTime, at: 1, isNew: true})
	}
}

// TestHeaviestOfAMillionPeers hides 100 heavy peers among a million that are
// hit once, splits the hits eight ways, and merges the parts.
func TestHeaviestOfAMillionPeers(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var names []string
	want := make(map[string]int64)
	for i := range 100 {
		name := fmt.Sprintf("10.9.%d.%d:443", i, i)
		want[name] = int64(150 + 10*i)
		for range want[name] {
			names = append(names, name)
		}
	}
	for i := range 1_000_000 {
		names = append(names, fmt.Sprintf("172.%d.%d.%d:%d", i>>16&255, i>>8&255, i&255, 1000+i%7))
	}
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	parts := make([]*heavy, 8)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range parts {
		parts[i] = newHeavy(MaxPeers, peerCells)
	}
	whole := newHeavy(MaxPeers, peerCells)
	for i, name := range names {
		countName(parts[i%8], name)
		countName(whole, name)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 9*8<<20 {
		t.Errorf("nine tables take %d MiB", grown>>20)
	}
	for _, p := range parts[1:] {
		parts[0].merge(p)
	}
	for what, h := range map[string]*heavy{"one pass": whole, "eight parts": parts[0]} {
		checkHeavy(t, what, h, want, int64(len(names)))
	}
	runtime.KeepAlive(names)
}

func checkHeavy(t *testing.T, what string, h *heavy, want map[string]int64, total int64) {
	t.Helper()
	if !h.over() || h.byName.n != MaxPeers {
		t.Fatalf("%s: %d entries, over %v", what, h.byName.n, h.over())
	}
	if n := h.names(); n < 970_000 || n > 1_030_000 {
		t.Errorf("%s: %d different names, want about 1,000,100", what, n)
	}
	bound := h.bound()
	var sum int64
	for i, e := range h.sorted() {
		sum += e.n
		if i >= 100 {
			continue
		}
		n, ok := want[e.name]
		if !ok {
			t.Errorf("%s: place %d is %s with %d", what, i, e.name, e.n)
		}
		if e.n > n || e.upper() < n || n-e.n > bound {
			t.Errorf("%s: %s has %d..%d, truth %d, bound %d", what, e.name, e.n, e.upper(), n, bound)
		}
	}
	if sum+h.missed != total {
		t.Errorf("%s: rows hold %d and overflow %d of %d hits", what, sum, h.missed, total)
	}
	if bound > 60 {
		t.Errorf("%s: error bound %d", what, bound)
	}
}

// TestHeavyBoundsHold checks, on small tables that overflow early, that the
// truth always lies between what an entry saw and what it may have missed, in
// whatever way parts are merged.
func TestHeavyBoundsHold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 3))
		parts := make([]*heavy, 1+r.IntN(4))
		for i := range parts {
			parts[i] = newHeavy(9, 16)
		}
		truth := make(map[string]int64)
		total := int64(0)
		for range r.IntN(600) {
			name := fmt.Sprint("p", int(r.ExpFloat64()*10))
			truth[name]++
			total++
			countName(parts[r.IntN(len(parts))], name)
		}
		for len(parts) > 1 {
			parts[0].merge(parts[len(parts)-1])
			parts = parts[:len(parts)-1]
		}
		h, sum := parts[0], int64(0)
		for name, n := range truth {
			e := h.byName.get(name)
			switch {
			case e == nil && !h.over():
				rt.Fatalf("%s is missing from an exact table", name)
			case e == nil && n > h.bound():
				rt.Fatalf("%s with %d has no entry, bound %d", name, n, h.bound())
			case e != nil && (e.n > n || e.upper() < n):
				rt.Fatalf("%s has %d..%d, truth %d", name, e.n, e.upper(), n)
			}
		}
		for e := range h.byName.all() {
			sum += e.n
		}
		if sum+h.missed != total {
			rt.Fatalf("rows %d + overflow %d != %d", sum, h.missed, total)
		}
	})
}

func TestCappedTablesGoThroughJSON(t *testing.T) {
	c := New(Options{})
	for i := range 3 * MaxPeers {
		countName(c.peers, fmt.Sprint("peer", i%(2*MaxPeers)))
	}
	if back := throughJSON(t, c); dump(t, back) != dump(t, c) {
		t.Error("a capped table changes on its way through JSON")
	}
}

func TestEarliestResetsStay(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		times := rapid.SliceOfDistinct(rapid.Int64Range(0, 1000), func(v int64) int64 { return v }).Draw(rt, "times")
		var one, a, b entry
		for i, at := range times {
			one.reset(at)
			if i%2 == 0 {
				a.reset(at)
			} else {
				b.reset(at)
			}
		}
		b.merge(&a)
		if fmt.Sprint(one.resets) != fmt.Sprint(b.resets) {
			rt.Fatalf("%v and %v", one.resets, b.resets)
		}
	})
}

// TestLightestIsFound raises entries in heaps of all shapes, to which others come, and
// compares the one that is told to be the lightest with all.
func TestLightestIsFound(t *testing.T) {
	t.Parallel()
	for limit := 1; limit <= 40; limit++ {
		r := rand.New(rand.NewPCG(uint64(limit), 6))
		h := newHeavy(limit, 16)
		for i := range (limit + 1) / 2 {
			countName(h, fmt.Sprint("p", i))
		}
		h.overflow()
		for round := range 50 * limit {
			if round%20 == 0 && h.byName.n < limit {
				countName(h, fmt.Sprint("late", round))
			}
			for e := range h.byName.all() {
				if r.IntN(limit) == 0 {
					e.n += r.Int64N(20)
				}
			}
			least := h.lightest()
			for e := range h.byName.all() {
				if e.upper() < least.upper() {
					t.Fatalf("of %d entries, one of %d is told to be the lightest, another has %d", h.byName.n, least.upper(), e.upper())
				}
			}
			least.n++
		}
		if h.byName.n != limit {
			t.Fatalf("%d of %d entries came", h.byName.n, limit)
		}
	}
}

// TestCutsChangeNothingPastTheCaps counts the same lines in whole batches and one by one:
// an entry that was found before its turn may be another name's by then.
func TestCutsChangeNothingPastTheCaps(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		batches, _ := makeBatches(rand.New(rand.NewPCG(seed, 8)), 2, 3000, 60)
		whole, cut := smallCollector(9, 5), smallCollector(9, 5)
		for _, b := range batches {
			_ = whole.Batch(b) // marks the events
			lines := *b
			for i := range b.Records {
				lines.Records = b.Records[i : i+1]
				cut.own.Clear()
				cut.own.Prepare(&lines)
				_ = cut.Deliver(&lines, &cut.own)
				lines.Lines, lines.Bytes, lines.RawLen, lines.Rejects = 0, nil, 0, nil
			}
			if len(b.Records) == 0 {
				_ = cut.Batch(b)
			}
		}
		if !whole.peers.over() || !whole.templates.over() {
			t.Fatal("no cap is passed")
		}
		if dump(t, whole) != dump(t, cut) {
			t.Fatalf("seed %d: statistics depend on how batches are cut", seed)
		}
	}
}
