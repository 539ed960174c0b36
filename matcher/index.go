package matcher

import "wsalog/matcher/ahocorasick"

// longLine is the length from which on a line is searched with an automaton. On a short
// line, whose search begins with cold caches, its steps wait for each other and the table
// takes half the time (BenchmarkCollect); on a long one the automaton is quicker, and that
// pays for building it. DESIGN.md has the figures.
const longLine = 64 << 10

// An index is an automaton whose patterns stand for literals.
type index struct {
	auto    *ahocorasick.Automaton
	numbers []int32 // of the literals, by pattern
}

// append appends the occurrences of the index's literals in line; an occurrence's Pattern
// is the literal's number.
func (x *index) append(dst []ahocorasick.Occurrence, line []byte) []ahocorasick.Occurrence {
	from := len(dst)
	dst = x.auto.Append(dst, line)
	for i := from; i < len(dst); i++ {
		dst[i].Pattern = x.numbers[dst[i].Pattern]
	}
	return dst
}

// newIndex makes the index of the literals that are, or are not, all ASCII.
func (lx *lexicon) newIndex(ascii bool) *index {
	texts, numbers := lx.textsOf(ascii)
	return &index{newAutomaton(folded(texts)), numbers}
}

// newTable makes their table. An occurrence's Pattern is the literal's number, too.
func (lx *lexicon) newTable(ascii bool) *ahocorasick.Table {
	return ahocorasick.NewTable(lx.textsOf(ascii))
}

// textsOf returns the texts to search for, and the numbers of their literals.
func (lx *lexicon) textsOf(ascii bool) (texts []string, numbers []int32) {
	texts, numbers = make([]string, 0, len(lx.literals)), make([]int32, 0, len(lx.literals))
	for i := range lx.literals {
		l := &lx.literals[i]
		if isASCII([]byte(l.text)) != ascii {
			continue
		}
		if ascii {
			texts, numbers = append(texts, l.text), append(numbers, int32(i))
			continue
		}
		for _, text := range l.casings() {
			texts, numbers = append(texts, text), append(numbers, int32(i))
		}
	}
	return texts, numbers
}

// newAutomaton makes the automaton of our own patterns. Only an empty one is an
// error, and the loaders of rules refuse those.
func newAutomaton(patterns []ahocorasick.Pattern) *ahocorasick.Automaton {
	auto, err := ahocorasick.New(patterns)
	if err != nil {
		panic("matcher: internal error: " + err.Error())
	}
	return auto
}

// folded makes patterns of texts that match in either case.
func folded(texts []string) []ahocorasick.Pattern {
	patterns := make([]ahocorasick.Pattern, len(texts))
	for i, t := range texts {
		patterns[i] = ahocorasick.Pattern{Bytes: []byte(t), Fold: true}
	}
	return patterns
}
