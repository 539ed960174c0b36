package matcher

import "wsalog/matcher/ahocorasick"

// newTable makes the table of the literals that are, or are not, all ASCII. An
// occurrence's Pattern is the literal's number.
//
// An automaton would gain a fifth on lines above 1 KiB, with all of it in the caches, and
// takes longer to build than to search 200 KiB. On lines as they come it is the slower
// one: BenchmarkCollect compares.
func (lx *lexicon) newTable(ascii bool) *ahocorasick.Table {
	texts, numbers := make([]string, 0, len(lx.literals)), make([]int32, 0, len(lx.literals))
	for i := range lx.literals {
		l := &lx.literals[i]
		if allASCII(l.text) != ascii {
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
	return ahocorasick.NewTable(texts, numbers)
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
