package matcher

import (
	"fmt"
	"sort"
	"strings"

	"wsalog/rules"
)

// A rule is a context rule made ready: its cues as bits, its pattern compiled at
// first use.
type rule struct {
	*rules.ContextRule
	cues    []uint64   // any of these; nil when the rule has none
	needs   [][]uint64 // any of each of these
	lacks   []uint64   // none of these; nil when there are none
	pattern *pattern   // nil when cues alone decide
}

// unconditional reports whether the rule decides wherever it applies.
func (r *rule) unconditional() bool {
	return r.pattern == nil && r.cues == nil && len(r.needs) == 0 && r.lacks == nil
}

// fits reports whether the rule's cues and pattern are there.
func (r *rule) fits(near []uint64, window []rune, at int) bool {
	if r.cues != nil && !intersects(near, r.cues) {
		return false
	}
	for _, n := range r.needs {
		if !intersects(near, n) {
			return false
		}
	}
	if r.lacks != nil && intersects(near, r.lacks) {
		return false
	}
	return r.pattern == nil || r.pattern.match(window, at)
}

func intersects(a, b []uint64) bool {
	for i := range b {
		if a[i]&b[i] != 0 {
			return true
		}
	}
	return false
}

// Synthetic cues: what other candidates of the line were found to be. Rules name
// them as groups.
const (
	sameCode  = "\x00same-code"  // the line spells this code in a trusted way too
	otherCode = "\x00other-code" // the line spells another code in a trusted way
)

// A kind is a form with its variety: spellings that the same rules judge.
type kind struct {
	form    rules.Form
	variety string
}

// A book holds the rules in the order in which they are tried.
type book struct {
	rules  []*rule
	words  int          // length of cue bit sets
	byKind map[kind]int // index in lists
	lists  [][]int32    // rules that judge a kind, strongest first
}

func newBook(lx *lexicon, user []*rules.ContextRule) (*book, error) {
	list := append(append([]*rules.ContextRule{}, rules.ContextRules()...), user...)
	rules.SortRules(list)
	b := &book{byKind: map[kind]int{}}
	lx.addCue(sameCode)
	lx.addCue(otherCode)
	for _, r := range list {
		for _, c := range r.Cues {
			lx.addCue(c)
		}
		for _, g := range append(append([]string{}, r.Needs...), r.Lacks...) {
			for _, c := range rules.CueGroup(g) {
				lx.addCue(c)
			}
		}
	}
	b.words = (len(lx.cues) + 63) / 64
	for _, r := range list {
		made, err := b.ready(lx, r)
		if err != nil {
			return nil, err
		}
		b.rules = append(b.rules, made)
	}
	b.index(lx)
	return b, nil
}

func (b *book) ready(lx *lexicon, r *rules.ContextRule) (*rule, error) {
	made := &rule{ContextRule: r}
	if len(r.Cues) > 0 {
		made.cues = b.bits(lx, r.Cues)
	}
	for _, g := range r.Needs {
		made.needs = append(made.needs, b.bits(lx, rules.CueGroup(g)))
	}
	for _, g := range r.Lacks {
		if made.lacks == nil {
			made.lacks = make([]uint64, b.words)
		}
		for i, w := range b.bits(lx, rules.CueGroup(g)) {
			made.lacks[i] |= w
		}
	}
	if r.Pattern != "" {
		made.pattern = &pattern{source: r.Pattern}
	}
	if !builtIn(r) && made.pattern != nil {
		if err := patternError(made.pattern); err != nil {
			return nil, &rules.RuleError{File: r.File, Problem: fmt.Sprintf("rule %s: %v", r.ID, err), Remedy: "mend the pattern"}
		}
	}
	return made, nil
}

// builtIn reports whether the rule is one of ours, whose patterns are proved by
// tests and so need not be compiled before their first use.
func builtIn(r *rules.ContextRule) bool {
	for _, own := range rules.ContextRules() {
		if own == r {
			return true
		}
	}
	return false
}

