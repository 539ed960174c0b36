package bytescan

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
)

// An index finds the literals of a window and compares them.
type index struct {
	shift   uint
	rows    []row   // open hash table by key
	entries []entry // those of a window together, the deepest window first
	after   []int16 // by entry: the folded byte behind the window, or none
	deepest int     // largest offset of a window in its literal
}

// none stands for the byte behind a window that ends its literal.
const none = -1

type row struct {
	key         uint32
	from, until int32 // entries; none in a free row
}

type entry struct {
	text   []byte // the literal; folded if fold
	key    uint32
	offset int // of the window in the literal
	fold   bool
}

func newIndex(lits []Literal, offsets []int) index {
	type place struct {
		key         uint32
		offset, lit int32
	}
	total := 0
	order := make([]place, len(lits)) // small to sort
	for i, l := range lits {
		total += len(l.Bytes)
		order[i] = place{keyOf(l.Bytes[offsets[i]:]), int32(offsets[i]), int32(i)}
	}
	slices.SortFunc(order, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(b.offset, a.offset))
	})
	x := index{entries: make([]entry, len(lits))}
	arena := make([]byte, 0, total)
	for i, p := range order {
		from, l := len(arena), lits[p.lit]
		arena = append(arena, l.Bytes...)
		if l.Fold {
			for j := from; j < len(arena); j++ {
				arena[j] = lower[arena[j]]
			}
		}
		x.entries[i] = entry{arena[from:len(arena):len(arena)], p.key, int(p.offset), l.Fold}
		x.deepest = max(x.deepest, int(p.offset))
	}
	x.after = make([]int16, len(lits))
	for i, e := range x.entries {
		x.after[i] = none
		if e.offset+width < len(e.text) {
			x.after[i] = int16(lower[e.text[e.offset+width]])
		}
	}
	log := uint(bits.Len(uint(2*len(lits) + 1)))
	x.shift, x.rows = 32-log, make([]row, 1<<log)
	for i, e := range x.entries {
		r := x.row(e.key)
		if r.until == 0 {
			r.key, r.from = e.key, int32(i)
		}
		r.until = int32(i) + 1
	}
	return x
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
// window begins at at, or -1.
func (x *index) confirm(haystack []byte, at, from int) int {
	r := x.row(keyOf(haystack[at:]))
	there := int16(none)
	if at+width < len(haystack) {
		there = int16(lower[haystack[at+width]])
	}
	for i := r.from; i < r.until; i++ {
		if x.after[i] != there && x.after[i] != none {
			continue
		}
		e := &x.entries[i]
		start := at - e.offset
		if start < from || start+len(e.text) > len(haystack) {
			continue
		}
		if b := haystack[start : start+len(e.text)]; e.fold && equalFold(b, e.text) ||
			!e.fold && bytes.Equal(b, e.text) {
			return start
		}
	}
	return -1
}

// equalFold compares b with a folded text of the same length.
func equalFold(b, folded []byte) bool {
	for i, c := range folded {
		if lower[b[i]] != c {
			return false
		}
	}
	return true
}

// windows lists the windows in use, with the features of all bytes that they have in
// the literals, and tells whether all these bytes are ASCII.
func (x *index) windows() (list []window, ascii bool) {
	ascii = true
	for i, e := range x.entries {
		if i == 0 || e.key != x.entries[i-1].key {
			list = append(list, window{key: e.key})
		}
		four := [width]byte(e.text[e.offset:])
		list[len(list)-1].masks.add(four, e.fold)
		for _, b := range four {
			ascii = ascii && b < 0x80
		}
	}
	return list, ascii
}

// lower maps ASCII capitals to small letters and leaves other bytes as they are.
var lower = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			t[i] += 'a' - 'A'
		}
	}
	return t
}()

func isLetter(b byte) bool { return 'a' <= lower[b] && lower[b] <= 'z' }
