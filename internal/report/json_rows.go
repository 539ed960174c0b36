package report

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"wsalog/internal/stats"
)

// A jsonRow writes itself. A report holds up to ten thousand peers twice, in its
// list and for merging, and reflection would take longer over them than the
// counting. Everything that there is little of is left to encoding/json.
type jsonRow interface{ appendTo(d []byte) []byte }

// appendMember appends ,"key":"value" as encoding/json and tame do.
func appendMember(d []byte, key, value string) []byte {
	return appendPlainString(appendKey(d, key), value)
}

// appendPlainString appends a string as encoding/json and tame do, which have
// shorter names for two control characters than appendJSON.
func appendPlainString(d []byte, s string) []byte {
	if strings.ContainsAny(s, "\b\f") {
		if enc, err := marshal(s); err == nil { // a string always encodes
			return append(d, enc...)
		}
	}
	return appendJSON(d, s)
}

// appendMoment appends a moment as its MarshalJSON does, or null.
func appendMoment(d []byte, m *stats.Moment) []byte {
	if m == nil {
		return append(d, "null"...)
	}
	return m.AppendJSON(d)
}

// appendEnds appends the first and the last moment where there are any.
func appendEnds(d []byte, first, last *stats.Moment) []byte {
	if first != nil {
		d = appendMoment(appendKey(d, "first"), first)
	}
	if last != nil {
		d = appendMoment(appendKey(d, "last"), last)
	}
	return d
}

// appendCodes appends an object of codes and counts in the order of the codes'
// digits, as that of a map.
func appendCodes(d []byte, list []stats.CodeCount) []byte {
	var few [16]stats.CodeCount
	sorted := append(few[:0], list...)
	slices.SortFunc(sorted, func(a, b stats.CodeCount) int {
		if a.Code >= 10_000 && b.Code >= 10_000 && a.Code < 100_000 && b.Code < 100_000 {
			return a.Code - b.Code
		}
		return cmp.Compare(strconv.Itoa(a.Code), strconv.Itoa(b.Code))
	})
	d = append(d, '{')
	for i, c := range sorted {
		if i > 0 {
			d = append(d, ',')
		}
		d = strconv.AppendInt(append(d, '"'), int64(c.Code), 10)
		d = strconv.AppendInt(append(d, '"', ':'), c.N, 10)
	}
	return append(d, '}')
}

// A jsonGroup is a row of hits that share a property. The member that names it
// stands first.
type jsonGroup struct {
	key    string // the name of the first member
	name   string // its value
	hour   int    // its value where it isHour
	isHour bool
	count  int64
	events int64
	err    int64
	first  *stats.Moment
	last   *stats.Moment
	codes  []stats.CodeCount
}

func (g jsonGroup) appendTo(d []byte) []byte {
	d = append(appendJSON(append(d, '{'), g.key), ':')
	if g.isHour {
		d = strconv.AppendInt(d, int64(g.hour), 10)
	} else {
		d = appendPlainString(d, g.name)
	}
	return append(appendCounts(d, g.count, g.events, g.err, g.first, g.last, g.codes), '}')
}

// appendCounts appends what rows of groups and templates have in common.
func appendCounts(d []byte, count, events, err int64, first, last *stats.Moment, codes []stats.CodeCount) []byte {
	d = appendIntKey(appendIntKey(d, "count", count), "events", events)
	if err != 0 {
		d = appendIntKey(d, "error", err)
	}
	return appendCodes(appendKey(appendEnds(d, first, last), "codes"), codes)
}

// A jsonTemplate is a shape of lines.
type jsonTemplate struct{ *stats.TemplateRow }

func (t jsonTemplate) appendTo(d []byte) []byte {
	d = appendPlainString(append(d, `{"template":`...), t.Template)
	first, last := ends(t.Range)
	d = appendCounts(d, t.Hits, t.Events, t.Error, first, last, t.Codes)
	if t.Sample.File != "" {
		d = appendSample(d, &t.Sample)
	}
	return append(d, '}')
}

func appendSample(d []byte, s *stats.Sample) []byte {
	d = appendPlainString(append(d, `,"sample":{"file":`...), s.File)
	d = appendMember(appendIntKey(d, "line", s.Line), "text", s.Text)
	if s.Cut {
		d = append(d, `,"cut":true`...)
	}
	return append(d, '}')
}

// A jsonTimeline is a timeline with its codes.
type jsonTimeline struct{ *stats.Timeline }

