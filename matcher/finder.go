package matcher

import (
	"slices"
	"strconv"
	"sync"

	"wsalog/matcher/ahocorasick"
	"wsalog/matcher/bytescan"
	"wsalog/rules"
)

// A finder leads from candidate to candidate: it may stop where nothing is, and never
// passes a code literal. It is built at first use.
type finder struct {
	once sync.Once
	scan *bytescan.Scanner      // nil where bytescan declines the literals
	auto *ahocorasick.Automaton // nil when scan is there
}

// lazyFinder is how many bytes are searched line by line before the finder is
// built: building it costs a millisecond, which a short log never earns back.
const lazyFinder = 8 << 10

// everyLine searches a block without the finder.
func (m *Matcher) everyLine(dst []Match, s *scratch, block []byte, ctx *Context) []Match {
	for from := 0; from < len(block); {
		next := lineAfter(block, from+1)
		l := worthy{stretch: stretch{from, lineEnd(block, from, next)}}
		l.shape = m.shapeOf(&s.glance, block[l.start:l.end], ctx)
		dst = m.line(dst, s, block, &l, s.glance.shape, ctx)
		from = next
	}
	return dst
}

// ready returns the finder when it is built.
func (f *finder) ready(lx *lexicon) *finder {
	f.once.Do(func() { f.build(lx) })
	return f
}

//go:generate go test -run TestFinderPlan -update .

// build takes the plan of the built-in literals; to make one takes much longer.
func (f *finder) build(lx *lexicon) {
	options := bytescan.Options{Decimals: lx.codes}
	if !lx.own {
		f.scan = finderPlan.Scanner(options)
		return
	}
	list := finderLiterals(lx)
	if f.scan = bytescan.New(scanLiterals(list), options); f.scan == nil {
		for _, d := range decimals() {
			list = append(list, strconv.Itoa(d))
		}
		f.auto = newAutomaton(folded(list))
	}
}

// finderLiterals are the texts that the finder looks for besides the decimals: the code
// literals, and what else makes a line worth a look. The statuses of W3C rows are
// among them under any header: they are rare.
func finderLiterals(lx *lexicon) []string {
	list := slices.Concat(lx.triggers(), statusLiterals())
	for i := range lx.literals {
		l := &lx.literals[i]
		decimal := l.spelling >= 0 && lx.spellings[l.spelling].Form == rules.FormDecimal
		if l.code && !decimal {
			list = append(list, l.casings()...)
		}
	}
	return list
}

// statusLiterals are the statuses of W3C rows that are no code literals: the
// numbers of the Win32 twins as a field of their own. In a first column, as HRESULTs, or
// at the end of a log without line end they are passed: they are never counted.
func statusLiterals() []string {
	var list []string
	for _, r := range rules.RelatedCodes() {
		for _, after := range []string{" ", "\t", "\r", "\n"} {
			list = append(list, " "+strconv.Itoa(r.Number)+after, "\t"+strconv.Itoa(r.Number)+after)
		}
	}
	return list
}

func scanLiterals(list []string) []bytescan.Literal {
	literals := make([]bytescan.Literal, len(list))
	for i, text := range list {
		literals[i] = bytescan.Literal{Bytes: []byte(text), Fold: true}
	}
	return literals
}

// decimals are the codes that belong to WinSock alone.
func decimals() []int {
	var list []int
	for _, c := range rules.Codes() {
		if c.Number >= rules.First {
			list = append(list, c.Number)
		}
	}
	return list
}

// decimalRanges returns the runs of neighbouring codes. The scan gets the decimals as
// numbers: time stamps are full of their digits.
func decimalRanges() []bytescan.Range {
	var list []bytescan.Range
	for _, d := range decimals() {
		if n := len(list); n > 0 && list[n-1].Hi == d-1 {
			list[n-1].Hi++
		} else {
			list = append(list, bytescan.Range{Lo: d, Hi: d})
		}
	}
	return list
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

// any is next that may lead to another place in the line, or to a line without a literal.
func (f *finder) any(block []byte, from int) int {
	if f.scan != nil {
		return f.scan.Any(block, from)
	}
	return f.next(block, from)
}

// String names the way in which candidates are found.
func (f *finder) String() string {
	if f.scan != nil {
		return "bytescan " + f.scan.Impl()
	}
	return "automaton"
}
