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
	rate   float32 // how often it occurs, per byte of ordinary log
	thrift float32 // 1 / (rate + crowding)
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
	foreignCrowding = crowding / 8 // for windows that begin with a character above ASCII
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
func isForeign(key uint32) bool { return key&0xe0 == 0xe0 }

// A choice is how a literal is found: by the window at an offset, or by the wide
// windows from there on.
type choice struct {
	offset int
	wide   bool
}

// chooseWindows chooses how each literal is found: a short one by a window that is
// rare or serves many literals, a long one by wide windows unless they are common
// words. It returns how often one of all these occurs, too, per byte of ordinary log.
//
// Of a long literal only the first windows are looked at: there is a rare one among
// so many, and New takes as long as there are windows.
func chooseWindows(ordinary *sample, lits []Literal) (choices []choice, rate float64) {
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
	choices = make([]choice, len(lits))
	used := new(wideSet) // by literals before
	for round := range 4 {
		for i, rest := 0, indexes; i < len(lits); i++ {
			mine := rest[:windowsOf(lits[i])]
			rest = rest[len(mine):]
			at := &choices[i]
			if round == 0 && lits[i].long() {
				offset, often := c.bestStretch(lits[i].Bytes, mine, used)
				if at.wide = often <= 1.01*uncommon; at.wide {
					at.offset = offset
					rate += often
				}
			}
			switch {
			case at.wide:
				continue
			case round == 0:
				at.offset = c.widest(mine)
			default:
				c.list[mine[at.offset]].users--
				at.offset = c.best(mine)
			}
			c.list[mine[at.offset]].users++
		}
	}
	for i := range c.list {
		if w := &c.list[i]; w.users > 0 {
			rate += float64(w.rate)
		}
	}
	return choices, max(0, rate)
}

// maxWindows is how many windows of a literal are looked at.
const maxWindows = 32

func windowsOf(l Literal) int { return min(len(l.Bytes)-width+1, maxWindows) }

// judge sets rate and thrift. The rate of a common window is known, that of others is
// what pairs of bytes let expect.
func (c *census) judge(ordinary *sample) {
	ordinary.common(func(key uint32, rate float32) {
		if n := *c.find(key); n != 0 {
			c.list[n-1].rate = rate
		}
	})
	for i := range c.list {
		w := &c.list[i]
		w.rate = max(w.rate, min(ordinary.chance(w.key), uncommon))
		w.thrift = 1 / (w.rate + crowdingOf(w.key))
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
