package matcher

import "wsalog/matcher/ahocorasick"

// A finder leads from candidate to candidate: it may stop where nothing is, and
// never passes a code literal.
type finder struct {
	auto *ahocorasick.Automaton
}

func newFinder(lx *lexicon) (finder, error) {
	var patterns []ahocorasick.Pattern
	for i := range lx.literals {
		if l := &lx.literals[i]; lx.code(l) {
			patterns = append(patterns, ahocorasick.Pattern{Bytes: []byte(l.text), Fold: true})
		}
	}
	auto, err := ahocorasick.New(patterns)
	return finder{auto: auto}, err
}

// next returns a place at or after from in the line of the next code literal, or
// -1 when there is none.
func (f *finder) next(block []byte, from int) int {
	o, ok := f.auto.First(block[from:])
	if !ok {
		return -1
	}
	return from + int(o.End) - 1
}
