package backtrack

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

type kind uint8

const (
	kindEmpty   kind = iota
	kindLiteral      // runes[from:to]
	kindSet          // sets[from]
	kindAssert       // op
	kindSeq          // its kids one after another
	kindAlt          // one of its kids
	kindRepeat       // its kid, min to max times
	kindLook         // its kid, ahead or behind
)

// A node of the tree. Number 0 is none.
type node struct {
	kind     kind
	op       op   // kindAssert
	neg      bool // kindLook
	back     bool // kindLook: behind
	min, max uint16
	from, to int32
	kid      int32 // the first
	next     int32 // sibling
}

// A parser reads an expression into nodes. After the first error it reads nothing.
type parser struct {
	src   string
	i     int
	err   error
	nodes []node
	named []namedSet // the sets so far
	script
}

// A namedSet is the text of a set, by which it is known when it comes again.
type namedSet struct {
	text string
	set  int32
}

func (p *parser) fail(format string, args ...any) int32 {
	if p.err == nil {
		p.err = fmt.Errorf("compile expression: at byte %d: "+format, append([]any{p.i}, args...)...)
	}
	p.i = len(p.src)
	return 0
}

func (p *parser) add(n node) int32 {
	p.nodes = append(p.nodes, n)
	return int32(len(p.nodes) - 1)
}

// alternatives reads up to the end or a closing bracket.
func (p *parser) alternatives() int32 {
	first := p.sequence()
	if p.i >= len(p.src) || p.src[p.i] != '|' {
		return first
	}
	alt := p.add(node{kind: kindAlt, kid: first})
	for last := first; p.i < len(p.src) && p.src[p.i] == '|'; {
		p.i++
		s := p.sequence()
		p.nodes[last].next = s
		last = s
	}
	return alt
}

// sequence reads one alternative. Its node is new and has no sibling.
func (p *parser) sequence() int32 {
	seq := p.add(node{kind: kindSeq})
	last := int32(0)
	for p.i < len(p.src) && p.src[p.i] != '|' && p.src[p.i] != ')' {
		n := p.quantified(p.atom())
		l, x := &p.nodes[last], &p.nodes[n]
		switch {
		case last == 0:
			p.nodes[seq].kid = n
		case l.kind == kindLiteral && x.kind == kindLiteral && l.to == x.from:
			l.to = x.to
			continue
		default:
			l.next = n
		}
		last = n
	}
	return seq
}

// atom reads what one quantifier would hold for.
func (p *parser) atom() int32 {
	switch c := p.src[p.i]; c {
	case '(':
		return p.group()
	case '[':
		return p.class()
	case '.':
		p.i++
		return p.setOf(".", func(s *set) { s.neg = true; p.ranges = append(p.ranges, '\n', '\n') })
	case '^':
		p.i++
		return p.add(node{kind: kindAssert, op: opBegin})
	case '$':
		p.i++
		return p.add(node{kind: kindAssert, op: opEnd})
	case '\\':
		return p.escape()
	case '*', '+', '?':
		return p.fail("nothing for %q to repeat", c)
	}
	if p.src[p.i] == '{' {
		if _, _, n := bounds(p.src[p.i:]); n > 0 {
			return p.fail("nothing to repeat")
		}
		p.i++
		return p.literal('{')
	}
	return p.plain()
}

// plain reads runes that stand for themselves: all up to one that does not, but
// for the last where a quantifier follows.
func (p *parser) plain() int32 {
	from := int32(len(p.runes))
	for p.i < len(p.src) && !isSpecial(p.src[p.i]) {
		r, size := utf8.DecodeRuneInString(p.src[p.i:])
		if next := p.i + size; int(from) < len(p.runes) && next < len(p.src) && isQuantifier(p.src[next]) {
			break
		}
		p.runes = append(p.runes, r)
		p.i += size
	}
	return p.add(node{kind: kindLiteral, from: from, to: int32(len(p.runes))})
}

func isQuantifier(b byte) bool { return b == '*' || b == '+' || b == '?' || b == '{' }

// isSpecial reports whether b may mean something else than itself.
func isSpecial(b byte) bool {
	switch b {
	case '(', ')', '[', '\\', '.', '^', '$', '|':
		return true
	}
	return isQuantifier(b)
}

func (p *parser) literal(r rune) int32 {
	p.runes = append(p.runes, r)
	n := int32(len(p.runes))
	return p.add(node{kind: kindLiteral, from: n - 1, to: n})
}

