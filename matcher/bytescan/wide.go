package bytescan

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
)

// A long literal can be found by eight bytes, and only every eighth place is looked
// at: of eight neighbouring wide windows of a literal, one stands at such a place.
const (
	wide   = 8                 // bytes of a wide window
	stride = 8                 // places from one look to the next
	long   = wide + stride - 1 // bytes of the shortest long literal
)

const wideBlanks = blanks<<32 | blanks

// wideKeyOf reads the first eight bytes of b as a wide window's key.
func wideKeyOf(b []byte) uint64 { return binary.LittleEndian.Uint64(b) | wideBlanks }

// long reports whether the literal has wide windows enough.
func (l Literal) long() bool { return len(l.Bytes) >= long }

// wideBits makes a set of 64 KiB. In one of 32 KiB, as much as a first-level cache
// holds, chance hits cost more than its misses.
const wideBits = 19

// A wideSet may hold wide windows. Of each, two bits of one word are set, which a
// kernel asks for with one load: with 13,000 windows, one look of three hundred finds
// both by chance.
type wideSet [1 << wideBits / 32]uint32

// wideWord returns the word of a window, and its bits in it.
func wideWord(key uint64) (word uint64, bits uint32) {
	h := key * 0x9E3779B97F4A7C15
	return h >> (64 - wideBits + 5), 1<<(h>>(64-wideBits)&31) | 1<<(h>>(64-wideBits-5)&31)
}

func (s *wideSet) add(key uint64) {
	word, bits := wideWord(key)
	s[word] |= bits
}

func (s *wideSet) mayHold(key uint64) bool {
	word, bits := wideWord(key)
	return s[word]&bits == bits
}

// sureHash is the place of a window in the second set, which is asked where the first
// may hold it.
func sureHash(key uint64) uint32 { return uint32(key * 0xC2B2AE3D27D4EB4F >> (64 - sureBits)) }

const sureBits = 20

// wideCrowding is the rate of a wide window that costs as much as one more in the set,
// which makes chance hits more frequent.
const wideCrowding = 4e-8

// bestStretch returns the offset of the eight neighbouring wide windows of a literal
// that cost least: that occur seldom, or are used already, to which it adds them. It
// returns the rate at which one of them is met, too. indexes are the literal's windows
// of four bytes: a wide window is as rare as the rarest within it.
func (c *census) bestStretch(text []byte, indexes []uint32, used *wideSet) (at int, rate float64) {
	const within = wide - width + 1 // windows in a wide window
	var rates, costs [maxWindows]float64
	n := len(indexes) - within + 1
	for i := range n {
		rates[i] = math.MaxFloat64
		for _, n := range indexes[i : i+within] {
			rates[i] = min(rates[i], float64(c.list[n].rate())/stride) // it is met where a look falls on it
		}
		costs[i] = rates[i]
		if !used.mayHold(wideKeyOf(text[i:])) {
			costs[i] += wideCrowding
		}
	}
	least := math.MaxFloat64
	for i := range n - stride + 1 {
		sum := 0.0
		for _, cost := range costs[i : i+stride] {
			sum += cost
		}
		if sum < least {
			at, least = i, sum
		}
	}
	for k := range stride {
		used.add(wideKeyOf(text[at+k:]))
		rate += rates[at+k]
	}
	return at, rate
}

// A wideIndex finds the long literals of a wide window and compares them.
type wideIndex struct {
	shift   uint
	rows    []wideRow // open hash table by key
	places  []widePlace
	texts   []wideText
	deepest int // largest offset of a wide window in its literal
}

type wideRow struct {
	key         uint64 // 0 in a free row, which no window has
	from, until int32  // places
}

// A widePlace is a wide window of a literal. Those of one key stand together.
type widePlace struct{ text, offset int32 }

type wideText struct {
	text []byte // the literal; folded if fold
	fold bool
}

// newWideIndex indexes the literals that are found by wide windows.
func newWideIndex(lits []Literal, choices []choice) wideIndex {
	var x wideIndex
	for i, l := range lits {
		if choices[i].wide {
			x.texts = append(x.texts, wideText{foldedText(l), l.Fold})
			x.deepest = max(x.deepest, choices[i].offset+stride-1)
		}
	}
	x.places = make([]widePlace, stride*len(x.texts))
	log := uint(bits.Len(uint(2*len(x.places) + 1)))
	x.shift, x.rows = 64-log, make([]wideRow, 1<<log)
	// Counted first, the places need not be sorted.
	x.each(lits, choices, func(r *wideRow, key uint64, _ widePlace) {
		r.key = key
		r.until++
	})
	end := int32(0)
	for i := range x.rows {
		r := &x.rows[i]
		end, r.from, r.until = end+r.until, end, end
	}
	x.each(lits, choices, func(r *wideRow, _ uint64, p widePlace) {
		x.places[r.until] = p
		r.until++
	})
	return x
}

// each calls yield with each wide window's row, key and place.
func (x *wideIndex) each(lits []Literal, choices []choice, yield func(r *wideRow, key uint64, p widePlace)) {
	n := int32(0)
	for i, l := range lits {
		if !choices[i].wide {
			continue
		}
		for at := choices[i].offset; at < choices[i].offset+stride; at++ {
			key := wideKeyOf(l.Bytes[at:])
			yield(x.row(key), key, widePlace{n, int32(at)})
		}
		n++
	}
}

// row returns the row of key, a free one if there is no such window.
func (x *wideIndex) row(key uint64) *wideRow {
	for i := key * 0x9E3779B97F4A7C15 >> x.shift; ; i = (i + 1) & uint64(len(x.rows)-1) {
		if r := &x.rows[i]; r.key == key || r.key == 0 {
			return r
		}
	}
}

// confirm returns the leftmost place at or after from where a literal begins of which
// a wide window stands at at, or -1.
func (x *wideIndex) confirm(haystack []byte, at, from int) int {
	if at+wide > len(haystack) {
		return -1
	}
	first := -1
	r := x.row(wideKeyOf(haystack[at:]))
	for _, p := range x.places[r.from:r.until] {
		l := &x.texts[p.text]
		if start := at - int(p.offset); start >= from && (first < 0 || start < first) && standsAt(haystack, start, l.text, l.fold) {
			first = start
		}
	}
	return first
}

// standsAt reports whether text, which is folded if fold, stands at haystack[start].
func standsAt(haystack []byte, start int, text []byte, fold bool) bool {
	if start+len(text) > len(haystack) {
		return false
	}
	b := haystack[start : start+len(text)]
	return fold && equalFold(b, text) || !fold && bytes.Equal(b, text)
}

// foldedText returns the literal's text, in lower case if it folds.
func foldedText(l Literal) []byte {
	text := slices.Clone(l.Bytes)
	if l.Fold {
		for i, b := range text {
			text[i] = lower[b]
		}
	}
	return text
}
