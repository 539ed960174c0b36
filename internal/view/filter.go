package view

import (
	"bytes"
	"strconv"
)

// filterHit handles a line with hits where lines are chosen.
func (v *View) filterHit(s *source, l *line) {
	if l.counted == 0 || v.opt.Invert { // to a filter it is a line like any other
		raw := l.text[:len(l.text):len(l.text)]
		if cap(l.text) >= len(l.text)+len(l.end) {
			raw = l.text[: len(l.text)+len(l.end) : len(l.text)+len(l.end)]
		}
		chosen := v.opt.Invert && l.counted == 0
		v.filterLine(s, raw, l.num, chosen)
		return
	}
	if s.stopping { // the context of the last line ends before the next
		v.finish(s)
		return
	}
	switch {
	case v.opt.silent():
	case v.opt.OnlyMatching:
		v.writeMatches(s, l)
	default:
		v.writeBefore(s)
		v.speak(s, l.num)
		v.writeHit(l)
		s.after = v.opt.After
	}
	v.choose(s)
}

// filterGap handles lines without hits where lines are chosen.
func (v *View) filterGap(s *source, p []byte, before int64) {
	if v.opt.Invert {
		if v.opt.MaxCount == 0 && !v.opt.context() && !v.opt.prefixed() && !v.opt.FilesWithMatches && !v.opt.Quiet {
			v.invertSpan(s, p)
			return
		}
		v.eachLine(p, func(raw []byte) bool {
			v.filterLine(s, raw, s.next, true)
			s.next++
			return !s.done
		})
		return
	}
	if v.opt.silent() || v.opt.OnlyMatching {
		return
	}
	for s.after > 0 && len(p) > 0 && !s.done {
		n := bytes.IndexByte(p, '\n') + 1
		if n == 0 {
			n = len(p)
		}
		v.filterLine(s, p[:n], s.next, false)
		s.next++
		p = p[n:]
	}
	if v.opt.Before > 0 && len(p) > 0 {
		if before == 0 {
			before = s.next + countLines(p)
		}
		s.ring.keepLast(p, before, v.opt.Before)
	}
}

// invertSpan chooses whole lines at once, where nothing needs to know them one
// by one.
func (v *View) invertSpan(s *source, p []byte) {
	n := countLines(p)
	s.selected += n
	v.selected += n
	if v.opt.silent() || v.opt.OnlyMatching {
		return
	}
	v.speak(s, 0)
	if v.screen {
		v.screenSpan(p)
	} else {
		v.passSpan(p)
	}
	if v.midLine {
		v.out.str("\n")
		v.midLine = false
	}
}

// filterLine handles a line that has no say of its own: chosen because hits are
// not wanted, or perhaps context of another line.
func (v *View) filterLine(s *source, raw []byte, num int64, chosen bool) {
	quiet := v.opt.silent() || v.opt.OnlyMatching
	switch {
	case chosen && s.stopping:
		v.finish(s)
		return
	case chosen:
		if !quiet {
			v.writeBefore(s)
			v.writeLine(s, raw, num, ':')
			s.after = v.opt.After
		}
		v.choose(s)
		return
	case quiet:
		return
	case s.after > 0:
		s.after--
		v.writeLine(s, raw, num, '-')
	case v.opt.Before > 0:
		s.ring.keepLast(raw, num+1, v.opt.Before)
	}
	if s.stopping && s.after == 0 {
		v.finish(s)
	}
}

// choose counts a chosen line and sees to the limits.
func (v *View) choose(s *source) {
	s.selected++
	v.selected++
	switch {
	case v.opt.Quiet:
		v.finish(s)
	case v.opt.FilesWithMatches:
		v.out.str(v.printable(s.name) + "\n")
		v.finish(s)
	case v.opt.MaxCount > 0 && s.selected >= v.opt.MaxCount:
		if s.after > 0 {
			s.stopping = true
		} else {
			v.finish(s)
		}
	}
}

// finish notes that nothing more is wanted of the source.
func (v *View) finish(s *source) {
	if !s.done {
		s.done = true
		v.finished++
	}
}

// end notes that the source has no more bytes, and tells its count.
func (v *View) end(s *source) {
	v.endPieces(s)
	if s.ended {
		return
	}
	s.ended = true
	s.done = true                                         // and not counted in finished: an archive has more sources than were named
	s.ring, s.pieces, s.prev = ring{}, pieces{}, repeat{} // those of ten thousand files would add up
	if v.opt.Count && !v.opt.Quiet && !v.opt.FilesWithMatches {
		if v.opt.WithFilename {
			v.out.str(v.printable(s.name) + ":")
		}
		v.out.str(strconv.FormatInt(s.selected, 10) + "\n")
	}
}

func (v *View) printable(name string) string {
	if v.screen {
		return v.clean.Line(name)
	}
	return name
}

// writeMatches writes what identified the hits, one spelling a line.
func (v *View) writeMatches(s *source, l *line) {
	v.layout(l)
	for _, g := range v.segs {
		if g.kind == identified {
			v.match = v.appendMatch(v.match[:0], l.text, g)
			v.writeMatch(s, l.num, v.match)
		}
	}
}

// appendMatch appends a spelling, painted and as a line of its own.
func (v *View) appendMatch(dst, text []byte, g segment) []byte {
	dst = append(dst, g.ink.On...)
	if v.screen && !v.opt.Raw {
		dst = v.clean.Append(dst, text[g.start:g.end])
	} else {
		dst = append(dst, text[g.start:g.end]...)
	}
	return append(append(dst, g.ink.Off...), '\n')
}

// writeMatch writes the line that appendMatch made with its prefix.
func (v *View) writeMatch(s *source, num int64, match []byte) {
	v.endRun()
	v.speak(s, num)
	v.endLive()
	v.row = append(v.appendPrefix(v.row[:0], s, num, ':', v.screen), match...)
	v.out.bytes(v.row)
	v.midLine = false
}

func countLines(p []byte) int64 {
	n := int64(bytes.Count(p, []byte{'\n'}))
	if len(p) > 0 && p[len(p)-1] != '\n' {
		n++
	}
	return n
}
