package view

import (
	"slices"
	"strings"
	"unicode/utf8"

	"wsalog/annotate"
)

const (
	maxHeld     = 4 << 20 // bytes of a long line that wait for a hit in its later part
	maxLineHits = 64      // codes of a long line
)

// pieces is a line that is longer than the limit and comes in several batches.
// Where every line is shown it is written piece by piece, and the note follows
// when the line ends; where lines are chosen it is held, since a hit may come
// with its last piece.
type pieces struct {
	open  bool
	num   int64
	carry []byte // the end of the last piece, when it may belong with the next
	held  []byte
	lost  bool            // held does not begin with the line
	rec   annotate.Record // the hits of all pieces
	tail  []byte          // the last bytes written, in which a mark may have begun
	mark  bool            // the line's own text holds the mark
	drop  bool            // the line is outside of the period that was asked for

	matched []byte // for -o: what identified hits, a line each, until a hit counts
	counts  bool   // a hit counts
}

// pieceFlags say where in its line a piece stands.
type pieceFlags struct {
	last    bool // the line ends with it
	outside bool // its line is outside of the period that was asked for
}

// piece handles a part of a long line.
func (v *View) piece(s *source, p []byte, recs []annotate.Record, num int64, f pieceFlags) {
	c := &s.pieces
	if !c.open {
		*c = pieces{open: true, num: num, carry: c.carry[:0], held: c.held[:0], drop: f.outside,
			matched: c.matched[:0]}
		s.prev.on = false
		switch {
		case c.drop:
			v.interrupt(s)
		case !v.hold() && !s.done:
			v.startPieces(s, num)
		}
	}
	if c.drop {
		c.open = !f.last
		s.next = c.num + 1
		return
	}
	for i := range recs {
		c.merge(&recs[i])
		if v.opt.OnlyMatching && !v.opt.Invert && !v.opt.silent() && !s.done {
			v.pieceMatches(s, &recs[i])
		}
	}
	if len(c.carry) > 0 {
		p = slices.Concat(c.carry, p)
		c.carry = c.carry[:0]
	}
	var end []byte
	if f.last {
		p, end = splitEnd(p)
	} else {
		n := openEnd(p)
		c.carry = append(c.carry, p[len(p)-n:]...)
		p = p[:len(p)-n]
	}
	switch {
	case s.done:
	case v.hold():
		c.hold(p)
	default:
		v.writePiece(c, p)
	}
	if f.last {
		v.finishPieces(s, end)
	}
}

// hold is true where it is not clear before a line's end whether it is shown.
func (v *View) hold() bool { return v.opt.Filtering() }

func (v *View) startPieces(s *source, num int64) {
	v.speak(s, num)
	v.endRun()
	v.endLive()
	v.out.bytes(v.appendPrefix(nil, s, num, ':', v.screen))
}

func (v *View) writePiece(c *pieces, p []byte) {
	v.midLine = true
	if v.screen {
		v.screenPiece(p)
	} else {
		c.mark = c.mark || indexMark(p) >= 0 || indexMark(slices.Concat(c.tail, p[:min(len(p), len(Mark))])) >= 0
		v.out.span(p)
	}
	c.tail = append(c.tail, p[max(0, len(p)-len(Mark)):]...)
	c.tail = append(c.tail[:0], c.tail[max(0, len(c.tail)-len(Mark)):]...)
	v.out.settle()
}

// screenPiece writes a piece to a terminal. A carriage return at its end is not
// followed by a line feed: openEnd saw to that.
func (v *View) screenPiece(p []byte) {
	if v.opt.Raw {
		v.out.span(p)
		return
	}
	v.out.settle()
	v.out.buf = v.clean.Append(v.out.buf, p)
}

// hold keeps the end of the line within its bound.
func (c *pieces) hold(p []byte) {
	c.held = append(c.held, p...)
	if over := len(c.held) - maxHeld; over > 0 {
		c.held = append(c.held[:0], c.held[over:]...)
		c.lost = true
	}
}

