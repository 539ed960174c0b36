package bytescan

import (
	"encoding/binary"
)

// knownBits makes a table of 32 KiB: as much as a first-level cache holds.
const knownBits = 15

func knownHash(key uint32) uint32 { return mix(key) >> (32 - knownBits) }

// findKnown finds candidates with plain loads: those of eight places, four by four,
// whose look-ups do not wait for each other, and a wide one at the first of them.
func findKnown(s *Scanner, haystack []byte, p, end int) (base int, mask uint64, next int) {
	known := &s.known
	for ; p+2*stride <= len(haystack) && p < end; p += stride {
		w := binary.LittleEndian.Uint64(haystack[p:]) | wideBlanks
		if s.nibble.mayBeWide(w) {
			mask = 1
		}
		for i := 0; i < stride; i += 4 {
			w := binary.LittleEndian.Uint64(haystack[p+i:]) | wideBlanks
			h0, h1 := knownHash(uint32(w)), knownHash(uint32(w>>8))
			h2, h3 := knownHash(uint32(w>>16)), knownHash(uint32(w>>24))
			if known[h0] || known[h1] || known[h2] || known[h3] {
				for k := range 4 {
					if known[knownHash(uint32(w>>(8*k)))] {
						mask |= 1 << (i + k)
					}
				}
			}
		}
		if mask != 0 {
			return p, mask, p + stride
		}
	}
	for ; p < end; p++ { // looks for wide windows at each place, since few are left
		if known[knownHash(keyOf(haystack[p:]))] || p+wide <= len(haystack) && s.nibble.mayBeWide(wideKeyOf(haystack[p:])) {
			return p, 1, p + 1
		}
	}
	return p, 0, p
}

// portable lists the implementations that run everywhere. The second is the twin of
// the assembly, slow and plain.
func portable() []impl {
	return []impl{
		{"portable", findKnown},
		{"twin", func(s *Scanner, haystack []byte, p, end int) (int, uint64, int) {
			return findNibbles(s, haystack, p, end, scanNibbles)
		}},
	}
}
