package report

import (
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"

	"wsalog/annotate"
	"wsalog/internal/stats"
	"wsalog/rules"
)

// schema is the version of every JSON form that this package writes.
const schema = 1

// maxText bounds the text of one hit, in bytes before escaping.
const maxText = 16 << 10

// flushAt is the size of the buffer, in bytes, at which a HitStream writes.
const flushAt = 64 << 10

// Texts returns what the catalogue says about a code, or nil.
type Texts func(number int, lang rules.Lang) *rules.Text

// HitOptions configures a HitStream. The zero value works: plain fields,
// English, no catalogue texts, every hit.
type HitOptions struct {
	Fields  Fields
	Lang    rules.Lang
	Texts   Texts        // nil leaves summaries out
	Accept  stats.Filter // nil takes every hit; related twins are asked about too
	Version string       // for the start object
	Args    []string
	Sources []string
}

// A HitStream is a sink that writes one JSON object a line: a start object, a
// hit for each code on each line, a related object for each Win32 twin, and a
// summary. It writes when its buffer is full, when the input is idle and at the
// end. It is used by one goroutine.
type HitStream struct {
	w       io.Writer
	o       HitOptions
	keys    *hitKeys
	buf     []byte
	started bool
	totals  *stats.Collector
	known   map[hitKind]*hitParts
}

// hitKind is what two hits share whose constant members are the same.
type hitKind struct {
	code    int
	related bool
	call    string
}

// maxKinds bounds the memory of prepared members.
const maxKinds = 4096

// hitParts holds the members of a hit that depend on its hitKind alone.
type hitParts struct{ code, summary []byte }

// NewHitStream returns a HitStream that writes to w.
func NewHitStream(w io.Writer, o HitOptions) *HitStream {
	return &HitStream{
		w: w, o: o, keys: &hitKeySets[o.Fields],
		totals: stats.New(stats.Options{Accept: o.Accept, Light: true}),
		known:  make(map[hitKind]*hitParts),
	}
}

