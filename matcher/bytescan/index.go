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
	deepest int     // largest offset of a window in its literal
}

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
	var x index
	total := 0
	for _, l := range lits {
		total += len(l.Bytes)
	}
	arena := make([]byte, 0, total)
	x.entries = make([]entry, len(lits))
	for i, l := range lits {
		from := len(arena)
		for _, b := range l.Bytes {
			if l.Fold {
				b = lower[b]
			}
			arena = append(arena, b)
		}
		x.entries[i] = entry{arena[from:], keyOf(l.Bytes[offsets[i]:]), offsets[i], l.Fold}
		x.deepest = max(x.deepest, offsets[i])
	}
	slices.SortFunc(x.entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(b.offset, a.offset))
	})
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
	for i := r.from; i < r.until; i++ {
		e := &x.entries[i]
		start := at - e.offset
		if start < from || start+len(e.text) > len(haystack) {
			continue
		}
		if there := haystack[start : start+len(e.text)]; e.fold && equalFold(there, e.text) ||
			!e.fold && bytes.Equal(there, e.text) {
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
// the literals.
func (x *index) windows() []window {
	var list []window
	for i, e := range x.entries {
		if i == 0 || e.key != x.entries[i-1].key {
			list = append(list, window{key: e.key})
		}
		list[len(list)-1].masks.add([width]byte(e.text[e.offset:]), e.fold)
	}
	return list
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
