package bytescan

import (
	"fmt"
	"math/bits"
)

// A Literal is a string to find.
type Literal struct {
	Bytes []byte // New declines literals of less than four bytes
	Fold  bool   // ASCII letters match in either case
}

// A Range holds the decimal numbers from Lo to Hi, both included.
type Range struct{ Lo, Hi int }

// Options configures New. The zero value is the default.
type Options struct {
	// Decimals are numbers to find besides the literals, where they stand in
	// exactly five digits that are not part of a longer run of digits. Only values
	// from 10000 to 99999 can occur.
	Decimals []Range
	// Impl names the implementation, one of Impls; the fastest if empty.
	Impl string
}

// A Scanner finds a fixed set of literals and decimals. It is immutable and safe
// for use by several goroutines.
type Scanner struct {
	impl    impl
	index   index     // of the literals found by windows of four bytes
	wide    wideIndex // of those found by wide windows
	deepest int       // largest offset of a window in its literal
	decimal decimals
	nibble  nibbleTables
	known   [1 << knownBits]bool // windows by the upper bits of their hash
}

// impl is a way to find candidates. All find the same occurrences.
type impl struct {
	name string
	// find looks for windows that begin at or after p. Bit i of mask says that one
	// may begin at base+i; between p and next no other does, and no eight places
	// without a look for a wide window. Where mask is 0, next is at or behind end. A
	// window begins at p < end, end is at most len(haystack)-width+1, and places
	// before p and from end on may be reported or not.
	find func(s *Scanner, haystack []byte, p, end int) (base int, mask uint64, next int)
}

// Rates of candidates in ordinary logs, per byte.
const (
	// tooDense is the rate of windows from which on comparing literals costs more
	// than the automaton alone.
	tooDense = 1.0 / 32
	// tooMixed is the rate of places that pass the buckets from which on looking at
	// each costs more than doing without buckets.
	tooMixed = 1.0 / 8
)

// New returns a Scanner for the literals and decimals, or nil when the set does not
// suit it: when a literal has less than four bytes, or when candidates would be so
// dense in ordinary logs that the scan does not pay. For others it panics if opts.Impl is
// not one of Impls. The cost grows with the bytes of all literals: some 4 ms for 1,500,
// nearly all of them for the plan.
func New(lits []Literal, opts Options) *Scanner {
	if p := NewPlan(lits, opts.Decimals); p != nil {
		return p.Scanner(opts)
	}
	return nil
}

// know makes a window pass the second stage of all implementations.
func (s *Scanner) know(key uint32) {
	s.known[knownHash(key)] = true
	s.nibble.know(key)
}

// Impls names the implementations that this machine can run, the fastest first.
func Impls() []string {
	var names []string
	for _, i := range impls() {
		names = append(names, i.name)
	}
	return names
}

func implNamed(name string) impl {
	for _, i := range impls() {
		if i.name == name {
			return i
		}
	}
	panic(fmt.Sprintf("bytescan: no implementation %q on this machine", name))
}

// Impl names the implementation in use.
func (s *Scanner) Impl() string { return s.impl.name }

// Next returns the offset at which the first occurrence at or after from begins, -1
// if there is none. An occurrence is a literal, or a decimal that stands alone;
// whether it does is decided by the bytes on both sides, also by the one before
// from. It requires 0 <= from <= len(haystack) and does not allocate.
func (s *Scanner) Next(haystack []byte, from int) int { return s.next(haystack, from, false) }

// Any returns an offset where an occurrence may begin that is not before from, -1 if there is
// none: the hash of some bytes a little behind it is that of a part of a literal, the rest was
// not compared. No occurrence ends before them. So a search for the lines that hold one passes
// none, and is quicker than with Next, which compares, and looks on for what begins earlier.
func (s *Scanner) Any(haystack []byte, from int) int { return s.next(haystack, from, true) }

func (s *Scanner) next(haystack []byte, from int, any bool) int {
	first := -1
	for p, end := from, len(haystack)-width+1; p < end; {
		base, mask, next := s.impl.find(s, haystack, p, end)
		for ; mask != 0; mask &= mask - 1 {
			at := base + bits.TrailingZeros64(mask)
			if at >= end {
				break
			}
			start := s.confirm(haystack, at, from, any)
			if start < 0 || first >= 0 && start >= first {
				continue
			}
			if any {
				return start
			}
			// A literal that is found by a later window may yet begin earlier.
			first, end = start, min(end, start+s.deepest)
		}
		p = next
	}
	return first
}

// confirm returns the leftmost occurrence at or after from whose window begins at at,
// or -1; with any, one of those that may be there.
func (s *Scanner) confirm(haystack []byte, at, from int, any bool) int {
	start := s.index.confirm(haystack, at, from, any)
	if start < 0 && s.decimal.any && at >= from && s.decimal.standsAt(haystack, at) {
		start = at
	}
	if any && start >= 0 {
		return start
	}
	if at+wide > len(haystack) || !s.nibble.wide.mayHold(wideKeyOf(haystack[at:])) {
		return start // most windows are short ones, and this is known without a miss of the caches
	}
	if long := s.wide.confirm(haystack, at, from, any); start < 0 || long >= 0 && long < start {
		return long
	}
	return start
}