func (b *book) bits(lx *lexicon, cues []string) []uint64 {
	set := make([]uint64, b.words)
	for _, c := range cues {
		bit := lx.addCue(c)
		set[bit/64] |= 1 << (bit % 64)
	}
	return set
}

// index lists, for every kind of spelling, the rules that may judge it.
func (b *book) index(lx *lexicon) {
	add := func(form rules.Form, variety string) {
		kind := kind{form, variety}
		if _, ok := b.byKind[kind]; ok {
			return
		}
		var ids []int32
		for i, r := range b.rules {
			if judges(r.ContextRule, form, variety) {
				ids = append(ids, int32(i))
			}
		}
		b.byKind[kind] = len(b.lists)
		b.lists = append(b.lists, ids)
	}
	for _, s := range lx.spellings {
		add(s.Form, s.Variety)
	}
	add(rules.FormDecimal, rules.DecimalShort)
	add(rules.FormDecimal, rules.DecimalColumn)
	add(rules.FormHex, rules.HexPrefixed)
	add(rules.FormHex, rules.HexBare)
	add(rules.FormHresult, rules.HresultHex)
	add(rules.FormOffset, rules.OffsetOracle)
}

func judges(r *rules.ContextRule, form rules.Form, variety string) bool {
	for _, f := range r.Forms {
		name, v, has := strings.Cut(f, ":")
		if name == form.String() && (!has || v == variety) {
			return true
		}
	}
	return false
}

// noRule is the verdict on a candidate that no rule judges.
const noRule = -1

// judge returns the index of the rule that decides about c, or noRule.
func (m *Matcher) judge(s *scratch, line []byte, c *candidate) int32 {
	list := m.book.lists[m.book.byKind[kind{c.form, c.variety}]]
	applicable := s.applicable[:0]
	for _, id := range list {
		if r := m.book.rules[id]; r.OnlyFor(c.code) {
			applicable = append(applicable, id)
		}
	}
	s.applicable = applicable
	if len(applicable) == 0 {
		return noRule
	}
	if m.book.rules[applicable[0]].unconditional() {
		return applicable[0]
	}
	s.near(m, c)
	var at int
	s.window, at = appendWindow(s.window[:0], line, c.start, c.end)
	key := hashWindow(s.window, s.seed(c))
	if id, ok := s.memo[key]; ok {
		return id
	}
	id := int32(noRule)
	for _, a := range applicable {
		if m.book.rules[a].fits(s.nearBits, s.window, at) {
			id = a
			break
		}
	}
	if len(s.memo) >= memoSize {
		clear(s.memo)
	}
	s.memo[key] = id
	return id
}

// seed mixes into the memo's key what the verdict depends on besides the window.
func (s *scratch) seed(c *candidate) uint64 {
	h := uint64(c.code)<<8 | uint64(c.form)
	for i := 0; i < len(c.variety); i++ {
		h = h*31 + uint64(c.variety[i])
	}
	for _, w := range s.nearBits {
		h = (h ^ w) * 0x9E3779B97F4A7C15
		h ^= h >> 32
	}
	return h
}

// near sets the bits of the cues that stand near c, and the synthetic ones.
func (s *scratch) near(m *Matcher, c *candidate) {
	clear(s.nearBits)
	lo := sort.Search(len(s.cuesAt), func(i int) bool { return s.cuesAt[i].end > int32(c.start-cueReach) })
	for _, q := range s.cuesAt[lo:] {
		if q.end > int32(c.end+cueReach) {
			break
		}
		s.nearBits[q.bit/64] |= 1 << (q.bit % 64)
	}
	for _, code := range s.trusted {
		bit := m.otherBit
		if code == c.code {
			bit = m.sameBit
		}
		s.nearBits[bit/64] |= 1 << (bit % 64)
	}
}
