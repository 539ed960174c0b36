package ahocorasick

// plain is Append without any short cut: one step of the trie for each byte. It
// judges haystacks that are too long for the naive search.
func (a *Automaton) plain(dst []Occurrence, haystack []byte) []Occurrence {
	s := uint32(0)
	for i, b := range haystack {
		s = a.next(s, a.class[b])
		if o := a.out[s]; o != 0 {
			dst = a.report(dst, haystack, o, i+1)
		}
	}
	return dst
}
