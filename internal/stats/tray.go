package stats

import (
	"slices"
	"unicode/utf8"

	"wsalog/annotate"
)

// A readyHit is a hit with all that can be known of it before its turn.
type readyHit struct {
	readyLine
	code   int32
	record int32 // indexes into the batch
	hit    int32
	forms  uint16

	isNew, low, related bool
}

// A readyLine is what the hits of a line share.
type readyLine struct {
	line    int64
	at      int64  // its place on axis
	peer    string // cut to maxName bytes, and then made valid UTF-8
	call    string
	byPeer  uint64   // hash of peer in the table of peers
	byForm  uint64   // hash of its template in the table of templates
	shape   [2]int32 // where the template stands in the tray's text; below 0 where only byForm is known
	zone    int32    // offset of its stamp, or noZone
	axis    Axis
	stamped bool
}

// A tray holds the hits of a job's batches that pass the filter.
type tray struct {
	c    *Collector // whose options and seeds alone are read, and whose shapes
	hits []readyHit
	text []byte // templates, one after the other
	ends []int  // of the batches, in hits
	next int    // the batch that is delivered next
	told told   // of the line in hand
}

// NewTray returns a tray on which batches for c are prepared.
func (c *Collector) NewTray() annotate.Tray { return &tray{c: c} }

// Clear empties the tray.
func (t *tray) Clear() {
	t.hits, t.text, t.ends, t.next = t.hits[:0], t.text[:0], t.ends[:0], 0
	if cap(t.hits) > maxReady {
		t.hits, t.text = nil, nil
	}
}

// maxReady is how many hits a tray keeps room for.
const maxReady = 8192

// Prepare lists the hits of b that are counted.
func (t *tray) Prepare(b *annotate.Batch) {
	for i := range b.Records {
		if i+1 < len(b.Records) && !t.c.o.Light {
			next := &b.Records[i+1]
			t.c.shapes.Ahead(next.Shape, len(next.Text))
		}
		if r := &b.Records[i]; len(r.Hits) > 0 {
			t.record(b, r, int32(i))
		}
	}
	t.ends = append(t.ends, len(t.hits))
}

// take returns the hits of the next batch.
func (t *tray) take() []readyHit {
	from := 0
	if t.next > 0 {
		from = t.ends[t.next-1]
	}
	t.next++
	return t.hits[from:t.ends[t.next-1]]
}

func (t *tray) record(b *annotate.Batch, r *annotate.Record, index int32) {
	o := &t.c.o
	first := len(t.hits)
	for i := range r.Hits {
		h := &r.Hits[i]
		if o.Accept != nil && !o.Accept(b, r, h) {
			continue
		}
		t.hits = append(t.hits, readyHit{record: index, hit: int32(i), code: int32(h.Code),
			forms: formSet(h), isNew: h.NewEvent, low: h.Confidence == 0, related: h.Related})
	}
	if first == len(t.hits) {
		return
	}
	l := readyLine{line: b.FirstLine + int64(r.LineInBatch), call: r.Call, stamped: r.Stamp.Valid, zone: noZone}
	l.axis, l.at = place(&r.Stamp, l.line)
	if r.Stamp.Valid && r.Stamp.HasZone {
		l.zone = int32(r.Stamp.OffsetSec)
	}
	if !o.Light && slices.ContainsFunc(t.hits[first:], func(h readyHit) bool { return !h.related }) {
		t.names(r, &l)
	}
	for i := first; i < len(t.hits); i++ {
		t.hits[i].readyLine = l
	}
}

// names finds the peer and the template that a line counts for.
func (t *tray) names(r *annotate.Record, l *readyLine) {
	if r.Peer != "" {
		l.peer = valid(clip(r.Peer))
		l.byPeer = t.c.peers.byName.hash(l.peer)
	}
	if r.Shape != 0 {
		var known bool
		if l.byForm, known = t.findShape(r); known {
			l.shape = [2]int32{-1, -1}
			return
		}
	}
	t.told = told{}
	from := len(t.text)
	t.text = tellTemplate(t.text, r, &t.told)
	l.shape = [2]int32{int32(from), int32(len(t.text))}
	l.byForm = t.c.templates.byName.hashBytes(t.text[from:])
	t.addShape(r, l.byForm, &t.told)
}

// formSet is a hit's forms, one bit for each.
func formSet(h *annotate.Hit) (set uint16) {
	for _, f := range h.Forms {
		set |= 1 << f
	}
	return set
}

// maxName bounds the name of a peer, in bytes: a host name has at most 253.
const maxName = 300

// clip cuts a name that is too long to be one, between two characters.
func clip(name string) string {
	if len(name) <= maxName {
		return name
	}
	end := maxName
	for end > maxName-utf8.UTFMax && !utf8.RuneStart(name[end]) {
		end--
	}
	return name[:end]
}

// valid puts U+FFFD for every byte that is not UTF-8, as JSON does: a name must
// stay the same when a report is read back.
func valid(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	return string([]rune(name))
}
