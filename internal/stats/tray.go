package stats

import (
	"slices"
	"unicode/utf8"

	"wsalog/annotate"
)

// A readyHit is a hit with all that can be known of it before its turn. It is read by
// another processor than wrote it, so it is short.
type readyHit struct {
	// Of the line; the hits of one line stand one after the other.
	line   int64
	at     int64  // its place on axis
	peer   string // cut to maxName bytes, and then made valid UTF-8
	call   string
	byPeer uint64   // hash of peer in the table of peers, 0 without one
	byForm uint64   // hash of its template in the table of templates, 0 where none is counted
	shape  [2]int32 // where the template stands in the tray's text; below 0 where only byForm is known
	zone   int32    // offset of its stamp, or noZone
	record int32    // index into the batch

	code                int32
	hit                 int32 // index into the record
	forms               uint16
	axis                Axis
	stamped             bool
	isNew, low, related bool
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
		if i+2 < len(b.Records) && !t.c.o.Light {
			next := &b.Records[i+2]
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
		if n := len(t.hits); n > first {
			t.hits = append(t.hits, t.hits[first])
		} else {
			t.hits = slices.Grow(t.hits, 1)[:n+1]
			t.line(&t.hits[n], b, r, h.Related)
			t.hits[n].record = index
		}
		ready := &t.hits[len(t.hits)-1]
		ready.hit, ready.code, ready.forms = int32(i), int32(h.Code), formSet(h)
		ready.isNew, ready.low, ready.related = h.NewEvent, h.Confidence == 0, h.Related
	}
}

// line fills in what the hits of r's line share; related ones, which come last, count for
// no name.
func (t *tray) line(h *readyHit, b *annotate.Batch, r *annotate.Record, related bool) {
	h.line, h.call = b.FirstLine+int64(r.LineInBatch), r.Call
	h.stamped, h.zone = r.Stamp.Valid, noZone
	if r.Stamp.Valid && r.Stamp.HasZone {
		h.zone = int32(r.Stamp.OffsetSec)
	}
	h.axis, h.at = place(&r.Stamp, h.line)
	h.peer, h.byPeer, h.byForm = "", 0, 0
	if related || t.c.o.Light {
		return
	}
	if r.Peer != "" {
		h.peer = valid(clip(r.Peer))
		h.byPeer = t.c.peers.byName.hash(h.peer)
	}
	t.template(h, r)
}

// template finds the template that a line counts for.
func (t *tray) template(h *readyHit, r *annotate.Record) {
	if r.Shape != 0 {
		var known bool
		if h.byForm, known = t.findShape(r); known {
			h.shape = [2]int32{-1, -1}
			return
		}
	}
	t.told = told{}
	from := len(t.text)
	t.text = tellTemplate(t.text, r, &t.told)
	h.shape = [2]int32{int32(from), int32(len(t.text))}
	h.byForm = t.c.templates.byName.hashBytes(t.text[from:])
	t.addShape(r, h.byForm, &t.told)
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
