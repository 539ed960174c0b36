// Command _gen writes what bytescan knows of ordinary logs (sample.grams: groups of
// four bytes from many places of invented log text) and a piece of such text with
// another seed for tests and benchmarks (testdata/ordinary.log). Both follow from
// the code here alone.
//
//	go run ./_gen             in matcher/bytescan
//	go run ./_gen literals    writes testdata/literals.txt as well, from the catalogue
package main

import (
	"log"
	"math/rand/v2"
	"os"
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
	must(os.WriteFile("sample.grams", newWriter(1).sample(), 0o666))
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func newWriter(seed uint64) *writer {
	return &writer{rand.New(rand.NewPCG(seed, seed)), time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
}

// sample draws groups of four bytes from a long text.
func (w *writer) sample() []byte {
	text := w.text(8<<20, foreignWeight)
	var out []byte
	for range grams {
		at := w.IntN(len(text) - 4)
		out = append(out, text[at:at+4]...)
	}
	return out
}
