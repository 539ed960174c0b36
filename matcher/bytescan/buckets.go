package bytescan

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"wsalog/matcher/fold"
)

// features is how many values of four bits the nibble kernels compute of a window.
const features = 9

// The kernels tell buckets apart, eight in each group.
const (
	groups     = 2
	maxBuckets = 8 * groups
)

// featuresOf computes the features of four bytes: the specification of the kernels.
// They are the bytes as they are, and the averages of pairs of bytes; of each the
// lower four bits count, and of the bytes the lower seven. In a bucket with "ab" and
// "cd", bytes one by one would let "ad" pass, averages refuse it. An average sees bits
// 1 to 4 of the sum, and with them a part of the upper halves, but not the case, which
// is bit 5 of a letter.
func featuresOf(b [width]byte) [features]uint8 {
	for i := range b {
		b[i] &= 0x7f
	}
	return [features]uint8{
		b[0], b[1], b[2], average(b[0], b[1]), average(b[0], b[2]),
		average(b[1], b[2]), b[3], average(b[1], b[3]), average(b[2], b[3]),
	}
}

func average(a, b uint8) uint8 { return uint8((uint(a) + uint(b) + 1) / 2) }

// masks is a set of windows as the kernel sees it: for each feature, the values
// that it may have.
type masks [features]uint16

// add extends the set by four bytes, and with cases by their other cases. A letter's
// case is one bit of its upper half: it changes neither the lower half nor that of
// a sum, so all cases together are no more than the text and its opposite.
func (m *masks) add(b [width]byte, cases bool) {
	m.addOne(b)
	if cases {
		for i := range b {
			if fold.IsLetter(b[i]) {
				b[i] ^= 0x20
			}
		}
		m.addOne(b)
	}
}

func (m *masks) addOne(b [width]byte) {
	for f, n := range featuresOf(b) {
		m[f] |= 1 << (n & 15)
	}
}

func (m *masks) union(n *masks) masks {
	u := *m
	for f := range u {
		u[f] |= n[f]
	}
	return u
}

// A window is four bytes that are searched for.
type window struct {
	key    uint32
	masks  masks
	rate   float64 // of its masks alone
	bucket uint8
}

// A bucket is a group of windows that the kernel cannot tell apart: it lets pass
// whatever agrees with some window in each single feature.
type bucket struct {
	masks masks
	pass  [features][words]uint64 // the probed groups that agree, by feature
	rate  float64                 // of the probed groups that agree in all features
	bulk  float64                 // product of the shares of the values that pass
}

// fillBuckets spreads the windows over n buckets, each where it adds least to the
// candidates in the sample; the most frequent ones first, since they decide what a
// bucket is about. It returns the rate of candidates per byte that the sample lets
// expect.
func fillBuckets(ordinary *sample, windows []window, n int) (rate float64) {
	for i := range windows {
		var alone bucket
		alone.put(ordinary, &windows[i].masks)
		windows[i].rate = alone.rate
	}
	slices.SortFunc(windows, func(a, b window) int {
		return cmp.Or(cmp.Compare(b.rate, a.rate), cmp.Compare(a.key, b.key))
	})
	buckets := make([]bucket, n)
	fields := slices.ContainsFunc(windows, func(w window) bool { return isField(w.key) })
	for i := range windows {
		place(ordinary, buckets, &windows[i], fields)
	}
	for k := range buckets {
		rate += buckets[k].rate
	}
	return rate
}

// place puts a window where it adds least. With fields, the first bucket is for
// numbers that are fields: mixed with words they let too much pass.
func place(ordinary *sample, buckets []bucket, w *window, fields bool) {
	var pass [features][words]uint64
	ordinary.union(&pass, &w.masks)
	best, least := 0, math.MaxFloat64
	for k := range buckets {
		if fields && (k == 0) != isField(w.key) {
			continue
		}
		if more := buckets[k].growth(ordinary, &pass, &w.masks, least); more < least {
			best, least = k, more
		}
	}
	w.bucket = uint8(best)
	buckets[best].put(ordinary, &w.masks)
}

// union adds to pass, for each feature, the probed groups whose value is in m.
func (s *sample) union(pass *[features][words]uint64, m *masks) {
	for f, values := range m {
		for ; values != 0; values &= values - 1 {
			for i, set := range s.pass[f][bits.TrailingZeros16(values)] {
				pass[f][i] |= set
			}
		}
	}
}

// growth is how many more candidates per byte the bucket would yield with a window,
// and, where that is equal, how much wider it would become. Where it is not less than
// limit, it may be more than the result.
func (b *bucket) growth(ordinary *sample, pass *[features][words]uint64, m *masks, limit float64) float64 {
	more := -b.rate
	for i := 0; i < words && more < limit; i++ {
		all := ^uint64(0)
		for f := range features {
			all &= b.pass[f][i] | pass[f][i]
		}
		more += ordinary.weight(i, all)
	}
	u := b.masks.union(m)
	return more + wideness*(u.bulk()-b.bulk)
}

// wideness is the rate that a bucket costs which everything passes, in text that the
// sample does not hold.
const wideness = 1.0 / 2048

// bulk is the share of all values that pass, were they equally frequent.
func (m *masks) bulk() float64 {
	share := 1.0
	for _, values := range m {
		share *= float64(bits.OnesCount16(values)) / 16
	}
	return share
}

func (b *bucket) put(ordinary *sample, m *masks) {
	b.masks = b.masks.union(m)
	ordinary.union(&b.pass, m)
	b.bulk, b.rate = b.masks.bulk(), 0
	for i := range words {
		all := ^uint64(0)
		for f := range features {
			all &= b.pass[f][i]
		}
		b.rate += ordinary.weight(i, all)
	}
}

// isField reports whether a window begins with a blank or a tab, folded, and a digit.
func isField(key uint32) bool {
	blank := byte(key) == ' ' || byte(key) == '\t'|' '
	return blank && isDigit(byte(key>>8))
}
