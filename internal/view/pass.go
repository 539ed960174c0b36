package view

import (
	"bytes"
	"cmp"
	"slices"

	"wsalog/annotate"
)

// A source is what the view remembers about one source.
type source struct {
	id       int
	name     string
	selected int64 // lines that the filter chose
	stopping bool  // -m is reached, only context is still wanted
	done     bool  // nothing more is wanted
	ended    bool
	spoke    bool  // bytes have come
	refused  bool  // it was not read, by mistake or on purpose
	next     int64 // number of the line that begins next
	after    int   // lines of context that are still owed
	ring     ring  // lines that may become context
	pieces   pieces
	prev     repeat // the last line, if it had hits
}

func (v *View) source(src *annotate.Source) *source {
	id, name := -1, ""
	if src != nil {
		id, name = src.ID, src.Name
	}
	s := v.sources[id]
	if s == nil {
		s = &source{id: id, name: name}
		v.sources[id] = s
	}
	return s
}

func (v *View) inOrder() []*source {
	list := make([]*source, 0, len(v.sources))
	for _, s := range v.sources {
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b *source) int { return cmp.Compare(a.id, b.id) })
	return list
}

// walk takes the batch apart: the rest of a line that an earlier batch began,
// whole lines, and the beginning of a line that goes on in the next batch.
func (v *View) walk(s *source, b *annotate.Batch) {
	from, to := b.Scanned, len(b.Bytes)
	recs := b.Records
	if !b.Continued {
		v.endPieces(s) // the source was cut inside the line
	}
	if b.Continued {
		end := bytes.IndexByte(b.Bytes[from:], '\n') + 1
		whole := end > 0 || !b.Continues
		if end == 0 {
			end = to - from
		}
		end += from
		n := recordsBefore(recs, end)
		v.piece(s, b.Bytes[from:end], recs[:n], b.FirstLine, pieceFlags{last: whole, outside: outside(b, from)})
		from, recs = end, recs[n:]
		s.next = b.FirstLine + 1
	} else {
		s.next = b.FirstLine
	}
	if b.Continues {
		to = max(bytes.LastIndexByte(b.Bytes, '\n')+1, from)
	}
	n := recordsBefore(recs, to)
	if from < to {
		v.lines(s, b, from, to, recs[:n])
	}
	if to < len(b.Bytes) {
		num := b.FirstLine + int64(bytes.Count(b.Bytes[b.Scanned:to], []byte{'\n'}))
		v.piece(s, b.Bytes[to:], recs[n:], num, pieceFlags{outside: outside(b, to)})
	}
}

// outside reports whether the line at an offset is outside of the period that
// was asked for.
func outside(b *annotate.Batch, at int) bool {
	return slices.ContainsFunc(b.Outside, func(o annotate.Span) bool { return o.Start <= at && at < o.End })
}

func recordsBefore(recs []annotate.Record, end int) int {
	n, _ := slices.BinarySearchFunc(recs, end, func(r annotate.Record, end int) int {
		return cmp.Compare(r.Start, end)
	})
	return n
}

// lines handles the whole lines between two offsets, but for those outside of
// the period that was asked for.
func (v *View) lines(s *source, b *annotate.Batch, from, to int, recs []annotate.Record) {
	for _, o := range b.Outside {
		start, end := max(o.Start, from), min(o.End, to)
		if start >= end {
			continue
		}
		first := s.next
		n := recordsBefore(recs, start)
		v.inside(s, b, from, start, recs[:n])
		s.next = first + countLines(b.Bytes[from:end])
		v.interrupt(s)
		from, recs = end, recs[n:]
	}
	if from < to {
		v.inside(s, b, from, to, recs)
	}
}

// interrupt is called where lines are left out: what stands behind them is not
// next to what stands before, neither as context nor as its repeat.
func (v *View) interrupt(s *source) {
	s.prev.on, s.after, s.ring.used = false, 0, 0
	if s.stopping {
		v.finish(s)
	}
}

// inside handles whole lines that may be shown.
func (v *View) inside(s *source, b *annotate.Batch, from, to int, recs []annotate.Record) {
	pos := from
	for i := range recs {
		r := &recs[i]
		if s.done {
			return
		}
		l := &v.line
		if r.Start < pos || !v.look(l, r) {
			continue
		}
		num := b.FirstLine + int64(r.LineInBatch)
		if v.gap(s, b.Bytes[pos:r.Start], num); s.done {
			return
		}
		textEnd := r.Start + len(r.Text)
		end := lineEnd(b.Bytes, textEnd)
		l.src, l.num, l.text, l.end = s, num, b.Bytes[r.Start:textEnd], b.Bytes[textEnd:end]
		l.told, l.pieces = repeatedTimes(l.text), false
		l.times = max(l.told, 1)
		v.hit(s, l)
		pos, s.next = end, num+1
		if s.prev.on = l.counted > 0; s.prev.on {
			v.remember(s, l)
		}
	}
	if !s.done {
		v.gap(s, b.Bytes[pos:to], 0)
	}
}

// lineEnd returns the offset behind the terminator that begins at end.
func lineEnd(p []byte, end int) int {
	switch {
	case end < len(p) && p[end] == '\n':
		return end + 1
	case end+1 < len(p) && p[end] == '\r' && p[end+1] == '\n':
		return end + 2
	}
	return end
}

