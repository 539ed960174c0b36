package bytescan

import (
	"bytes"
	"strings"
	"testing"
)

// FuzzNext reads literals from lines, a line that begins with ~ folds, and compares
// all places that each implementation finds with those of the naive search.
func FuzzNext(f *testing.F) {
	f.Add("~wsaeconnrefused\n0x274d\n-4078", "connect: WSAECONNREFUSED (10061, 0x274d) errno -4078", 10004, 10112)
	f.Add("积极拒绝\nhost", "由于目标计算机积极拒绝，无法连接。 host hosthost", 11001, 11033)
	f.Add("aaaa\n~AAAAa\naaaaaaaa", strings.Repeat("a", 12)+strings.Repeat("A", 20)+strings.Repeat("a", 50), 0, 0)
	f.Add("\x00\x00\x00\x00\n\xff\xff\xff\xff", "\xff\xff\xff\x00\x00\x00\x00\x00\x00", 12345, 12346)
	f.Fuzz(func(t *testing.T, words, haystack string, lo, hi int) {
		if len(haystack) > 1<<10 || len(words) > 1<<9 {
			t.Skip("the naive search would take too long")
		}
		var lits []Literal
		for w := range bytes.SplitSeq([]byte(words), []byte("\n")) {
			text, fold := bytes.CutPrefix(w, []byte("~"))
			if len(text) >= width {
				lits = append(lits, Literal{Bytes: text, Fold: fold})
			}
		}
		lo, hi = lo%100000, hi%100000
		ranges := []Range{{lo, min(hi, lo+40)}}
		var want []int
		for p := naive(lits, ranges, []byte(haystack), 0); p >= 0; p = naive(lits, ranges, []byte(haystack), p+1) {
			want = append(want, p)
		}
		for _, name := range Impls() {
			s := New(lits, Options{Decimals: ranges, Impl: name})
			if s == nil {
				t.Skip("declined")
			}
			i := 0
			for p := s.Next([]byte(haystack), 0); p >= 0; p = s.Next([]byte(haystack), p+1) {
				if i == len(want) || p != want[i] {
					t.Fatalf("%s: %dth place %d of %q in %q, want %v", name, i, p, words, haystack, want)
				}
				i++
			}
			if i != len(want) {
				t.Fatalf("%s: %d places of %q in %q, want %v", name, i, words, haystack, want)
			}
		}
	})
}

// FuzzKernels compares the kernels with their specification where literals are such
// that windows are common.
func FuzzKernels(f *testing.F) {
	f.Add("abcd\nabce\nbbcd", append(bytes.Repeat([]byte("abcdabceabbcdab"), 5), "10061 110061 1006100110 10054"...))
	f.Fuzz(func(t *testing.T, words string, b []byte) {
		tables := new(nibbleTables)
		buckets, i := make([]masks, maxBuckets-1), 0
		for w := range bytes.SplitSeq([]byte(words), []byte("\n")) {
			if len(w) >= width {
				buckets[i%len(buckets)].add([width]byte(w), i%2 == 0)
				tables.know(keyOf(w))
				i++
			}
			if len(w) >= wide {
				tables.knowWide(wideKeyOf(w))
			}
		}
		tables.fill(buckets, newDecimals(winsock))
		n := (len(b) - 1 - digits) &^ (block - 1)
		if n < 0 {
			return
		}
		for name, kernel := range nibbleKernels() {
			for _, inner := range []bool{false, true} {
				wantAt, wantMask := scanNibbles(tables, b, 1, n, inner)
				if at, mask := kernel(tables, b, 1, n, inner); at != wantAt || mask != wantMask {
					t.Fatalf("%s, inner %v = %d %#x, want %d %#x", name, inner, at, mask, wantAt, wantMask)
				}
			}
		}
	})
}
