// Package matcher finds WinSock errors in bytes: bytes in, matches out. It knows
// no file, colour or format. DESIGN.md explains its stages and what each of them
// promises.
//
// It can be used from other Go code in this module:
//
//	m, err := matcher.New(matcher.Options{})
//	if err != nil { … }
//	matches := m.Append(nil, block, nil)
package matcher

import (
	"hash/maphash"
	"slices"
	"sync"
	"sync/atomic"

	"wsalog/matcher/ahocorasick"
	"wsalog/rules"
)

// Options configures New. The zero value is the default.
type Options struct {
	// UserRules are tried together with the built-in context rules.
	UserRules []*rules.ContextRule
}

const (
	memoSize = 1 << 13 // remembered verdicts per goroutine
	cueReach = 256     // bytes before and after a candidate in which cues count
)

// A Matcher finds and judges every spelling of every code of the catalogue. It
// is safe for use by several goroutines.
type Matcher struct {
	lx                *lexicon
	book              *book
	finder            finder
	searched          atomic.Int64   // bytes so far, up to lazyFinder
	strength          map[string]int // by rule
	sameBit, otherBit int32
	addressBit        int32
	idle              scratches
	shaper            func() *shaper // made at first use
	shapes            maphash.Seed
	recall            recall
	fresh             freshOutlines
	ruleNames         []string // of every verdict
	ruleNumber        map[string]uint16
}

// scratches are those that no goroutine uses. What they have learnt is worth keeping
// as long as the Matcher, hence they are no sync.Pool.
type scratches struct {
	mu   sync.Mutex
	list []*scratch
}

// A scratch holds what one goroutine needs while it searches.
type scratch struct {
	found    []ahocorasick.Occurrence
	most     int // of found in one line since the scratch was idle
	table    ahocorasick.Scratch
	cands    []candidate
	cuesAt   []cuePlace
	trusted  []int
	nearBits []uint64
	window   []rune
	memo     map[[2]uint64]int32
	glance   glance
	drawn    [atOnce][]byte // shapes of lines
	lines    []worthy       // of the block
	doubt    doubt
	unsure   bool    // a pattern gave up on the line in hand
	plain    []byte  // an unescaped line
	places   []int32 // offsets of its bytes in the line
	outline  outline // of the line
	outlined bool    // the line in hand is its text
}

type cuePlace struct{ bit, end int32 }

// New builds a Matcher. It fails on a user rule whose pattern does not compile,
// with a *rules.RuleError.
func New(opts Options) (*Matcher, error) {
	m := &Matcher{lx: newLexicon(opts.UserRules)}
	var err error
	if m.book, err = newBook(m.lx, opts.UserRules); err != nil {
		return nil, err
	}
	m.lx.build()
	m.sameBit, m.otherBit, m.addressBit = m.lx.cues[sameCode], m.lx.cues[otherCode], m.lx.cues[address]
	m.strength, m.ruleNumber = make(map[string]int, len(m.book.rules)), make(map[string]uint16, len(m.book.rules)+4)
	m.ruleNames = append(make([]string, 0, len(m.book.rules)+4), NoRule, RuleOutweighed, RuleW3CStatus, RuleW3COther)
	for _, r := range m.book.rules {
		m.strength[r.ID], m.ruleNames = r.Strength, append(m.ruleNames, r.ID)
	}
	for i, name := range m.ruleNames {
		m.ruleNumber[name] = uint16(i)
	}
	m.shaper, m.shapes = sync.OnceValue(func() *shaper { return newShaper(m.lx, m.book) }), maphash.MakeSeed()
	return m, nil
}

func (m *Matcher) newScratch() *scratch {
	return &scratch{nearBits: make([]uint64, m.book.words), memo: make(map[[2]uint64]int32)}
}

