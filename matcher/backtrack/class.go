package backtrack

import (
	"strings"
	"unicode/utf8"
)

// setOf returns a node of the set with this text, which fill describes when it is
// new: its ranges it appends to p.ranges.
func (p *parser) setOf(text string, fill func(*set)) int32 {
	for _, s := range p.named {
		if s.text == text {
			return p.add(node{kind: kindSet, from: s.set})
		}
	}
	s := set{from: int32(len(p.ranges))}
	fill(&s)
	s.to = int32(len(p.ranges))
	s.putKinds()
	for i := s.from; i < s.to; i += 2 {
		s.put(p.ranges[i], p.ranges[i+1])
	}
	if s.neg {
		s.ascii[0], s.ascii[1] = ^s.ascii[0], ^s.ascii[1]
	}
	p.sets = append(p.sets, s)
	n := int32(len(p.sets) - 1)
	p.named = append(p.named, namedSet{text, n})
	return p.add(node{kind: kindSet, from: n})
}

// putKinds notes what is ASCII in the kinds.
func (s *set) putKinds() {
	for k := spaces; k != 0; k <<= 1 {
		if s.kinds&k == 0 {
			continue
		}
		var of set
		switch k {
		case spaces, nonSpaces:
			of.put('\t', '\r')
			of.put(' ', ' ')
		case digits, nonDigits:
			of.put('0', '9')
		case words, nonWords:
			of.put('0', '9')
			of.put('A', 'Z')
			of.put('_', '_')
			of.put('a', 'z')
		}
		for i, bits := range of.ascii {
			if k&(nonSpaces|nonDigits|nonWords) != 0 {
				bits = ^bits
			}
			s.ascii[i] |= bits
		}
	}
}

// put notes the part of a range that is ASCII.
func (s *set) put(first, last rune) {
	for r := first; r <= min(last, utf8.RuneSelf-1); r++ {
		s.ascii[r>>6] |= 1 << (r & 63)
	}
}

// class reads a set in brackets.
func (p *parser) class() int32 {
	from := p.i
	end := p.classEnd()
	if end < 0 {
		return p.fail("a class has no end")
	}
	text := p.src[from : end+1]
	n := p.setOf(text, func(s *set) {
		p.i = from + 1
		if p.src[p.i] == '^' {
			s.neg = true
			p.i++
		}
		for p.i < end && p.err == nil {
			p.member(s, end)
		}
		if s.kinds&(nonSpaces|nonDigits|nonWords) != 0 && s.kinds&(s.kinds-1) != 0 {
			p.fail("a negative kind beside another is not known") // .NET engines disagree
		}
	})
	if p.err == nil {
		p.i = end + 1
	}
	return n
}

// classEnd finds the bracket that closes the class at p.i, -1 when there is none.
// A bracket that comes first is a member.
func (p *parser) classEnd() int {
	i := p.i + 1
	if strings.HasPrefix(p.src[i:], "^") {
		i++
	}
	for first := i; i < len(p.src); i++ {
		switch p.src[i] {
		case '\\':
			i++
		case ']':
			if i > first {
				return i
			}
		}
	}
	return -1
}

// member reads a rune, a range or a kind in a class that ends at end.
func (p *parser) member(s *set, end int) {
	if k := p.src[p.i] == '\\' && kindOf(p.src[p.i+1]) != 0; k {
		s.kinds |= kindOf(p.src[p.i+1])
		p.i += 2
		if p.src[p.i] == '-' && p.i+1 < end {
			p.fail("a kind begins no range")
		}
		return
	}
	first := p.memberRune()
	last := first
	if p.err == nil && p.src[p.i] == '-' && p.i+1 < end {
		if p.i++; p.src[p.i] == '[' {
			p.fail("classes in classes are not known")
		}
		if last = p.memberRune(); last < first {
			p.fail("a range is backwards")
		}
	}
	p.ranges = append(p.ranges, first, last)
}

func (p *parser) memberRune() rune {
	if p.src[p.i] == '\\' {
		return p.escapedRune()
	}
	if rest := p.src[p.i:]; strings.HasPrefix(rest, "[:") || strings.HasPrefix(rest, "-[") {
		return p.fail("classes in classes are not known")
	}
	r, size := utf8.DecodeRuneInString(p.src[p.i:])
	p.i += size
	return r
}