func (l jsonTimeline) appendTo(d []byte) []byte {
	d = append(d, `{"axis":"`...)
	d = append(d, [...]string{"time", "clock", "line"}[l.Axis]...)
	d = strconv.AppendInt(append(d, `","unit":`...), l.Unit, 10)
	start := &l.Start
	if len(l.Buckets) == 0 {
		start = nil
	}
	d = append(appendMoment(appendKey(d, "start"), start), `,"buckets":[`...)
	for i := range l.Buckets {
		b := &l.Buckets[i]
		if i > 0 {
			d = append(d, ',')
		}
		d = appendMoment(append(d, `{"at":`...), &b.Start)
		d = appendCodes(appendKey(appendIntKey(d, "count", b.Hits), "codes"), b.Codes)
		d = append(d, '}')
	}
	return append(d, ']', '}')
}

// A jsonState is a State for merging. Its members are those of the type.
type jsonState struct{ *stats.State }

func (s jsonState) appendTo(d []byte) []byte {
	d = strconv.AppendInt(append(d, `{"version":`...), int64(s.Version), 10)
	member := func(key string, v any) {
		enc, _ := marshal(v) // numbers and strings always encode
		d = append(appendKey(d, key), enc...)
	}
	member("totals", s.Totals)
	member("codes", s.Codes)
	member("files", s.Files)
	d = appendHeavy(appendKey(d, "peers"), &s.Peers)
	d = appendHeavy(appendKey(d, "templates"), &s.Templates)
	d = appendTimelines(appendKey(d, "lines"), s.Lines)
	d = appendTimelines(appendKey(d, "minutes"), s.Minutes)
	member("related", s.Related)
	member("rejected", s.Rejected)
	member("timeouts", s.Timeouts)
	member("zones", s.Zones)
	return append(d, '}')
}

// appendHeavy appends a table of names.
func appendHeavy(d []byte, h *stats.HeavyState) []byte {
	d = append(d, `{"entries":[`...)
	for i := range h.Entries {
		if i > 0 {
			d = append(d, ',')
		}
		d = appendEntry(d, &h.Entries[i])
	}
	d = append(d, ']')
	if h.Missed != 0 {
		d = appendIntKey(d, "missed", h.Missed)
	}
	d = appendBytes(d, "cells", h.Cells)
	d = appendBytes(d, "distinct", h.Distinct)
	if len(h.PerCode) > 0 {
		enc, _ := marshal(h.PerCode)
		d = append(appendKey(d, "per_code"), enc...)
	}
	return append(d, '}')
}

// appendBytes appends a member of bytes, if there are any.
func appendBytes(d []byte, key string, b []byte) []byte {
	if len(b) == 0 {
		return d
	}
	return append(base64.StdEncoding.AppendEncode(append(appendKey(d, key), '"'), b), '"')
}

func appendEntry(d []byte, e *stats.EntryState) []byte {
	d = appendPlainString(append(d, `{"name":`...), e.Name)
	d = appendInts(appendKey(d, "n"), e.Counts[:])
	d = append(appendKey(d, "codes"), '[')
	for i := range e.Codes {
		if i > 0 {
			d = append(d, ',')
		}
		d = appendInts(d, e.Codes[i][:])
	}
	d = append(appendKey(append(d, ']'), "spans"), '[')
	for i, s := range e.Spans {
		if i > 0 {
			d = append(d, ',')
		}
		d = strconv.AppendInt(append(d, `{"First":`...), s.First, 10)
		d = append(appendIntKey(appendIntKey(d, "Last", s.Last), "N", s.N), '}')
	}
	d = append(d, ']')
	if len(e.Resets) > 0 {
		d = appendInts(appendKey(d, "resets"), e.Resets)
	}
	if e.Sample != nil {
		d = appendSample(d, e.Sample)
	}
	return append(d, '}')
}

func appendTimelines(d []byte, list []stats.TimelineState) []byte {
	d = append(d, '[')
	for i := range list {
		if i > 0 {
			d = append(d, ',')
		}
		d = strconv.AppendInt(append(d, `{"unit":`...), list[i].Unit, 10)
		d = append(appendKey(d, "buckets"), '[')
		for j, row := range list[i].Buckets {
			if j > 0 {
				d = append(d, ',')
			}
			d = appendInts(d, row)
		}
		d = append(d, ']', '}')
	}
	return append(d, ']')
}

func appendInts(d []byte, list []int64) []byte {
	d = append(d, '[')
	for i, n := range list {
		if i > 0 {
			d = append(d, ',')
		}
		d = strconv.AppendInt(d, n, 10)
	}
	return append(d, ']')
}
