package view

import (
	"wsalog/annotate"
	"wsalog/internal/term"
	"wsalog/rules"
)

// A line is one line of a log on its way out.
type line struct {
	src     *source
	num     int64
	text    []byte           // without its end
	end     []byte           // \n, \r\n or nothing
	rec     *annotate.Record // nil for a line about which there is nothing to say
	hits    []*annotate.Hit  // accepted ones, related ones last
	counted int              // the first so many of hits count
	times   int64            // how often the line stands for itself, usually 1
	told    int64            // times, if the line says so itself, else 0
	pieces  bool             // the text was too long to hold and was written in pieces
}

// compose puts what is said about the line into v.note, without the mark, and
// moves the counts of its codes on. Hits to be explained at length, those that
// are new or all, as the options say, are returned where there is room for boxes
// below the line; elsewhere the note takes the long form.
func (v *View) compose(l *line, box bool) (boxes []*annotate.Hit) {
	n := &v.note
	n.reset()
	v.boxes = v.boxes[:0]
	for _, h := range l.hits {
		if h.Related {
			v.separate()
			v.composeRelated(h)
			continue
		}
		c := v.book.get(h.Code)
		c.count += l.times
		fresh := c.meet(l.rec.Call, l.rec.Stamp)
		long := v.opt.Explain == FullExplain || v.opt.Explain == First && fresh
		if long && box {
			v.boxes = append(v.boxes, h)
			continue
		}
		v.separate()
		switch {
		case long:
			v.composeLong(l, h, c)
		default:
			v.composeShort(l, h, c, fresh)
		}
	}
	return v.boxes
}

// countOnly moves the counts on as compose does, for a line that is hidden.
func (v *View) countOnly(l *line) {
	for _, h := range l.hits[:l.counted] {
		c := v.book.get(h.Code)
		c.count += l.times
		c.meet(l.rec.Call, l.rec.Stamp)
	}
}

// separate parts what is said next from what was said before.
func (v *View) separate() {
	if len(v.note.text) > 0 {
		v.note.add(v.glyph.Dot, &v.theme.Dim)
	}
}

// composeShort: 10061 refused: port closed or firewall reject, or 10061 refused ×2.
func (v *View) composeShort(l *line, h *annotate.Hit, c *codeState, fresh bool) {
	n := &v.note
	start := len(n.text)
	v.appendCode(h, c)
	n.text = append(n.text, ' ')
	n.text = append(n.text, c.word...)
	n.mark(start, v.inkOf(c.severity))
	if fresh {
		cause := c.text.For(l.rec.Call).Cause
		if cause != "" {
			n.add(v.words.colon, nil)
			n.add(v.glyph.Plain(cause), &v.theme.Note)
		}
		if l.times == 1 && (cause != "" || c.count == 1) {
			return
		}
	}
	start = len(n.text)
	n.text = append(n.text, ' ')
	n.text = append(n.text, v.glyph.Times...)
	n.text = term.AppendThousands(n.text, c.count)
	n.mark(start, &v.theme.Dim)
}

// composeLong puts the long form on one line, for a pipe.
func (v *View) composeLong(l *line, h *annotate.Hit, c *codeState) {
	n := &v.note
	v.appendTitle(l, h, c)
	d := c.text.For(l.rec.Call)
	if d.Meaning != "" {
		n.add(v.words.colon, nil)
		n.add(v.glyph.Plain(d.Meaning), nil)
	}
	if likely := v.causes(c); likely != "" {
		n.add(" "+v.words.likely+v.words.colon+likely, nil)
	}
}

// appendTitle: 10061 WSAECONNREFUSED  refused  (connect → 10.0.0.5:5432).
func (v *View) appendTitle(l *line, h *annotate.Hit, c *codeState) {
	n := &v.note
	start := len(n.text)
	v.appendCode(h, c)
	n.text = append(n.text, ' ')
	n.text = append(n.text, c.name...)
	n.mark(start, v.inkOf(c.severity))
	if c.word != c.name {
		n.add("  "+c.word, nil)
	}
	call, peer := l.rec.Call, v.clean.Line(l.rec.Peer)
	switch {
	case call != "" && peer != "":
		n.add("  ("+call+" "+v.glyph.Arrow+" "+peer+")", &v.theme.Dim)
	case call+peer != "":
		n.add("  ("+call+peer+")", &v.theme.Dim)
	}
	if total := c.count; total > l.times {
		n.add("  "+v.glyph.Times+term.Thousands(total), &v.theme.Dim)
	}
}

// appendCode appends the number; what is unsure about it stands right behind.
func (v *View) appendCode(h *annotate.Hit, c *codeState) {
	n := &v.note
	n.text = append(n.text, c.label...)
	if h.Also != 0 {
		n.text = append(n.text, v.words.or...)
		n.text = append(n.text, v.book.get(h.Also).label...)
	}
	if h.Confidence.String() == "low" {
		n.text = append(n.text, '?')
	}
}

// composeRelated: 64 (like 10054 reset).
func (v *View) composeRelated(h *annotate.Hit) {
	c := v.book.get(h.Code)
	twin := h.Also
	if r, ok := rules.LookupRelated(h.Code); ok && twin == 0 {
		twin = r.Twin
	}
	s := c.label
	if twin != 0 {
		t := v.book.get(twin)
		s += v.words.likeText(t.label + " " + t.word)
	}
	v.note.add(s, &v.theme.Info)
}

func (v *View) inkOf(s rules.Severity) *term.Ink {
	switch s {
	case rules.Error:
		return &v.theme.Error
	case rules.Warn:
		return &v.theme.Warn
	}
	return &v.theme.Info
}
