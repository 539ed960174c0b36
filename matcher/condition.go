package matcher

import (
	"slices"

	"wsalog/rules"
)

// A condition is what a rule asks for besides its pattern: tags, and codes. Most rules
// fail here, so it is kept small: all that a candidate is held against lies together.
type condition struct {
	from, lacks, end int32 // its tags: those it needs, then those it lacks
	circle           int8  // of codes: a bit, -1 when it is for all of them
}

// conditions holds those of all rules.
type conditions struct {
	of      []condition // by rule
	tags    []uint16
	circles []*rules.ContextRule // one of the rules for each circle of codes
}

// otherCircle is the bit of all circles that have none of their own.
const otherCircle = 63

// add appends the condition of r.
func (c *conditions) add(n *numbering, r *rules.ContextRule) {
	from := len(c.tags)
	if len(r.Cues) > 0 {
		c.tags = append(c.tags, n.of(r.Cues))
	}
	for _, g := range r.Needs {
		c.tags = append(c.tags, n.group(g))
	}
	lacks := len(c.tags)
	for _, g := range r.Lacks {
		c.tags = append(c.tags, n.group(g))
	}
	c.of = append(c.of, condition{int32(from), int32(lacks), int32(len(c.tags)), c.circle(r)})
}

// circle returns the bit of the codes that r is for.
func (c *conditions) circle(r *rules.ContextRule) int8 {
	if len(r.Codes) == 0 && !r.Common {
		return -1
	}
	for i, o := range c.circles {
		if r.Common == o.Common && slices.Equal(r.Codes, o.Codes) {
			return int8(i)
		}
	}
	if len(c.circles) == otherCircle {
		return otherCircle
	}
	c.circles = append(c.circles, r)
	return int8(len(c.circles) - 1)
}

// around works out the circles to which a code belongs. The last bit is always set: it
// stands for many, and may not hold.
func (c *conditions) around(code int) uint64 {
	set := uint64(1) << otherCircle
	for i, r := range c.circles {
		if r.OnlyFor(code) {
			set |= 1 << i
		}
	}
	return set
}

// addTo adds to a docket what rule i asks for.
func (c *conditions) addTo(d *docket, i int) {
	x := &c.of[i]
	for _, t := range c.tags[x.from:x.end] {
		d.tags[t/64] |= 1 << (t % 64)
	}
	if x.circle >= 0 {
		d.circles |= 1 << x.circle
	}
}

// met reports whether the condition of rule i is met, which is not sure where the
// circle is one of many.
func (c *conditions) met(i int32, tags []uint64, circles uint64) (met, sure bool) {
	x := &c.of[i]
	if x.circle >= 0 && circles>>x.circle&1 == 0 {
		return false, true
	}
	for k := x.from; k < x.end; k++ {
		t := c.tags[k]
		if has := tags[t/64]>>(t%64)&1 != 0; has != (k < x.lacks) {
			return false, true
		}
	}
	return true, x.circle != otherCircle
}

// circlesOf is around, as noted in the code's portrait if it has one.
func (b *book) circlesOf(code int) uint64 {
	if p, ok := b.portraits[code]; ok {
		return p.circles
	}
	return b.conditions.around(code)
}

// meaningOf returns a number that is the same for cues of which no rule tells one
// from the other.
func (b *book) meaningOf(cue int32) uint64 {
	h := uint64(1)
	last := uint16(noSet)
	for _, t := range b.carried.of(cue) {
		if t != last { // a set may name a cue twice
			h = (h ^ uint64(t)) * 0x9E3779B97F4A7C15
			h ^= h >> 29
		}
		last = t
	}
	return h
}
