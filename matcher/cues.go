package matcher

import (
	"strings"

	"wsalog/rules"
)

// A cueSet has a bit for each cue of some that stand together: those of a rule or of
// a group. All sets are as long.
type cueSet struct {
	bits []int32
	set  []uint64 // made by numbering.fill
}

// A numbering gives every cue its bit, in order of first mention, and makes the
// sets when all of them are known.
type numbering struct {
	lx     *lexicon
	groups map[string]*cueSet
	words  int      // length of the sets
	room   []uint64 // for more of them
}

func newNumbering(lx *lexicon) *numbering {
	return &numbering{lx: lx, groups: make(map[string]*cueSet, 128)}
}

// of numbers cues; nil when there are none.
func (n *numbering) of(cues []string) *cueSet {
	if len(cues) == 0 {
		return nil
	}
	s := &cueSet{bits: make([]int32, len(cues))}
	for i, c := range cues {
		s.bits[i] = n.lx.addCue(c)
	}
	return s
}

// group numbers the cues of a group; nil when there is no such group.
func (n *numbering) group(name string) *cueSet {
	s, ok := n.groups[name]
	if !ok {
		s = n.of(rules.CueGroup(name))
		n.groups[name] = s
	}
	return s
}

// complete ends the numbering: from here on sets can be made.
func (n *numbering) complete() { n.words = (len(n.lx.cues) + 63) / 64 }

// empty returns a set without cues.
func (n *numbering) empty() []uint64 {
	const sets = 64 // at once
	if len(n.room) < n.words {
		n.room = make([]uint64, sets*n.words)
	}
	set := n.room[:n.words:n.words]
	n.room = n.room[n.words:]
	return set
}

// fill returns the set of s, which nobody may change; nil when s is nil.
func (n *numbering) fill(s *cueSet) []uint64 {
	if s == nil {
		return nil
	}
	if s.set == nil {
		s.set = n.empty()
		for _, bit := range s.bits {
			s.set[bit/64] |= 1 << (bit % 64)
		}
	}
	return s.set
}

// addCue returns the bit of a cue literal and adds it when it is new.
func (lx *lexicon) addCue(text string) int32 {
	text = strings.ToLower(text)
	if bit, ok := lx.cues[text]; ok {
		return bit
	}
	bit := int32(len(lx.cues))
	lx.cues[text] = bit
	lx.literals = append(lx.literals, literal{text: text, spelling: -1, short: -1, cue: bit, cased: true})
	return bit
}
