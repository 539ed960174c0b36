package matcher

import (
	"sort"
	"strconv"

	"wsalog/rules"
)

// meaningGroup begins the names of the cue groups that say what a code means.
const meaningGroup = "means-"

// A portrait is what the words of a line may say about a code.
type portrait struct {
	names   uint16 // the tag of POSIX names and the like; noSet when it has none
	words   uint16 // the tag of the cues of its meaning; noSet likewise
	circles uint64 // to which the code belongs
}

// portray makes the portrait of each code.
func (b *book) portray(n *numbering) {
	codes := rules.Codes()
	b.portraits = make(map[int]portrait, len(codes))
	for _, c := range codes {
		p := portrait{}
		if c.Posix != "" && c.Number >= rules.First {
			p.names = n.of([]string{c.Posix})
		}
		p.words = n.group(meaningGroup + strconv.Itoa(c.Number))
		b.portraits[c.Number] = p
	}
}

// named reports whether the line spells c's code both as a name and as a number,
// one of which is c. Neither need be believed by itself: EAI_AGAIN and 11002 are
// believed together.
func (s *scratch) named(c *candidate) bool {
	from := sort.Search(len(s.cands), func(i int) bool { return s.cands[i].start >= c.start-nameReach })
	for i := from; i < len(s.cands) && s.cands[i].start <= c.end+nameReach; i++ {
		if o := &s.cands[i]; o.code == c.code && (o.form == rules.FormName) != (c.form == rules.FormName) {
			return true
		}
	}
	return false
}

// nameReach is how many bytes a name and a number of one code may stand apart.
const nameReach = 32

// Bounds on what lone looks at: a line that is full of candidates is a table of
// something.
const (
	maxRivals     = 4  // numbers in range
	maxCandidates = 16 // spellings of any kind
)

// lone reports whether c is the only number on its line that could be a code:
// every other look-alike names the same code or is rejected for what it is, such
// as a port. Rules that need this are the last resort for formats that nobody has
// seen before. looked reports whether another candidate was looked at meanwhile.
func (m *Matcher) lone(s *scratch, line []byte, c *candidate) (alone, looked bool) {
	if len(s.cands) > maxCandidates {
		return false, false
	}
	rivals := 0
	for i := range s.cands {
		o := &s.cands[i]
		if o.code == c.code && o.start == c.start || o.code < rules.First || o.related {
			continue
		}
		if rivals++; rivals > maxRivals {
			return false, looked
		}
		if o.form != rules.FormDecimal && o.form != rules.FormHex {
			if o.code == c.code || !selfEvident(o) {
				continue
			}
			return false, looked
		}
		d := &m.book.dockets[kindOf(o.form, o.variety)]
		looked = true
		id := m.try(s, o, d, d.rules, m.look(s, line, o))
		if o.code != c.code && (id == noRule || m.book.rules[id].Verdict != rules.Reject) {
			return false, looked
		}
	}
	return true, looked
}
