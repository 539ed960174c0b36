package ahocorasick

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"
)

// tableOf returns the table of patterns, by number, and the patterns as it sees them.
func tableOf(ps []Pattern) (*Table, []Pattern) {
	texts, ids, folded := make([]string, len(ps)), make([]int32, len(ps)), make([]Pattern, len(ps))
	for i, p := range ps {
		texts[i], ids[i], folded[i] = string(p.Bytes), int32(i), Pattern{Bytes: p.Bytes, Fold: true}
	}
	return NewTable(texts, ids), folded
}

// checkTable compares a table with the naive search.
func checkTable(t *testing.T, ps []Pattern, haystack []byte) {
	t.Helper()
	var s Scratch
	table, folded := tableOf(ps)
	before := Occurrence{7, 99}
	got := table.Append([]Occurrence{before}, haystack, &s)
	if want := naive(folded, haystack); got[0] != before || !slices.Equal(got[1:], want) {
		t.Errorf("the table of %s finds in %q %v, want %v", show(ps), haystack, got, want)
	}
}

func TestTableGivesIDs(t *testing.T) {
	var s Scratch
	table := NewTable([]string{"connect", "Connection", "port", "connect", "1"}, []int32{10, 20, 30, 30, 41})
	got := table.Append(nil, []byte("CONNECTION port 1"), &s)
	if want := []Occurrence{{10, 7}, {30, 7}, {20, 10}, {30, 15}, {41, 17}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestTableLargeGroups has so many texts with one head that their group is sorted. They
// contain, continue and equal each other.
func TestTableLargeGroups(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for round := range 400 {
		tail := func(n int) []byte {
			b := make([]byte, n)
			for i := range b {
				b[i] = "aBb\x00"[rng.IntN(4)]
			}
			return b
		}
		var ps []Pattern
		var haystack []byte
		for range linear + rng.IntN(60) {
			ps = append(ps, Pattern{append([]byte("head"), tail(rng.IntN(10))...), true})
		}
		for range 12 {
			haystack = append(append(haystack, "HeAd"...), tail(rng.IntN(14))...)
		}
		checkTable(t, ps, haystack)
		if t.Failed() {
			t.Fatalf("round %d", round)
		}
	}
}

// TestTableEveryPlace puts texts of each length across the borders of blocks and parts,
// and at the end.
func TestTableEveryPlace(t *testing.T) {
	ps := patterns("ab", "abc", "abcd", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmnopqrstuvwxyz")
	table, _ := tableOf(ps)
	longest := ps[len(ps)-1].Bytes
	var s Scratch
	for _, border := range []int{block, part, 2 * part} {
		for at := border - len(longest) - 2; at < border+2; at++ {
			for _, length := range []int{at + len(longest), at + len(longest) + 1, border + part + 100} {
				haystack := bytes.Repeat([]byte("-"), length)
				copy(haystack[at:], longest)
				var want []Occurrence
				for i, p := range ps {
					want = append(want, Occurrence{int32(i), int32(at + len(p.Bytes))})
				}
				if got := table.Append(nil, haystack, &s); !slices.Equal(got, want) {
					t.Fatalf("at %d of %d: %v, want %v", at, length, got, want)
				}
				haystack = haystack[:at+5] // within all but three
				if got := table.Append(nil, haystack, &s); !slices.Equal(got, want[:3]) {
					t.Fatalf("at %d, cut: %v, want %v", at, got, want[:3])
				}
			}
		}
	}
}

// TestTableEqualsAutomatonOnLogs compares, line by line and in one piece, on long text
// with the realistic literals. One scratch serves all.
func TestTableEqualsAutomatonOnLogs(t *testing.T) {
	table, folded := tableOf(literals(t))
	a, err := New(folded)
	if err != nil {
		t.Fatal(err)
	}
	var s Scratch
	text, found := ordinaryLog(t, 1<<20, 20), 0
	for line := range bytes.Lines(text) {
		want := a.plain(nil, line)
		if got := table.Append(nil, line, &s); !slices.Equal(got, want) {
			t.Fatalf("%q: %v, want %v", line, got, want)
		}
		found += len(want)
	}
	want := a.plain(nil, text)
	if got := table.Append(nil, text, &s); found < 300 || !slices.Equal(got, want) {
		t.Errorf("%d occurrences, want %d; in lines %d (at least 300)", len(got), len(want), found)
	}
}

func TestTableDoesNotAllocate(t *testing.T) {
	table, _ := tableOf(patterns("error", "refused", "10061"))
	haystack := bytes.Repeat([]byte("2026-01-02 ERROR connection refused (10061)\n"), 200)
	var s Scratch
	dst := table.Append(nil, haystack, &s)
	if len(dst) != 600 {
		t.Fatalf("%d occurrences, want 600", len(dst))
	}
	if n := testing.AllocsPerRun(20, func() { dst = table.Append(dst[:0], haystack, &s) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkNewTable(b *testing.B) {
	ps := literals(b)
	texts, ids := make([]string, len(ps)), make([]int32, len(ps))
	for i, p := range ps {
		texts[i], ids[i] = string(p.Bytes), int32(i)
	}
	b.ReportAllocs()
	for b.Loop() {
		NewTable(texts, ids)
	}
}
