// Package stats counts what a run found, in bounded memory and so that counts
// of parts add up to the counts of the whole: a Collector is filled batch by
// batch or merged from other Collectors, and its Table is the sorted result.
package stats

import (
	"strings"

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
// order. It is used by one goroutine, its trays by one each; Collectors of several
// goroutines are put together with Merge. Counting does not allocate once the names of a log are
// known, and a batch without records costs a few additions.
type Collector struct {
	o         Options
	codes     map[int]*codeStat
	near      [nearCodes]*codeStat // of codes, those from firstNear on
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

	current *annotate.Source    // the source of the latest batch
	file    *fileStat           // and its counts
	name    string              // and its name as samples show it
	own     tray                // of batches that were not prepared
	shapes  annotate.ShapeTable // of templates, for all trays
	buffer  []byte

	// What is added up in runs. A batch leaves nothing that is still to be added: pending
	// and seen are empty between batches, zoned is 0.
	pending  []*codeStat // with pending hits, all of one source and in one bucket
	bucket   *bucket     // of the latest hits; nil without a timeline
	seen     []seenName  // past the cap of peers, what the sketches lack
	lastZone int32       // of the latest lines
	zoned    int64       // how many of them zones lacks
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
	c.own.c = c
	c.peers.perCode = make(map[int]*distinct)
	c.lines[AxisTime] = newTimeline(1000, maxBuckets)
	c.lines[AxisClock] = newTimeline(1000, maxBuckets)
	c.lines[AxisLine] = newTimeline(1, maxBuckets)
	for i := range c.minutes {
		c.minutes[i] = newTimeline(60_000, maxMinutes)
	}
	return c
}

// Batch counts b and keeps nothing of it. It marks the hits that begin an event
// in b, and never fails.
func (c *Collector) Batch(b *annotate.Batch) error {
	c.fileOf(b).marks.Mark(b)
	c.own.Clear()
	c.own.Prepare(b)
	return c.Deliver(b, &c.own)
}

// Deliver counts b, whose events are marked, with what a tray of c holds of it.
func (c *Collector) Deliver(b *annotate.Batch, t annotate.Tray) error {
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
	f.bound(b)
	c.count(f, b, t.(*tray))
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
	c.current, c.file, c.name = b.Source, f, name
	return f
}

// The numbers of nearly all codes lie so close together that a list finds them.
const (
	firstNear = 10_000
	nearCodes = 1100
)

func (c *Collector) code(number int) *codeStat {
	i := number - firstNear
	isNear := i >= 0 && i < nearCodes
	if isNear && c.near[i] != nil {
		return c.near[i]
	}
	cs := c.codes[number]
	if cs == nil {
		cs = &codeStat{number: number, info: isInfo(number)}
		c.codes[number] = cs
	}
	if isNear {
		c.near[i] = cs
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