// Batch writes the hits of b.
func (s *HitStream) Batch(b *annotate.Batch) error {
	s.start()
	if err := s.totals.Batch(b); err != nil {
		return err
	}
	for i := range b.Records {
		r := &b.Records[i]
		for j := range r.Hits {
			h := &r.Hits[j]
			if s.o.Accept != nil && !s.o.Accept(b, r, h) {
				continue
			}
			s.hit(b, r, h)
		}
		if len(s.buf) >= flushAt {
			if err := s.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Idle writes out what is buffered.
func (s *HitStream) Idle() error {
	s.start()
	return s.flush()
}

// Close writes the summary object.
func (s *HitStream) Close(t annotate.Totals) error {
	s.start()
	if err := s.totals.Close(t); err != nil {
		return err
	}
	s.buf = appendRunSummary(s.buf, s.totals.Table(), t)
	s.buf = append(s.buf, '\n')
	return s.flush()
}

func (s *HitStream) flush() error {
	if len(s.buf) == 0 {
		return nil
	}
	_, err := s.w.Write(s.buf)
	s.buf = s.buf[:0]
	if err != nil {
		return fmt.Errorf("write hits: %w", err)
	}
	return nil
}

func (s *HitStream) start() {
	if s.started {
		return
	}
	s.started = true
	b := append(s.buf, `{"type":"start","schema":`...)
	b = strconv.AppendInt(b, schema, 10)
	b = appendStringKey(b, "version", s.o.Version)
	b = appendStrings(appendKey(b, "args"), s.o.Args)
	b = appendStrings(appendKey(b, "sources"), s.o.Sources)
	s.buf = append(b, '}', '\n')
}

func appendStrings(dst []byte, list []string) []byte {
	dst = append(dst, '[')
	for i, v := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendJSON(dst, v)
	}
	return append(dst, ']')
}

func (s *HitStream) hit(b *annotate.Batch, r *annotate.Record, h *annotate.Hit) {
	k, kind := s.keys, "hit"
	if h.Related {
		kind = "related"
	}
	parts := s.parts(h, r.Call)
	d := append(s.buf, `{"type":"`...)
	d = append(d, kind...)
	d = append(d, `","schema":`...)
	d = strconv.AppendInt(d, schema, 10)
	d = appendStringKey(d, k.file, b.Source.Name)
	d = appendIntKey(d, k.line, b.FirstLine+int64(r.LineInBatch))
	d = appendIntKey(d, k.offset, b.Offset+r.RawOffset)
	if r.Stamp.Valid {
		d = appendStamp(appendKey(d, k.time), &r.Stamp)
	}
	d = append(d, parts.code...)
	if h.Also != 0 {
		d = appendIntKey(d, k.also, int64(h.Also))
	}
	win, from := window(r.Text, h)
	d = appendHow(d, k, h, from, from+len(win))
	d = appendPeer(d, k, r.Peer)
	if r.Call != "" {
		d = appendStringKey(d, k.call, r.Call)
	}
	d = append(d, parts.summary...)
	d = appendText(d, k, win, from, len(r.Text))
	s.buf = append(d, '}', '\n')
}

// appendHow appends how the hit was found: its forms, the spans that lie inside
// the text shown (half open, from..to of the line), confidence and rules.
func appendHow(d []byte, k *hitKeys, h *annotate.Hit, from, to int) []byte {
	d = append(appendKey(d, k.forms), '[')
	for i, f := range h.Forms {
		if i > 0 {
			d = append(d, ',')
		}
		d = append(append(append(d, '"'), f.String()...), '"')
	}
	d = append(appendKey(append(d, ']'), k.spans), '[')
	first := true
	for _, sp := range h.Spans {
		if sp.Start < from || sp.End > to {
			continue
		}
		if !first {
			d = append(d, ',')
		}
		first = false
		d = strconv.AppendInt(append(d, '['), int64(sp.Start-from), 10)
		d = append(strconv.AppendInt(append(d, ','), int64(sp.End-from), 10), ']')
	}
	d = append(d, ']')
	d = append(append(append(appendKey(d, k.confidence), '"'), h.Confidence.String()...), '"')
	return appendStrings(appendKey(d, k.rule), h.Rules)
}

func appendPeer(d []byte, k *hitKeys, peer string) []byte {
	if peer == "" {
		return d
	}
	if k.peer != "" {
		return appendStringKey(d, k.peer, peer)
	}
	host, port, isIP := splitPeer(peer)
	if isIP {
		d = appendStringKey(d, k.ip, host)
	} else {
		d = appendStringKey(d, k.host, host)
	}
	if port >= 0 {
		d = appendIntKey(d, k.port, int64(port))
	}
	return d
}

// window returns the part of a line that a hit shows, and where it begins: all
// of it, or maxText bytes around the hit's first span, cut between characters.
func window(text []byte, h *annotate.Hit) ([]byte, int) {
	if len(text) <= maxText {
		return text, 0
	}
	at := 0
	if len(h.Spans) > 0 {
		at = h.Spans[0].Start
	}
	from := max(0, min(at-maxText/2, len(text)-maxText))
	to := from + maxText
	for i := 0; i < utf8.UTFMax-1 && from > 0 && from < to && !utf8.RuneStart(text[from]); i++ {
		from++
	}
	for i := 0; i < utf8.UTFMax-1 && to < len(text) && to > from && !utf8.RuneStart(text[to]); i++ {
		to--
	}
	return text[from:to], from
}

func appendText(d []byte, k *hitKeys, win []byte, from, whole int) []byte {
	if utf8.Valid(win) {
		d = appendJSON(appendKey(d, k.text), win)
	} else {
		d = append(appendKey(d, k.bytes), '"')
		d = append(base64.StdEncoding.AppendEncode(d, win), '"')
	}
	if len(win) < whole {
		d = appendIntKey(d, k.textOffset, int64(from))
		d = append(appendKey(d, k.truncated), "true"...)
	}
	return d
}

// parts returns the prepared members for hits like h.
func (s *HitStream) parts(h *annotate.Hit, call string) *hitParts {
	key := hitKind{h.Code, h.Related, call}
	if p := s.known[key]; p != nil {
		return p
	}
	if len(s.known) >= maxKinds {
		clear(s.known)
	}
	p := &hitParts{}
	s.known[key] = p
	if h.Related {
		p.code = s.keys.appendCode(p.code, h.Code)
		name, twin := twinOf(h.Code)
		if name != "" {
			p.code = appendStringKey(p.code, s.keys.name, name)
			p.code = appendIntKey(p.code, s.keys.codeTwin, int64(twin))
			p.summary = s.appendSummary(p.summary, twin, call)
		}
		return p
	}
	p.code = s.appendIdentity(p.code, h.Code)
	p.summary = s.appendSummary(p.summary, h.Code, call)
	return p
}

func (s *HitStream) appendIdentity(d []byte, code int) []byte {
	k := s.keys
	d = k.appendCode(d, code)
	c, ok := rules.Lookup(code)
	if !ok {
		return d
	}
	d = appendStringKey(d, k.name, c.Name)
	d = appendStringKey(d, k.part, c.Part.String())
	d = appendStringKey(d, k.class, c.Class.String())
	d = appendStringKey(d, k.severity, c.Severity.String())
	if k.group != "" {
		d = appendStringKey(d, k.group, groupOf(c))
	}
	return d
}

func (s *HitStream) appendSummary(d []byte, code int, call string) []byte {
	lang := s.o.Lang
	if s.keys.summaryAlwaysInEng {
		lang = rules.English
	}
	if short := shortText(s.o.Texts, code, lang, call); short != "" {
		d = appendStringKey(d, s.keys.summary, short)
	}
	return d
}

// shortText joins a code's word and its likeliest cause, for the call where the
// cause depends on it. It is empty when the catalogue has no text.
func shortText(texts Texts, code int, lang rules.Lang, call string) string {
	if texts == nil {
		return ""
	}
	t := texts(code, lang)
	if t == nil {
		return ""
	}
	cause := t.For(call).Cause
	switch {
	case cause == "":
		return t.Word
	case lang == rules.Chinese:
		return t.Word + "：" + cause
	}
	return t.Word + ": " + cause
}
