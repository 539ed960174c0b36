package ahocorasick

import "encoding/binary"

// A gate tells, at a place where the automaton is in its root state, where the
// next pattern may begin. It may stop too often; it never skips a beginning.
//
// It knows by their hash the first bytes of all patterns: at most four (heads) and,
// of the patterns that have so many, also eight (longs). Many words of ordinary
// text begin like some pattern, few go on like it. When all patterns have at least
// five bytes, heads also holds the four from the second byte on: then it is enough
// to look at every other place.
type gate struct {
	mask   uint32 // keeps of a little-endian word the bytes that every pattern has
	stride int    // 1 or 2: distance of the places looked at
	heads  [1 << headBits]bool
	short  [1 << headBits / 64]uint64 // heads of patterns with less than eight bytes
	longs  [1 << longBits / 64]uint64
}

// Whole bytes are read faster than bits. 32 KiB of them are as much as a
// first-level cache holds, but text uses few; at 1,500 patterns with 400 different
// beginnings one place in forty passes by chance, and longs stops most of those.
const (
	headBits = 15
	longBits = 16
)

// blanks is or-ed to eight bytes of the haystack at once. It folds letters, and
// some other bytes on each other, which only adds a few false alarms.
const blanks = 0x2020202020202020

// margin is how many bytes behind a place its examination reads.
const margin = 16

func (g *gate) build(keys [][]byte) {
	shortest := 5
	for _, k := range keys {
		shortest = min(shortest, len(k))
	}
	g.mask, g.stride = uint32(1<<(8*min(shortest, 4))-1), max(1, shortest-3)
	for _, k := range keys {
		word := load8(k)
		for i := range g.stride {
			g.heads[g.headHash(word>>(8*i))] = true
		}
		if len(k) < 8 {
			h := g.headHash(word)
			g.short[h/64] |= 1 << (h % 64)
			continue
		}
		h := longHash(word)
		g.longs[h/64] |= 1 << (h % 64)
	}
}

// load8 is the little-endian word of the first eight bytes of a pattern, folded.
func load8(key []byte) uint64 {
	var head [8]byte
	copy(head[:], key)
	return binary.LittleEndian.Uint64(head[:]) | blanks
}

// The multipliers are 2^32 and 2^64 divided by the golden ratio.

func (g *gate) headHash(word uint64) uint32 {
	return (uint32(word) & g.mask) * 0x9E3779B1 >> (32 - headBits)
}

func longHash(word uint64) uint32 { return uint32(word * 0x9E3779B97F4A7C15 >> (64 - longBits)) }

// next returns the first place at or after i where a pattern may begin. Closer
// than margin to the end it says yes everywhere.
func (g *gate) next(haystack []byte, i int) int {
	for i+margin <= len(haystack) {
		hit := i
		if g.stride == 2 {
			hit = g.skip2(haystack, i)
		} else {
			hit = g.skip1(haystack, i)
		}
		// The pattern begins at hit or, when that is its second byte, before it.
		for at := max(i, hit-g.stride+1); at <= hit; at++ {
			if at+margin > len(haystack) || g.passes(haystack[at:]) {
				return at
			}
		}
		i = hit + 1
	}
	return i
}

// skip1 returns the first place at or after i with a known head, or one closer
// than margin to the end.
func (g *gate) skip1(haystack []byte, i int) int {
	for mask := g.mask; i+margin <= len(haystack); i += 4 {
		w := binary.LittleEndian.Uint64(haystack[i:]) | blanks
		h0 := (uint32(w) & mask) * 0x9E3779B1 >> (32 - headBits)
		h1 := (uint32(w>>8) & mask) * 0x9E3779B1 >> (32 - headBits)
		h2 := (uint32(w>>16) & mask) * 0x9E3779B1 >> (32 - headBits)
		h3 := (uint32(w>>24) & mask) * 0x9E3779B1 >> (32 - headBits)
		if g.heads[h0] || g.heads[h1] || g.heads[h2] || g.heads[h3] {
			for !g.heads[g.headHash(w)] {
				i, w = i+1, w>>8
			}
			return i
		}
	}
	return i
}

// skip2 is skip1 for i, i+2 and so on.
func (g *gate) skip2(haystack []byte, i int) int {
	for i+margin <= len(haystack) {
		b := haystack[i : i+margin]
		h0 := (binary.LittleEndian.Uint32(b) | blanks&0xffffffff) * 0x9E3779B1 >> (32 - headBits)
		h1 := (binary.LittleEndian.Uint32(b[2:]) | blanks&0xffffffff) * 0x9E3779B1 >> (32 - headBits)
		h2 := (binary.LittleEndian.Uint32(b[4:]) | blanks&0xffffffff) * 0x9E3779B1 >> (32 - headBits)
		h3 := (binary.LittleEndian.Uint32(b[6:]) | blanks&0xffffffff) * 0x9E3779B1 >> (32 - headBits)
		switch {
		case g.heads[h0]:
			return i
		case g.heads[h1]:
			return i + 2
		case g.heads[h2]:
			return i + 4
		case g.heads[h3]:
			return i + 6
		}
		i += 8
	}
	return i
}

// passes looks closer at a place.
func (g *gate) passes(b []byte) bool {
	w := binary.LittleEndian.Uint64(b) | blanks
	h, l := g.headHash(w), longHash(w)
	return (g.short[h/64]>>(h%64)|g.longs[l/64]>>(l%64))&1 != 0
}
