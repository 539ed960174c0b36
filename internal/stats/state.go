package stats

import (
	"errors"
	"fmt"
	"slices"
)

// A State is everything a Collector counted, in a form that JSON can carry: the
// Collector made from it goes on, and merges, as the original would. Its members
// are lists of numbers where a report may hold thousands of them.
type State struct {
	Version   int              `json:"version"`
	Totals    Totals           `json:"totals"`
	Codes     []CodeState      `json:"codes"`
	Files     []FileState      `json:"files"`
	Peers     HeavyState       `json:"peers"`
	Templates HeavyState       `json:"templates"`
	Lines     []TimelineState  `json:"lines"`
	Minutes   []TimelineState  `json:"minutes"`
	Related   map[int]int64    `json:"related"`
	Rejected  map[string]int64 `json:"rejected"`
	Timeouts  map[string]int64 `json:"timeouts"`
	Zones     map[int32]int64  `json:"zones"`
}

// stateVersion changes when a State of older versions can no longer be read.
const stateVersion = 1

// CodeState is the State of one code.
type CodeState struct {
	Code       int                 `json:"code"`
	Hits       int64               `json:"hits"`
	Events     int64               `json:"events"`
	Low        int64               `json:"low"`
	Spans      Spans               `json:"spans"`
	Forms      []int64             `json:"forms"`
	FormEvents []int64             `json:"form_events"`
	Calls      map[string][2]int64 `json:"calls"`
	Week       [][2]int64          `json:"week"` // hour of the week, hits
	Day        [][2]int64          `json:"day"`
	HourEvents [2][][2]int64       `json:"hour_events"`
	Sample     *Sample             `json:"sample,omitempty"`
}

// FileState is the State of one source.
type FileState struct {
	Name     string     `json:"name"`
	Counts   [11]int64  `json:"counts"`
	Encoding string     `json:"encoding,omitempty"`
	Unread   string     `json:"unread,omitempty"`
	Codes    [][2]int64 `json:"codes"`
	Spans    Spans      `json:"spans"`
	Period   Spans      `json:"period"`
}

// HeavyState is the State of a table of names. Cells and Distinct, compressed,
// are there past the cap only.
type HeavyState struct {
	Entries  []EntryState `json:"entries"`
	Missed   int64        `json:"missed,omitempty"`
	Cells    []byte       `json:"cells,omitempty"`
	Distinct []byte       `json:"distinct,omitempty"`
	PerCode  []CodeNames  `json:"per_code,omitempty"`
}

// CodeNames is the compressed sketch of the names that a code was seen with.
type CodeNames struct {
	Code     int    `json:"code"`
	Distinct []byte `json:"distinct"`
}

// EntryState is the State of one name.
type EntryState struct {
	Name   string     `json:"name"`
	Counts [3]int64   `json:"n"` // hits, possible further hits, events
	Codes  [][2]int64 `json:"codes"`
	Spans  Spans      `json:"spans"`
	Resets []int64    `json:"resets,omitempty"`
	Sample *Sample    `json:"sample,omitempty"`
}

// TimelineState is the State of a timeline: per bucket its index, its hits, and
// code and hits of each code.
type TimelineState struct {
	Unit    int64     `json:"unit"`
	Buckets [][]int64 `json:"buckets"`
}

// State returns what was counted so far, all of StateRows at once, for tests: a report is
// written row by row. It shares nothing with c.
func (c *Collector) State() *State {
	r := c.stateRows(c.peers.sorted(), c.templates.sorted())
	s := r.Rest()
	s.Peers, s.Templates = r.Peers.all(), r.Templates.all()
	for i := range r.Lines {
		s.Lines = append(s.Lines, r.Lines[i].all())
	}
	for i := range r.Minutes {
		s.Minutes = append(s.Minutes, r.Minutes[i].all())
	}
	return s
}

