package bytescan

import (
	_ "embed"
	"encoding/binary"
	"math"
	"math/bits"
	"sync"
)

// sampleGrams holds groups of four bytes from many places of log text that _gen
// invents: time stamps, paths, identifiers, prose of programs in a dozen formats.
//
//go:embed sample.grams
var sampleGrams string

// commonGrams holds the most frequent groups as window keys, each followed by a byte
// n: it occurs 2^(-n/4) times per byte.
//
//go:embed common.grams
var commonGrams string

// sampled is the number of groups in the sample.
const sampled = 16 << 10

// The groups by which buckets are judged: the most frequent ones, each as heavy as it
// is frequent, and some of the sample, which stand for all others.
const (
	frequent = 10 << 10
	others   = 2 << 10
	probed   = frequent + others
	words    = probed / 64
)

// A sample is what scanners know of ordinary logs.
type sample struct {
	// pass[f][n] is the set of the probed groups whose feature f has the value n.
	pass [features][16][words]uint64
	// rates says how often a probed group occurs, per byte.
	rates [probed]float32
	// after[a][b] is the probability of byte b behind byte a, both folded with
	// blanks and by symbol, and alone[a] that of a.
	after [symbols][symbols]float32
	alone [symbols]float32
}

// symbols is the number of folded bytes that after tells apart: all of ASCII, and
// eight groups of the others.
const symbols = 128 + 8

func symbolOf(folded byte) int {
	if folded < 0x80 {
		return int(folded)
	}
	return 128 + int(folded-0x80)/16
}

// logs returns the sample, which is read once.
var logs = sync.OnceValue(func() *sample {
	s := new(sample)
	for i := range sampled {
		gram := [width]byte([]byte(sampleGrams[width*i : width*i+width]))
		key := keyOf(gram[:])
		if i < others {
			s.probe(frequent+i, gram)
		}
		a := symbolOf(byte(key))
		b := symbolOf(byte(key >> 8))
		c := symbolOf(byte(key >> 16))
		d := symbolOf(byte(key >> 24))
		s.alone[a]++
		s.after[a][b]++
		s.after[b][c]++
		s.after[c][d]++
	}
	s.normalise()
	i, rest := 0, float32(1)
	s.common(func(key uint32, rate float32) {
		s.probe(i, [width]byte(binary.LittleEndian.AppendUint32(nil, key)))
		s.rates[i] = rate
		rest -= rate
		i++
	})
	for i := frequent; i < probed; i++ {
		s.rates[i] = max(rest, 0.1) / others
	}
	return s
})

// probe makes gram the i-th probed group.
func (s *sample) probe(i int, gram [width]byte) {
	for f, n := range featuresOf(gram) {
		s.pass[f][n&15][i/64] |= 1 << (i % 64)
	}
}

// weight adds up the rates of a word of probed groups.
func (s *sample) weight(word int, set uint64) (rate float64) {
	for ; set != 0; set &= set - 1 {
		rate += float64(s.rates[64*word+bits.TrailingZeros64(set)])
	}
	return rate
}

// normalise makes probabilities of counts. A tenth of each row is what bytes do
// without regard to the one before: a pair that the sample lacks is not impossible.
func (s *sample) normalise() {
	for a := range s.alone {
		s.alone[a] = (s.alone[a] + 1) / (sampled + symbols)
	}
	for a := range s.after {
		row, total := &s.after[a], float32(1e-9)
		for _, n := range row {
			total += n
		}
		for b := range row {
			row[b] = 0.9*row[b]/total + 0.1*s.alone[b]
		}
	}
}

// common calls yield with the most frequent windows and their rates.
func (s *sample) common(yield func(key uint32, rate float32)) {
	var rates [256]float32
	for n := range rates {
		rates[n] = float32(math.Exp2(-float64(n) / 4))
	}
	for g := commonGrams; g != ""; g = g[width+1:] {
		yield(keyOf([]byte(g[:width])), rates[g[width]])
	}
}

// chance estimates from pairs how often a window occurs, per byte.
func (s *sample) chance(key uint32) float32 {
	a, b := symbolOf(byte(key)), symbolOf(byte(key>>8))
	c, d := symbolOf(byte(key>>16)), symbolOf(byte(key>>24))
	return s.alone[a] * s.after[a][b] * s.after[b][c] * s.after[c][d]
}
