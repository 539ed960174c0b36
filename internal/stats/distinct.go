package stats

import (
	"math"
	"math/bits"
)

// hashOf is FNV-1a with a final mix. It must be the same in every process,
// because sketches of several reports are merged.
func hashOf[T string | []byte](name T) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(name); i++ {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// distinctBits sets the size of a distinct: 2^14 registers of a byte, which
// gives a standard error of 0.8%.
const distinctBits = 14

// A distinct estimates how many different names were added (HyperLogLog of
// Flajolet and others, 2007, with linear counting for small numbers).
type distinct struct{ reg []byte }

func newDistinct() *distinct { return &distinct{make([]byte, 1<<distinctBits)} }

func (d *distinct) add(hash uint64) {
	i := hash >> (64 - distinctBits)
	rank := byte(bits.LeadingZeros64(hash<<distinctBits|1<<(distinctBits-1)) + 1)
	d.reg[i] = max(d.reg[i], rank)
}

func (d *distinct) merge(o *distinct) {
	for i, r := range o.reg {
		d.reg[i] = max(d.reg[i], r)
	}
}

func (d *distinct) estimate() int64 {
	m := float64(len(d.reg))
	sum, zero := 0.0, 0
	for _, r := range d.reg {
		sum += math.Float64frombits((1023 - uint64(r)) << 52) // 2 to the power of -r
		if r == 0 {
			zero++
		}
	}
	e := 0.7213 / (1 + 1.079/m) * m * m / sum
	if e <= 2.5*m && zero > 0 {
		e = m * math.Log(m/float64(zero))
	}
	return int64(math.Round(e))
}

// estimates returns how many names each code was seen with, past the limit.
func (h *heavy) estimates() map[int]int64 {
	byCode := make(map[int]int64, len(h.perCode))
	for code, d := range h.perCode {
		byCode[code] = d.estimate()
	}
	return byCode
}
