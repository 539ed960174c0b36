package main

import (
	"fmt"
	"io"
	"sort"
	"strings"
)

// An order says which log to write. The same order gives the same bytes.
type order struct {
	seed   uint64
	size   int64   // bytes before encoding; the record that passes them is the last
	errors float64 // share of the records that report an error
	decoys float64 // share of the others that hold a look-alike
	style  string  // a key of families
	utf16  bool    // UTF-16LE with a byte order mark instead of UTF-8
}

// A ledger is the truth about a log: what was written on purpose.
type ledger struct {
	bytes   int64 // before encoding
	lines   int64
	hits    map[int]int64 // by code: lines that report it
	decoys  int64         // records with a look-alike
	records int64
}

// A generator writes one log.
type generator struct {
	random
	*clock
	order
	serial   int // of connections, offsets and the like
	programs [][]template
	program  int // that prints at present
	run      int // records until another one does
	iis      int // index of the program whose rows need a header, -1 if none
	header   template
	runs     int // since the header, -1 before the first
	decoyed  []template
	members  []template
	decks    []deck
	ledger   ledger
}

const (
	blockSize  = 1 << 20
	roomOnTop  = 64 << 10 // no record is longer
	runLength  = 48       // records of one program in a row, at most
	stepMillis = 40       // between records, at most: about 50 records a second
	iisRestart = 1 << 14  // runs of all programs between two headers of IIS
)

func newGenerator(o order) (*generator, error) {
	programs, ok := families[o.style]
	if !ok {
		return nil, fmt.Errorf("unknown style %q: use one of %s", o.style, strings.Join(styles(), ", "))
	}
	g := &generator{random: random{o.seed}, clock: newClock(), order: o, serial: 48000, iis: -1, runs: -1,
		header: compile(iisHeader), decoyed: compileAll(decoys), members: compileAll(members),
		decks: newDecks(o.style)}
	g.ledger.hits = make(map[int]int64)
	for i, p := range programs {
		g.programs = append(g.programs, compileAll(ordinary[p]))
		if p == "iis" {
			g.iis = i
		}
	}
	return g, nil
}

func styles() []string {
	var list []string
	for s := range families {
		list = append(list, s)
	}
	sort.Strings(list)
	return list
}

// write writes the log.
func (g *generator) write(w io.Writer) error {
	if g.utf16 {
		w = &utf16Writer{w: w}
	}
	mistake, lookalike := chance(g.errors), chance(g.decoys)
	buf := make([]byte, 0, blockSize+roomOnTop)
	for g.ledger.bytes+int64(len(buf)) < g.size {
		from := len(buf)
		switch {
		case g.hit(mistake):
			buf = g.fail(buf)
		case g.hit(lookalike):
			buf = g.put(buf, &g.decoyed[g.below(len(g.decoyed))])
			g.ledger.decoys++
		default:
			buf = g.ordinary(buf)
		}
		if g.style == "oneline" {
			buf = g.joined(buf, from)
		}
		g.clock.advance(g.below(stepMillis + 1))
		if len(buf) >= blockSize {
			if err := g.flush(w, buf); err != nil {
				return err
			}
			buf = buf[:0]
		}
	}
	return g.flush(w, buf)
}

func (g *generator) flush(w io.Writer, buf []byte) error {
	g.ledger.bytes += int64(len(buf))
	_, err := w.Write(buf)
	return err
}

func (g *generator) put(buf []byte, t *template) []byte {
	g.ledger.records++
	g.ledger.lines += int64(t.lines)
	return t.append(buf, g)
}

// ordinary writes a healthy line. Programs take turns as in a log that a shipper
// collects.
func (g *generator) ordinary(buf []byte) []byte {
	if g.run--; g.run < 0 {
		g.program, g.run = g.below(len(g.programs)), g.below(runLength)
		if g.runs >= 0 {
			g.runs++
		}
		if g.program == g.iis && (g.runs < 0 || g.runs > iisRestart) {
			g.runs = 0
			buf = g.put(buf, &g.header)
		}
	}
	list := g.programs[g.program]
	return g.put(buf, &list[g.below(len(list))])
}

// fail writes an error and enters it in the ledger.
func (g *generator) fail(buf []byte) []byte {
	d := &g.decks[g.below(len(g.decks))]
	f := &d.faults[d.draw[g.below(len(d.draw))]]
	g.ledger.hits[f.code] += int64(f.hits)
	return g.put(buf, &f.template)
}

// joined makes the record that begins at from a part of the one line, which ends
// where the log does.
func (g *generator) joined(buf []byte, from int) []byte {
	for i := from; i < len(buf); i++ {
		if buf[i] == '\n' {
			buf[i] = ' '
		}
	}
	g.ledger.lines = 1
	if g.ledger.bytes+int64(len(buf)) >= g.size {
		buf[len(buf)-1] = '\n'
	}
	return buf
}
