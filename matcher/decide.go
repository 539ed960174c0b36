package matcher

import (
	"fmt"
	"slices"
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
	return r.pattern == nil && r.cues == nil && len(r.needs) == 0 && r.lacks == nil && len(r.Codes) == 0 && !r.Common
}

// fits reports whether the rule's cues and pattern are there, and whether that is
// sure.
func (r *rule) fits(near []uint64, window []rune, at int) (fits, sure bool) {
	if r.cues != nil && !intersects(near, r.cues) {
		return false, true
	}
	for _, n := range r.needs {
		if !intersects(near, n) {
			return false, true
		}
	}
	if r.lacks != nil && intersects(near, r.lacks) {
		return false, true
	}
	if r.pattern == nil {
		return true, true
	}
	return r.pattern.match(window, at)
}

func intersects(a, b []uint64) bool {
	for i := range b {
		if a[i]&b[i] != 0 {
			return true
		}
	}
	return false
}

// Synthetic cues: what the matcher finds by other means than a literal.
// rules/cues.toml puts them into groups.
const (
	sameCode  = "\x00same-code"  // the line spells this code in a trusted way too
	otherCode = "\x00other-code" // the line spells another code in a trusted way
	address   = "\x00address"    // an IPv4 address stands in the window
	lone      = "\x00lone"       // no other number on the line could be a code: see (*Matcher).lone
	ownName   = "\x00own-name"   // the line holds a name of this code that POSIX has too
	meaning   = "\x00meaning"    // the line says in words what this code means
)

// maxVarieties bounds the varieties of one form.
const maxVarieties = 8

// kindOf numbers a form with its variety: spellings that the same rules judge.
func kindOf(form rules.Form, variety string) int {
	for i, v := range rules.Varieties(form) {
		if v == variety {
			return int(form)*maxVarieties + i
		}
	}
	panic("matcher: internal error: unknown variety " + variety)
}

// A docket lists the rules that may judge one kind of spelling.
type docket struct {
	rules  []int32 // strongest first
	last   []int32 // those that need the cue lone: tried where no other rule gives a verdict that counts
	always int32   // the first of them if it decides without conditions, else noRule
}

// A book holds the rules in the order in which they are tried.
type book struct {
	rules   []*rule
	words   int      // length of cue bit sets
	dockets []docket // by kind

	portraits                       map[int]portrait // by code
	loneBit, ownNameBit, meaningBit int32
}

func newBook(lx *lexicon, user []*rules.ContextRule) (*book, error) {
	list := rules.ContextRules()
	if len(user) > 0 {
		list = append(append([]*rules.ContextRule{}, list...), user...)
		rules.SortRules(list)
	}
	b := &book{rules: make([]*rule, 0, len(list))}
	lx.addCue(sameCode)
	lx.addCue(otherCode)
	lx.addCue(address)
	b.loneBit, b.ownNameBit, b.meaningBit = lx.addCue(lone), lx.addCue(ownName), lx.addCue(meaning)
	n := newNumbering(lx)
	codes := sketches(n)
	own := make([]*cueSet, len(list))
	for i, r := range list {
		own[i] = n.of(r.Cues)
		for _, names := range [...][]string{r.Needs, r.Lacks} {
			for _, g := range names {
				n.group(g)
			}
		}
	}
	n.complete()
	b.words = n.words
	made := make([]rule, len(list))
	for i, r := range list {
		if err := made[i].ready(n, r, own[i]); err != nil {
			return nil, err
		}
		b.rules = append(b.rules, &made[i])
	}
	b.index()
	b.portray(n, codes)
	return b, nil
}

