package ahocorasick

import (
	"bytes"
	"math/bits"

	"wsalog/matcher/fold"
)

// NewTable prepares the search for texts, none of which may be empty. The Pattern of an
// occurrence is the text's id; ids ascend, but several texts may have the same. It does
// not keep the slices.
func NewTable(texts []string, ids []int32) *Table {
	t := &Table{mask2: 0xffff, entries: make([]entry, len(texts)+1)}
	total := 0
	for _, text := range texts {
		t.longest = max(t.longest, len(text))
		if total += max(0, len(text)-8); len(text) < 2 {
			t.mask2 = 0xff
		}
	}
	t.tails = make([]byte, 0, total)
	in := make([]uint16, len(texts))
	for i, text := range texts {
		in[i] = t.know(headWord(text), len(text))
		t.groups[in[i]+1]++
	}
	for g := range allGroups {
		t.groups[g+1] += t.groups[g]
	}
	t.entries[len(texts)] = entry{key: ^uint64(0), length: 8}
	next := t.groups
	for i, text := range texts { // so that in small groups the lower one of equal texts is met first
		e := &t.entries[next[in[i]]]
		next[in[i]]++
		*e = entry{bits.ReverseBytes64(headWord(text)), uint32(len(t.tails)), uint32(len(text)), ids[i], -1}
		if len(text) > 8 {
			t.tails = append(t.tails, text[8:]...)
		}
	}
	fold.Into(t.tails, t.tails)
	for g := range allGroups {
		if lo, hi := t.groups[g], t.groups[g+1]; hi-lo > linear {
			t.sort(t.entries[lo:hi])
			t.link(int32(lo), int32(hi))
		}
	}
	return t
}

// headWord returns the first eight bytes of a text, lowered, the first byte lowest.
func headWord(text string) uint64 {
	if len(text) >= 8 {
		return fold.Word(uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
			uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56)
	}
	word := uint64(0)
	for i := range len(text) {
		word |= uint64(text[i]) << (8 * i)
	}
	return fold.Word(word)
}

// know enters the head of a text of n bytes and returns its group.
func (t *Table) know(word uint64, n int) uint16 {
	switch {
	case n <= 2:
		h := t.hash2(word)
		t.heads2[h>>(32-head2Bits+6)] |= 1 << (h >> (32 - head2Bits) & 63)
		return uint16(h >> (32 - group2Bits))
	case n == 3:
		h := hash3(word)
		t.heads3[h>>(32-head3Bits+6)] |= 1 << (h >> (32 - head3Bits) & 63)
		return uint16(h>>(32-group3Bits) + groups3)
	}
	h := hash4(word)
	t.heads4[head4Word(h)] |= 1<<head4Bit1(h) | 1<<head4Bit2(h)
	return uint16(h>>(32-group4Bits) + groups4)
}

// sort sorts a group by insertion: many come in order.
func (t *Table) sort(group []entry) {
	for i := 1; i < len(group); i++ {
		if !t.before(&group[i], &group[i-1]) {
			continue
		}
		e, from, end := group[i], 0, i-1
		for from < end {
			if mid := int(uint(from+end) / 2); t.before(&e, &group[mid]) {
				end = mid
			} else {
				from = mid + 1
			}
		}
		copy(group[from+1:i+1], group[from:i])
		group[from] = e
	}
}

// before orders by text, and equal texts by id, the higher one first: the lower one is
// met first on the way up.
func (t *Table) before(a, b *entry) bool {
	switch {
	case a.key != b.key:
		return a.key < b.key
	case a.length > 8 && b.length > 8:
		if c := bytes.Compare(t.tail(a), t.tail(b)); c != 0 {
			return c < 0
		}
	case a.length != b.length:
		return a.length < b.length
	}
	return a.id > b.id
}

// link sets the way up from each entry of a sorted group.
func (t *Table) link(lo, hi int32) {
	for i := lo + 1; i < hi; i++ {
		up := i - 1
		for up >= 0 && !t.begins(&t.entries[i], &t.entries[up]) {
			up = t.entries[up].up
		}
		t.entries[i].up = up
	}
}

// begins reports whether the text of e begins with that of a.
func (t *Table) begins(e, a *entry) bool {
	if a.length > e.length || uint32(bits.LeadingZeros64(e.key^a.key))/8 < min(8, a.length) {
		return false
	}
	return a.length <= 8 || bytes.HasPrefix(t.tail(e), t.tail(a))
}
