package stats

import (
	"math/bits"

	"wsalog/annotate"
)

// record counts the hits of one line.
func (c *Collector) record(f *fileStat, b *annotate.Batch, t *tray, hits []readyHit) {
	counted, info := false, false
	for i := range hits {
		h := &hits[i]
		if h.related {
			c.related[int(h.code)]++
			continue
		}
		cs := c.code(int(h.code))
		c.hit(cs, b, h)
		cs.place(h.axis, h.at, h.isNew)
		if cs.info {
			info = true
			continue
		}
		counted = true
		c.countHit(f, b, t, h)
	}
	if counted || info {
		c.endLine(f, &hits[0], counted)
	}
}

// hit counts what is kept for every code, also for those that are listed apart.
func (c *Collector) hit(cs *codeStat, b *annotate.Batch, h *readyHit) {
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
	if !c.o.Light && c.earlier(&cs.sample) {
		cs.sample = h.sample(b)
	}
}

// countHit counts a hit of a code that is not listed apart.
func (c *Collector) countHit(f *fileStat, b *annotate.Batch, t *tray, h *readyHit) {
	code := int(h.code)
	c.totals.Hits++
	f.hits++
	if h.isNew {
		c.totals.Events++
		f.events++
	}
	f.codes.add(code, 1)
	f.spans[h.axis].add(h.at)
	if c.o.Light {
		return
	}
	c.lines[h.axis].add(h.at, code)
	if h.axis != AxisLine {
		c.minutes[h.axis].add(h.at, 0)
	}
	if h.peer != "" {
		c.countPeer(h)
	}
	e := c.templates.byName.find(h.byForm)
	if e == nil {
		name := c.template(b, t, h)
		e = admit(c.templates, h.byForm, hashOf(name), name)
	}
	if e != nil {
		e.hit(h)
		if c.earlier(&e.sample) {
			e.sample = h.sample(b)
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

func (c *Collector) countPeer(h *readyHit) {
	e := c.peers.byName.find(h.byPeer)
	if e == nil {
		sum := hashOf(h.peer)
		if e = admit(c.peers, h.byPeer, sum, h.peer); e == nil {
			c.peers.seen(sum, int(h.code))
			return
		}
	}
	if isNew := e.hit(h); isNew && c.peers.over() { // the sketches know its other codes
		c.peers.seen(e.sum, int(h.code))
	}
	if h.axis == AxisTime && isReset(int(h.code)) {
		e.reset(floorDiv(h.at, 1000))
	}
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
		c.totals.HitLines++
		if !h.stamped {
			f.noTime++
			c.totals.NoTime++
		} else {
			c.zones[h.zone]++
		}
		if f.lastInfo == h.line {
			f.lastInfo = 0
			f.infoLines--
			c.totals.InfoLines--
		}
	case !counted && f.lastLine != h.line && f.lastInfo != h.line:
		f.lastInfo = h.line
		f.infoLines++
		c.totals.InfoLines++
	}
}