// scratch returns an idle scratch, or a new one.
func (m *Matcher) scratch() *scratch {
	m.idle.mu.Lock()
	defer m.idle.mu.Unlock()
	n := len(m.idle.list) - 1
	if n < 0 {
		return m.newScratch()
	}
	s := m.idle.list[n]
	m.idle.list = m.idle.list[:n]
	return s
}

// maxRoom is how many items a list of an idle scratch keeps room for once the lines are
// over that needed more: one of a megabyte has a hundred thousand literals.
const maxRoom = 8 << 10

// done makes s idle.
func (m *Matcher) done(s *scratch) {
	room := max(cap(s.found), cap(s.cands), cap(s.cuesAt), cap(s.lines), cap(s.places), cap(s.plain), cap(s.window))
	if room > maxRoom && max(s.most, len(s.lines)) <= maxRoom {
		s.found, s.cands, s.cuesAt, s.lines, s.places, s.plain, s.window = nil, nil, nil, nil, nil, nil, nil
	}
	s.most, s.glance.line = 0, nil // the line is the caller's
	m.idle.mu.Lock()
	defer m.idle.mu.Unlock()
	m.idle.list = append(m.idle.list, s)
}

// Append searches block, which holds whole lines in UTF-8 (or any encoding that
// keeps ASCII), and appends its matches, accepted, related and rejected ones, to
// dst in order of position. The matches of one line stand together. It does not
// keep block, and allocates only for lines of a kind that it has not met.
func (m *Matcher) Append(dst []Match, block []byte, ctx *Context) []Match {
	s := m.scratch()
	defer m.done(s)
	if m.searched.Load() < lazyFinder && m.searched.Add(int64(len(block))) < lazyFinder {
		return m.everyLine(dst, s, block, ctx)
	}
	return m.block(dst, s, block, ctx)
}

// verdicts judges the candidates: first those that can be told without their
// neighbours, then the others in the light of them.
func (m *Matcher) verdicts(out []Match, s *scratch, line []byte) {
	s.trusted = s.trusted[:0]
	for i := range out {
		c := &s.cands[i]
		if c.related || !selfEvident(c) {
			continue
		}
		m.settle(&out[i], c, m.judge(s, line, c))
		if out[i].Verdict == Accepted && !slices.Contains(s.trusted, c.code) {
			s.trusted = append(s.trusted, c.code)
		}
	}
	for i := range out {
		if c := &s.cands[i]; c.related || !selfEvident(c) {
			m.settle(&out[i], c, m.judge(s, line, c))
		}
	}
	m.outweigh(out)
}

// outweigh takes back what was accepted on weak grounds beside a stronger hit of
// another code: next to an error that is plainly named, a bare number is more
// likely an id.
func (m *Matcher) outweigh(out []Match) {
	strong := func(x *Match) bool { return x.Verdict == Accepted && m.strength[x.Rule] > weakStrength }
	var codes [2]int // two different ones are enough: one of them is another
	for i := range out {
		if x := &out[i]; x.Code != codes[0] && strong(x) {
			codes[1] = x.Code
			if codes[0] == 0 {
				codes[0], codes[1] = x.Code, 0
			}
		}
	}
	for i := range out {
		x := &out[i]
		if x.Verdict != Accepted || strong(x) {
			continue
		}
		if codes[0] != 0 && codes[0] != x.Code || codes[1] != 0 {
			x.Verdict, x.Rule, x.Confidence = Rejected, RuleOutweighed, Low
		}
	}
}

// selfEvident reports whether the spelling belongs to WinSock alone.
func selfEvident(c *candidate) bool {
	switch c.variety {
	case rules.NameWSA, rules.MessageText, rules.HresultHex:
		return true
	}
	return c.form == rules.FormHresult && c.variety == rules.HresultNumber
}

// Ids of verdicts that no rule file gives.
const (
	NoRule         = "no-cue"     // no rule vouches for the look-alike
	RuleOutweighed = "outweighed" // weak grounds beside a plain error of another code
)

