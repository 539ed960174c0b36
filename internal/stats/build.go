package stats

import (
	"cmp"
	"slices"

	"wsalog/rules"
)

// Table returns the sorted result of what was counted so far. The Collector may
// go on counting.
func (c *Collector) Table() *Table {
	t := &Table{origin: c, Totals: c.totals, Axis: c.axis(), Zone: c.zone()}
	t.PeerNames = c.peers.names()
	t.PeerCap, t.TemplCap = c.peers.cap(), c.templates.cap()
	c.buildPeers(t)
	c.buildTemplates(t)
	c.buildFiles(t)
	c.buildCodes(t)
	c.buildGroups(t)
	c.buildTimeline(t)
	c.buildCoverage(t)
	for code, n := range c.related {
		t.Related = append(t.Related, CodeCount{code, n})
	}
	heaviest(t.Related)
	t.Rejected, t.Timeouts = named(c.rejected), named(c.timeouts)
	return t
}

// axis returns the axis that most counted hits stand on.
func (c *Collector) axis() Axis {
	best, most := AxisTime, int64(0)
	for a := range axes {
		var n int64
		for _, cs := range c.codes {
			n += cs.spans[a].N
		}
		if n > most {
			best, most = a, n
		}
	}
	return best
}

func (c *Collector) zone() Zone {
	if len(c.zones) == 1 {
		for z := range c.zones {
			if z != noZone {
				return Zone{true, int(z)}
			}
		}
	}
	return Zone{}
}

// span picks the range to show: on the table's axis where there is one.
func (t *Table) span(s *Spans) Range {
	for _, a := range [...]Axis{t.Axis, AxisTime, AxisClock, AxisLine} {
		if s[a].N > 0 {
			z := t.Zone
			if a == AxisLine {
				z = Zone{}
			}
			return Range{Moment{a, s[a].First, z}, Moment{a, s[a].Last, z}, true}
		}
	}
	return Range{}
}

func (h *heavy) cap() *Cap {
	if !h.over() {
		return nil
	}
	return &Cap{h.missed, h.bound()}
}

func (c *Collector) buildPeers(t *Table) {
	for _, e := range c.peers.sorted() {
		t.Peers = append(t.Peers, PeerRow{
			Peer: e.name, Hits: e.n, Events: e.events, Error: e.err, Range: t.span(&e.spans),
			Codes: heaviest(slices.Clone(e.codes)), Resets: slices.Clone(e.resets),
		})
	}
}

func (c *Collector) buildTemplates(t *Table) {
	for _, e := range c.templates.sorted() {
		t.Templates = append(t.Templates, TemplateRow{
			Template: e.name, Hits: e.n, Events: e.events, Error: e.err, Range: t.span(&e.spans),
			Codes: heaviest(slices.Clone(e.codes)), Sample: e.sample,
		})
	}
}

func (c *Collector) buildFiles(t *Table) {
	for name, f := range c.files {
		period := f.ordered()
		t.Files = append(t.Files, FileRow{
			File: name, Lines: f.lines, Bytes: f.bytes, Hits: f.hits, Events: f.events,
			HitLines: f.hitLines, NoTime: f.noTime, Undecoded: f.undecoded, LongLines: f.longLines,
			Encoding: f.encoding, Unread: f.unread, Rotated: f.rotated,
			Range: t.span(&f.spans), Period: t.span(&period), Codes: heaviest(slices.Clone(f.codes)),
		})
	}
	slices.SortFunc(t.Files, func(a, b FileRow) int {
		return cmp.Or(cmp.Compare(b.Hits, a.Hits), cmp.Compare(a.File, b.File))
	})
}

func (c *Collector) buildCodes(t *Table) {
	peers, files := make(map[int]int64), make(map[int]int64)
	for e := range c.peers.byName.all() {
		for _, cc := range e.codes {
			peers[cc.Code]++
		}
	}
	if c.peers.over() {
		clear(peers)
		for code, d := range c.peers.perCode {
			peers[code] = d.estimate()
		}
	}
	for _, f := range c.files {
		for _, cc := range f.codes {
			files[cc.Code]++
		}
	}
	var all Spans
	for number, cs := range c.codes {
		row := cs.row(number, t)
		row.Peers, row.Files = peers[number], files[number]
		row.Samples = samples(number, cs, t.Templates)
		if cs.info {
			t.Info = append(t.Info, row)
			continue
		}
		all.merge(&cs.spans)
		t.Codes = append(t.Codes, row)
	}
	byHits := func(a, b CodeRow) int {
		return cmp.Or(cmp.Compare(b.Hits, a.Hits), cmp.Compare(a.Code, b.Code))
	}
	slices.SortFunc(t.Codes, byHits)
	slices.SortFunc(t.Info, byHits)
	t.Hits = t.span(&all)
	for i := range c.files {
		p := c.files[i].ordered()
		all.merge(&p)
	}
	t.Period = t.span(&all)
}

func (cs *codeStat) row(number int, t *Table) CodeRow {
	row := CodeRow{
		Code: number, Hits: cs.hits, Events: cs.events, Low: cs.low,
		Range: t.span(&cs.spans), Calls: cs.callCounts(), Week: cs.week,
	}
	if c, ok := rules.Lookup(number); ok {
		row.Name, row.Part, row.Class, row.Severity = c.Name, c.Part, c.Class, c.Severity
	}
	byForm := make(map[string]int64)
	for i, n := range cs.forms {
		if n > 0 {
			byForm[rules.Form(i).String()] = n
		}
	}
	row.Forms = named(byForm)
	switch t.Axis {
	case AxisTime:
		for i, n := range cs.week {
			row.Hours[i%24] += n
		}
	case AxisClock:
		row.Hours = cs.day
	}
	return row
}

func (cs *codeStat) callCounts() []Named {
	m := make(map[string]int64, len(cs.calls))
	for name, n := range cs.calls {
		m[name] = n.hits
	}
	return named(m)
}

// samples picks lines that show a code: those of its heaviest templates, then
// its own.
func samples(code int, cs *codeStat, templates []TemplateRow) []Sample {
	var list []Sample
	for i := range templates {
		if counts(templates[i].Codes).has(code) && templates[i].Sample.File != "" {
			list = append(list, templates[i].Sample)
			if len(list) == 3 {
				return list
			}
		}
	}
	if cs.sample.File != "" && !slices.Contains(list, cs.sample) {
		list = append(list, cs.sample)
	}
	return list
}

// has works on a list in any order.
func (c counts) has(code int) bool {
	return slices.ContainsFunc(c, func(e CodeCount) bool { return e.Code == code })
}

// heaviest sorts list in place, heaviest first, ties by code.
func heaviest(list counts) []CodeCount {
	slices.SortFunc(list, func(a, b CodeCount) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Code, b.Code))
	})
	return list
}

func named(m map[string]int64) []Named {
	list := make([]Named, 0, len(m))
	for k, n := range m {
		list = append(list, Named{k, n})
	}
	slices.SortFunc(list, func(a, b Named) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name))
	})
	return list
}
