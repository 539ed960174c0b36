package backtrack

import (
	"errors"
	"slices"
	"sync"
)

// maxCode bounds the instructions of a program: counted groups are written out.
const maxCode = 1 << 14

var parsers = sync.Pool{New: func() any { return new(parser) }}

// Compile makes the program of an expression: literals, classes with \s \d \w and
// their opposites, groups that capture nothing, looks ahead and behind, | ? * + and
// counts, ^ $ \b \B, \uXXXX. Its error says what is not known.
func Compile(expr string, mode Mode) (*Program, error) {
	p := parsers.Get().(*parser)
	defer parsers.Put(p)
	p.src, p.i, p.err = expr, 0, nil
	p.nodes, p.named = append(p.nodes[:0], node{}), p.named[:0]
	p.code, p.arms, p.runes, p.sets, p.ranges = append(p.code[:0], inst{}), p.arms[:0], p.runes[:0], p.sets[:0], p.ranges[:0]
	root := p.alternatives()
	if p.err == nil && p.i < len(p.src) {
		p.fail("a bracket closes nothing")
	}
	if p.err != nil {
		return nil, p.err
	}
	start := p.emit(root, 0, mode == Suffix)
	if len(p.code) >= maxCode {
		return nil, errors.New("compile expression: it is too large")
	}
	return &Program{script: script{
		mode: mode, start: start, code: slices.Clone(p.code), arms: slices.Clone(p.arms),
		runes: slices.Clone(p.runes), sets: slices.Clone(p.sets), ranges: slices.Clone(p.ranges),
	}}, nil
}

func (p *parser) put(in inst) int32 {
	if len(p.code) < maxCode {
		p.code = append(p.code, in)
	}
	return int32(len(p.code) - 1)
}

// emit writes the code of node i, which goes on at next, and returns where it
// begins.
func (p *parser) emit(i, next int32, back bool) int32 {
	n := p.nodes[i]
	switch n.kind {
	case kindLiteral:
		return p.put(inst{op: opLiteral, back: back, arg: n.from, end: n.to, next: next})
	case kindSet:
		return p.put(inst{op: opSet, back: back, arg: n.from, next: next})
	case kindAssert:
		return p.put(inst{op: n.op, back: back, next: next})
	case kindLook:
		return p.put(inst{op: opLook, back: back, neg: n.neg, arg: p.emit(n.kid, 0, n.back), next: next})
	case kindSeq:
		return p.emitAll(n.kid, next, back)
	case kindAlt:
		return p.emitAlt(n.kid, next, back)
	case kindRepeat:
		return p.emitRepeat(n, next, back)
	}
	return next
}

// emitAll writes kid and its siblings. What is read last is written first.
func (p *parser) emitAll(kid, next int32, back bool) int32 {
	if kid == 0 {
		return next
	}
	if back {
		for ; kid != 0; kid = p.nodes[kid].next {
			next = p.emit(kid, next, back)
		}
		return next
	}
	return p.emit(kid, p.emitAll(p.nodes[kid].next, next, back), back)
}

func (p *parser) emitAlt(kid, next int32, back bool) int32 {
	count := int32(0)
	for k := kid; k != 0; k = p.nodes[k].next {
		count++
	}
	from := p.reserve(count)
	for i := from; kid != 0; kid, i = p.nodes[kid].next, i+1 {
		pc := p.emit(kid, next, back) // may move the arms
		p.arms[i] = p.armOf(pc, back)
	}
	return p.put(inst{op: opArms, back: back, arg: from, end: from + count, next: next})
}

// reserve makes room for arms and returns the number of the first.
func (p *parser) reserve(count int32) int32 {
	from := int32(len(p.arms))
	p.arms = append(p.arms, make([]arm, count)...)
	return from
}

// armOf describes the code at pc as an arm: what it must begin with.
func (p *parser) armOf(pc int32, back bool) arm {
	a := arm{first: -1, set: -1, pc: pc}
	for at := pc; ; {
		in := &p.code[at]
		switch in.op {
		case opLook, opBegin, opEnd, opWord, opInside: // take no rune
			at = in.next
			continue
		case opLiteral:
			a.first = p.runes[in.arg]
			if back {
				a.first = p.runes[in.end-1]
			}
		case opSet:
			a.set = in.arg
		case opRepeat:
			if in.min > 0 {
				a.set = in.arg
			}
		}
		return a
	}
}

func (p *parser) emitRepeat(n node, next int32, back bool) int32 {
	if k := p.nodes[n.kid]; k.kind == kindSet {
		return p.put(inst{op: opRepeat, back: back, min: n.min, max: n.max, arg: k.from, next: next})
	}
	exit := next
	if n.max == endless {
		loop := p.put(inst{op: opArms, back: back, next: next})
		p.code[loop].arg = p.reserve(2)
		p.code[loop].end = p.code[loop].arg + 2
		body := p.emit(n.kid, loop, back)
		p.arms[p.code[loop].arg] = p.armOf(body, back)
		p.arms[p.code[loop].arg+1] = p.armOf(exit, back)
		next = loop
	} else {
		for i := n.min; i < n.max && len(p.code) < maxCode; i++ {
			body := p.emit(n.kid, next, back)
			from := p.reserve(2)
			p.arms[from], p.arms[from+1] = p.armOf(body, back), p.armOf(exit, back)
			next = p.put(inst{op: opArms, back: back, arg: from, end: from + 2, next: next})
		}
	}
	for i := uint16(0); i < n.min && len(p.code) < maxCode; i++ {
		next = p.emit(n.kid, next, back)
	}
	return next
}
