package bytescan

import (
	"bytes"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"wsalog/matcher/fold"
)

// winsock are the decimals that wsalog looks for.
var winsock = []Range{{10004, 10112}, {11001, 11033}}

// literals reads the realistic literal set.
func literals(tb testing.TB) []Literal {
	tb.Helper()
	data, err := os.ReadFile("testdata/literals.txt")
	if err != nil {
		tb.Fatal(err)
	}
	var lits []Literal
	for line := range bytes.Lines(data) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		lits = append(lits, Literal{Bytes: line[1:], Fold: line[0] == '~'})
	}
	if len(lits) < 1000 {
		tb.Fatalf("%d literals, want at least 1000", len(lits))
	}
	return lits
}

// list makes literals of words; a leading ~ folds.
func list(words ...string) []Literal {
	var lits []Literal
	for _, w := range words {
		text, fold := bytes.CutPrefix([]byte(w), []byte("~"))
		lits = append(lits, Literal{Bytes: text, Fold: fold})
	}
	return lits
}

// naive is the specification of Next.
func naive(lits []Literal, ranges []Range, haystack []byte, from int) int {
	for p := from; p < len(haystack); p++ {
		for _, l := range lits {
			if beginsWith(haystack[p:], l) {
				return p
			}
		}
		if n := digitsAt(haystack, p); n == 5 && (p == 0 || !isDigit(haystack[p-1])) {
			value, _ := strconv.Atoi(string(haystack[p : p+5]))
			for _, r := range ranges {
				if value >= 10000 && r.Lo <= value && value <= r.Hi {
					return p
				}
			}
		}
	}
	return -1
}

func digitsAt(b []byte, p int) int {
	n := 0
	for p+n < len(b) && isDigit(b[p+n]) {
		n++
	}
	return n
}

func beginsWith(b []byte, l Literal) bool {
	if len(b) < len(l.Bytes) {
		return false
	}
	for i, c := range l.Bytes {
		if b[i] != c && !(l.Fold && fold.IsLetter(c) && b[i]^c == 0x20) {
			return false
		}
	}
	return true
}

// scanners builds one Scanner for each implementation, for which the set must be
// suitable.
func scanners(tb testing.TB, lits []Literal, ranges []Range) []*Scanner {
	tb.Helper()
	var all []*Scanner
	for _, name := range Impls() {
		s := New(lits, Options{Decimals: ranges, Impl: name})
		if s == nil {
			tb.Fatal("New declined")
		}
		if s.Impl() != name {
			tb.Fatalf("Impl = %q, want %q", s.Impl(), name)
		}
		all = append(all, s)
	}
	return all
}

func TestNextTable(t *testing.T) {
	tests := []struct {
		name     string
		words    []string
		ranges   []Range
		haystack string
		from     int
		want     int
	}{
		{"nothing to find", nil, nil, "abcdefgh", 0, -1},
		{"empty haystack", []string{"abcd"}, winsock, "", 0, -1},
		{"whole haystack", []string{"abcd"}, nil, "abcd", 0, 0},
		{"one byte short", []string{"abcd"}, nil, "abc", 0, -1},
		{"exact case", []string{"abcd"}, nil, "abcD ABCD abcd", 0, 10},
		{"folded", []string{"~abCd"}, nil, "abc AbcD", 0, 4},
		{"folding is ASCII letters only", []string{"~a[cd"}, nil, "a{cd A[CD", 0, 5},
		{"from behind the first", []string{"abcd"}, nil, "abcdabcd", 1, 4},
		{"from at the end", []string{"abcd"}, nil, "abcd", 4, -1},
		{"a later window, an earlier literal", []string{"the quick brown qqzx", "quick"}, nil,
			"see the quick brown qqzx", 0, 4},
		{"longest does not fit", []string{"the quick brown qqzx", "quick"}, nil, "see the quick brown qqz", 0, 8},
		{"overlapping", []string{"aaaa"}, nil, "baaaaa", 2, 2},
		{"NUL and 0xff", []string{"\x00\x00\xff\xff"}, nil, "\x00\x00\x00\xff\xff", 0, 1},
		{"UTF-8", []string{"积极拒绝"}, nil, "目标计算机积极拒绝", 0, 15},
		{"a decimal", nil, winsock, "error 10061", 0, 6},
		{"at both ends", nil, winsock, "10061", 0, 0},
		{"in a longer number", nil, winsock, "110061 100610 10061", 0, 14},
		{"the digit before from counts", nil, winsock, "110061", 1, -1},
		{"four digits", nil, winsock, "1006 x10061", 0, 6},
		{"below, above, in the gap", nil, winsock, "10003 10113 11000 11034 11033", 0, 24},
		{"inside an identifier", nil, winsock, "x10054y", 0, 1},
		{"literal and decimal at one place", []string{"10061x"}, winsock, "10061x", 0, 0},
		{"a range wider than five digits", nil, []Range{{1, 1 << 30}}, "1234 123456 99999", 0, 12},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			lits := list(tt.words...)
			if got := naive(lits, tt.ranges, []byte(tt.haystack), tt.from); got != tt.want {
				t.Errorf("the naive search says %d, the table %d", got, tt.want)
			}
			for _, name := range Impls() {
				s := New(lits, Options{Decimals: tt.ranges, Impl: name})
				if s == nil {
					t.Fatal("declined")
				}
				if got := s.Next([]byte(tt.haystack), tt.from); got != tt.want {
					t.Errorf("%s: Next = %d, want %d", name, got, tt.want)
				}
			}
		})
	}
}

