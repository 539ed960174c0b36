// Package stats counts what a run found, in bounded memory and so that counts
// of parts add up to the counts of the whole: a Collector is filled batch by
// batch or merged from other Collectors, and its Table is the sorted result.
package stats

import (
	"strings"
	"unicode/utf8"

	"wsalog/annotate"
)

// The caps of the tables that grow with the input, and the widths of the sketches
// that take over past them.
const (
	MaxPeers     = 10_000
	MaxTemplates = 1_000

	peerCells     = 1 << 18
	templateCells = 1 << 14

	maxBuckets = 2048
	maxMinutes = 1 << 16
)

// Options configures a Collector. The zero value counts every hit in full.
type Options struct {
	Accept Filter // nil takes every hit
	Light  bool   // only totals, codes and coverage: no peers, templates, timeline
}

// A Collector counts hits and events. It is a sink: batches must come in input
// order. It is used by one goroutine; Collectors of several goroutines are put
// together with Merge. Counting does not allocate once the names of a log are
// known, and a batch without records costs a few additions.
type Collector struct {
	o         Options
	codes     map[int]*codeStat
	files     map[string]*fileStat
	peers     *heavy
	templates *heavy
	lines     [axes]*timeline // hits by place and code
	minutes   [2]*timeline    // hits by minute, on AxisTime and AxisClock
	related   map[int]int64
	rejected  map[string]int64
	timeouts  map[string]int64
	zones     map[int32]int64 // hits by offset of their stamp, noZone without one
	totals    Totals

	current *annotate.Source // the source of the latest batch
	file    *fileStat        // and its counts
	scratch []byte
}

// noZone stands for stamps that name no zone.
const noZone = 1 << 20

// New returns an empty Collector.
func New(o Options) *Collector {
	c := &Collector{
		o:         o,
		codes:     make(map[int]*codeStat),
		files:     make(map[string]*fileStat),
		peers:     newHeavy(MaxPeers, peerCells),
		templates: newHeavy(MaxTemplates, templateCells),
		related:   make(map[int]int64),
		rejected:  make(map[string]int64),
		timeouts:  make(map[string]int64),
		zones:     make(map[int32]int64),
	}
	c.peers.perCode = make(map[int]*distinct)
	c.lines[AxisTime] = newTimeline(1000, maxBuckets, true)
	c.lines[AxisClock] = newTimeline(1000, maxBuckets, true)
	c.lines[AxisLine] = newTimeline(1, maxBuckets, true)
	for i := range c.minutes {
		c.minutes[i] = newTimeline(60_000, maxMinutes, false)
	}
	return c
}

// Batch counts b and keeps nothing of it. It marks the hits that begin an event
// in b, and never fails.
func (c *Collector) Batch(b *annotate.Batch) error {
	f := c.fileOf(b)
	f.lines += b.Lines
	f.bytes += b.RawLen
	f.undecoded += b.Undecoded
	c.totals.Lines += b.Lines
	c.totals.Bytes += b.RawLen
	if b.Encoding != "" && f.encoding != b.Encoding {
		f.encoding = strings.Clone(b.Encoding)
	}
	for i := range b.Events {
		f.event(&b.Events[i])
	}
	for rule, n := range b.Rejects {
		c.rejected[rule] += int64(n)
	}
	for rule, n := range b.Timeouts {
		c.timeouts[rule] += int64(n)
	}
	f.marks.Mark(b)
	c.period(f, b)
	for i := range b.Records {
		c.record(f, b, &b.Records[i])
	}
	return nil
}

// Idle does nothing: a Collector holds back nothing.
func (c *Collector) Idle() error { return nil }

// Close takes from the run's totals what no batch told.
func (c *Collector) Close(t annotate.Totals) error {
	fill(c.rejected, t.Rejected)
	fill(c.timeouts, t.Timeouts)
	return nil
}

func fill(have map[string]int64, from map[string]int) {
	if len(have) > 0 {
		return
	}
	for k, n := range from {
		have[k] = int64(n)
	}
}

func (c *Collector) fileOf(b *annotate.Batch) *fileStat {
	if c.file != nil && c.current == b.Source {
		return c.file
	}
	name := valid(b.Source.Name)
	f := c.files[name]
	if f == nil {
		f = &fileStat{}
		c.files[strings.Clone(name)] = f
	}
	c.current, c.file = b.Source, f
	return f
}

// period moves the end of the file's period to the batch's last stamp, and its
// start, once, to the first stamp of the source. Stamps in between are left out,
// so that the period does not depend on where batches are cut.
func (c *Collector) period(f *fileStat, b *annotate.Batch) {
	if !b.LastStamp.Valid {
		return
	}
	axis, at := place(&b.LastStamp, 0)
	p := &f.period[axis]
	if p.N == 0 {
		*p = Span{First: at, N: 1}
	}
	p.Last = at
	if b.FirstLine > 1 {
		return
	}
	if first := firstStamp(b); first.Valid {
		if a, t := place(&first, 0); a == axis {
			p.First = t
		}
	}
}