// merge adds the hits of a piece, each code once and without its spans.
func (c *pieces) merge(r *annotate.Record) {
	if c.rec.Peer == "" {
		c.rec.Peer = strings.Clone(r.Peer)
	}
	if c.rec.Call == "" {
		c.rec.Call = strings.Clone(r.Call)
	}
	if !c.rec.Stamp.Valid {
		c.rec.Stamp = r.Stamp
	}
	for i := range r.Hits {
		h := &r.Hits[i]
		same := func(x annotate.Hit) bool { return x.Code == h.Code && x.Related == h.Related }
		if len(c.rec.Hits) < maxLineHits && !slices.ContainsFunc(c.rec.Hits, same) {
			c.rec.Hits = append(c.rec.Hits, annotate.Hit{Code: h.Code, Also: h.Also, Confidence: h.Confidence,
				Rules: slices.Clone(h.Rules), Related: h.Related})
		}
	}
}

// pieceMatches writes what identified the hits of a piece while its bytes are
// there. As in other lines, that of Win32 twins is only wanted beside a hit that
// counts, and waits for one.
func (v *View) pieceMatches(s *source, r *annotate.Record) {
	c, l := &s.pieces, &v.line
	if !v.look(l, r) {
		return
	}
	c.counts = c.counts || l.counted > 0
	l.text, l.pieces = r.Text, false
	v.layout(l)
	for _, g := range v.segs {
		if g.kind == identified && len(c.matched) < maxHeld {
			c.matched = v.appendMatch(c.matched, l.text, g)
		}
	}
	if !c.counts {
		return
	}
	v.eachLine(c.matched, func(match []byte) bool {
		v.writeMatch(s, c.num, match)
		return true
	})
	c.matched = c.matched[:0]
}

// finishPieces ends the line: now it is known what is to be said about it.
func (v *View) finishPieces(s *source, end []byte) {
	c := &s.pieces
	c.open = false
	s.next = c.num + 1
	l := &v.line
	some := v.look(l, &c.rec)
	l.src, l.num, l.text, l.end, l.times, l.told, l.pieces = s, c.num, nil, end, 1, 0, true
	if some {
		v.tally.line(l)
	}
	switch {
	case s.done:
	case v.hold():
		if c.lost {
			c.held = append([]byte(v.words.cut), c.held...)
		}
		c.held = append(c.held, end...)
		l.text, l.end = c.held[:len(c.held)-len(end)], c.held[len(c.held)-len(end):]
		l.pieces = false
		s.next = c.num
		if some {
			v.filterHit(s, l)
		} else {
			v.filterGap(s, c.held, 0)
		}
		s.next = c.num + 1
		v.out.settle()
		if c.held = c.held[:0]; cap(c.held) > keepSize {
			c.held = nil
		}
	case v.screen:
		v.screenEnd(l, some)
	default:
		v.passEnd(l, some, c.mark)
		if l.counted > 0 {
			v.choose(s)
		}
	}
}

// passEnd ends a long line in a pipe.
func (v *View) passEnd(l *line, some, mark bool) {
	if v.opt.Explain != None && (some || mark) {
		v.note.reset()
		if some {
			v.compose(l, false)
		}
		v.passNote()
	}
	v.endLine(l.end)
}

// screenEnd ends a long line on a terminal. It filled the screen, so the note
// stands below it.
func (v *View) screenEnd(l *line, some bool) {
	v.out.str("\n")
	v.midLine = false
	if some && v.opt.Explain != None {
		boxes := v.compose(l, true)
		var d []byte
		if len(v.note.text) > 0 {
			d = v.note.appendWrapped(d, v.cells, v.width(), "  "+v.glyph.Mark+" ", v.theme.Dim, 4)
		}
		for _, h := range boxes {
			d = v.appendBox(d, l, h)
		}
		v.out.bytes(d)
	}
	if l.counted > 0 {
		v.keepChange(l)
		v.writeChanges()
		v.choose(l.src)
	}
}

// endPieces ends a long line whose end never came.
func (v *View) endPieces(s *source) {
	if s.pieces.open {
		v.piece(s, nil, nil, s.pieces.num, pieceFlags{last: true})
	}
}

// openEnd returns how many bytes at the end of p mean nothing yet: a carriage
// return, which may begin a line end, or the beginning of a character.
func openEnd(p []byte) int {
	n := len(p)
	if n > 0 && p[n-1] == '\r' {
		return 1
	}
	for k := 1; k < utf8.UTFMax && k <= n; k++ {
		if b := p[n-k]; utf8.RuneStart(b) {
			if b >= utf8.RuneSelf && !utf8.FullRune(p[n-k:]) {
				return k
			}
			break
		}
	}
	return 0
}
