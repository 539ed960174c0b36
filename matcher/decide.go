package matcher

import (
	"fmt"
	"slices"
	"sort"
	"strings"

	"wsalog/rules"
)

// A rule is a context rule made ready: its pattern compiled at first use.
type rule struct {
	*rules.ContextRule
	pattern *pattern // nil when cues alone decide
}

// unconditional reports whether the rule decides wherever it applies.
func (r *rule) unconditional() bool {
	return r.pattern == nil && len(r.Cues) == 0 && len(r.Needs) == 0 && len(r.Lacks) == 0 && len(r.Codes) == 0 && !r.Common
}

// fits reports whether the rule's pattern fits, and whether that is sure.
func (r *rule) fits(window []rune, at int) (fits, sure bool) {
	if r.pattern == nil {
		return true, true
	}
	return r.pattern.match(window, at)
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
	rules   []int32  // strongest first
	last    []int32  // those that need the cue lone: tried where no other rule gives a verdict that counts
	always  int32    // the first of them if it decides without conditions, else noRule
	tags    []uint64 // that any of them asks for
	circles uint64   // that any of them asks for, as bits
}

// A book holds the rules in the order in which they are tried.
type book struct {
	rules      []*rule
	conditions conditions
	carried    tagTable
	words      int      // length of bit sets of tags
	dockets    []docket // by kind

	portraits                       map[int]portrait // by code
	loneBit, ownNameBit, meaningBit int32            // of cues
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
	b.portray(n)
	b.conditions.of = make([]condition, 0, len(list))
	for _, r := range list {
		b.conditions.add(n, r)
	}
	b.words, b.carried = n.words(), n.table()
	made := make([]rule, len(list))
	for i, r := range list {
		if err := made[i].ready(r); err != nil {
			return nil, err
		}
		b.rules = append(b.rules, &made[i])
	}
	b.index()
	for code, p := range b.portraits {
		p.circles = b.conditions.around(code)
		b.portraits[code] = p
	}
	return b, nil
}

// ready makes the rule of r.
func (made *rule) ready(r *rules.ContextRule) error {
	made.ContextRule = r
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
	tags := make([]uint64, len(b.dockets)*b.words)
	for i := range b.dockets {
		b.dockets[i].always, b.dockets[i].tags = noRule, tags[i*b.words:][:b.words:b.words]
	}
	for i, r := range b.rules {
		last := slices.Contains(r.Needs, "lone")
		for _, kind := range kindsOf(r.ContextRule) {
			d := &b.dockets[kind]
			b.conditions.addTo(d, i)
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
	id := m.try(s, c, d, d.rules, at)
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
	s.set(m.book, m.book.loneBit)
	if last := m.try(s, c, d, d.last, at); last != noRule {
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

// try returns the first of the rules, some of the docket of c, that fits c, which
// was looked at last, or noRule.
func (m *Matcher) try(s *scratch, c *candidate, d *docket, list []int32, at int) int32 {
	circles := m.book.circlesOf(c.code)
	key := hashWindow(s.window, s.seed(d, kindOf(c.form, c.variety), c.code, circles))
	if id, ok := s.memo[key]; ok {
		return id
	}
	var room [8]uint64
	bare := append(room[:0], s.nearBits...)
	if holdsAddress(s.window) {
		s.set(m.book, m.addressBit)
	}
	id, certain := int32(noRule), true
	for _, i := range list {
		r := m.book.rules[i]
		if met, sure := m.book.conditions.met(i, s.nearBits, circles); !met || !sure && !r.OnlyFor(c.code) {
			continue
		}
		fits, sure := r.fits(s.window, at)
		certain = certain && sure
		if fits {
			id = i
			break
		}
	}
	copy(s.nearBits, bare) // the window tells of an address, the key need not
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

// seed mixes into the memo's key what the verdict depends on besides the window: of
// the tags and circles those that a rule of the docket asks for.
func (s *scratch) seed(d *docket, kind, code int, circles uint64) uint64 {
	mix := func(h, x uint64) uint64 {
		h = (h ^ x) * 0x9E3779B97F4A7C15
		return h ^ h>>32
	}
	who := circles & d.circles
	if d.circles>>otherCircle != 0 {
		who = uint64(code)
	}
	h := mix(uint64(kind), who)
	for i, w := range d.tags {
		h = mix(h, s.nearBits[i]&w)
	}
	return h
}

// set sets the tags of one cue near the candidate.
func (s *scratch) set(b *book, cue int32) {
	for _, t := range b.carried.of(cue) {
		s.nearBits[t/64] |= 1 << (t % 64)
	}
}

func (s *scratch) has(tag uint16) bool { return s.nearBits[tag/64]>>(tag%64)&1 != 0 }

// near sets the tags of the cues that stand near c, and those of the synthetic ones.
func (s *scratch) near(m *Matcher, c *candidate) {
	b := m.book
	clear(s.nearBits)
	lo := sort.Search(len(s.cuesAt), func(i int) bool { return s.cuesAt[i].end > int32(c.start-cueReach) })
	for _, q := range s.cuesAt[lo:] {
		if q.end > int32(c.end+cueReach) {
			break
		}
		s.set(b, q.bit)
	}
	for _, code := range s.trusted {
		if code == c.code {
			s.set(b, m.sameBit)
		} else {
			s.set(b, m.otherBit)
		}
	}
	p := b.portraits[c.code]
	if s.has(p.names) || s.named(c) {
		s.set(b, b.ownNameBit)
	}
	if s.has(p.words) {
		s.set(b, b.meaningBit)
	}
}
