package stats

import (
	"math/bits"

	"wsalog/annotate"
	"wsalog/internal/prefetch"
)

// count counts the hits of b that stand on a tray. What a hit needs is far away as a
// rule: it is brought near in two steps, while the two lines before it are counted.
func (c *Collector) count(f *fileStat, b *annotate.Batch, t *tray) {
	hits := t.take()
	if len(hits) == 0 {
		return
	}
	before := f.found()
	var sights [2]sight // of the line in hand and of the next
	found, next := &sights[0], &sights[1]
	c.look(found, &hits[0])
	for n := 0; len(hits) > 0; hits = hits[n:] {
		for n = 1; n < len(hits) && hits[n].record == hits[0].record; {
			n++
		}
		if n+1 < len(hits) {
			c.ahead(&hits[n+1])
		}
		if n < len(hits) {
			c.look(next, &hits[n])
		}
		c.record(f, b, t, hits[:n], found)
		found, next = next, found
	}
	c.settle(f)
	c.sketchSeen()
	c.settleZone()
	c.totals.grow(before, f.found())
}

// A sight is what was found of a line's names before its turn.
type sight struct {
	peer, form   *entry
	peers, forms uint64 // versions of the tables; the entries count while these stay
	sum          uint64 // hashOf its peer, where that had no entry
}

// ahead announces that look is called for the line of h next.
func (c *Collector) ahead(h *readyHit) {
	prefetch.Line(c.peers.byName.slot(h.byPeer))
	prefetch.Line(c.templates.byName.slot(h.byForm))
}

// look finds the names of the line of h, and announces what counting it reads.
func (c *Collector) look(s *sight, h *readyHit) {
	peers, forms := &c.peers.byName, &c.templates.byName
	s.peer, s.peers, s.sum = nil, peers.version, 0
	s.form, s.forms = nil, forms.version
	if h.byForm != 0 {
		s.form = forms.find(h.byForm)
	}
	if h.byPeer != 0 {
		if s.peer = peers.find(h.byPeer); s.peer == nil {
			s.sum = hashOf(h.peer)
			c.peers.ahead(s.sum)
		}
	}
	s.peer.ahead()
	s.form.ahead()
}

// record counts the hits of one line.
func (c *Collector) record(f *fileStat, b *annotate.Batch, t *tray, hits []readyHit, found *sight) {
	counted, info := false, false
	for i := range hits {
		h := &hits[i]
		if h.related {
			c.related[int(h.code)]++
			continue
		}
		cs := c.code(int(h.code))
		c.hit(f, cs, b, h)
		cs.place(h.axis, h.at, h.isNew)
		if cs.info {
			info = true
			continue
		}
		counted = true
		c.countHit(f, cs, h)
		if !c.o.Light {
			c.countPeer(cs, h, found)
			c.countTemplate(f, b, t, h, found)
		}
	}
	if counted || info {
		c.endLine(f, &hits[0], counted)
	}
}

// hit counts what is kept for every code, also for those that are listed apart.
func (c *Collector) hit(f *fileStat, cs *codeStat, b *annotate.Batch, h *readyHit) {
	cs.hits++
	if h.isNew {
		cs.events++
	}
	if h.low {
		cs.low++
	}
	for set := h.forms; set != 0; set &= set - 1 {
		form := bits.TrailingZeros16(set)
		cs.forms[form]++
		if h.isNew {
			cs.formEvents[form]++
		}
	}
	cs.call(h.call, h.isNew)
	if f != cs.shown && !c.o.Light {
		cs.shown = f
		if cs.sample.File == "" || c.name < cs.sample.File {
			cs.sample = h.sample(b)
		}
	}
}

// countHit counts a hit of a code that is not listed apart.
func (c *Collector) countHit(f *fileStat, cs *codeStat, h *readyHit) {
	f.hits++
	if h.isNew {
		f.events++
	}
	f.spans[h.axis].add(h.at)
	if !c.o.Light {
		if l := c.lines[h.axis]; c.bucket != l.last || !l.covers(h.at) {
			c.settle(f)
			c.bucket = l.at(h.at)
		}
		c.bucket.total++
		if h.axis != AxisLine {
			c.minutes[h.axis].at(h.at).total++
		}
	}
	if cs.pending == 0 {
		c.pending = append(c.pending, cs)
	}
	cs.pending++
}

