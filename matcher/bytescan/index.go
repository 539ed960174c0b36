package bytescan

import (
	"math/bits"

	"wsalog/matcher/fold"
)

// An index finds the literals of a window and compares them.
type index struct {
	shift   uint
	rows    []row     // open hash table by key
	entries []Planned // those of a window together, the deepest window first
	after   []int16   // by entry: the folded byte behind the window, or none
	deepest int       // largest offset of a window in its literal
}

// none stands for the byte behind a window that ends its literal.
const none = -1

type row struct {
	key         uint32
	from, until int32 // entries; none in a free row
}

// fill indexes the short literals of a plan.
func (x *index) fill(entries []Planned) {
	windows, last := 0, uint32(0)
	x.entries, x.after = entries, make([]int16, len(entries))
	for i := range entries {
		e := &entries[i]
		if key := e.key(); i == 0 || key != last {
			windows, last = windows+1, key
		}
		x.after[i] = none
		if behind := int(e.At) + width; behind < len(e.Text) {
			x.after[i] = int16(fold.Byte(e.Text[behind]))
		}
		x.deepest = max(x.deepest, int(e.At))
	}
	log := uint(bits.Len(uint(2*windows + 1)))
	x.shift, x.rows = 32-log, make([]row, 1<<log)
	for i := range entries {
		r := x.row(entries[i].key())
		if r.until == 0 {
			r.key, r.from = entries[i].key(), int32(i)
		}
		r.until = int32(i) + 1
	}
}

// row returns the row of key, a free one if there is no such window.
func (x *index) row(key uint32) *row {
	for i := mix(key) >> x.shift; ; i = (i + 1) & uint32(len(x.rows)-1) {
		if r := &x.rows[i]; r.key == key || r.until == 0 {
			return r
		}
	}
}

// confirm returns the leftmost place at or after from where a literal begins whose
// window begins at at, or -1; with any, one where that may be.
func (x *index) confirm(haystack []byte, at, from int, any bool) int {
	r := x.row(keyOf(haystack[at:]))
	there := int16(none)
	if at+width < len(haystack) {
		there = int16(fold.Byte(haystack[at+width]))
	}
	for i := r.from; i < r.until; i++ {
		if x.after[i] != there && x.after[i] != none {
			continue
		}
		e := &x.entries[i]
		if start := at - int(e.At); start >= from && (any || e.standsAt(haystack, start)) {
			return start
		}
	}
	return -1
}
