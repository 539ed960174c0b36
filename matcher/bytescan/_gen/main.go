// Command _gen writes what bytescan knows of ordinary logs (sample.grams: groups of
// four bytes from many places of invented log text; common.grams: the most frequent
// groups and how frequent they are) and a piece of such text with
// another seed for tests and benchmarks (testdata/ordinary.log). Both follow from
// the code here alone.
//
//	go run ./_gen             in matcher/bytescan
//	go run ./_gen literals    writes testdata/literals.txt as well, from the catalogue
package main

import (
	"cmp"
	"encoding/binary"
	"log"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"time"
)

// foreignWeight is how many times as often as in ordinary.log the sample sees lines
// that are not English: a log may consist of nothing else, and must not then be
// all false candidates.
const foreignWeight = 3

// grams is how many groups of four bytes the sample holds.
const grams = 16 << 10

func main() {
	log.SetFlags(0)
	must(os.WriteFile("testdata/ordinary.log", newWriter(7).text(256<<10, 1), 0o666))
	if len(os.Args) > 1 && os.Args[1] == "literals" {
		must(writeLiterals())
	}
	w := newWriter(1)
	text := w.text(8<<20, foreignWeight)
	must(os.WriteFile("sample.grams", w.sample(text), 0o666))
	must(os.WriteFile("common.grams", common(text), 0o666))
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func newWriter(seed uint64) *writer {
	return &writer{rand.New(rand.NewPCG(seed, seed)), time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
}

// sample draws groups of four bytes from text.
func (w *writer) sample(text []byte) []byte {
	var out []byte
	for range grams {
		at := w.IntN(len(text) - 4)
		out = append(out, text[at:at+4]...)
	}
	return out
}

// commons is how many groups are called common.
const commons = 10 << 10

// common lists the most frequent groups, folded as bytescan folds them, with a byte n
// behind each: it occurs 2^(-n/4) times per byte.
func common(text []byte) []byte {
	count := map[uint32]int{}
	for i := 0; i+4 <= len(text); i++ {
		count[binary.LittleEndian.Uint32(text[i:])|0x20202020]++
	}
	keys := slices.SortedFunc(maps.Keys(count), func(a, b uint32) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	var out []byte
	for _, key := range keys[:commons] {
		rate := float64(count[key]) / float64(len(text))
		out = append(binary.LittleEndian.AppendUint32(out, key), byte(math.Round(-4*math.Log2(rate))))
	}
	return out
}