// ready makes the rule of r, whose own cues are given.
func (made *rule) ready(n *numbering, r *rules.ContextRule, own *cueSet) error {
	made.ContextRule, made.cues = r, n.fill(own)
	for _, g := range r.Needs {
		made.needs = append(made.needs, n.fill(n.group(g)))
	}
	for _, g := range r.Lacks {
		if made.lacks == nil {
			made.lacks = n.empty()
		}
		for i, w := range n.fill(n.group(g)) {
			made.lacks[i] |= w
		}
	}
	if r.Pattern != "" {
		made.pattern = &pattern{source: r.Pattern, limit: builtInTime}
	}
	if !builtIn(r) && made.pattern != nil {
		made.pattern.limit = userTime
		if err := patternError(made.pattern); err != nil {
			return &rules.RuleError{File: r.File, Problem: fmt.Sprintf("rule %s: %v", r.ID, err), Remedy: "mend the pattern"}
		}
	}
	return nil
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

// index lists, for every kind of spelling, the rules that may judge it.
func (b *book) index() {
	b.dockets = make([]docket, len(rules.Forms())*maxVarieties)
	for i := range b.dockets {
		b.dockets[i].always = noRule
	}
	for i, r := range b.rules {
		last := slices.Contains(r.Needs, "lone")
		for _, kind := range kindsOf(r.ContextRule) {
			d := &b.dockets[kind]
			if last {
				d.last = append(d.last, int32(i))
				continue
			}
			if len(d.rules) == 0 && r.unconditional() {
				d.always = int32(i)
			}
			d.rules = append(d.rules, int32(i))
		}
	}
}

// kindsOf returns the kinds of spelling that a rule judges, each once.
func kindsOf(r *rules.ContextRule) []int {
	var kinds []int
	for _, f := range r.Forms {
		name, variety, one := strings.Cut(f, ":")
		form, err := rules.ParseForm(name)
		if err != nil {
			continue // the checks of rules refuse it
		}
		for i, v := range rules.Varieties(form) {
			if kind := int(form)*maxVarieties + i; (!one || v == variety) && !slices.Contains(kinds, kind) {
				kinds = append(kinds, kind)
			}
		}
	}
	return kinds
}

// noRule is the verdict on a candidate that no rule judges.
const noRule = -1

// judge returns the index of the rule that decides about c, or noRule.
func (m *Matcher) judge(s *scratch, line []byte, c *candidate) int32 {
	kind := kindOf(c.form, c.variety)
	d := &m.book.dockets[kind]
	if d.always != noRule || len(d.rules) == 0 {
		return d.always
	}
	at := m.look(s, line, c)
	id := m.try(s, c, d.rules, at)
	if len(d.last) == 0 || id != noRule && (m.book.rules[id].Verdict == rules.Reject || m.book.rules[id].Strength >= mediumStrength) {
		return id
	}
	alone, looked := m.lone(s, line, c)
	if !alone {
		return id
	}
	if looked {
		at = m.look(s, line, c)
	}
	s.set(m.book.loneBit)
	if last := m.try(s, c, d.last, at); last != noRule {
		return last
	}
	return id
}

// mediumStrength is the least strength of a verdict that counts by default.
const mediumStrength = 4

// look fills in the window of c and the cues near it and returns the place of its
// mark.
func (m *Matcher) look(s *scratch, line []byte, c *candidate) (at int) {
	s.window, at = appendWindow(s.window[:0], line, c.start, c.end)
	s.near(m, c)
	return at
}

// try returns the first of the rules that fits c, which was looked at last, or
// noRule.
func (m *Matcher) try(s *scratch, c *candidate, list []int32, at int) int32 {
	key := hashWindow(s.window, s.seed(kindOf(c.form, c.variety), c.code))
	if id, ok := s.memo[key]; ok {
		return id
	}
	if holdsAddress(s.window) {
		s.set(m.addressBit)
	}
	id, certain := int32(noRule), true
	for _, i := range list {
		r := m.book.rules[i]
		if !r.OnlyFor(c.code) {
			continue
		}
		fits, sure := r.fits(s.nearBits, s.window, at)
		certain = certain && sure
		if fits {
			id = i
			break
		}
	}
	s.unset(m.addressBit) // the window tells of it, the key need not
	if !certain {
		s.unsure = true
		return id // not to be remembered
	}
	if len(s.memo) >= memoSize {
		clear(s.memo)
	}
	s.memo[key] = id
	return id
}

// holdsAddress reports whether a window shows an IPv4 address, which it does as
// 0.0.0.0.
func holdsAddress(window []rune) bool {
	const shape = "0.0.0.0"
	n := 0
	for i, r := range window {
		switch {
		case r == rune(shape[n]):
			if n == 0 && i > 1 && window[i-1] == '-' && window[i-2] == '0' {
				continue // the day of a date that dots join to a time
			}
			if n++; n == len(shape) {
				return true
			}
		case r == '0':
			n = 1
		default:
			n = 0
		}
	}
	return false
}

// seed mixes into the memo's key what the verdict depends on besides the window.
func (s *scratch) seed(kind, code int) uint64 {
	h := uint64(code)<<8 | uint64(kind)
	for _, w := range s.nearBits {
		h = (h ^ w) * 0x9E3779B97F4A7C15
		h ^= h >> 32
	}
	return h
}

// set sets one bit of the cues near the candidate.
func (s *scratch) set(bit int32)   { s.nearBits[bit/64] |= 1 << (bit % 64) }
func (s *scratch) unset(bit int32) { s.nearBits[bit/64] &^= 1 << (bit % 64) }

// near sets the bits of the cues that stand near c, and the synthetic ones.
func (s *scratch) near(m *Matcher, c *candidate) {
	clear(s.nearBits)
	lo := sort.Search(len(s.cuesAt), func(i int) bool { return s.cuesAt[i].end > int32(c.start-cueReach) })
	for _, q := range s.cuesAt[lo:] {
		if q.end > int32(c.end+cueReach) {
			break
		}
		s.set(q.bit)
	}
	for _, code := range s.trusted {
		if code == c.code {
			s.set(m.sameBit)
		} else {
			s.set(m.otherBit)
		}
	}
	p := m.book.portraits[c.code]
	if p.names != nil && intersects(s.nearBits, p.names) || s.named(c) {
		s.set(m.book.ownNameBit)
	}
	if p.words != nil && intersects(s.nearBits, p.words) {
		s.set(m.book.meaningBit)
	}
}
