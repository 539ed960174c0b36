// Package ahocorasick finds every occurrence of many literals in one pass. It
// knows nothing of logs or error codes: patterns in, occurrences out.
//
// There are two searches. The Automaton, that of Aho and Corasick, reads a haystack
// of any length byte by byte, and may stop at the first occurrence. The Table asks
// each place of a haystack by itself; it is made in a tenth of the time, takes a
// tenth of the memory, and is the faster one where that has to come from memory first.
//
// Both work on bytes folded to ASCII lower case; a pattern of the automaton that
// wants its exact case is compared once more where it occurs. DESIGN.md explains
// the tables and why they look as they do.
package ahocorasick

import (
	"bytes"
	"fmt"

	"wsalog/matcher/fold"
)

// A Pattern is one literal to search for.
type Pattern struct {
	Bytes []byte // at least one byte; New copies it
	Fold  bool   // ASCII letters match in either case
}

// An Occurrence says that a pattern ends at a place in the haystack.
type Occurrence struct {
	Pattern int32 // index in the slice that New was given, or the id that NewTable was given
	End     int32 // offset just past the occurrence; it starts at End - len(pattern)
}

// An Automaton searches for a fixed set of patterns. It is immutable and safe for
// use by several goroutines.
type Automaton struct {
	trie
	gate   gate
	texts  [][]byte // the patterns as given
	verify []bool   // by pattern: compare the exact bytes at an occurrence
}

// New builds the automaton of patterns. Equal patterns are allowed, and each is
// reported. An empty pattern is an error.
func New(patterns []Pattern) (*Automaton, error) {
	total := 0
	for i, p := range patterns {
		if len(p.Bytes) == 0 {
			return nil, fmt.Errorf("build automaton: pattern %d is empty", i)
		}
		total += len(p.Bytes)
	}
	a := &Automaton{
		texts:  make([][]byte, len(patterns)),
		verify: make([]bool, len(patterns)),
	}
	exact, folded := make([]byte, 0, total), make([]byte, 0, total)
	keys := make([][]byte, len(patterns))
	for i, p := range patterns {
		from := len(exact)
		exact = append(exact, p.Bytes...)
		for _, b := range p.Bytes {
			folded = append(folded, fold.Byte(b))
			a.verify[i] = a.verify[i] || !p.Fold && fold.IsLetter(b)
		}
		a.texts[i], keys[i] = exact[from:len(exact):len(exact)], folded[from:len(folded):len(folded)]
	}
	a.trie.build(keys)
	a.gate.build(keys)
	return a, nil
}

// Append appends every occurrence in haystack to dst, overlapping ones too, in
// order of End; of two with the same End the longer pattern stands first, and of
// equal patterns the one with the lower index. It does not keep haystack, which
// must be shorter than 2 GiB, and allocates only to grow dst.
func (a *Automaton) Append(dst []Occurrence, haystack []byte) []Occurrence {
	s := uint32(0)
	for i := 0; i < len(haystack); i++ {
		if s == 0 {
			if i = a.gate.next(haystack, i); i >= len(haystack) {
				break
			}
		}
		s = a.step(s, a.class[haystack[i]])
		if o := a.nodes[s].out; o != 0 {
			dst = a.report(dst, haystack, o, i+1)
		}
	}
	return dst
}

// Contains reports whether any pattern occurs in haystack.
func (a *Automaton) Contains(haystack []byte) bool {
	_, ok := a.First(haystack)
	return ok
}

// First returns the first element that Append would append, without looking at
// the haystack behind it.
func (a *Automaton) First(haystack []byte) (Occurrence, bool) {
	s := uint32(0)
	for i := 0; i < len(haystack); i++ {
		if s == 0 {
			if i = a.gate.next(haystack, i); i >= len(haystack) {
				break
			}
		}
		s = a.step(s, a.class[haystack[i]])
		for o := a.nodes[s].out; o != 0; o = a.dict[o] {
			for _, p := range a.own(o) {
				if a.holds(haystack, p, i+1) {
					return Occurrence{p, int32(i + 1)}, true
				}
			}
		}
	}
	return Occurrence{}, false
}

// report appends the patterns of state o, the first with output on the suffix
// chain, and of those behind it on the chain.
func (a *Automaton) report(dst []Occurrence, haystack []byte, o uint32, end int) []Occurrence {
	for ; o != 0; o = a.dict[o] {
		for _, p := range a.own(o) {
			if a.holds(haystack, p, end) {
				dst = append(dst, Occurrence{p, int32(end)})
			}
		}
	}
	return dst
}

// holds tells whether pattern p, found by its folded bytes, ends at end.
func (a *Automaton) holds(haystack []byte, p int32, end int) bool {
	return !a.verify[p] || bytes.Equal(haystack[end-len(a.texts[p]):end], a.texts[p])
}
