package backtrack

import (
	"unicode"
	"unicode/utf8"
)

// A set holds runes.
type set struct {
	ascii    [2]uint64 // whether it has each rune of ASCII; neg is worked in
	from, to int32     // the others: ranges[from:to]
	kinds    kinds     // and what is of these kinds
	neg      bool      // all runes but those
}

type kinds uint8

const (
	spaces kinds = 1 << iota
	nonSpaces
	digits
	nonDigits
	words
	nonWords
)

// kindOf maps the letter of an escape to its kind; 0 when it is none.
func kindOf(letter byte) kinds {
	switch letter {
	case 's':
		return spaces
	case 'S':
		return nonSpaces
	case 'd':
		return digits
	case 'D':
		return nonDigits
	case 'w':
		return words
	case 'W':
		return nonWords
	}
	return 0
}

// has reports whether r is of one of the kinds.
func (k kinds) has(r rune) bool {
	return k&(spaces|nonSpaces) != 0 && k.eitherWay(spaces, unicode.IsSpace(r)) ||
		k&(digits|nonDigits) != 0 && k.eitherWay(digits, unicode.IsDigit(r)) ||
		k&(words|nonWords) != 0 && k.eitherWay(words, isWord(r))
}

// eitherWay reports whether k has the kind, when is says that a rune is of it, or
// else its opposite, which is the next bit.
func (k kinds) eitherWay(kind kinds, is bool) bool {
	if !is {
		kind <<= 1
	}
	return k&kind != 0
}

// isWord reports whether r is a part of words as .NET sees them: a letter, a mark
// that takes no room, a digit, a connector or one of the two joiners.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r == '_' || r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return unicode.In(r, unicode.L, unicode.Mn, unicode.Nd, unicode.Pc) || r == '\u200C' || r == '\u200D'
}

// has reports whether s, a set of p, holds r.
func (p *script) has(i int32, r rune) bool {
	s := &p.sets[i]
	if uint32(r) < utf8.RuneSelf {
		return s.ascii[r>>6]>>(r&63)&1 != 0
	}
	return p.inRanges(s, r) != s.neg
}

func (p *script) inRanges(s *set, r rune) bool {
	list := p.ranges[s.from:s.to]
	for i := 0; i < len(list); i += 2 {
		if list[i] <= r && r <= list[i+1] {
			return true
		}
	}
	return s.kinds != 0 && s.kinds.has(r)
}
