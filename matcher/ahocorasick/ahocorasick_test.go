package ahocorasick

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"wsalog/matcher/fold"
)

// naive is the specification of Append: every pattern at every place.
func naive(patterns []Pattern, haystack []byte) []Occurrence {
	var all []Occurrence
	for end := 1; end <= len(haystack); end++ {
		from := len(all)
		for i, p := range patterns {
			if n := len(p.Bytes); n <= end && equal(p, haystack[end-n:end]) {
				all = append(all, Occurrence{int32(i), int32(end)})
			}
		}
		slices.SortStableFunc(all[from:], func(x, y Occurrence) int {
			return len(patterns[y.Pattern].Bytes) - len(patterns[x.Pattern].Bytes)
		})
	}
	return all
}

func equal(p Pattern, b []byte) bool {
	for i, c := range p.Bytes {
		if b[i] != c && !(p.Fold && fold.IsLetter(c) && b[i]^c == 0x20) {
			return false
		}
	}
	return true
}

func patterns(words ...string) []Pattern {
	var ps []Pattern
	for _, w := range words {
		fold := w[0] == '~'
		if fold {
			w = w[1:]
		}
		ps = append(ps, Pattern{[]byte(w), fold})
	}
	return ps
}

// show writes patterns in the notation of the tables.
func show(ps []Pattern) string {
	words := make([]string, len(ps))
	for i, p := range ps {
		if p.Fold {
			words[i] = "~"
		}
		words[i] += string(p.Bytes)
	}
	return fmt.Sprintf("%q", words)
}

func TestAppendTable(t *testing.T) {
	tests := []struct {
		name     string
		words    []string // a leading ~ folds
		haystack string
		want     []Occurrence
	}{
		{"none", nil, "abc", nil},
		{"empty haystack", []string{"a"}, "", nil},
		{"one", []string{"abc"}, "xabcx", []Occurrence{{0, 4}}},
		{"whole haystack", []string{"abc"}, "abc", []Occurrence{{0, 3}}},
		{"overlapping itself", []string{"aa"}, "aaaa", []Occurrence{{0, 2}, {0, 3}, {0, 4}}},
		{"suffixes, longer first", []string{"he", "she", "his", "hers"}, "ushers", []Occurrence{{1, 4}, {0, 4}, {3, 6}}},
		{"duplicates", []string{"ab", "ab", "~AB"}, "ab", []Occurrence{{0, 2}, {1, 2}, {2, 2}}},
		{"exact case", []string{"ab", "AB", "~aB"}, "AB", []Occurrence{{1, 2}, {2, 2}}},
		{"exact suffix of folded", []string{"~xab", "AB"}, "XAB", []Occurrence{{0, 3}, {1, 3}}},
		{"folding is ASCII only", []string{"~é@["}, "É@[ é`{ é@[", []Occurrence{{0, 14}}},
		{"after a failed longer one", []string{"abcde", "bcd"}, "abcdx", []Occurrence{{1, 4}}},
		{"NUL and 0xff", []string{"\x00\xff"}, "\x00\x00\xff\xff", []Occurrence{{0, 3}}},
		{"nested", []string{"d", "cd", "bcd", "abcd"}, "abcd", []Occurrence{{3, 4}, {2, 4}, {1, 4}, {0, 4}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ps := patterns(tt.words...)
			a, err := New(ps)
			if err != nil {
				t.Fatal(err)
			}
			got := a.Append(nil, []byte(tt.haystack))
			if !slices.Equal(got, tt.want) {
				t.Errorf("Append = %v, want %v", got, tt.want)
			}
			if spec := naive(ps, []byte(tt.haystack)); !slices.Equal(spec, tt.want) {
				t.Errorf("the naive search says %v, the table %v", spec, tt.want)
			}
		})
	}
}

func TestNewRejectsEmptyPattern(t *testing.T) {
	if _, err := New(patterns("a", "b")); err != nil {
		t.Fatal(err)
	}
	_, err := New([]Pattern{{Bytes: []byte("a")}, {}})
	if err == nil || err.Error() != "build automaton: pattern 1 is empty" {
		t.Errorf("err = %v", err)
	}
}

