package report

import (
	"encoding/base64"
	"strconv"
	"unicode/utf8"

	"wsalog/annotate"
	"wsalog/rules"
)

// hitLines writes hits, one JSON object a line each. It is used by one goroutine.
type hitLines struct {
	o     *HitOptions
	keys  *hitKeys
	known map[hitKind]*hitParts
	often [32]hitMemo // in front of known, by code and call
	days  stampWriter

	source *annotate.Source // of the latest hit
	heads  [2][]byte        // what its hits begin with, and its related twins
}

func newHitLines(o *HitOptions) hitLines {
	return hitLines{o: o, keys: &hitKeySets[o.Fields], known: make(map[hitKind]*hitParts)}
}

// hitKind is what two hits share whose constant members are the same.
type hitKind struct {
	code    int
	related bool
	call    string
}

// A hitMemo is the kind of the latest hit of those that share a place.
type hitMemo struct {
	kind  hitKind
	parts *hitParts
}

// maxKinds bounds the memory of prepared members.
const maxKinds = 4096

// hitParts holds the members of a hit that depend on its hitKind alone.
type hitParts struct{ code, summary []byte }

// A hitTray holds the lines of a job's batches.
type hitTray struct {
	counts annotate.Tray
	lines  hitLines
	text   []byte
	ends   []hitEnd // of the batches
	next   int      // the batch that is delivered next
}

// A hitEnd says where the lines of a batch end in a tray's text, and how many of
// its records they are.
type hitEnd struct{ text, records int }

// maxPrepared bounds the text on a tray, in bytes, but for the hits of one line.
// Whoever delivers writes the others: lines without end must not stand in memory
// with every hit that they hold.
const maxPrepared = 1 << 20

// Clear empties the tray.
func (t *hitTray) Clear() {
	t.counts.Clear()
	t.text, t.ends, t.next = t.text[:0], t.ends[:0], 0
	if cap(t.text) > 2*maxPrepared {
		t.text = nil
	}
}

// Prepare writes the lines of b's hits.
func (t *hitTray) Prepare(b *annotate.Batch) {
	t.counts.Prepare(b)
	n := 0
	for n < len(b.Records) && len(t.text) < maxPrepared {
		t.text = t.lines.append(t.text, b, &b.Records[n])
		n++
	}
	t.ends = append(t.ends, hitEnd{len(t.text), n})
}

// take returns the lines of the next batch, and how many of its records they are.
func (t *hitTray) take() (text []byte, records int) {
	from := 0
	if t.next > 0 {
		from = t.ends[t.next-1].text
	}
	end := t.ends[t.next]
	t.next++
	return t.text[from:end.text], end.records
}

// append appends the lines of a record's hits.
func (l *hitLines) append(d []byte, b *annotate.Batch, r *annotate.Record) []byte {
	for i := range r.Hits {
		h := &r.Hits[i]
		if l.o.Accept == nil || l.o.Accept(b, r, h) {
			d = l.hit(d, b, r, h)
		}
	}
	return d
}

func (l *hitLines) hit(d []byte, b *annotate.Batch, r *annotate.Record, h *annotate.Hit) []byte {
	k := l.keys
	if l.source != b.Source {
		l.source = b.Source
		l.heads[0] = k.appendHead(l.heads[0][:0], "hit", b.Source.Name)
		l.heads[1] = k.appendHead(l.heads[1][:0], "related", b.Source.Name)
	}
	parts := l.parts(h, r.Call)
	if h.Related {
		d = append(d, l.heads[1]...)
	} else {
		d = append(d, l.heads[0]...)
	}
	d = appendIntKey(d, k.line, b.FirstLine+int64(r.LineInBatch))
	d = appendIntKey(d, k.offset, b.Offset+r.RawOffset)
	if r.Stamp.Valid {
		d = l.days.append(appendKey(d, k.time), &r.Stamp)
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
	return append(d, '}', '\n')
}

// appendHead appends what the lines of one source begin with.
func (k *hitKeys) appendHead(d []byte, kind, file string) []byte {
	d = append(append(d, `{"type":"`...), kind...)
	d = strconv.AppendInt(append(d, `","schema":`...), schema, 10)
	return appendStringKey(d, k.file, file)
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
		d = appendValidJSON(appendKey(d, k.text), win)
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
func (l *hitLines) parts(h *annotate.Hit, call string) *hitParts {
	key := hitKind{h.Code, h.Related, call}
	memo := &l.often[(h.Code^len(call)<<2)&(len(l.often)-1)]
	if memo.parts == nil || memo.kind != key {
		*memo = hitMemo{key, l.knownParts(key)}
	}
	return memo.parts
}

// knownParts is parts without a memo.
func (l *hitLines) knownParts(key hitKind) *hitParts {
	if p := l.known[key]; p != nil {
		return p
	}
	if len(l.known) >= maxKinds {
		clear(l.known)
	}
	p := &hitParts{}
	l.known[key] = p
	if key.related {
		p.code = l.keys.appendCode(p.code, key.code)
		name, twin := twinOf(key.code)
		if name != "" {
			p.code = appendStringKey(p.code, l.keys.name, name)
			p.code = appendIntKey(p.code, l.keys.codeTwin, int64(twin))
			p.summary = l.appendSummary(p.summary, twin, key.call)
		}
		return p
	}
	p.code = l.appendIdentity(p.code, key.code)
	p.summary = l.appendSummary(p.summary, key.code, key.call)
	return p
}

func (l *hitLines) appendIdentity(d []byte, code int) []byte {
	k := l.keys
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

func (l *hitLines) appendSummary(d []byte, code int, call string) []byte {
	lang := l.o.Lang
	if l.keys.summaryAlwaysInEng {
		lang = rules.English
	}
	if short := shortText(l.o.Texts, code, lang, call); short != "" {
		d = appendStringKey(d, l.keys.summary, short)
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