// FromState returns a Collector that counted what s says. It checks what could
// make later counting fail and reports it; wrong figures it cannot see.
func FromState(s *State, o Options) (*Collector, error) {
	c := New(o)
	if s.Version != stateVersion {
		return nil, fmt.Errorf("state has version %d, this wsalog reads %d", s.Version, stateVersion)
	}
	if len(s.Lines) != len(c.lines) || len(s.Minutes) != len(c.minutes) {
		return nil, errors.New("state lacks timelines")
	}
	if err := s.check(); err != nil {
		return nil, err
	}
	c.totals = s.Totals
	for i := range s.Codes {
		if err := c.code(s.Codes[i].Code).load(&s.Codes[i]); err != nil {
			return nil, fmt.Errorf("code %d: %w", s.Codes[i].Code, err)
		}
	}
	c.totals.Hits, c.totals.Events = 0, 0
	for _, cs := range c.codes { // so that totals and codes agree, whatever the file says
		if !cs.info {
			c.totals.Hits += cs.hits
			c.totals.Events += cs.events
		}
	}
	for i := range s.Files {
		c.files[s.Files[i].Name] = loadFile(&s.Files[i])
	}
	if err := errors.Join(c.peers.load(&s.Peers), c.templates.load(&s.Templates)); err != nil {
		return nil, err
	}
	for i := range c.lines {
		if err := c.lines[i].load(&s.Lines[i]); err != nil {
			return nil, err
		}
	}
	for i := range c.minutes {
		if err := c.minutes[i].load(&s.Minutes[i]); err != nil {
			return nil, err
		}
	}
	addAll(c.related, s.Related)
	addAll(c.rejected, s.Rejected)
	addAll(c.timeouts, s.Timeouts)
	addAll(c.zones, s.Zones)
	return c, nil
}

func (cs *codeStat) state(number int) CodeState {
	s := CodeState{
		Code: number, Hits: cs.hits, Events: cs.events, Low: cs.low, Spans: cs.spans,
		Forms: slices.Clone(cs.forms[:]), FormEvents: slices.Clone(cs.formEvents[:]),
		Calls: make(map[string][2]int64), Week: sparse(cs.week[:]), Day: sparse(cs.day[:]),
	}
	for i := range cs.hourEvents {
		s.HourEvents[i] = sparse(cs.hourEvents[i][:])
	}
	for i := range cs.calls {
		n := &cs.calls[i]
		s.Calls[n.name] = [2]int64{n.hits, n.events}
	}
	if cs.sample.File != "" {
		sample := cs.sample
		s.Sample = &sample
	}
	return s
}

func (cs *codeStat) load(s *CodeState) error {
	cs.hits, cs.events, cs.low, cs.spans = s.Hits, s.Events, s.Low, s.Spans
	if len(s.Forms) > forms || len(s.FormEvents) > forms {
		return errors.New("more forms than there are")
	}
	copy(cs.forms[:], s.Forms)
	copy(cs.formEvents[:], s.FormEvents)
	for name, n := range s.Calls {
		cs.calls = append(cs.calls, tally{name, n[0], n[1]})
	}
	if s.Sample != nil {
		cs.sample = *s.Sample
	}
	return errors.Join(dense(cs.week[:], s.Week), dense(cs.day[:], s.Day),
		dense(cs.hourEvents[0][:], s.HourEvents[0]), dense(cs.hourEvents[1][:], s.HourEvents[1]))
}

func (f *fileStat) state(name string) FileState {
	return FileState{
		Name: name,
		Counts: [11]int64{f.lines, f.bytes, f.hits, f.events, f.hitLines, f.noTime, f.infoLines,
			f.undecoded, f.longLines, f.rotated},
		Encoding: f.encoding, Unread: f.unread, Codes: f.codes.pairs(nil), Spans: f.spans, Period: f.period(),
	}
}

func loadFile(s *FileState) *fileStat {
	n := &s.Counts
	return &fileStat{
		lines: n[0], bytes: n[1], hits: n[2], events: n[3], hitLines: n[4], noTime: n[5], infoLines: n[6],
		undecoded: n[7], longLines: n[8], rotated: n[9],
		encoding: s.Encoding, unread: s.Unread, codes: fromPairs(s.Codes), spans: s.Spans, merged: s.Period,
	}
}

func (t *timeline) load(s *TimelineState) error {
	ratio := s.Unit / t.unit
	if s.Unit <= 0 || s.Unit%t.unit != 0 || ratio&(ratio-1) != 0 {
		return fmt.Errorf("timeline has buckets of %d, not of %d times a power of two", s.Unit, t.unit)
	}
	if len(s.Buckets) > t.limit {
		return fmt.Errorf("timeline has %d buckets, more than %d", len(s.Buckets), t.limit)
	}
	t.unit = s.Unit
	for _, row := range s.Buckets {
		if len(row) < 2 || len(row)%2 != 0 {
			return errors.New("a bucket of a timeline is cut short")
		}
		b := t.bucket(row[0])
		b.total += row[1]
		for i := 2; i < len(row); i += 2 {
			b.codes.add(int(row[i]), row[i+1])
		}
	}
	return nil
}
