package bytescan

import (
	"encoding/binary"
	"math/bits"
)

// width is the number of bytes in a window: the part of a literal by which it is
// found.
const width = 4

// blanks is or-ed to four bytes at once. It folds letters, and some other bytes on
// each other, which only adds a few false candidates.
const blanks = 0x20202020

// keyOf reads the first four bytes of b as a window's key.
func keyOf(b []byte) uint32 { return binary.LittleEndian.Uint32(b) | blanks }

// mix spreads a key over 32 bits, the upper ones best. The factor is 2^32 divided by
// the golden ratio.
func mix(key uint32) uint32 { return key * 0x9E3779B1 }

// A census knows all windows of all literals, in a list and by an open hash table
// into the list.
type census struct {
	shift uint
	table []uint32 // index in list plus one, 0 if free
	list  []candidate
}

// A candidate is a window by which literals could be found.
type candidate struct {
	key    uint32
	places uint32  // in literals
	users  uint32  // literals that are found by it
	thrift float32 // 1 / (rate + crowding), where the rate is per byte of ordinary log
}

func newCensus(places int) *census {
	log := uint(bits.Len(uint(3*places/2 + 1)))
	return &census{shift: 32 - log, table: make([]uint32, 1<<log), list: make([]candidate, 0, places)}
}

// find returns the place of key in the table: of its index, or a free one.
func (c *census) find(key uint32) *uint32 {
	for i := mix(key) >> c.shift; ; i = (i + 1) & uint32(len(c.table)-1) {
		if n := &c.table[i]; *n == 0 || c.list[*n-1].key == key {
			return n
		}
	}
}

// add counts a place of key and returns its index in the list.
func (c *census) add(key uint32) uint32 {
	n := c.find(key)
	if *n == 0 {
		c.list = append(c.list, candidate{key: key})
		*n = uint32(len(c.list))
	}
	c.list[*n-1].places++
	return *n - 1
}

// Crowding is the rate of a window that costs as much as the mere existence of one
// more, which makes the buckets less pure. The figures are what made the kernel
// fastest with the realistic literals in ordinary logs.
const (
	crowding        = 5e-6
	foreignCrowding = crowding / 8 // for windows that cannot occur in ASCII
)

func crowdingOf(key uint32) float32 {
	if isForeign(key) {
		return foreignCrowding
	}
	return crowding
}

// uncommon bounds the rate of windows that are not common: that of the last that is.
const uncommon = 2e-5

// isForeign reports whether a window begins with a UTF-8 sequence of several bytes.
// Such windows have buckets of their own: they cost nothing in text that is ASCII.
func isForeign(key uint32) bool { return key&0xe0 == 0xe0 }

// chooseWindows picks for each literal the window by which it is found: a rare one,
// or one that serves many literals. It returns the offset of each literal's window
// and how often one of them occurs, per byte of ordinary log.
//
// Of a long literal only the first windows are looked at: there is a rare one among
// so many, and New takes as long as there are windows.
func chooseWindows(ordinary *sample, lits []Literal) (offsets []int, rate float64) {
	places := 0
	for _, l := range lits {
		places += windowsOf(l)
	}
	c := newCensus(places)
	indexes := make([]uint32, 0, places) // of the windows of all literals
	for _, l := range lits {
		for i := range windowsOf(l) {
			indexes = append(indexes, c.add(keyOf(l.Bytes[i:])))
		}
	}
	c.judge(ordinary)
	offsets = make([]int, len(lits))
	for round := range 4 {
		for i, rest := 0, indexes; i < len(lits); i++ {
			mine := rest[:windowsOf(lits[i])]
			rest = rest[len(mine):]
			if round == 0 {
				offsets[i] = c.widest(mine)
			} else {
				c.list[mine[offsets[i]]].users--
				offsets[i] = c.best(mine)
			}
			c.list[mine[offsets[i]]].users++
		}
	}
	for i := range c.list {
		if w := &c.list[i]; w.users > 0 {
			rate += float64(1/w.thrift - crowdingOf(w.key))
		}
	}
	return offsets, max(0, rate)
}

// windowsOf is how many windows of a literal are looked at.
func windowsOf(l Literal) int { return min(len(l.Bytes)-width+1, 32) }

// judge sets the thrift. The rate of a common window is known, that of others is what
// pairs of bytes let expect.
func (c *census) judge(ordinary *sample) {
	ordinary.common(func(key uint32, rate float32) {
		if n := *c.find(key); n != 0 {
			c.list[n-1].thrift = rate
		}
	})
	for i := range c.list {
		w := &c.list[i]
		w.thrift = 1 / (max(w.thrift, min(ordinary.chance(w.key), uncommon)) + crowdingOf(w.key))
	}
}

// widest returns which of the windows could serve most literals for its rate.
func (c *census) widest(indexes []uint32) int {
	at, most := 0, float32(-1)
	for i, n := range indexes {
		if w := &c.list[n]; float32(w.places)*w.thrift > most {
			at, most = i, float32(w.places)*w.thrift
		}
	}
	return at
}

// best returns which of the windows would serve most literals for its rate, as the
// others have chosen.
func (c *census) best(indexes []uint32) int {
	at, most := 0, float32(-1)
	for i, n := range indexes {
		if w := &c.list[n]; float32(1+w.users)*w.thrift > most {
			at, most = i, float32(1+w.users)*w.thrift
		}
	}
	return at
}
