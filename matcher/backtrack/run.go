package backtrack

import (
	"slices"
	"sync"
)

// A frame is a place to go back to: another arm of an instruction, or a repetition
// that takes one rune less.
type frame struct {
	pc   int32
	pos  int32
	last int32 // opArms: the next arm; opRepeat: the place where it has the fewest runes
}

// A machine runs a program on a text.
type machine struct {
	*script
	guide *guide // nil when the program has none
	text  []rune
	stack []frame
	steps int
}

var machines = sync.Pool{New: func() any { return &machine{stack: make([]frame, 0, 64)} }}

// Match reports whether the expression matches text where the mode says. Its error
// is ErrSteps.
func (p *Program) Match(text []rune) (bool, error) { return p.match(text, p.guided()) }

func (p *Program) match(text []rune, g *guide) (bool, error) {
	from, to := int32(0), int32(len(text))
	switch p.mode {
	case Prefix:
		to = 0
	case Suffix:
		from = to
	}
	if g != nil && from == to && !g.entry.sees(text, from, p.mode == Suffix) {
		return false, nil
	}
	m := machines.Get().(*machine)
	m.script, m.guide, m.text, m.steps = &p.script, g, text, 0
	found := false
	for at := from; at <= to && !found && m.steps <= maxSteps; at++ {
		if g == nil || from == to || g.entry.sees(text, at, false) {
			found = m.run(p.start, at)
		}
	}
	m.script, m.guide, m.text = nil, nil, nil
	steps := m.steps
	machines.Put(m)
	if steps > maxSteps {
		return false, ErrSteps
	}
	return found, nil
}

// run reports whether the code at pc matches at pos.
func (m *machine) run(pc, pos int32) bool {
	base := len(m.stack)
	for {
		in := &m.code[pc]
		ok := true
		switch in.op {
		case opMatch:
			m.stack = m.stack[:base]
			return true
		case opArms:
			pc, ok = m.choose(pc, in.arg, pos)
		case opRepeat:
			pos, ok = m.repeat(in, pc, pos)
			pc = in.next
		default:
			pos, ok = m.step(in, pos)
			pc = in.next
		}
		for !ok {
			if len(m.stack) == base {
				return false
			}
			if m.steps++; m.steps > maxSteps {
				m.stack = m.stack[:base]
				return false
			}
			pc, pos, ok = m.goBack()
		}
	}
}

// goBack takes up the last place to go back to.
func (m *machine) goBack() (pc, pos int32, ok bool) {
	f := &m.stack[len(m.stack)-1]
	pc, pos = f.pc, f.pos
	in := &m.code[pc]
	if in.op == opArms {
		from := f.last
		m.stack = m.stack[:len(m.stack)-1]
		pc, ok = m.choose(pc, from, pos)
		return pc, pos, ok
	}
	if in.back {
		pos++
	} else {
		pos--
	}
	if f.pos = pos; pos == f.last {
		m.stack = m.stack[:len(m.stack)-1]
	}
	return in.next, pos, true
}

// choose returns the first arm from the one given on that may match at pos, and
// leaves a frame for those behind it.
func (m *machine) choose(pc, from, pos int32) (int32, bool) {
	in := &m.code[pc]
	c := m.peek(in.back, pos)
	if m.guide != nil {
		return m.chooseGuided(in, frame{pc, pos, from}, c)
	}
	arms := m.arms[from:in.end]
	for i := range arms {
		a := &arms[i]
		if a.first >= 0 && a.first != c || a.set >= 0 && (c < 0 || !m.has(a.set, c)) {
			continue
		}
		if i+1 < len(arms) {
			m.stack = append(m.stack, frame{pc, pos, from + int32(i) + 1})
		}
		return a.pc, true
	}
	return 0, false
}

// chooseGuided is choose for a program with a guide: f says where, and c comes first
// there.
func (m *machine) chooseGuided(in *inst, f frame, c rune) (int32, bool) {
	first, second := classBit(c), uint64(1<<classNone)
	if c >= 0 {
		step := int32(1)
		if in.back {
			step = -1
		}
		second = classBit(m.peek(in.back, f.pos+step))
	}
	arms, chosen := m.guide.arms[f.last:in.end], int32(-1)
	for i := range arms {
		a := &arms[i]
		if a.first&first == 0 || a.second&second == 0 {
			continue
		}
		if chosen >= 0 {
			f.last += int32(i)
			m.stack = append(m.stack, f)
			break
		}
		chosen = a.pc
	}
	return chosen, chosen >= 0
}

// peek returns the rune that is read next, -1 where there is none.
func (m *machine) peek(back bool, pos int32) rune {
	if back {
		pos--
	}
	if uint(pos) < uint(len(m.text)) {
		return m.text[pos]
	}
	return -1
}

// repeat takes as many runes as it can and leaves a frame for fewer.
func (m *machine) repeat(in *inst, pc, pos int32) (int32, bool) {
	n, most := int32(0), int32(len(m.text))-pos
	if in.back {
		most = pos
	}
	if in.max != endless {
		most = min(most, int32(in.max))
	}
	least := int32(in.min)
	if in.back {
		for n < most && m.has(in.arg, m.text[pos-n-1]) {
			n++
		}
		if n > least {
			m.stack = append(m.stack, frame{pc, pos - n, pos - least})
		}
		return pos - n, n >= least
	}
	for n < most && m.has(in.arg, m.text[pos+n]) {
		n++
	}
	if n > least {
		m.stack = append(m.stack, frame{pc, pos + n, pos + least})
	}
	return pos + n, n >= least
}

// step does an instruction that leaves nothing to go back to.
func (m *machine) step(in *inst, pos int32) (int32, bool) {
	switch in.op {
	case opLiteral:
		return m.literal(in, pos)
	case opSet:
		c := m.peek(in.back, pos)
		if c < 0 || !m.has(in.arg, c) {
			return pos, false
		}
		if in.back {
			return pos - 1, true
		}
		return pos + 1, true
	case opLook:
		return pos, m.run(in.arg, pos) != in.neg
	case opBegin:
		return pos, pos == 0
	case opEnd:
		rest := m.text[pos:]
		return pos, len(rest) == 0 || len(rest) == 1 && rest[0] == '\n'
	default: // opWord, opInside
		before, after := m.peek(true, pos), m.peek(false, pos)
		border := (before >= 0 && isWord(before)) != (after >= 0 && isWord(after))
		return pos, border == (in.op == opWord)
	}
}

func (m *machine) literal(in *inst, pos int32) (int32, bool) {
	want := m.runes[in.arg:in.end]
	n := int32(len(want))
	if in.back {
		return pos - n, pos >= n && slices.Equal(m.text[pos-n:pos], want)
	}
	return pos + n, int(pos+n) <= len(m.text) && slices.Equal(m.text[pos:pos+n], want)
}
