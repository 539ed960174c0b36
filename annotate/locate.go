package annotate

import (
	"bytes"

	"wsalog/rules"
)

// A scene is what a line says besides its errors.
type scene struct {
	peer endpoint
	call callID
	span Span // of the call
}

// locate tells r's peer and call.
func (a *Annotator) locate(r *Record) {
	var (
		s     scene
		known ShapeFacts
	)
	if r.Shape == 0 || len(r.Text) > longestScene {
		a.scene(r, &s)
	} else if a.scenes.find(keyOf(r.Shape, len(r.Text)), &known) {
		s.set(&known)
	} else {
		a.scene(r, &s)
		a.scenes.Add(r.Shape, len(r.Text), s.facts())
	}
	if s.peer.host != (Span{}) {
		r.Peer = a.names.endpoint(r.Text, &s.peer)
		r.PeerSpan = s.peer.span
	}
	if s.call != callNone {
		r.Call, r.CallSpan = callNames[s.call], s.span
	}
}

// A place is where a hit stands in what is looked at.
type place struct {
	Span
	message bool
}

// scene finds r's scene in the outline of its line, where it has one: many lines share that.
func (a *Annotator) scene(r *Record, s *scene) {
	a.places = a.places[:0]
	for i := range r.Hits {
		h := &r.Hits[i]
		message := h.HasForm(rules.FormMessage)
		for _, span := range h.Spans {
			a.places = append(a.places, place{span, message})
		}
	}
	if a.outlines == nil {
		a.look(r.Text, s)
		return
	}
	text, shape, ok := a.outlines.Outline(r.Text, r.Shape)
	if !ok {
		a.look(r.Text, s)
		return
	}
	for i := range a.places {
		p := &a.places[i]
		p.Start, p.End = a.outlines.Within(p.Start, p.End)
		shape = (shape ^ uint64(p.Start)<<32 ^ uint64(p.End)) * 0x9E3779B97F4A7C15
	}
	var known ShapeFacts
	if shape = max(1, shape^shape>>32); a.scenes.find(keyOf(shape, len(text)), &known) {
		s.set(&known)
	} else {
		a.look(text, s)
		a.scenes.Add(shape, len(text), s.facts())
	}
	for _, span := range [...]*Span{&s.peer.host, &s.peer.port, &s.peer.span, &s.span} {
		if *span != (Span{}) {
			span.Start, span.End = a.outlines.Line(span.Start, span.End)
		}
	}
}

// look finds the scene of text in a window around its first hit. Where the hits are, a.places
// says.
func (a *Annotator) look(text []byte, s *scene) {
	l := &a.lex
	first := a.places[0]
	lo := max(0, first.Start-windowBefore)
	hi := min(len(text), first.End+windowAfter)
	l.b = text[lo:hi]
	l.spans, l.mask = l.spans[:0], l.mask[:0]
	for _, p := range a.places {
		h := Span{max(p.Start-lo, 0), min(p.End-lo, len(l.b))}
		if h.Start >= h.End {
			continue
		}
		l.spans = append(l.spans, h)
		if p.message {
			h = sentence(l.b, h)
		}
		l.mask = append(l.mask, h)
	}
	l.run()
	s.peer = l.peer().moved(lo)
	if s.call, s.span = l.call(); s.call != callNone {
		s.span = Span{s.span.Start + lo, s.span.End + lo}
	}
	l.b = nil
}

// sentence widens the span of a system text's distinctive words to the sentence
// around them, whose words (connection, send, receive) say nothing about the call
// that failed. System texts begin with a capital and hold no colon.
func sentence(b []byte, s Span) Span {
	const far = 160
	if !hasMark(b[s.Start:s.End]) { // a number or a name: no text of the system
		return s
	}
	for first := max(0, s.Start-far); s.Start > first; s.Start-- {
		c := b[s.Start-1]
		if !sentenceMark[c] {
			continue
		}
		if sentenceEnd[c] || bytes.HasSuffix(b[:s.Start], wideColon) || bytes.HasSuffix(b[:s.Start], wideStop) {
			break
		}
		if c >= 'A' && c <= 'Z' && (s.Start == 1 || !isAlnum(b[s.Start-2])) {
			s.Start--
			break
		}
	}
	for last := min(len(b), s.End+far); s.End < last; s.End++ {
		c := b[s.End]
		if sentenceMark[c] && (sentenceEnd[c] || isDigit(c) || bytes.HasPrefix(b[s.End:], wideStop)) {
			break
		}
	}
	return s
}

// hasMark reports whether a span holds words rather than one number or name.
func hasMark(w []byte) bool {
	for _, c := range w {
		if c == ' ' || c >= 0x80 {
			return true
		}
	}
	return false
}

var (
	wideColon = []byte("：")
	wideStop  = []byte("。")
)

// sentenceEnd marks the bytes at which a system text begins or ends.
var sentenceEnd = byteSet(".:;()[]{}\"`<>|=\t")

// sentenceMark marks the bytes at which sentence looks twice.
var sentenceMark = func() [256]bool {
	t := byteSet("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	for c := range t {
		t[c] = t[c] || sentenceEnd[c] || c >= 0x80
	}
	return t
}()

// byteSet marks the bytes of an ASCII text.
func byteSet(text string) (t [256]bool) {
	for _, c := range text {
		t[c] = true
	}
	return t
}

// hasAny reports whether b holds a marked byte.
func hasAny(b []byte, marked *[256]bool) bool {
	for _, c := range b {
		if marked[c] {
			return true
		}
	}
	return false
}

// distance returns how many bytes part s from the nearest hit, and whether s
// stands behind it.
func (l *lexer) distance(start, end int) (d int, behind bool) {
	d = len(l.b)
	for _, h := range l.spans {
		switch {
		case start >= h.End && start-h.End < d:
			d, behind = start-h.End, true
		case end <= h.Start && h.Start-end < d:
			d, behind = h.Start-end, false
		case start < h.End && h.Start < end:
			return 0, false
		}
	}
	return d, behind
}

// inHit reports whether token t overlaps a hit.
func (l *lexer) inHit(t *token) bool {
	for _, h := range l.spans {
		if t.start < h.End && h.Start < t.end {
			return true
		}
	}
	return false
}
