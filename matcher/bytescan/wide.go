package bytescan

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"

	"wsalog/matcher/fold"
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

// A wideSet may hold wide windows. Of each, four bits of one word are set, one in each
// byte, which a kernel asks for with one load: with 13,000 windows, one look of 1,500
// finds all four by chance in a log of bench/gen.
type wideSet [1 << wideBits / 32]uint32

// wideWord returns the word of a window, and its bits in it. Both halves of a window
// have a factor, since vectors multiply 32 bits.
func wideWord(key uint64) (word, bits uint32) {
	lower, upper := uint32(key)*0x9E3779B1, uint32(key>>32)*0x85EBCA77
	d := (lower - upper) >> 4
	bits = 1<<(d&7) | 1<<8<<(d>>8&7) | 1<<16<<(d>>16&7) | 1<<24<<(d>>24&7)
	return (lower + upper) >> (32 - wideBits + 5), bits
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
			rates[i] = min(rates[i], float64(c.list[n].rate)/stride) // it is met where a look falls on it
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
	lists   []uint32 // by hash: where the places of its windows begin; those of the next end them
	places  []uint32 // the literal's number, the window's offset in it, and a tag of the hash
	texts   []Planned
	deepest int // largest offset of a wide window in its literal
}

// The parts of a place.
const (
	offsetBits = 5 // holds an offset below maxWindows
	tagBits    = 5 // spare most of the comparisons with literals of other windows
)

// list returns the list of a window, and its tag in it.
func (x *wideIndex) list(key uint64) (list uint64, tag uint32) {
	h := key * 0x9E3779B97F4A7C15
	return h >> x.shift, uint32(h>>(x.shift-tagBits)) & (1<<tagBits - 1)
}

// fill indexes the long literals of a plan, and makes tables know their windows.
func (x *wideIndex) fill(texts []Planned, tables *nibbleTables) {
	x.texts = texts
	x.places = make([]uint32, stride*len(texts))
	log := uint(bits.Len(uint(len(x.places)/2 + 1)))
	x.shift, x.lists = 64-log, make([]uint32, 1<<log+1)
	// Counted first, the places need not be sorted.
	for i := range texts {
		x.deepest = max(x.deepest, int(texts[i].At)+stride-1)
		for k := range stride {
			key := texts[i].wideKey(k)
			list, _ := x.list(key)
			x.lists[list]++
			tables.knowWide(key)
		}
	}
	end := uint32(0)
	for i := range x.lists {
		end += x.lists[i]
		x.lists[i] = end
	}
	for i := range texts {
		for k := range stride {
			list, tag := x.list(texts[i].wideKey(k))
			x.lists[list]--
			x.places[x.lists[list]] = uint32(i)<<(offsetBits+tagBits) | (uint32(texts[i].At)+uint32(k))<<tagBits | tag
		}
	}
}

// wideKey returns the key of the k-th wide window of a long literal.
func (x *Planned) wideKey(k int) uint64 { return wideKeyOf([]byte(x.Text[int(x.At)+k:][:wide])) }

// confirm returns the leftmost place at or after from where a literal begins of which
// a wide window stands at at, or -1; with any, one where that may be. Eight bytes stand there.
func (x *wideIndex) confirm(haystack []byte, at, from int, any bool) int {
	first := -1
	list, tag := x.list(wideKeyOf(haystack[at:]))
	for _, p := range x.places[x.lists[list]:x.lists[list+1]] {
		if p&(1<<tagBits-1) != tag {
			continue
		}
		start := at - int(p>>tagBits&(1<<offsetBits-1))
		if any && start >= from {
			return start
		}
		if start >= from && (first < 0 || start < first) && x.texts[p>>(offsetBits+tagBits)].standsAt(haystack, start) {
			first = start
		}
	}
	return first
}

// standsAt reports whether a literal stands at haystack[start].
func (x *Planned) standsAt(haystack []byte, start int) bool {
	if start+len(x.Text) > len(haystack) {
		return false
	}
	b := haystack[start : start+len(x.Text)]
	return x.Fold && fold.Equal(b, x.Text) || !x.Fold && string(b) == x.Text
}

// foldedText returns the literal's text, in lower case if it folds.
func foldedText(l Literal) []byte {
	text := slices.Clone(l.Bytes)
	if l.Fold {
		fold.Into(text, text)
	}
	return text
}