// weakStrength is the strength up to which a rule's verdict yields to a stronger
// hit of another code on the line.
const weakStrength = 4

func (m *Matcher) settle(out *Match, c *candidate, id int32) {
	if id == noRule {
		out.Verdict, out.Rule = Rejected, NoRule
		return
	}
	r := m.book.rules[id]
	out.Rule = r.ID
	switch {
	case r.Verdict == rules.Reject:
		out.Verdict = Rejected
	case c.related:
		out.Verdict = Related
	}
	switch {
	case r.Strength >= 7:
		out.Confidence = High
	case r.Strength >= 4:
		out.Confidence = Medium
	}
}

// collect finds the candidates and cues of a line. It reports whether the line
// holds a code literal that is no part of something longer, and whether it must be
// unescaped and searched again.
func (m *Matcher) collect(s *scratch, line []byte) (code, escaped bool) {
	s.cands, s.cuesAt = s.cands[:0], s.cuesAt[:0]
	s.found = m.lx.search(s.found[:0], line, &s.table)
	s.most = max(s.most, len(s.found))
	if s.outlined {
		s.found = m.held(s.found, &s.outline)
	}
	for _, o := range s.found {
		if bit := o.Pattern - m.lx.firstCue; bit >= 0 { // of 30 literals on a line, all but one or two
			if m.lx.stands(bit, line, int(o.End)) {
				s.cuesAt = append(s.cuesAt, cuePlace{bit, o.End})
			}
			continue
		}
		l := &m.lx.literals[o.Pattern]
		end := int(o.End)
		switch {
		case l.short >= 0:
			code = true
			if c, ok := shortCandidate(line, &rules.ShortCues()[l.short], end, &s.glance.reads); ok {
				s.cands = append(s.cands, c)
			}
		default:
			if c, ok := spelled(line, &m.lx.spellings[l.spelling], end-len(l.text), end); ok {
				s.cands, code = append(s.cands, c), code || l.code
			}
		}
	}
	escaped = m.lx.escapes(line)
	return code || escaped, escaped
}

// collectEscaped searches the unescaped form of line for system texts and adds
// them with their places in line.
func (m *Matcher) collectEscaped(s *scratch, line []byte) {
	s.plain, s.places = unescape(s.plain[:0], s.places[:0], line)
	s.found = m.lx.search(s.found[:0], s.plain, &s.table)
	for _, o := range s.found {
		l := &m.lx.literals[o.Pattern]
		if l.spelling < 0 || m.lx.spellings[l.spelling].Form != rules.FormMessage {
			continue
		}
		end := int(o.End)
		c, ok := spelled(s.plain, &m.lx.spellings[l.spelling], end-len(l.text), end)
		if ok && int(s.places[c.end])-int(s.places[c.start]) > c.end-c.start {
			c.start, c.end = int(s.places[c.start]), int(s.places[c.end])
			s.cands = append(s.cands, c)
		}
	}
}

// Engine names the way in which the matcher finds candidates on this machine:
// "bytescan avx2", or "automaton" where the prefilter declined.
func (m *Matcher) Engine() string {
	return m.finder.ready(m.lx).String()
}

// Timeouts returns how often each rule's pattern ran out of time or stack so
// far; nil when none did. After three times a pattern is not tried again.
func (m *Matcher) Timeouts() map[string]int {
	var out map[string]int
	for _, r := range m.book.rules {
		if r.pattern == nil {
			continue
		}
		if n := r.pattern.timeouts.Load(); n > 0 {
			if out == nil {
				out = map[string]int{}
			}
			out[r.ID] = int(n)
		}
	}
	return out
}

// Rule returns the context rule with this id, nil when there is none.
func (m *Matcher) Rule(id string) *rules.ContextRule {
	for _, r := range m.book.rules {
		if r.ID == id {
			return r.ContextRule
		}
	}
	return nil
}
