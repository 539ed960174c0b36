package bytescan

import (
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

// newIndex indexes the literals that are found by windows of four bytes.
func newIndex(lits []Literal, choices []choice) index {
	var x index
	for i, l := range lits {
		if at := choices[i].offset; !choices[i].wide {
			x.entries = append(x.entries, entry{foldedText(l), keyOf(l.Bytes[at:]), at, l.Fold})
			x.deepest = max(x.deepest, at)
		}
	}
	slices.SortFunc(x.entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(b.offset, a.offset))
	})
	x.after = make([]int16, len(x.entries))
	for i, e := range x.entries {
		x.after[i] = none
		if e.offset+width < len(e.text) {
			x.after[i] = int16(lower[e.text[e.offset+width]])
		}
	}
	log := uint(bits.Len(uint(2*len(x.entries) + 1)))
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
		if start := at - e.offset; start >= from && standsAt(haystack, start, e.text, e.fold) {
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
func (x *index) windows() (list []window) {
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