// TestAppendEqualsNaive draws many small sets over a small alphabet, where
// patterns overlap, contain and continue each other.
func TestAppendEqualsNaive(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for round := range 3000 {
		alphabet := []byte("aAbB1\xe4")[:1+rng.IntN(6)]
		word := func(n int) []byte {
			w := make([]byte, n)
			for i := range w {
				w[i] = alphabet[rng.IntN(len(alphabet))]
			}
			return w
		}
		ps := make([]Pattern, rng.IntN(12))
		for i := range ps {
			ps[i] = Pattern{word(1 + rng.IntN(7)), rng.IntN(2) == 0}
		}
		haystack := word(rng.IntN(120))
		check(t, ps, haystack)
		if t.Failed() {
			t.Fatalf("round %d", round)
		}
	}
}

// check compares every method with the naive search.
func check(t *testing.T, ps []Pattern, haystack []byte) {
	t.Helper()
	a, err := New(ps)
	if err != nil {
		t.Fatal(err)
	}
	want := naive(ps, haystack)
	if got := a.Append(nil, haystack); !slices.Equal(got, want) {
		t.Errorf("Append(%q) of %s = %v, want %v", haystack, show(ps), got, want)
	}
	first, ok := a.First(haystack)
	if ok != (len(want) > 0) || ok && first != want[0] || a.Contains(haystack) != ok {
		t.Errorf("First(%q) of %s = %v %v, want %v", haystack, show(ps), first, ok, want)
	}
	checkTable(t, ps, haystack)
}

func TestAppendKeepsWhatIsThere(t *testing.T) {
	a, err := New(patterns("ab"))
	if err != nil {
		t.Fatal(err)
	}
	got := a.Append([]Occurrence{{7, 7}}, []byte("ab"))
	if !slices.Equal(got, []Occurrence{{7, 7}, {0, 2}}) {
		t.Errorf("got %v", got)
	}
}

func TestAppendDoesNotAllocate(t *testing.T) {
	a, err := New(patterns("~error", "refused", "10061"))
	if err != nil {
		t.Fatal(err)
	}
	haystack := bytes.Repeat([]byte("2026-01-02 ERROR connection refused (10061)\n"), 50)
	dst := a.Append(nil, haystack)
	if len(dst) != 150 {
		t.Fatalf("%d occurrences, want 150", len(dst))
	}
	if n := testing.AllocsPerRun(20, func() { dst = a.Append(dst[:0], haystack) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// TestAppendEveryPlace puts one literal at each place of haystacks of each length,
// so that it meets each phase of the gate's stride and its margin.
func TestAppendEveryPlace(t *testing.T) {
	sets := [][]Pattern{
		patterns("abc"),                          // narrower than a head
		patterns("abcd", "~WXYZ"),                // looks at every place
		patterns("abcde", "~vwxyz", "abcdefghi"), // at every other
		patterns("abcdefgh", "defghijklm"),
	}
	for _, ps := range sets {
		a, err := New(ps)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range ps {
			for length := len(p.Bytes); length <= 80; length++ {
				for at := 0; at+len(p.Bytes) <= length; at++ {
					haystack := bytes.Repeat([]byte("-"), length)
					copy(haystack[at:], p.Bytes)
					got := a.Append(nil, haystack)
					if !slices.Contains(got, Occurrence{int32(i), int32(at + len(p.Bytes))}) ||
						!slices.Equal(got, a.plain(nil, haystack)) {
						t.Fatalf("%s at %d of %d: %v", p.Bytes, at, length, got)
					}
				}
			}
		}
	}
}

// TestAppendEqualsPlainOnLogs compares on long text with the realistic literals.
func TestAppendEqualsPlainOnLogs(t *testing.T) {
	a, err := New(literals(t))
	if err != nil {
		t.Fatal(err)
	}
	text := ordinaryLog(t, 1<<20, 20)
	want := a.plain(nil, text)
	if got := a.Append(nil, text); len(want) < 300 || !slices.Equal(got, want) {
		t.Errorf("%d occurrences, want %d (at least 300)", len(got), len(want))
	}
}
