package stats

import (
	"cmp"
	"slices"

	"wsalog/rules"
)

// grouping adds up codes under keys.
type grouping map[string]*Group

func (g grouping) add(key string, code int, hits, events int64) {
	if hits == 0 {
		return
	}
	e := g[key]
	if e == nil {
		e = &Group{Key: key}
		g[key] = e
	}
	e.Hits += hits
	e.Events += events
	(*counts)(&e.Codes).add(code, hits)
}

func (g grouping) sorted() []Group {
	list := make([]Group, 0, len(g))
	for _, e := range g {
		heaviest(e.Codes)
		list = append(list, *e)
	}
	slices.SortFunc(list, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Hits, a.Hits), cmp.Compare(a.Key, b.Key))
	})
	return list
}

// buildGroups adds the codes' counts up by what the catalogue says of them and
// by how they were written. An event
// belongs to the forms and the call of its first hit.
func (c *Collector) buildGroups(t *Table) {
	parts, classes, severities := grouping{}, grouping{}, grouping{}
	forms, calls := grouping{}, grouping{}
	for i := range t.Codes {
		row := &t.Codes[i]
		if row.Name != "" {
			parts.add(row.Part.String(), row.Code, row.Hits, row.Events)
			classes.add(row.Class.String(), row.Code, row.Hits, row.Events)
			severities.add(row.Severity.String(), row.Code, row.Hits, row.Events)
		}
		cs := c.codes[row.Code]
		for f, n := range cs.forms {
			forms.add(rules.Form(f).String(), row.Code, n, cs.formEvents[f])
		}
		for i := range cs.calls {
			n := &cs.calls[i]
			calls.add(n.name, row.Code, n.hits, n.events)
		}
		for h, n := range row.Hours {
			t.Hours[h].Hits += n
			if n > 0 {
				t.Hours[h].Codes = append(t.Hours[h].Codes, CodeCount{row.Code, n})
			}
			if t.Axis != AxisLine {
				t.Hours[h].Events += cs.hourEvents[t.Axis][h]
			}
		}
	}
	for h := range t.Hours {
		heaviest(t.Hours[h].Codes)
	}
	t.Parts, t.Classes, t.Severities = parts.sorted(), classes.sorted(), severities.sorted()
	t.Forms, t.Calls = forms.sorted(), calls.sorted()
}

// buildTimeline copies the timeline of the table's axis.
func (c *Collector) buildTimeline(t *Table) {
	line := c.lines[t.Axis]
	zone := t.Zone
	perSecond := int64(1000)
	if t.Axis == AxisLine {
		zone, perSecond = Zone{}, 1
	}
	t.Timeline = Timeline{Axis: t.Axis, Unit: line.unit / perSecond}
	t.buckets = line.ordered()
	n := 0
	for _, s := range t.buckets {
		n += len(s.b.codes)
	}
	codes := make(flat, 0, n)
	if len(t.buckets) > 0 {
		t.Timeline.Buckets = make([]Bucket, len(t.buckets))
	}
	for i, s := range t.buckets {
		t.Timeline.Buckets[i] = Bucket{
			Moment{t.Axis, s.index * line.unit, zone}, s.b.total, codes.copied(s.b.codes),
		}
	}
	if len(t.Timeline.Buckets) > 0 {
		t.Timeline.Start = t.Timeline.Buckets[0].Start
	}
	if t.Axis == AxisLine {
		return
	}
	minutes := c.minutes[t.Axis]
	for i, b := range minutes.buckets {
		at := i * minutes.unit
		if n := b.total; n > t.Busiest.Hits || n == t.Busiest.Hits && n > 0 && at < t.Busiest.Start.At {
			t.Busiest = Busiest{Moment{t.Axis, at, zone}, n, minutes.unit / 60_000}
		}
	}
}

func (c *Collector) buildCoverage(t *Table) {
	v := &t.Coverage
	v.Sources = int64(len(c.files))
	v.NoTime, v.Zones = t.Totals.NoTime, int64(len(c.zones))
	encodings := make(map[string]int64)
	for i := range t.Files {
		f := &t.Files[i]
		switch {
		case f.Encoding != "":
			encodings[f.Encoding]++
		case f.Bytes > 0: // nothing above ASCII came, so nothing had to be decided
			encodings["ascii"]++
		}
		v.Undecoded += f.Undecoded
		v.LongLines += f.LongLines
		v.Rotated += f.Rotated
	}
	v.Encodings = named(encodings)
	for name, f := range c.files {
		if f.unread != "" {
			v.Unread = append(v.Unread, Trouble{name, f.unread})
		}
	}
	slices.SortFunc(v.Unread, func(a, b Trouble) int { return cmp.Compare(a.File, b.File) })
	if n := len(v.Unread); n > maxTroubles {
		v.Unread, v.UnreadMore = v.Unread[:maxTroubles], int64(n-maxTroubles)
	}
	for _, n := range c.timeouts {
		v.Timeouts += n
	}
	for i := range t.Codes {
		v.LowHits += t.Codes[i].Low
	}
	for _, cs := range c.codes {
		if cs.info {
			continue
		}
		for a := range axes {
			if a != t.Axis && a != AxisLine {
				v.OtherAxis += cs.spans[a].N
			}
		}
	}
}

// Coarser returns the timeline with buckets so wide that at most most are left.
func (l *Timeline) Coarser(most int) Timeline {
	perSecond := int64(1000)
	if l.Axis == AxisLine {
		perSecond = 1
	}
	t := newTimeline(l.Unit*perSecond, most)
	for i := range l.Buckets {
		b := &l.Buckets[i]
		t.take(t.index(b.Start.At), &bucket{b.Hits, slices.Clone(b.Codes)})
		for len(t.buckets) > most {
			t.double()
		}
	}
	out := Timeline{Axis: l.Axis, Unit: t.unit / perSecond}
	for _, s := range t.ordered() {
		out.Buckets = append(out.Buckets, Bucket{Moment{l.Axis, s.index * t.unit, l.Start.Zone}, s.b.total,
			slices.Clone(s.b.codes)})
	}
	if len(out.Buckets) > 0 {
		out.Start = out.Buckets[0].Start
	}
	return out
}