// look fills l with what the record holds for the user, and reports whether that
// is anything.
func (v *View) look(l *line, r *annotate.Record) bool {
	l.rec, l.counted = r, 0
	l.hits = l.hits[:0]
	for i := range r.Hits {
		h := &r.Hits[i]
		if !h.Related && (v.opt.Accept == nil || v.opt.Accept(r, h)) {
			l.hits = append(l.hits, h)
			l.counted++
		}
	}
	for i := range r.Hits {
		h := &r.Hits[i]
		if h.Related && (v.opt.Accept == nil || v.opt.Accept(r, h)) {
			l.hits = append(l.hits, h)
		}
	}
	return len(l.hits) > 0
}

// gap handles whole lines without hits. before is the number of the line that
// follows them, 0 when that is not known: they begin with line s.next.
func (v *View) gap(s *source, p []byte, before int64) {
	if len(p) > 0 && s.prev.hits() > 0 {
		p = v.repeats(s, p)
	}
	if len(p) == 0 || s.done {
		return
	}
	switch {
	case v.opt.Filtering():
		v.filterGap(s, p, before)
	case v.opt.prefixed():
		v.eachLine(p, func(raw []byte) bool {
			v.writeLine(s, raw, s.next, ':')
			s.next++
			return true
		})
	default:
		v.speak(s, 0)
		if v.screen {
			v.screenSpan(p)
		} else {
			v.passSpan(p)
		}
	}
}

// eachLine calls f for each line of p with its terminator until f returns false.
func (v *View) eachLine(p []byte, f func(raw []byte) bool) {
	for len(p) > 0 {
		n := bytes.IndexByte(p, '\n') + 1
		if n == 0 {
			n = len(p)
		}
		if !f(p[:n]) {
			return
		}
		p = p[n:]
	}
}

// passSpan sends whole lines without hits into a pipe. A line that holds the
// mark gets an empty note, so that the last mark of any line is always ours.
func (v *View) passSpan(p []byte) {
	v.midLine = p[len(p)-1] != '\n'
	if v.opt.Explain != None {
		for {
			i := indexMark(p)
			if i < 0 {
				break
			}
			n := bytes.IndexByte(p[i:], '\n') + 1
			if n == 0 {
				n = len(p) - i
			}
			text, end := splitEnd(p[:i+n])
			v.out.span(text)
			v.out.str(Mark)
			v.out.span(end)
			p = p[i+n:]
		}
	}
	v.out.span(p)
}

// hit handles a line about which there is something to say.
func (v *View) hit(s *source, l *line) {
	v.tally.line(l)
	if v.opt.Filtering() {
		v.filterHit(s, l)
		return
	}
	v.speak(s, l.num)
	v.writeHit(l)
	if l.counted > 0 {
		v.choose(s)
	}
}

// writeHit writes the line with its note.
func (v *View) writeHit(l *line) {
	if v.screen {
		v.screenHit(l)
		return
	}
	if v.opt.prefixed() {
		v.row = v.appendPrefix(v.row[:0], l.src, l.num, ':', false)
		v.out.bytes(v.row)
	}
	v.out.span(l.text)
	if v.opt.Explain != None {
		v.compose(l, false)
		v.passNote()
	}
	v.endLine(l.end)
}

// passNote writes the composed note into a pipe. It holds no mark of its own,
// whatever the log calls its peers: else Strip could not find its beginning.
func (v *View) passNote() {
	for {
		i := bytes.Index(v.note.text, []byte("«"))
		if i < 0 {
			break
		}
		copy(v.note.text[i:], "<<")
	}
	v.row = append(v.row[:0], Mark...)
	v.row = v.note.appendPart(v.row, 0, len(v.note.text))
	v.out.bytes(v.row)
}

// writeLine writes a line without hits, with its prefix.
func (v *View) writeLine(s *source, raw []byte, num int64, sep byte) {
	v.speak(s, num)
	text, end := splitEnd(raw)
	if v.screen {
		v.plain = line{src: s, num: num, text: text, end: end}
		v.screenLine(&v.plain, sep)
		return
	}
	if v.opt.prefixed() {
		v.row = v.appendPrefix(v.row[:0], s, num, sep, false)
		v.out.bytes(v.row)
	}
	v.out.span(text)
	if v.opt.Explain != None && indexMark(text) >= 0 {
		v.out.str(Mark)
	}
	v.endLine(end)
}

// endLine writes a line's terminator into a pipe. Where lines are chosen or
// prefixed, a last line without one gets it, as with grep.
func (v *View) endLine(end []byte) {
	v.out.span(end)
	v.midLine = len(end) == 0
	if v.midLine && (v.opt.Filtering() || v.opt.prefixed()) {
		v.out.str("\n")
		v.midLine = false
	}
}

// speak is called before a line of s is written: it keeps lines apart where one
// lacks its end, the last one of a source or of a file before rotation, and
// sources. num is the line's number, where a filter makes it matter.
func (v *View) speak(s *source, num int64) {
	changed := v.speaker != s
	if v.midLine {
		v.endLive()
		v.out.str("\n")
		v.midLine = false
	}
	gapped := v.opt.context() && v.spoke && (changed || num != v.lastNum+1)
	if changed && v.opt.Headers && !v.opt.WithFilename || gapped {
		v.endRun()
		v.endLive()
	}
	switch {
	case changed && v.opt.Headers && !v.opt.WithFilename:
		if v.spoke {
			v.out.str("\n")
		}
		name := s.name
		if v.screen {
			name = v.clean.Line(name)
		}
		v.out.str(v.theme.Head.Paint("==> "+name+" <==") + "\n")
	case gapped:
		v.out.str(v.theme.Dim.Paint("--") + "\n")
	}
	v.speaker, v.lastNum, v.spoke = s, num, true
}