// settle adds the pending hits to the lists of codes of f and of the bucket, once for each
// code: to find a code's place in a list takes longer than to count.
func (c *Collector) settle(f *fileStat) {
	for _, cs := range c.pending {
		f.codes.add(cs.number, cs.pending)
		if c.bucket != nil {
			c.bucket.codes.add(cs.number, cs.pending)
		}
		cs.pending = 0
	}
	c.pending = c.pending[:0]
}

func (c *Collector) countTemplate(f *fileStat, b *annotate.Batch, t *tray, h *readyHit, found *sight) {
	e := c.templates.byName.still(h.byForm, found.form, found.forms)
	if e == nil {
		name := c.template(b, t, h)
		if e = admit(c.templates, h.byForm, hashOf(name), name); e == nil {
			return
		}
	}
	e.hit(h)
	if f != e.shown {
		e.shown = f
		if e.sample == nil || c.name < e.sample.File {
			sample := h.sample(b)
			e.sample = &sample
		}
	}
}

// template returns the template of the hit's line.
func (c *Collector) template(b *annotate.Batch, t *tray, h *readyHit) []byte {
	if h.shape[0] >= 0 {
		return t.text[h.shape[0]:h.shape[1]]
	}
	c.buffer = appendTemplate(c.buffer[:0], &b.Records[h.record])
	return c.buffer
}

func (c *Collector) countPeer(cs *codeStat, h *readyHit, found *sight) {
	if h.byPeer == 0 {
		return
	}
	e := c.peers.byName.still(h.byPeer, found.peer, found.peers)
	if e == nil {
		if found.sum == 0 {
			found.sum = hashOf(h.peer)
		}
		if e = admit(c.peers, h.byPeer, found.sum, h.peer); e == nil {
			c.sketch(cs, found.sum)
			return
		}
	}
	if isNew := e.hit(h); isNew && c.peers.over() { // the sketches know its other codes
		c.sketch(cs, e.sum)
	}
	if h.axis == AxisTime && isReset(int(h.code)) {
		e.reset(floorDiv(h.at, 1000))
	}
}

// A seenName is a peer, told by hashOf, that was hit by a code.
type seenName struct {
	cs  *codeStat
	sum uint64
}

// sketch notes for sketchSeen that a peer was hit.
func (c *Collector) sketch(cs *codeStat, sum uint64) {
	if len(c.seen) == mostSeen {
		c.sketchSeen()
	}
	c.seen = append(c.seen, seenName{cs, sum})
}

const mostSeen = 256

// sketchSeen adds the peers to the sketches of their codes, all at once: of registers that
// are far away many arrive at the same time.
func (c *Collector) sketchSeen() {
	for _, s := range c.seen {
		if s.cs.names == nil {
			s.cs.names = c.peers.namesOf(s.cs.number)
		}
		s.cs.names.add(s.sum)
	}
	c.seen = c.seen[:0]
}

// sample copies the line of the hit.
func (h *readyHit) sample(b *annotate.Batch) Sample {
	r := &b.Records[h.record]
	return sampleOf(b, r, &r.Hits[h.hit])
}

// isReset reports whether a code says that a connection was cut.
func isReset(code int) bool { return code == 10053 || code == 10054 }

// hit counts a hit and reports whether its code is new to the name.
func (e *entry) hit(h *readyHit) bool {
	e.n++
	if h.isNew {
		e.events++
	}
	e.spans[h.axis].add(h.at)
	return e.codes.add(int(h.code), 1)
}

// endLine counts a line that holds hits, once however many windows show it.
func (c *Collector) endLine(f *fileStat, h *readyHit, counted bool) {
	switch {
	case counted && f.lastLine != h.line:
		f.lastLine = h.line
		f.hitLines++
		if !h.stamped {
			f.noTime++
		} else {
			c.countZone(h.zone)
		}
		if f.lastInfo == h.line {
			f.lastInfo = 0
			f.infoLines--
		}
	case !counted && f.lastLine != h.line && f.lastInfo != h.line:
		f.lastInfo = h.line
		f.infoLines++
	}
}

// countZone counts a line by the zone of its stamp. Those of lines that follow each other
// are mostly the same.
func (c *Collector) countZone(zone int32) {
	if zone != c.lastZone {
		c.settleZone()
		c.lastZone = zone
	}
	c.zoned++
}

func (c *Collector) settleZone() {
	if c.zoned > 0 {
		c.zones[c.lastZone] += c.zoned
		c.zoned = 0
	}
}
