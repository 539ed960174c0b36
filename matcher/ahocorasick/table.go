package ahocorasick

import (
	"bytes"
	"encoding/binary"
	"math/bits"

	"wsalog/matcher/fold"
)

// A Table searches lines for many texts without an automaton: it asks at every place
// whether a text may begin there, and looks closer where one may. No question waits
// for the answer to another one, which is what counts while the caches are cold. It is
// immutable and safe for use by several goroutines. DESIGN.md explains it.
type Table struct {
	longest int                         // length of a text
	mask2   uint32                      // keeps the bytes that every text has, but two at most
	heads2  [1 << head2Bits / 64]uint64 // of texts with at most two bytes, by their hash
	heads3  [1 << head3Bits / 64]uint64 // of those with three
	heads4  [1 << head4Bits / 64]uint64 // of all others
	groups  [allGroups + 1]uint32       // by hash: where entries with it begin
	entries []entry                     // by group; the larger ones are sorted. Behind them stands one that is nowhere
	tails   []byte                      // what the texts have behind their first eight bytes
}

// An entry is a text.
type entry struct {
	key    uint64 // its first eight bytes, lowered, big-endian, zeros behind a shorter one
	tail   uint32 // where the rest begins in tails
	length uint32
	id     int32
	up     int32 // entry of the longest other text of the group with which this one begins, or -1
}

// With these sizes 3,500 texts let at most one place in fifty pass by chance, and the
// heads take five and a half KiB: what is cold comes into the cache line by line.
const (
	head2Bits, head3Bits, head4Bits = 12, 13, 15

	group2Bits, group3Bits, group4Bits = 6, 8, 11

	groups3, groups4, allGroups = 1 << group2Bits, groups3 + 1<<group3Bits, groups4 + 1<<group4Bits
)

// golden is 2^32 divided by the golden ratio.
const golden = 0x9E3779B1

// The hashes take a word of the haystack, the first byte lowest.

func (t *Table) hash2(word uint64) uint32 { return uint32(word) & t.mask2 * golden }
func hash3(word uint64) uint32            { return uint32(word) << 8 * golden }
func hash4(word uint64) uint32            { return uint32(word) * golden }

// heads4 knows a head by two bits of one word.

func head4Bit1(h uint32) uint32 { return h >> (32 - head4Bits) & 63 }
func head4Bit2(h uint32) uint32 { return h >> (32 - head4Bits - 6) & 63 }
func head4Word(h uint32) uint32 { return h >> (32 - head4Bits + 6) }

// A Scratch is what a search needs besides the table, for one goroutine at a time. The
// zero value is ready; it grows to some 20 KiB.
type Scratch struct {
	lowered []byte
	places  [block]uint16     // where heads are known: offset in the block, and which
	asked   [3 * block]uint32 // the same by head: offset, and the head's group
	found   [3 * block]span
}

// A span is a group, or the only entry of one, to be compared with a place of the block.
type span struct{ at, from, n uint32 }

const (
	block = 256        // places that are asked at once
	part  = 16 * block // bytes that are lowered at once
)

// padding is how many bytes behind a place may be read or sliced.
const padding = 16

// A window is what the places of a block are asked by.
type window [block + padding]byte

// Append appends the occurrences of all texts in haystack to dst, in the order of
// Automaton.Append; ASCII letters match in either case. It keeps neither slice, and
// allocates only to grow dst and s. The haystack must be shorter than 2 GiB.
func (t *Table) Append(dst []Occurrence, haystack []byte, s *Scratch) []Occurrence {
	h := hits{list: dst, first: len(dst)}
	for from := 0; from < len(haystack); from += part {
		end := min(len(haystack)-from, part+t.longest)
		low := s.lower(haystack[from:][:end])
		h.from, h.low = from, low[:end+padding]
		for b := 0; b < min(end, part); b += block {
			in := (*window)(low[b:])
			n := t.ask(s, in, min(end-b, block))
			n = t.expand(s, in, n)
			n = t.look(s, in, n)
			for i := range s.found[:n] {
				f := &s.found[i]
				t.compare(&h, b+int(f.at), t.entries[f.from:f.from+f.n])
			}
		}
	}
	return h.list
}

// The three steps that follow have no branches that depend on the haystack: so the
// loads of one place do not wait for what those of another one say.

// ask writes to s.places those of n places where a head is known, with 1 for that of two
// bytes, 2 for three and 4 for four.
func (t *Table) ask(s *Scratch, low *window, n int) int {
	count := uint32(0)
	for i := 0; i < n && i < block; i++ {
		word := uint64(binary.LittleEndian.Uint32(low[i : i+4]))
		h2, h3, h4 := t.hash2(word)>>(32-head2Bits), hash3(word)>>(32-head3Bits), hash4(word)
		of4 := t.heads4[head4Word(h4)]
		var two, three, four, too uint32
		if t.heads2[h2>>6]&(1<<(h2&63)) != 0 {
			two = 1
		}
		if t.heads3[h3>>6]&(1<<(h3&63)) != 0 {
			three = 1
		}
		if of4&(1<<head4Bit1(h4)) != 0 {
			four = 1
		}
		if of4&(1<<head4Bit2(h4)) != 0 {
			too = 1
		}
		known := two | three<<1 | four&too<<2
		s.places[count%block] = uint16(uint32(i)<<3 | known)
		count += (known + 7) >> 3
	}
	return int(count)
}

