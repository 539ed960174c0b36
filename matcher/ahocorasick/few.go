package ahocorasick

import (
	"cmp"
	"slices"
)

// A Few searches short texts for many literals without an automaton: what an
// automaton gains on them does not pay for building it. It is immutable and safe for
// use by several goroutines.
type Few struct {
	texts   []string
	lengths []int               // of heads, those that there are
	chains  [1 << fewBits]int32 // by the hash of a head: 1 + the first text that begins with it
	next    []int32             // by text: 1 + the next one of its chain
}

const (
	headSize = 4 // bytes of a text that are its head; a shorter text is its own
	fewBits  = 12
)

// NewFew prepares the search for texts, none of which may be empty; ASCII letters
// match in either case. It keeps the slice.
func NewFew(texts []string) *Few {
	f := &Few{texts: texts, next: make([]int32, len(texts))}
	for i := len(texts) - 1; i >= 0; i-- { // so that a chain is in order
		n := min(len(texts[i]), headSize)
		if !slices.Contains(f.lengths, n) {
			f.lengths = append(f.lengths, n)
		}
		c := &f.chains[fewHash(texts[i], n)]
		f.next[i], *c = *c, int32(i)+1
	}
	return f
}

// fewHash is the hash of the head s[:n] in either case.
func fewHash[T string | []byte](s T, n int) uint32 {
	h := uint32(n)
	for i := range n {
		h = h<<8 ^ h>>24 ^ uint32(s[i]|0x20)
	}
	return h * 0x9E3779B1 >> (32 - fewBits)
}

// Append appends the same occurrences as Automaton.Append of an automaton of the
// texts, folded, and in the same order.
func (f *Few) Append(dst []Occurrence, haystack []byte) []Occurrence {
	from := len(dst)
	for at := range haystack {
		rest := haystack[at:]
		for _, n := range f.lengths {
			if n > len(rest) {
				continue
			}
			for i := f.chains[fewHash(rest, n)]; i != 0; i = f.next[i-1] {
				if text := f.texts[i-1]; begins(rest, text) {
					dst = append(dst, Occurrence{i - 1, int32(at + len(text))})
				}
			}
		}
	}
	slices.SortFunc(dst[from:], func(a, b Occurrence) int {
		return cmp.Or(cmp.Compare(a.End, b.End), cmp.Compare(len(f.texts[b.Pattern]), len(f.texts[a.Pattern])),
			cmp.Compare(a.Pattern, b.Pattern))
	})
	return dst
}

// begins reports whether s begins with text in either case.
func begins(s []byte, text string) bool {
	if len(s) < len(text) {
		return false
	}
	for i := range len(text) {
		if lower[s[i]] != lower[text[i]] {
			return false
		}
	}
	return true
}
