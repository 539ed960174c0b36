package matcher

import (
	"slices"
	"strings"

	"wsalog/rules"
)

// A cueSet lists the cues of which any one will do: those of a rule or of a group.
// Rules ask for sets only, never for one cue of a set. So a set is a tag, and all that
// counts of the cues near a candidate is which tags they carry.
type cueSet struct {
	tag  uint16
	cues []int32
}

// noSet is the tag that no cue carries: that of groups that do not exist.
const noSet = 0

// A numbering gives every cue and every set its number, in order of first mention.
type numbering struct {
	lx     *lexicon
	groups map[string]*cueSet
	sets   []*cueSet
}

func newNumbering(lx *lexicon) *numbering {
	return &numbering{lx: lx, groups: make(map[string]*cueSet, 128), sets: []*cueSet{{tag: noSet}}}
}

// of makes a set of cues; noSet when there are none.
func (n *numbering) of(cues []string) uint16 {
	if len(cues) == 0 {
		return noSet
	}
	s := &cueSet{tag: uint16(len(n.sets)), cues: make([]int32, len(cues))}
	for i, c := range cues {
		s.cues[i] = n.lx.addCue(c)
	}
	n.sets = append(n.sets, s)
	return s.tag
}

// group makes the set of a group; noSet when there is no such group.
func (n *numbering) group(name string) uint16 {
	s, ok := n.groups[name]
	if !ok {
		s = n.sets[n.of(rules.CueGroup(name))]
		n.groups[name] = s
	}
	return s.tag
}

// A tagTable tells which tags each cue carries: list[from[cue]:from[cue+1]].
type tagTable struct {
	from []int32
	list []uint16
}

// of returns the tags of a cue.
func (t *tagTable) of(cue int32) []uint16 { return t.list[t.from[cue]:t.from[cue+1]] }

// table turns the sets around when all of them are made.
func (n *numbering) table() tagTable {
	t := tagTable{from: make([]int32, len(n.lx.cues)+1)}
	for _, s := range n.sets {
		for _, cue := range s.cues {
			t.from[cue]++
		}
	}
	total := int32(0)
	for i, count := range t.from { // to the end of each list, which the loop below moves to its beginning
		total += count
		t.from[i] = total
	}
	t.list = make([]uint16, total)
	for _, s := range slices.Backward(n.sets) {
		for _, cue := range s.cues {
			t.from[cue]--
			t.list[t.from[cue]] = s.tag
		}
	}
	return t
}

// words returns how long a bit set of all tags is.
func (n *numbering) words() int { return (len(n.sets) + 63) / 64 }

// addCue returns the bit of a cue literal and adds it when it is new. One that ends in a
// mark is searched for with the first digit of the codes, which is the same for all.
func (lx *lexicon) addCue(text string) int32 {
	text = strings.ToLower(text)
	if bit, ok := lx.cues[text]; ok {
		return bit
	}
	bit := int32(len(lx.cues))
	lx.cues[text] = bit
	before, marked := strings.CutSuffix(text, rules.CodeMark)
	if marked {
		text = before + firstDigit
	}
	lx.marked = append(lx.marked, marked)
	lx.literals = append(lx.literals, literal{text: text, spelling: -1, short: -1, cue: bit, cased: true})
	return bit
}

// firstDigit begins each code that WinSock alone has.
const firstDigit = "1"

// stands reports whether a cue is one where it ends at line[end-1]: the digit at the end of
// a marked one must begin a code.
func (lx *lexicon) stands(bit int32, line []byte, end int) bool {
	if line[end-1] != firstDigit[0] || !lx.marked[bit] {
		return true
	}
	i := end - 1
	for end < len(line) && isDigit(line[end]) {
		end++
	}
	return end-i == codeLength && lx.isCode(atoi(line[i:end]))
}

// codeLength is how many digits those codes have.
const codeLength = 5

// isCode reports whether n is one of them.
func (lx *lexicon) isCode(n int) bool {
	for _, r := range lx.codes {
		if r.Lo <= n && n <= r.Hi {
			return true
		}
	}
	return false
}
