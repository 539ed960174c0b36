package stats

import (
	"strings"

	"wsalog/annotate"
	"wsalog/rules"
)

// forms is the number of forms.
const forms = int(rules.FormOffset) + 1

// A Sample is one line that shows a code or a template.
type Sample struct {
	File string `json:"file"`
	Line int64  `json:"line"`
	Text string `json:"text"` // at most maxSample bytes around the hit, valid UTF-8
	Cut  bool   `json:"cut,omitempty"`
}

// before is the order by which a sample is chosen; it is total, so that the
// choice does not depend on the order of merging.
func (s *Sample) before(o *Sample) bool {
	if s.File != o.File {
		return s.File < o.File
	}
	if s.Line != o.Line {
		return s.Line < o.Line
	}
	return s.Text < o.Text
}

// codeStat is what is known about one code.
type codeStat struct {
	hits, events int64
	info         bool  // listed apart
	low          int64 // hits of low confidence
	spans        Spans
	forms        [forms]int64
	formEvents   [forms]int64
	calls        []tally       // the usual ones first
	week         [7 * 24]int64 // hits by weekday (Sunday first) and hour, on AxisTime
	day          [24]int64     // hits by hour, on AxisClock
	hourEvents   [2][24]int64  // events by hour, on AxisTime and AxisClock
	sample       Sample        // empty File: none yet
	shown        *fileStat     // the source of which no line comes before the sample's
	number       int
	names        *distinct // sketch of its peers, nil while none was needed
	pending      int64     // hits that its source and the timeline lack, see Collector.settle
}

func (c *codeStat) place(axis Axis, at int64, isNew bool) {
	c.spans[axis].add(at)
	if axis == AxisLine {
		return
	}
	hour := floorDiv(at, 3600_000)
	day := floorDiv(hour, 24)
	ofDay := hour - day*24
	if axis == AxisTime {
		weekday := (day%7 + 7 + 4) % 7 // 1 January 1970 was a Thursday
		c.week[weekday*24+ofDay]++
	} else {
		c.day[ofDay]++
	}
	if isNew {
		c.hourEvents[axis][ofDay]++
	}
}

// maxCalls bounds the calls of one code. Calls come from a fixed list of socket
// functions; the bound only guards against a list that grows.
const maxCalls = 200

// otherCall stands for all calls past maxCalls.
const otherCall = "(other)"

// A tally counts the hits and events of a call.
type tally struct {
	name         string
	hits, events int64
}

// call counts a hit in a call. Few calls report a code, and the usual ones move to the
// front of the list: that beats a map.
func (c *codeStat) call(name string, isNew bool) {
	if name == "" {
		return
	}
	i := c.findCall(name)
	n := &c.calls[i]
	n.hits++
	if isNew {
		n.events++
	}
	if i > 0 {
		c.calls[i-1], c.calls[i] = c.calls[i], c.calls[i-1]
	}
}

// findCall returns the index of a call, for which it makes room where it has none yet.
func (c *codeStat) findCall(name string) int {
	for i := range c.calls {
		if c.calls[i].name == name {
			return i
		}
	}
	if len(c.calls) >= maxCalls && name != otherCall {
		return c.findCall(otherCall)
	}
	c.calls = append(c.calls, tally{name: strings.Clone(name)})
	return len(c.calls) - 1
}

func (c *codeStat) merge(o *codeStat) {
	c.hits += o.hits
	c.events += o.events
	c.low += o.low
	c.spans.merge(&o.spans)
	for i, n := range o.forms {
		c.forms[i] += n
	}
	for i, n := range o.formEvents {
		c.formEvents[i] += n
	}
	for _, n := range o.calls {
		mine := &c.calls[c.findCall(n.name)]
		mine.hits += n.hits
		mine.events += n.events
	}
	for i, n := range o.week {
		c.week[i] += n
	}
	for i, n := range o.day {
		c.day[i] += n
	}
	for a := range o.hourEvents {
		for i, n := range o.hourEvents[a] {
			c.hourEvents[a][i] += n
		}
	}
	if o.sample.File != "" && (c.sample.File == "" || o.sample.before(&c.sample)) {
		c.sample = o.sample
	}
}

// isInfo reports whether hits of a code are listed apart.
func isInfo(code int) bool {
	c, ok := rules.Lookup(code)
	return ok && c.Severity == rules.Info
}

// A Filter decides whether a hit is counted. It must not keep its arguments, and
// trays call it from several goroutines at once.
type Filter func(b *annotate.Batch, r *annotate.Record, h *annotate.Hit) bool