func (c *Collector) record(f *fileStat, b *annotate.Batch, r *annotate.Record) {
	line := b.FirstLine + int64(r.LineInBatch)
	axis, at := place(&r.Stamp, line)
	counted, info := false, false
	for i := range r.Hits {
		h := &r.Hits[i]
		if c.o.Accept != nil && !c.o.Accept(b, r, h) {
			continue
		}
		if h.Related {
			c.related[h.Code]++
			continue
		}
		cs := c.code(h.Code)
		isNew := h.NewEvent
		c.hit(cs, b, r, h, isNew)
		cs.place(axis, at, isNew)
		if cs.info {
			info = true
			continue
		}
		counted = true
		c.countHit(f, b, r, h, axis, at, isNew)
	}
	if !counted && !info {
		return
	}
	c.endLine(f, r, line, counted)
}

// hit counts what is kept for every code, also for those that are listed apart.
func (c *Collector) hit(cs *codeStat, b *annotate.Batch, r *annotate.Record, h *annotate.Hit, isNew bool) {
	cs.hits++
	if isNew {
		cs.events++
	}
	if h.Confidence == 0 {
		cs.low++
	}
	for _, form := range h.Forms {
		cs.forms[form]++
		if isNew {
			cs.formEvents[form]++
		}
	}
	cs.call(r.Call, isNew)
	if !c.o.Light && (cs.sample.File == "" || b.Source.Name < cs.sample.File) {
		cs.sample = sampleOf(b, r, h)
	}
}

// countHit counts a hit of a code that is not listed apart.
func (c *Collector) countHit(
	f *fileStat, b *annotate.Batch, r *annotate.Record, h *annotate.Hit, axis Axis, at int64, isNew bool,
) {
	c.totals.Hits++
	f.hits++
	if isNew {
		c.totals.Events++
		f.events++
	}
	f.codes.add(h.Code, 1)
	f.spans[axis].add(at)
	if c.o.Light {
		return
	}
	c.lines[axis].add(at, h.Code)
	if axis != AxisLine {
		c.minutes[axis].add(at, 0)
	}
	if r.Peer != "" {
		name := clip(r.Peer)
		e := c.peers.byName[name]
		if e == nil {
			e = c.newPeer(name)
		}
		if c.peers.over() {
			c.peers.seen(hashOf(valid(name)), h.Code)
		}
		if e != nil {
			e.hit(h.Code, axis, at, isNew)
			if axis == AxisTime && isReset(h.Code) {
				e.reset(floorDiv(at, 1000))
			}
		}
	}
	c.scratch = appendTemplate(c.scratch[:0], r)
	e := c.templates.byName[string(c.scratch)]
	if e == nil {
		e = admit(c.templates, c.scratch)
	}
	if e != nil {
		e.hit(h.Code, axis, at, isNew)
		if e.sample.File == "" || b.Source.Name < e.sample.File {
			e.sample = sampleOf(b, r, h)
		}
	}
}

func (c *Collector) newPeer(name string) *entry {
	if !utf8.ValidString(name) {
		name = valid(name)
		if e := c.peers.byName[name]; e != nil {
			return e
		}
	}
	return admit(c.peers, name)
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

// isReset reports whether a code says that a connection was cut.
func isReset(code int) bool { return code == 10053 || code == 10054 }

func (e *entry) hit(code int, axis Axis, at int64, isNew bool) {
	e.n++
	if isNew {
		e.events++
	}
	e.codes.add(code, 1)
	e.spans[axis].add(at)
}

// endLine counts a line that holds hits, once however many windows show it.
func (c *Collector) endLine(f *fileStat, r *annotate.Record, line int64, counted bool) {
	zone := int32(noZone)
	if r.Stamp.Valid && r.Stamp.HasZone {
		zone = int32(r.Stamp.OffsetSec)
	}
	switch {
	case counted && f.lastLine != line:
		f.lastLine = line
		f.hitLines++
		c.totals.HitLines++
		if !r.Stamp.Valid {
			f.noTime++
			c.totals.NoTime++
		} else {
			c.zones[zone]++
		}
		if f.lastInfo == line {
			f.lastInfo = 0
			f.infoLines--
			c.totals.InfoLines--
		}
	case !counted && f.lastLine != line && f.lastInfo != line:
		f.lastInfo = line
		f.infoLines++
		c.totals.InfoLines++
	}
}

func (c *Collector) code(number int) *codeStat {
	cs := c.codes[number]
	if cs == nil {
		cs = &codeStat{info: isInfo(number)}
		c.codes[number] = cs
	}
	return cs
}

// Merge adds what o counted; o stays as it is and must not be in use. The result
// does not depend on the order of merging while no cap is passed.
func (c *Collector) Merge(o *Collector) {
	for number, cs := range o.codes {
		c.code(number).merge(cs)
	}
	for name, f := range o.files {
		mine := c.files[name]
		if mine == nil {
			mine = &fileStat{}
			c.files[name] = mine
		}
		mine.merge(f)
	}
	c.peers.merge(o.peers)
	c.templates.merge(o.templates)
	for i := range c.lines {
		c.lines[i].merge(o.lines[i])
	}
	for i := range c.minutes {
		c.minutes[i].merge(o.minutes[i])
	}
	addAll(c.related, o.related)
	addAll(c.rejected, o.rejected)
	addAll(c.timeouts, o.timeouts)
	addAll(c.zones, o.zones)
	c.totals.add(&o.totals)
}

func addAll[K comparable](dst, src map[K]int64) {
	for k, n := range src {
		dst[k] += n
	}
}
