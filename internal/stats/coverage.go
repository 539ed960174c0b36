package stats

import "wsalog/annotate"

// A Trouble is a source that was not read to its end.
type Trouble struct {
	File string `json:"file"`
	Why  string `json:"why"`
}

// maxTroubles bounds the list of sources that were not read; the number of all
// of them is kept beside it.
const maxTroubles = 100

// fileStat is what is known about one source, by its name.
type fileStat struct {
	lines, bytes     int64
	hits, events     int64
	hitLines, noTime int64 // hit lines; those of them without a stamp
	infoLines        int64 // lines that hold info codes only
	undecoded        int64
	longLines        int64
	rotated          int64
	encoding         string // the latest that was decided on
	unread           string // why it was not read to its end
	codes            counts
	spans            Spans
	merged           Spans // periods of what was counted elsewhere, see period
	first, last      edge  // the stamps between which the source lies
	behind           int64 // lines behind that of the last stamp

	marks    annotate.Events // tells events on this source's lines
	lastLine int64           // number of the latest hit line, to count windows of one line once
	lastInfo int64
}

// event notes what happened to the source.
func (f *fileStat) event(e *annotate.SourceEvent) {
	switch e.Kind {
	case annotate.LongLine:
		f.longLines++
	case annotate.Rotated, annotate.Truncated:
		f.rotated++
	case annotate.Trouble:
		if e.Err != nil {
			f.unread = valid(e.Err.Error())
		}
	case annotate.Opened:
		f.unread = "" // trouble that a retry has ended
	case annotate.Ended:
		if e.Err != nil {
			f.unread = valid(e.Err.Error())
		}
	}
}

// found returns what the source adds to the totals but for lines and bytes.
func (f *fileStat) found() Totals {
	return Totals{Hits: f.hits, HitLines: f.hitLines, Events: f.events, InfoLines: f.infoLines, NoTime: f.noTime}
}

func (f *fileStat) merge(o *fileStat) {
	f.lines += o.lines
	f.bytes += o.bytes
	f.hits += o.hits
	f.events += o.events
	f.hitLines += o.hitLines
	f.infoLines += o.infoLines
	f.noTime += o.noTime
	f.undecoded += o.undecoded
	f.longLines += o.longLines
	f.rotated += o.rotated
	// Which of two names or reasons stays must not depend on the order.
	f.encoding = max(f.encoding, o.encoding)
	f.unread = max(f.unread, o.unread)
	f.codes.merge(o.codes)
	f.spans.merge(&o.spans)
	period := o.period()
	f.merged.merge(&period)
}

// An edge is a place at which a source begins or ends.
type edge struct {
	at    int64
	axis  Axis
	known bool
}

func edgeOf(s *annotate.Stamp) edge {
	axis, at := place(s, 0)
	return edge{at, axis, s.Valid}
}

// lastReach is how many lines may stand behind the last stamp of a source: as many as annotate
// looks back. Stamps from further up are met only where batches happen to end.
const lastReach = 100

// bound moves the edges of the source to b's.
func (f *fileStat) bound(b *annotate.Batch) {
	if b.FirstStamp.Valid && !f.first.known {
		f.first = edgeOf(&b.FirstStamp)
	}
	if b.LastStamp.Valid {
		f.last, f.behind = edgeOf(&b.LastStamp), b.LastAge
	} else {
		f.behind += b.Lines
	}
}

// period returns the ranges from the source's first stamp to its last, hit or not; N is 0 or
// 1. Of the stamps without a hit it knows the first and the last one alone, so that it does not
// depend on where batches are cut.
func (f *fileStat) period() Spans {
	p := f.merged
	p.merge(&f.spans)
	if f.first.known {
		p[f.first.axis].add(f.first.at)
	}
	if f.last.known && f.behind <= lastReach {
		p[f.last.axis].add(f.last.at)
	}
	for i := range p {
		p[i].N = min(p[i].N, 1)
	}
	return p
}
