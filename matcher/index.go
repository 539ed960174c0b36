package matcher

import (
	"sync"
	"sync/atomic"

	"wsalog/matcher/ahocorasick"
)

// An index finds some of the literals in lines. Building their automaton takes as
// long as searching many lines without it, hence the first ones are.
type index struct {
	texts    []string
	literals []int32 // by text
	few      *ahocorasick.Few
	searched atomic.Int64 // bytes, up to automatonPays
	once     sync.Once
	auto     atomic.Pointer[ahocorasick.Automaton]
}

// automatonPays is how many bytes an index searches before it builds its automaton.
const automatonPays = 64 << 10

// newIndex makes the index of the literals that are, or are not, all ASCII.
func (lx *lexicon) newIndex(ascii bool) *index {
	x := &index{texts: make([]string, 0, len(lx.literals)), literals: make([]int32, 0, len(lx.literals))}
	for i := range lx.literals {
		l := &lx.literals[i]
		if allASCII(l.text) != ascii {
			continue
		}
		if ascii {
			x.texts, x.literals = append(x.texts, l.text), append(x.literals, int32(i))
			continue
		}
		for _, text := range l.casings() {
			x.texts, x.literals = append(x.texts, text), append(x.literals, int32(i))
		}
	}
	x.few = ahocorasick.NewFew(x.texts)
	return x
}

// append appends the occurrences of the index's literals in line; an occurrence's
// Pattern is the literal's number.
func (x *index) append(dst []ahocorasick.Occurrence, line []byte) []ahocorasick.Occurrence {
	from := len(dst)
	if auto := x.automaton(len(line)); auto != nil {
		dst = auto.Append(dst, line)
	} else {
		dst = x.few.Append(dst, line)
	}
	for i := from; i < len(dst); i++ {
		dst[i].Pattern = x.literals[dst[i].Pattern]
	}
	return dst
}

// automaton returns the automaton, nil as long as it does not pay; n more bytes are
// to be searched.
func (x *index) automaton(n int) *ahocorasick.Automaton {
	if auto := x.auto.Load(); auto != nil {
		return auto
	}
	if x.searched.Add(int64(n)) <= automatonPays {
		return nil
	}
	x.once.Do(func() { x.auto.Store(newAutomaton(folded(x.texts))) })
	return x.auto.Load()
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
