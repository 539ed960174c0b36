package backtrack

import "unicode/utf8"

// An outlook says for the next few places which runes may stand there if code that
// begins here is to match: a bit for each class of runes. It may promise too much,
// never too little.
type outlook [entryAhead]uint64

const (
	entryAhead = 4 // places that a whole expression looks ahead
	armAhead   = 2 // that an arm does
)

// Classes of runes. Those that windows are made of have one each; the others share.
const (
	classOthers = 60 // capitals, control characters
	classDigits = 61 // but for 0
	classBeyond = 62 // what is no ASCII
	classNone   = 63 // no rune: the text ends
	anyClass    = ^uint64(0)
)

var classOf = func() (t [utf8.RuneSelf]uint8) {
	next := uint8(0)
	for r := range t {
		switch {
		case r >= '1' && r <= '9':
			t[r] = classDigits
		case r < ' ' || r >= 'A' && r <= 'Z' || r == 0x7F:
			t[r] = classOthers
		default:
			t[r] = next
			next++
		}
	}
	return t
}()

// classBit returns the bit of a rune, or of none when it is negative.
func classBit(r rune) uint64 {
	switch {
	case uint32(r) < utf8.RuneSelf:
		return 1 << classOf[r]
	case r < 0:
		return 1 << classNone
	}
	return 1 << classBeyond
}

// sees reports whether an outlook agrees with the runes of text at pos.
func (o *outlook) sees(text []rune, pos int32, back bool) bool {
	for i := range int32(len(o)) {
		at := pos + i
		if back {
			at = pos - 1 - i
		}
		if uint(at) >= uint(len(text)) {
			return o[i]>>classNone != 0
		}
		if o[i]&classBit(text[at]) == 0 {
			return false
		}
	}
	return true
}

// A guide spares a program the tries that cannot succeed. To make it takes longer
// than to compile the program, so only those have one that are used often.
type guide struct {
	entry outlook
	arms  []guidedArm // those of the program
}

// guideFrom is the match of a program before which its guide is made.
const guideFrom = 24

// guided returns the program's guide, nil as long as it has none.
func (p *Program) guided() *guide {
	if g := p.guide.Load(); g != nil {
		return g
	}
	if p.uses.Add(1) != guideFrom {
		return nil
	}
	g := newGuide(&p.script)
	p.guide.Store(g)
	return g
}

type guidedArm struct {
	first, second uint64 // its outlook
	pc            int32
}

// A scout works out outlooks.
type scout struct {
	*script
	sets       []uint64 // classes of each set; 0 when not known yet
	now, later []place
	seen       []int32 // by instruction: the turn in which it was last met at its beginning, and inside of it
	turn       int32
}

// A place is an instruction and how many runes of it are taken.
type place struct{ pc, taken int32 }

func newGuide(p *script) *guide {
	s := &scout{script: p, sets: make([]uint64, len(p.sets)), seen: make([]int32, 2*len(p.code))}
	g := &guide{arms: make([]guidedArm, len(p.arms))}
	g.entry = s.look(p.start, entryAhead)
	for i, a := range p.arms {
		o := s.look(a.pc, armAhead)
		g.arms[i] = guidedArm{o[0], o[1], a.pc}
	}
	return g
}

// look returns the outlook of the code at pc, n places far.
func (s *scout) look(pc int32, n int) (o outlook) {
	s.now = append(s.now[:0], place{pc, 0})
	for i := range o {
		o[i] = anyClass
		if i >= n || len(s.now) == 0 {
			continue
		}
		s.turn++
		s.later = s.later[:0]
		classes, ends := s.take()
		if ends {
			s.now = s.now[:0] // what comes behind the expression may be anything
			continue
		}
		o[i] = classes
		s.now, s.later = s.later, s.now
	}
	return o
}

// take returns the classes of the runes that the places in now may take, and puts
// the places behind them into later. It reports whether one of them is the end.
func (s *scout) take() (classes uint64, ends bool) {
	for len(s.now) > 0 {
		at := s.now[len(s.now)-1]
		s.now = s.now[:len(s.now)-1]
		in := &s.code[at.pc]
		if at.taken == 0 || in.op == opRepeat {
			met := &s.seen[2*at.pc+at.taken]
			if *met == s.turn {
				continue
			}
			*met = s.turn
		}
		switch in.op {
		case opMatch:
			return anyClass, true
		case opLiteral:
			i := in.arg + at.taken
			if in.back {
				i = in.end - 1 - at.taken
			}
			classes |= classBit(s.runes[i])
			if at.taken+1 < in.end-in.arg {
				s.later = append(s.later, place{at.pc, at.taken + 1})
			} else {
				s.later = append(s.later, place{in.next, 0})
			}
		case opSet:
			classes |= s.set(in.arg)
			s.later = append(s.later, place{in.next, 0})
		case opRepeat:
			classes |= s.set(in.arg)
			s.later = append(s.later, place{at.pc, 1})
			if at.taken > 0 || in.min == 0 {
				s.now = append(s.now, place{in.next, 0})
			}
		case opArms:
			for _, a := range s.arms[in.arg:in.end] {
				s.now = append(s.now, place{a.pc, 0})
			}
		default: // takes no rune
			s.now = append(s.now, place{in.next, 0})
		}
	}
	return classes, false
}

// set returns the classes of which a set has runes.
func (s *scout) set(i int32) uint64 {
	if s.sets[i] != 0 {
		return s.sets[i]
	}
	x := &s.script.sets[i]
	var classes uint64
	for r := range rune(utf8.RuneSelf) {
		if x.ascii[r>>6]>>(r&63)&1 != 0 {
			classes |= 1 << classOf[r]
		}
	}
	beyond := x.neg || x.kinds != 0
	for k := x.from; k < x.to; k += 2 {
		beyond = beyond || s.ranges[k+1] >= utf8.RuneSelf
	}
	if beyond {
		classes |= 1 << classBeyond
	}
	s.sets[i] = classes
	return classes
}