// expand writes to s.asked the groups of n places.
func (t *Table) expand(s *Scratch, low *window, n int) int {
	count := uint32(0)
	for _, place := range s.places[:n] {
		at := uint32(place >> 3 % block)
		word := uint64(binary.LittleEndian.Uint32(low[at : at+4]))
		at <<= 16
		s.asked[count%(3*block)] = at | t.hash2(word)>>(32-group2Bits)
		count += uint32(place & 1)
		s.asked[count%(3*block)] = at | (hash3(word)>>(32-group3Bits) + groups3)
		count += uint32(place >> 1 & 1)
		s.asked[count%(3*block)] = at | (hash4(word)>>(32-group4Bits) + groups4)
		count += uint32(place >> 2 & 1)
	}
	return int(count)
}

// look writes to s.found the groups with several entries, and the only entries whose
// first eight bytes stand at the place.
func (t *Table) look(s *Scratch, low *window, n int) int {
	count := uint32(0)
	for _, asked := range s.asked[:n] {
		at, group := asked>>16%block, asked&0xffff
		key := binary.BigEndian.Uint64(low[at : at+8])
		lo, hi := t.groups[group%allGroups], t.groups[group%allGroups+1]
		s.found[count%(3*block)] = span{at, lo, hi - lo}
		e := &t.entries[lo]
		var keep, several uint32
		if (e.key^key)&e.mask() == 0 {
			keep = 1
		}
		if hi-lo > 1 {
			several = 1
		}
		count += keep | several
	}
	return int(count)
}

// mask keeps of a key what the entry has.
func (e *entry) mask() uint64 { return ^uint64(0) << ((64 - 8*min(e.length, 8)) & 63) }

// hits collects the occurrences in a part of the haystack.
type hits struct {
	list  []Occurrence
	first int    // those before it were there
	low   []byte // the part, and padding
	from  int    // where it begins
}

// add adds an entry's occurrence at a place, unless it would end in the padding. It puts it
// behind those with the same end, which begin before it or were given first. That is the
// last place, or close to it.
func (h *hits) add(e *entry, at int) {
	if at += int(e.length); at > len(h.low)-padding {
		return
	}
	o := Occurrence{e.id, int32(h.from + at)}
	list := append(h.list, o)
	i := len(list) - 1
	for ; i > h.first && list[i-1].End > o.End; i-- {
		list[i] = list[i-1]
	}
	list[i] = o
	h.list = list
}

// compare adds the texts of a group that stand at a place.
func (t *Table) compare(h *hits, at int, group []entry) {
	key, rest := binary.BigEndian.Uint64(h.low[at:]), h.low[at+8:]
	if len(group) > linear {
		t.compareSorted(h, at, key, rest, group)
		return
	}
	for i := range group {
		e := &group[i]
		if (e.key^key)&e.mask() == 0 && (e.length <= 8 || bytes.HasPrefix(rest, t.tail(e))) {
			h.add(e, at)
		}
	}
}

// compareSorted is compare for a sorted group. What begins with a text lies behind it in
// order, and before all that does not; so the last entry that is not behind the place
// begins with every text that stands there.
func (t *Table) compareSorted(h *hits, at int, key uint64, rest []byte, group []entry) {
	e := t.lastBefore(group, key, rest)
	if e == nil {
		return
	}
	common := uint32(bits.LeadingZeros64(e.key^key)) / 8
	if common == 8 && e.length > 8 {
		common += commonBytes(t.tail(e), rest)
	}
	for {
		if e.length <= common {
			h.add(e, at)
		}
		if e.up < 0 {
			return
		}
		e = &t.entries[e.up]
	}
}

// linear is the size up to which a group is searched from its beginning, and not sorted.
const linear = 8

// lastBefore returns the last entry that is not behind key and rest, or nil.
func (t *Table) lastBefore(group []entry, key uint64, rest []byte) *entry {
	from, end := 0, len(group)
	for from < end {
		mid := int(uint(from+end) / 2)
		e := &group[mid]
		if e.key < key || e.key == key && (e.length <= 8 || bytes.Compare(t.tail(e), rest) <= 0) {
			from = mid + 1
		} else {
			end = mid
		}
	}
	if from == 0 {
		return nil
	}
	return &group[from-1]
}

// tail returns what a text of more than eight bytes has behind them.
func (t *Table) tail(e *entry) []byte { return t.tails[e.tail : e.tail+e.length-8] }

func commonBytes(a, b []byte) uint32 {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return uint32(n)
}

// lower copies a part of the haystack with its ASCII letters in lower case, and zeros behind it. The
// result is long enough for windows at all its blocks.
func (s *Scratch) lower(part []byte) []byte {
	size := (len(part)+block-1)/block*block + padding
	if len(s.lowered) < size {
		s.lowered = make([]byte, size+size/4)
	}
	fold.Into(s.lowered, part)
	clear(s.lowered[len(part):][:padding])
	return s.lowered
}
