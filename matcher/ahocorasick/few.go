package ahocorasick

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// A Few searches short haystacks for many literals without an automaton: what an
// automaton gains on them does not pay for building it. It is immutable and safe for
// use by several goroutines.
type Few struct {
	texts []string
	heads [headSize]*heads // of texts by the length of their heads, nil without any
	next  []int32          // by text: 1 + the next one of its chain
	words []uint32         // by text: its head
}

// headSize is how many bytes of a text are its head; a shorter text is its own.
const headSize = 4

// heads holds the heads of one length.
type heads struct {
	mask   uint32
	known  [1 << headsBits / 64]uint64 // by their hash
	chains [1 << chainBits]int32       // by its upper bits: 1 + the first text
}

const (
	headsBits = 15
	chainBits = 12
)

func (h *heads) hash(word uint32) uint32 { return (word & h.mask) * 0x9E3779B1 >> (32 - headsBits) }

// NewFew prepares the search for texts, none of which may be empty; ASCII letters
// match in either case. It keeps the slice.
func NewFew(texts []string) *Few {
	f := &Few{texts: texts, next: make([]int32, len(texts)), words: make([]uint32, len(texts))}
	for i := len(texts) - 1; i >= 0; i-- { // so that a chain is in order
		n := min(len(texts[i]), headSize)
		h := f.heads[n-1]
		if h == nil {
			h = &heads{mask: uint32(1<<(8*n) - 1)}
			f.heads[n-1] = h
		}
		var head [headSize]byte
		copy(head[:], texts[i])
		f.words[i] = (binary.LittleEndian.Uint32(head[:]) | fewBlanks) & h.mask
		at := h.hash(f.words[i])
		h.known[at/64] |= 1 << (at % 64)
		c := &h.chains[at>>(headsBits-chainBits)]
		f.next[i], *c = *c, int32(i)+1
	}
	return f
}

// fewBlanks folds letters, and some other bytes on each other.
const fewBlanks = 0x20202020

// Append appends the same occurrences as Automaton.Append of an automaton of the
// texts, folded, and in the same order.
func (f *Few) Append(dst []Occurrence, haystack []byte) []Occurrence {
	from := len(dst)
	for at := range haystack {
		rest := haystack[at:]
		if len(rest) < headSize {
			var end [headSize]byte
			copy(end[:], rest)
			dst = f.appendAt(dst, rest, at, binary.LittleEndian.Uint32(end[:])|fewBlanks)
			continue
		}
		word := binary.LittleEndian.Uint32(rest) | fewBlanks
		for _, h := range &f.heads {
			if h == nil {
				continue
			}
			if n := h.hash(word); h.known[n/64]>>(n%64)&1 != 0 {
				dst = f.appendAt(dst, rest, at, word)
				break
			}
		}
	}
	slices.SortFunc(dst[from:], func(a, b Occurrence) int {
		return cmp.Or(cmp.Compare(a.End, b.End), cmp.Compare(len(f.texts[b.Pattern]), len(f.texts[a.Pattern])),
			cmp.Compare(a.Pattern, b.Pattern))
	})
	return dst
}

// appendAt appends the texts that begin at a place, where rest is and word its head.
func (f *Few) appendAt(dst []Occurrence, rest []byte, at int, word uint32) []Occurrence {
	for n, h := range &f.heads {
		if h == nil || n >= len(rest) {
			continue
		}
		for i := h.chains[h.hash(word)>>(headsBits-chainBits)]; i != 0; i = f.next[i-1] {
			if f.words[i-1] != word&h.mask {
				continue
			}
			if text := f.texts[i-1]; begins(rest, text) {
				dst = append(dst, Occurrence{i - 1, int32(at + len(text))})
			}
		}
	}
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
