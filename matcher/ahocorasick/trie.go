package ahocorasick

import (
	"bytes"
	"slices"

	"wsalog/matcher/fold"
)

// A trie holds the states in breadth-first order; state 0 is the root. Breadth
// first, the children of a state are neighbours and follow those of the state
// before, so that one offset for each state says where its children begin and
// where those of its predecessor end.
type trie struct {
	class [256]byte // kinds of byte: ASCII letters of either case are one, and so are all bytes in no pattern
	kinds uint32    // number of kinds
	rows  []uint32  // rows[s*kinds+class] is the state after s, for the dense states s < dense
	dense uint32    // the states with a row: at least the root

	nodes []node // what a step from s needs, in one cache line

	first []uint32 // children of s are first[s] … first[s+1]-1, in order of label
	label []byte   // class on the edge into s
	fail  []uint32 // longest proper suffix of s that is a state
	out   []uint32 // s if patterns end in s, else the next such state on the fail chain, else 0
	dict  []uint32 // the next state with patterns of its own behind s on the fail chain, or 0
	ends  []uint32 // patterns that end in s are order[ends[s]:ends[s+1]]
	order []int32  // patterns by the state in which they end, then by index
}

// A node is a state as steps see it.
type node struct {
	first, fail uint32 // as in trie
	out         uint32 // likewise
	children    uint8  // their number
	label       uint8  // of the first child
}

// denseBytes bounds the rows. Few states take nearly all steps in text without
// occurrences, and those are shallow, hence first.
const denseBytes = 64 << 10

// build fills the trie from folded patterns.
func (t *trie) build(keys [][]byte) {
	sorted := make([]int32, len(keys))
	for i := range sorted {
		sorted[i] = int32(i)
	}
	slices.SortFunc(sorted, func(x, y int32) int {
		if c := bytes.Compare(keys[x], keys[y]); c != 0 {
			return c
		}
		return int(x - y)
	})
	last := t.plant(keys, sorted)
	t.arrange(sorted, last)
	t.classify(keys)
	t.link()
	t.pack()
}

// plant creates the states of the patterns, which come in lexical order, and
// returns the state in which each ends. States of one depth are born in lexical
// order, hence a state's number is the count of shallower states plus its rank.
func (t *trie) plant(keys [][]byte, sorted []int32) []uint32 {
	shared := make([]int, len(sorted)) // bytes that a pattern shares with the one before
	depths := []uint32{1}              // states by depth
	for i, p := range sorted {
		if i > 0 {
			shared[i] = commonPrefix(keys[sorted[i-1]], keys[p])
		}
		for d := shared[i] + 1; d <= len(keys[p]); d++ {
			if d == len(depths) {
				depths = append(depths, 0)
			}
			depths[d]++
		}
	}
	n := uint32(0)
	for d, count := range depths {
		depths[d] = n
		n += count
	}
	t.first, t.label = make([]uint32, n+1), make([]byte, n)
	path := make([]uint32, len(depths))
	last := make([]uint32, len(keys))
	for i, p := range sorted {
		for d := shared[i] + 1; d <= len(keys[p]); d++ {
			s := depths[d]
			depths[d]++
			t.label[s], path[d] = keys[p][d-1], s
			if parent := path[d-1]; t.first[parent] == 0 {
				t.first[parent] = s
			}
		}
		last[p] = path[len(keys[p])]
	}
	t.first[n] = n
	for s := n; s > 0; s-- { // a state without children has an empty range
		if t.first[s-1] == 0 {
			t.first[s-1] = t.first[s]
		}
	}
	return last
}

// arrange lists the patterns by the state in which they end.
func (t *trie) arrange(sorted []int32, last []uint32) {
	n := len(t.label)
	t.ends = make([]uint32, n+1)
	for _, s := range last {
		t.ends[s+1]++
	}
	for s := range n {
		t.ends[s+1] += t.ends[s]
	}
	t.order = make([]int32, len(sorted))
	next := slices.Clone(t.ends)
	for p, s := range last {
		t.order[next[s]] = int32(p)
		next[s]++
	}
}

// classify numbers the bytes that occur in patterns and rewrites the labels.
func (t *trie) classify(keys [][]byte) {
	t.kinds = 1
	for _, k := range keys {
		for _, b := range k {
			if t.class[b] == 0 {
				t.class[b] = byte(t.kinds)
				t.kinds++
			}
		}
	}
	for b := range t.class {
		t.class[b] = t.class[fold.Byte(byte(b))]
	}
	for s, b := range t.label {
		t.label[s] = t.class[b]
	}
}

// link computes the rows and the fail and output links, shallow states first: the
// suffixes of a state are complete before it.
func (t *trie) link() {
	n := uint32(len(t.label))
	t.fail, t.out, t.dict = make([]uint32, n), make([]uint32, n), make([]uint32, n)
	t.dense = min(n, 1+denseBytes/4/t.kinds)
	t.rows = make([]uint32, t.dense*t.kinds)
	for s := range n {
		if s != 0 {
			t.dict[s] = t.out[t.fail[s]]
			t.out[s] = t.dict[s]
			if t.ends[s] < t.ends[s+1] {
				t.out[s] = s
			}
		}
		for c := t.first[s]; c < t.first[s+1] && s != 0; c++ {
			t.fail[c] = t.next(t.fail[s], t.label[c])
		}
		if s < t.dense {
			row := t.rows[s*t.kinds : (s+1)*t.kinds]
			if s != 0 {
				copy(row, t.rows[t.fail[s]*t.kinds:])
			}
			for c := t.first[s]; c < t.first[s+1]; c++ {
				row[t.label[c]] = c
			}
		}
	}
}

// pack makes the nodes, after everything else.
func (t *trie) pack() {
	t.nodes = make([]node, len(t.label))
	for s := range t.nodes {
		n := &t.nodes[s]
		*n = node{first: t.first[s], fail: t.fail[s], out: t.out[s], children: uint8(t.first[s+1] - t.first[s])}
		if n.children > 0 {
			n.label = t.label[n.first]
		}
	}
}

// step is next for a complete trie.
func (t *trie) step(s uint32, class byte) uint32 {
	for s >= t.dense {
		n := &t.nodes[s]
		switch {
		case n.children == 0:
		case n.label == class:
			return n.first
		case n.children > 1:
			for c, end := n.first+1, n.first+uint32(n.children); c < end; c++ {
				if t.label[c] == class {
					return c
				}
			}
		}
		s = n.fail
	}
	return t.rows[s*t.kinds+uint32(class)]
}

// own returns the patterns that end in s.
func (t *trie) own(s uint32) []int32 { return t.order[t.ends[s]:t.ends[s+1]] }

// next is the state after s on a byte of the given class.
func (t *trie) next(s uint32, class byte) uint32 {
	for s >= t.dense {
		for c, end := t.first[s], t.first[s+1]; c < end; c++ {
			if t.label[c] == class {
				return c
			}
		}
		s = t.fail[s]
	}
	return t.rows[s*t.kinds+uint32(class)]
}

func commonPrefix(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
