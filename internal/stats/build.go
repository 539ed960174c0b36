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
	var byCode map[int]int64 // peers
	peers := make(chan struct{})
	go func() { // peers take as long as all the rest, and share nothing with it
		byCode = c.buildPeers(t)
		close(peers)
	}()
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
	var estimates map[int]int64
	if c.peers.over() {
		estimates = c.peers.estimates()
	}
	<-peers
	if estimates != nil {
		byCode = estimates
	}
	for _, rows := range [...][]CodeRow{t.Codes, t.Info} {
		for i := range rows {
			rows[i].Peers = byCode[rows[i].Code]
		}
	}
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

// buildPeers also returns with how many of the peers that have rows each code was seen.
func (c *Collector) buildPeers(t *Table) map[int]int64 {
	t.PeerNames, t.PeerCap = c.peers.names(), c.peers.cap()
	t.peers = c.peers.sorted()
	codes, resets := flatCodes(t.peers), 0
	for _, e := range t.peers {
		resets += len(e.resets)
	}
	times := make([]int64, 0, resets)
	byCode, exact := make(map[int]int64), !c.peers.over()
	t.Peers = make([]PeerRow, len(t.peers))
	for i, e := range t.peers {
		if exact {
			for _, cc := range e.codes {
				byCode[cc.Code]++
			}
		}
		row := &t.Peers[i]
		row.Peer, row.Hits, row.Events, row.Error, row.Range = e.name, e.n, e.events, e.err, t.span(&e.spans)
		row.Codes = heaviest(codes.copied(e.codes))
		if len(e.resets) > 0 {
			from := len(times)
			times = append(times, e.resets...)
			row.Resets = times[from:len(times):len(times)]
		}
	}
	return byCode
}

func (c *Collector) buildTemplates(t *Table) {
	t.TemplCap = c.templates.cap()
	t.templates = c.templates.sorted()
	codes := flatCodes(t.templates)
	t.Templates = make([]TemplateRow, len(t.templates))
	for i, e := range t.templates {
		t.Templates[i] = TemplateRow{
			Template: e.name, Hits: e.n, Events: e.events, Error: e.err, Range: t.span(&e.spans),
			Codes: heaviest(codes.copied(e.codes)),
		}
		if e.sample != nil {
			t.Templates[i].Sample = *e.sample
		}
	}
}

// A flat holds the codes of many rows in one piece of memory.
type flat []CodeCount

// flatCodes makes room for the codes of some entries.
func flatCodes(list []*entry) flat {
	n := 0
	for _, e := range list {
		n += len(e.codes)
	}
	return make(flat, 0, n)
}

// copied returns a copy of list within f, where there is room for it.
func (f *flat) copied(list counts) counts {
	from := len(*f)
	*f = append(*f, list...)
	return counts((*f)[from:len(*f):len(*f)])
}

func (c *Collector) buildFiles(t *Table) {
	for name, f := range c.files {
		period := f.period()
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

// buildCodes leaves the numbers of peers to Table.
func (c *Collector) buildCodes(t *Table) {
	files := make(map[int]int64)
	for _, f := range c.files {
		for _, cc := range f.codes {
			files[cc.Code]++
		}
	}
	byHits := sortedKeys(c.codes)
	slices.SortStableFunc(byHits, func(a, b int) int { return cmp.Compare(c.codes[b].hits, c.codes[a].hits) })
	var all Spans
	apart := 0
	for _, cs := range c.codes {
		if cs.info {
			apart++
		} else {
			all.merge(&cs.spans)
		}
	}
	if n := len(c.codes) - apart; n > 0 {
		t.Codes = make([]CodeRow, 0, n)
	}
	if apart > 0 {
		t.Info = make([]CodeRow, 0, apart)
	}
	shown := showing(t.Templates)
	for _, number := range byHits {
		cs, list := c.codes[number], &t.Codes
		if cs.info {
			list = &t.Info
		}
		*list = append(*list, CodeRow{})
		row := &(*list)[len(*list)-1]
		cs.row(row, number, t)
		row.Files = files[number]
		row.Samples = samples(cs, t.Templates, shown[number])
	}
	t.Hits = t.span(&all)
	for i := range c.files {
		p := c.files[i].period()
		all.merge(&p)
	}
	t.Period = t.span(&all)
}

// row fills an empty row: it is too long to be copied about.
func (cs *codeStat) row(row *CodeRow, number int, t *Table) {
	row.Code, row.Hits, row.Events, row.Low = number, cs.hits, cs.events, cs.low
	row.Range, row.Calls, row.Week = t.span(&cs.spans), cs.callCounts(), cs.week
	if c, ok := rules.Lookup(number); ok {
		row.Name, row.Part, row.Class, row.Severity = c.Name, c.Part, c.Class, c.Severity
	}
	row.Forms = make([]Named, 0, forms)
	for i, n := range cs.forms {
		if n > 0 {
			row.Forms = append(row.Forms, Named{rules.Form(i).String(), n})
		}
	}
	mostFirst(row.Forms)
	switch t.Axis {
	case AxisTime:
		for i, n := range cs.week {
			row.Hours[i%24] += n
		}
	case AxisClock:
		row.Hours = cs.day
	}
}

func (cs *codeStat) callCounts() []Named {
	list := make([]Named, 0, len(cs.calls))
	for i := range cs.calls {
		list = append(list, Named{cs.calls[i].name, cs.calls[i].hits})
	}
	return mostFirst(list)
}

// maxSamples is how many lines show a code, at most.
const maxSamples = 3

// showing lists for each code the heaviest templates with a line that shows it, by
// their indexes.
func showing(templates []TemplateRow) map[int][]int {
	shown := make(map[int][]int)
	for i := range templates {
		if templates[i].Sample.File == "" {
			continue
		}
		for _, c := range templates[i].Codes {
			if list := shown[c.Code]; len(list) < maxSamples {
				shown[c.Code] = append(list, i)
			}
		}
	}
	return shown
}

// samples picks lines that show a code: those of its heaviest templates, then
// its own.
func samples(cs *codeStat, templates []TemplateRow, shown []int) []Sample {
	var list []Sample
	for _, i := range shown {
		list = append(list, templates[i].Sample)
	}
	if len(list) < maxSamples && cs.sample.File != "" && !slices.Contains(list, cs.sample) {
		list = append(list, cs.sample)
	}
	return list
}

// heaviest sorts list in place, heaviest first, ties by code.
func heaviest(list counts) []CodeCount {
	slices.SortFunc(list, heavier)
	return list
}

func heavier(a, b CodeCount) int {
	if a.N != b.N {
		return cmp.Compare(b.N, a.N)
	}
	return cmp.Compare(a.Code, b.Code)
}

func named(m map[string]int64) []Named {
	list := make([]Named, 0, len(m))
	for k, n := range m {
		list = append(list, Named{k, n})
	}
	return mostFirst(list)
}

// mostFirst sorts list in place, ties by name.
func mostFirst(list []Named) []Named {
	slices.SortFunc(list, func(a, b Named) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name))
	})
	return list
}
