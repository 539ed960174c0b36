package matcher

import (
	"strconv"
	"sync"

	"wsalog/matcher/ahocorasick"
	"wsalog/matcher/bytescan"
	"wsalog/rules"
)

// A finder leads from candidate to candidate: it may stop where nothing is, and
// never passes a code literal that can occur in the blocks it is for. It is built
// at first use.
type finder struct {
	once  sync.Once
	scan  *bytescan.Scanner      // nil when the literals are too many for it to pay
	auto  *ahocorasick.Automaton // nil when scan is there
	plain bool                   // for blocks in ASCII without escapes
	rows  bool                   // for blocks under a W3C header
}

// finders has one for each sort of block: fewer literals are found faster, and
// most blocks need only the plain ones.
type finders [4]finder

// of returns the finder for a block, ready for use.
func (fs *finders) of(lx *lexicon, block []byte, rows bool) *finder {
	n, plain := 0, !bytescan.Foreign(block)
	if plain {
		n |= 1
	}
	if rows {
		n |= 2
	}
	f := &fs[n]
	f.once.Do(func() {
		f.plain, f.rows = plain, rows
		f.build(lx)
	})
	return f
}

func (f *finder) build(lx *lexicon) {
	var extra []string
	if f.rows {
		extra = statusLiterals()
	}
	if f.scan = newScanner(lx, extra, f.plain); f.scan == nil {
		f.auto = newCodeAutomaton(lx, extra, f.plain)
	}
}

// sought reports whether a literal is looked for: a code literal, and in plain
// blocks one that can occur there.
func sought(l *literal, plain bool) bool {
	return l.code && !(plain && (l.escaped || !allASCII(l.text)))
}

// statusLiterals are the statuses of W3C rows that are no code literals: the
// numbers of the Win32 twins as a field of their own.
func statusLiterals() []string {
	var list []string
	for _, r := range rules.RelatedCodes() {
		for _, after := range []string{" ", "\t", "\r", "\n"} {
			list = append(list, " "+strconv.Itoa(r.Number)+after, "\t"+strconv.Itoa(r.Number)+after)
		}
	}
	return list
}

// newScanner gives the vector scan the code literals, but the decimals as
// numbers: time stamps are full of their digits.
func newScanner(lx *lexicon, extra []string, plain bool) *bytescan.Scanner {
	var literals []bytescan.Literal
	for _, text := range extra {
		literals = append(literals, bytescan.Literal{Bytes: []byte(text)})
	}
	for i := range lx.literals {
		l := &lx.literals[i]
		if !sought(l, plain) || l.spelling >= 0 && lx.spellings[l.spelling].Form == rules.FormDecimal {
			continue
		}
		literals = append(literals, bytescan.Literal{Bytes: []byte(l.text), Fold: true})
	}
	return bytescan.New(literals, bytescan.Options{Decimals: decimalRanges()})
}

// decimalRanges returns the runs of neighbouring codes.
func decimalRanges() []bytescan.Range {
	var list []bytescan.Range
	for _, c := range rules.Codes() {
		if c.Number < rules.First {
			continue
		}
		if n := len(list); n > 0 && list[n-1].Hi == c.Number-1 {
			list[n-1].Hi++
		} else {
			list = append(list, bytescan.Range{Lo: c.Number, Hi: c.Number})
		}
	}
	return list
}

func newCodeAutomaton(lx *lexicon, extra []string, plain bool) *ahocorasick.Automaton {
	var patterns []ahocorasick.Pattern
	for _, text := range extra {
		patterns = append(patterns, ahocorasick.Pattern{Bytes: []byte(text)})
	}
	for i := range lx.literals {
		if l := &lx.literals[i]; sought(l, plain) {
			patterns = append(patterns, ahocorasick.Pattern{Bytes: []byte(l.text), Fold: true})
		}
	}
	auto, err := ahocorasick.New(patterns)
	if err != nil {
		panic("matcher: internal error: " + err.Error()) // the line automaton took the same literals
	}
	return auto
}

// next returns a place at or after from in the line of the next code literal, or
// -1 when there is none.
func (f *finder) next(block []byte, from int) int {
	if f.scan != nil {
		return f.scan.Next(block, from)
	}
	o, ok := f.auto.First(block[from:])
	if !ok {
		return -1
	}
	return from + int(o.End) - 1
}

// String names the way in which candidates are found.
func (f *finder) String() string {
	if f.scan != nil {
		return "bytescan " + f.scan.Impl()
	}
	return "automaton"
}
