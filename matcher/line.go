package matcher

import "slices"

// line appends the matches of a line of block, which are remembered or judged. If the line has
// a shape, drawn is that.
func (m *Matcher) line(dst []Match, s *scratch, block []byte, l *worthy, drawn []byte, ctx *Context) []Match {
	line, first := block[l.start:l.end], len(dst)
	if l.status.is {
		return appendStatus(dst, line, l.start, l.end, l.status)
	}
	dst, known := m.find(dst, l.shape, line, l.start, l, nil)
	if known {
		s.doubt.count(l, len(dst)-first)
		return dst
	}
	s.glance.reads, s.unsure = s.glance.reads[:0], false
	column := w3cColumn(line, ctx, &s.glance.reads)
	if column.is && l.maybe {
		// Of a row more is told than its codes; of another line without a code nothing is.
		if !m.sure(s, block, l, ctx) {
			s.doubt.wrong++
			return dst
		}
		return m.line(dst, s, block, l, drawn, ctx)
	}
	if l.shape == 0 {
		drawn = nil
	}
	shape := uint64(0)
	if m.outline(s, line, drawn) {
		dst, shape = m.outlined(dst, s, l, column, ctx)
	} else {
		dst = m.judgeText(dst, s, line, l.start, column, ctx)
	}
	if l.shape != 0 && !s.unsure {
		m.keep(l.shape, s.glance.reads, dst[first:], line, l.start, l.sought)
		m.fresh.add(&s.outline, shape, dst[first:])
	}
	s.doubt.count(l, len(dst)-first)
	return dst
}

// outlined appends the matches of a line of which s.outline is the outline and column the status
// column. They may be remembered from lines of other shapes, unless the line is not to be.
// Shape stands for that of the outline. The reads of s.glance are places in the outline
// meanwhile, and those of the line before and after.
func (m *Matcher) outlined(dst []Match, s *scratch, l *worthy, column column, ctx *Context) (_ []Match, shape uint64) {
	o, first, known := &s.outline, len(dst), false
	o.reads = append(o.reads[:0], s.glance.reads...)
	for i, r := range o.reads {
		s.glance.reads[i] = stretch{moveStart(o.cuts, r.start, inLine), moveEnd(o.cuts, r.end, inLine)}
	}
	if column.is {
		column.start, column.end = moveStart(o.cuts, column.start, inLine), moveEnd(o.cuts, column.end, inLine)
	}
	if l.shape != 0 {
		shape = column.mixInto(m.hashShape(o.shape, ctx))
		dst, known = m.find(dst, shape, o.text, 0, nil, &s.glance.reads)
	}
	if !known {
		s.outlined = true
		dst = m.judgeText(dst, s, o.text, 0, column, ctx)
		s.outlined = false
		if shape != 0 && !s.unsure {
			m.keep(shape, s.glance.reads, dst[first:], o.text, 0, false)
		}
	}
	for _, r := range s.glance.reads[len(o.reads):] {
		at := stretch{moveStart(o.cuts, r.start, inOutline), moveEnd(o.cuts, r.end, inOutline)}
		if !o.touches(r.start, r.end) && !slices.Contains(o.reads, at) {
			o.reads = append(o.reads, at)
		}
	}
	s.glance.reads = append(s.glance.reads[:0], o.reads...)
	for i := first; i < len(dst); i++ {
		x := &dst[i]
		x.Start, x.End = l.start+moveStart(o.cuts, x.Start, inOutline), l.start+moveEnd(o.cuts, x.End, inOutline)
		x.LineStart, x.LineEnd, x.Shape = l.start, l.end, 0
	}
	return dst, shape
}

// judgeLine judges the candidates of a line that begins at start as it is, and appends the
// matches.
func (m *Matcher) judgeLine(dst []Match, s *scratch, line []byte, start int, ctx *Context) []Match {
	return m.judgeText(dst, s, line, start, w3cColumn(line, ctx, &s.glance.reads), ctx)
}

// judgeText judges the candidates of a line, or of its outline, of which the status column is
// known.
func (m *Matcher) judgeText(dst []Match, s *scratch, line []byte, start int, column column, ctx *Context) []Match {
	code, escaped := m.collect(s, line)
	if column.is && (code || ctx != nil && ctx.HasW3C) {
		return appendColumn(dst, s, line, start, start+len(line), column)
	}
	if !code {
		return dst
	}
	if escaped {
		m.collectEscaped(s, line)
	}
	s.cands = resolve(s.cands)
	first := len(dst)
	for i := range s.cands {
		c := &s.cands[i]
		dst = append(dst, Match{Code: c.code, Also: c.also, Form: c.form, Start: start + c.start, End: start + c.end,
			LineStart: start, LineEnd: start + len(line)})
	}
	m.verdicts(dst[first:], s, line)
	return dst
}