func TestNewDeclines(t *testing.T) {
	var dense []string
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			for _, last := range "desntrylmagoh" { // most words end so
				dense = append(dense, "~"+string([]rune{a, b, last, ' '}))
			}
		}
	}
	tests := []struct {
		name  string
		words []string
		want  bool // declined
	}{
		{"a literal of three bytes", []string{"abcdef", "abc"}, true},
		{"a word of every line", []string{"0000", "2026", "http", " 200"}, false},
		{"thousands of common windows", dense, true},
	}
	for _, tt := range tests {
		if got := New(list(tt.words...), Options{}) == nil; got != tt.want {
			t.Errorf("%s: declined %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestNewPanicsOnUnknownImpl(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	New(nil, Options{Impl: "abacus"})
}

// TestPrefilterNeverMisses walks long text with the realistic literals, each put in
// once, and demands every place that the naive search finds.
func TestPrefilterNeverMisses(t *testing.T) {
	lits := literals(t)
	rng := rand.New(rand.NewPCG(3, 4))
	data, err := os.ReadFile("testdata/ordinary.log")
	if err != nil {
		t.Fatal(err)
	}
	all := scanners(t, lits, winsock)
	for i, l := range lits {
		at := rng.IntN(len(data) - 400)
		text := slices.Clone(data[at : at+200+rng.IntN(200)])
		place := rng.IntN(len(text) - len(l.Bytes))
		if l.Fold && rng.IntN(2) == 0 {
			l.Bytes = bytes.ToUpper(l.Bytes)
			if len(l.Bytes) != len(lits[i].Bytes) || !beginsWith(l.Bytes, lits[i]) {
				l = lits[i] // upper case of other scripts is another text
			}
		}
		copy(text[place:], l.Bytes)
		want := naive(lits, winsock, text, 0)
		if want < 0 || want > place {
			t.Fatalf("%q at %d: the naive search says %d", l.Bytes, place, want)
		}
		for _, s := range all {
			if got := s.Next(text, 0); got != want {
				t.Fatalf("%s: %q at %d: Next = %d, want %d", s.Impl(), l.Bytes, place, got, want)
			}
			if got := s.Next(text, place); got != place {
				t.Fatalf("%s: %q: Next from %d = %d", s.Impl(), l.Bytes, place, got)
			}
		}
	}
}

// TestAnyPlanFindsTheSame finds literals by plans drawn at random: a plan that other
// logs or literals were judged by is never wrong.
func TestAnyPlanFindsTheSame(t *testing.T) {
	lits := literals(t)
	rng := rand.New(rand.NewPCG(8, 9))
	text := ordinaryLog(t, 256<<10, 10)
	plan := NewPlan(lits, winsock)
	var want []int
	walk := func(s *Scanner, visit func(p int)) {
		for p := s.Next(text, 0); p >= 0; p = s.Next(text, p+1) {
			visit(p)
		}
	}
	walk(plan.Scanner(Options{Decimals: winsock}), func(p int) { want = append(want, p) })
	if len(want) < 100 {
		t.Fatalf("%d places prove nothing", len(want))
	}
	for range 3 {
		other := new(Plan)
		buckets := map[uint32]uint8{} // at random, that of the decimals, too
		for _, x := range slices.Concat(plan.Short, plan.Long) {
			if x.Bucket = 0; len(x.Text) >= long && rng.IntN(2) == 0 {
				x.At = uint8(rng.IntN(min(len(x.Text)-long+1, maxWindows-stride)))
				other.Long = append(other.Long, x)
				continue
			}
			x.At = uint8(rng.IntN(min(len(x.Text)-width+1, maxWindows)))
			if _, ok := buckets[x.key()]; !ok {
				buckets[x.key()] = uint8(rng.IntN(maxBuckets))
			}
			x.Bucket = buckets[x.key()]
			other.Short = append(other.Short, x)
		}
		other.Short = inOrder(other.Short, (*Planned).key)
		for _, name := range Impls() {
			var got []int
			walk(other.Scanner(Options{Decimals: winsock, Impl: name}), func(p int) { got = append(got, p) })
			if !slices.Equal(got, want) {
				t.Errorf("%s: %d places, want %d, or others", name, len(got), len(want))
			}
		}
	}
}

// TestNextEveryPlace is the sweep: each start of the slice in its memory, each length
// of haystack, and a hit at each place, none, or two.
func TestNextEveryPlace(t *testing.T) {
	lits := list("abcd", "~efghij", "klmnopqrstuvwxyz0123", "~ponmlkjihgfedcb")
	hits := []string{"abcd", "EfGhIj", "klmnopqrstuvwxyz0123", "10061", "ponmlkjihgFEDCB"} // the last is just long
	all := scanners(t, lits, winsock)
	memory := make([]byte, 64+260+64)
	for start := range 64 {
		for length := 0; length <= 260; length++ {
			if testing.Short() && (start*7+length)%5 != 0 {
				continue
			}
			for i := range memory { // outside the slice stands what must not be seen
				memory[i] = "abcd10061 "[i%10]
			}
			haystack := memory[start : start+length : start+length]
			for i := range haystack {
				haystack[i] = '.'
			}
			for _, s := range all {
				if got := s.Next(haystack, 0); got != -1 {
					t.Fatalf("%s: start %d, length %d: Next = %d in nothing", s.Impl(), start, length, got)
				}
			}
			hit := hits[(start+length)%len(hits)]
			for at := 0; at+len(hit) <= length; at++ {
				sweep(t, all, haystack, hit, at)
			}
			if t.Failed() {
				t.Fatalf("start %d, length %d", start, length)
			}
		}
	}
}

// sweep puts a hit at one place, and a second one behind it, and clears them again.
func sweep(t *testing.T, all []*Scanner, haystack []byte, hit string, at int) {
	copy(haystack[at:], hit)
	for _, s := range all {
		if s.Impl() == "twin" && at%101 != 0 {
			continue // slow; the others are compared with it elsewhere
		}
		if got := s.Next(haystack, 0); got != at {
			t.Errorf("%s: %s at %d: Next = %d", s.Impl(), hit, at, got)
		}
		if got := s.Next(haystack, at+1); got != -1 {
			t.Errorf("%s: %s at %d: Next behind it = %d", s.Impl(), hit, at, got)
		}
	}
	second := at + len(hit) + 1 + at%70
	if second+len(hit) <= len(haystack) {
		copy(haystack[second:], hit)
		for _, s := range all[:1] {
			if got := s.Next(haystack, at+1); got != second {
				t.Errorf("%s: second %s at %d: Next = %d", s.Impl(), hit, second, got)
			}
		}
		clearTo(haystack[second:second+len(hit)], '.')
	}
	clearTo(haystack[at:at+len(hit)], '.')
}

func clearTo(b []byte, c byte) {
	for i := range b {
		b[i] = c
	}
}

func TestNextDoesNotAllocate(t *testing.T) {
	data, err := os.ReadFile("testdata/ordinary.log")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range scanners(t, literals(t), winsock) {
		n := testing.AllocsPerRun(3, func() {
			for p := 0; p >= 0 && p < 1<<14; p = s.Next(data[:1<<14], p+1) {
			}
		})
		if n != 0 {
			t.Errorf("%s: %v allocations", s.Impl(), n)
		}
	}
}

// TestCandidatesAreRare counts what the implementations let through before any
// literal is compared.
func TestCandidatesAreRare(t *testing.T) {
	data, err := os.ReadFile("testdata/ordinary.log")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range scanners(t, literals(t), winsock) {
		n, end := 0, len(data)-width+1
		for p := 0; p < end; {
			_, mask, next := s.impl.find(s, data, p, end)
			for ; mask != 0; mask &= mask - 1 {
				n++
			}
			p = next
		}
		every := len(data) / max(1, n)
		t.Logf("%s: a candidate every %d bytes", s.Impl(), every)
		least := 1000
		if s.Impl() == "portable" {
			least = 50 // it has the hash alone, and no cost of a kernel's start
		}
		if every < least {
			t.Errorf("%s: a candidate every %d bytes, want at most one in %d", s.Impl(), every, least)
		}
	}
}