// group reads (?:…) or a look. Other groups are refused.
func (p *parser) group() int32 {
	n := node{kind: kindSeq}
	switch s := p.src[p.i:]; {
	case strings.HasPrefix(s, "(?:"):
		p.i += len("(?:")
	case strings.HasPrefix(s, "(?=") || strings.HasPrefix(s, "(?!"):
		n = node{kind: kindLook, neg: s[2] == '!'}
		p.i += len("(?=")
	case strings.HasPrefix(s, "(?<=") || strings.HasPrefix(s, "(?<!"):
		n = node{kind: kindLook, neg: s[3] == '!', back: true}
		p.i += len("(?<=")
	default:
		return p.fail("groups other than (?: and looks are not known")
	}
	g := p.add(n)
	kid := p.alternatives()
	p.nodes[g].kid = kid
	if p.i >= len(p.src) {
		return p.fail("a group has no end")
	}
	p.i++
	return g
}

// escape reads a backslash and what belongs to it, outside of classes.
func (p *parser) escape() int32 {
	if p.i+1 < len(p.src) {
		switch c := p.src[p.i+1]; c {
		case 'b', 'B':
			p.i += 2
			if c == 'b' {
				return p.add(node{kind: kindAssert, op: opWord})
			}
			return p.add(node{kind: kindAssert, op: opInside})
		case 's', 'S', 'd', 'D', 'w', 'W':
			p.i += 2
			return p.setOf(p.src[p.i-2:p.i], func(s *set) { s.kinds = kindOf(c) })
		}
	}
	r := p.escapedRune()
	if p.err != nil {
		return 0
	}
	return p.literal(r)
}

// escapedRune reads \uXXXX or an escaped sign; letters and digits with other
// meanings are refused.
func (p *parser) escapedRune() rune {
	rest := p.src[p.i+1:]
	switch {
	case rest == "":
		return p.fail("nothing is escaped")
	case rest[0] == 'u' && len(rest) >= 5:
		v, err := strconv.ParseUint(rest[1:5], 16, 32)
		if err != nil {
			return p.fail("bad \\u")
		}
		p.i += len(`\u0000`)
		return rune(v)
	case rest[0] >= utf8.RuneSelf || rest[0] == '_' || isWord(rune(rest[0])):
		return p.fail("escape \\%c is not known", rest[0])
	}
	p.i += 2
	return rune(rest[0])
}

// quantified reads the quantifier of an atom, if there is one.
func (p *parser) quantified(atom int32) int32 {
	if p.i >= len(p.src) || p.err != nil {
		return atom
	}
	n := node{kind: kindRepeat, kid: atom}
	switch p.src[p.i] {
	case '*':
		n.max = endless
		p.i++
	case '+':
		n.min, n.max = 1, endless
		p.i++
	case '?':
		n.max = 1
		p.i++
	case '{':
		low, high, size := bounds(p.src[p.i:])
		if size == 0 {
			return atom
		}
		n.min, n.max = low, high
		p.i += size
	default:
		return atom
	}
	if p.i < len(p.src) && p.src[p.i] == '?' {
		p.i++ // lazy: the answer is the same
	}
	if p.i < len(p.src) && (strings.IndexByte("*+?", p.src[p.i]) >= 0) {
		return p.fail("two quantifiers")
	}
	if k := p.nodes[atom].kind; k == kindAssert || k == kindLook {
		return p.fail("a place cannot repeat")
	}
	if n.max < n.min || n.max == endless && p.canBeEmpty(atom) {
		return p.fail("this repetition is not known")
	}
	return p.add(n)
}

// bounds reads {n}, {n,} or {n,m}; size is 0 when s begins with none of them.
func bounds(s string) (low, high uint16, size int) {
	end := strings.IndexByte(s, '}')
	if end < 0 {
		return 0, 0, 0
	}
	a, b, comma := strings.Cut(s[1:end], ",")
	x, err := strconv.ParseUint(a, 10, 15)
	if err != nil {
		return 0, 0, 0
	}
	switch y, err := strconv.ParseUint(b, 10, 15); {
	case !comma:
		return uint16(x), uint16(x), end + 1
	case b == "":
		return uint16(x), endless, end + 1
	case err == nil:
		return uint16(x), uint16(y), end + 1
	}
	return 0, 0, 0
}

// canBeEmpty reports whether a node may match without a rune.
func (p *parser) canBeEmpty(i int32) bool {
	n := &p.nodes[i]
	switch n.kind {
	case kindLiteral, kindSet:
		return false
	case kindSeq:
		for k := n.kid; k != 0; k = p.nodes[k].next {
			if !p.canBeEmpty(k) {
				return false
			}
		}
		return true
	case kindAlt:
		for k := n.kid; k != 0; k = p.nodes[k].next {
			if p.canBeEmpty(k) {
				return true
			}
		}
		return false
	case kindRepeat:
		return n.min == 0 || p.canBeEmpty(n.kid)
	}
	return true
}
