package view

import (
	"cmp"
	"slices"
	"strings"

	"wsalog/annotate"
	"wsalog/rules"
)

const (
	maxTrouble   = 20   // troubles that are told in full
	maxEncodings = 64   // encodings that are told apart
	maxNamed     = 4096 // sources whose encoding is remembered
)

// A Tally counts what a run came across, within fixed bounds of memory. Its
// fields may be read between calls of the View that fills it.
type Tally struct {
	Lines     int64 // that began
	Bytes     int64 // of the sources, before decoding
	Undecoded int64 // bytes that did not decode
	LongLines int64 // above the limit

	// Codes of the severity info, which tell of the normal course of things, are
	// counted apart, as reports do.
	Hits     int64 // counted ones
	HitLines int64 // lines that hold them
	Repeated int64 // of Hits, those that a "message repeated N times" line told
	Related  int64 // Win32 twins, not in Hits

	Codes        map[int]int64 // counted hits by code
	InfoCodes    map[int]int64 // hits of info codes, not in Hits
	RelatedCodes map[int]int64
	Rejected     map[string]int // look-alikes by rejecting rule
	Encodings    map[string]int // sources by encoding
	Trouble      []string       // what went wrong with sources, the first maxTrouble
	TroubleMore  int            // troubles beyond these

	named map[int]bool // sources that are in Encodings
	best  int          // the commonest code

	say func(annotate.SourceEvent) string // words an event; nil: its English text
}

// batch counts what a batch says about itself.
func (t *Tally) batch(b *annotate.Batch) {
	t.Lines += b.Lines
	t.Bytes += b.RawLen
	t.Undecoded += b.Undecoded
	t.Rejected = addAll(t.Rejected, b.Rejects)
	if b.Encoding != "" && b.Source != nil && !t.named[b.Source.ID] && len(t.named) < maxNamed {
		if t.named == nil {
			t.named, t.Encodings = make(map[int]bool), make(map[string]int)
		}
		t.named[b.Source.ID] = true
		if _, known := t.Encodings[b.Encoding]; known || len(t.Encodings) < maxEncodings {
			t.Encodings[b.Encoding]++
		}
	}
	for _, e := range b.Events {
		switch {
		case e.Kind == annotate.LongLine:
			t.LongLines++
		case e.Kind == annotate.Trouble, e.Kind == annotate.Ended && e.Err != nil:
			t.trouble(b.Source, e)
		}
	}
}

func (t *Tally) trouble(src *annotate.Source, e annotate.SourceEvent) {
	text := e.Text
	if e.Err != nil {
		text = e.Err.Error()
	}
	if t.say != nil {
		text = t.say(e)
	}
	if src != nil && !strings.Contains(text, src.Name) {
		text = src.Name + ": " + text
	}
	switch {
	case slices.Contains(t.Trouble, text):
	case len(t.Trouble) < maxTrouble:
		t.Trouble = append(t.Trouble, text)
	default:
		t.TroubleMore++
	}
}

// line counts the hits of one line.
func (t *Tally) line(l *line) {
	counted := false
	for i, h := range l.hits {
		if i >= l.counted {
			t.Related += l.times
			t.RelatedCodes = addTo(t.RelatedCodes, h.Code, l.times)
			continue
		}
		if row, ok := rules.Lookup(h.Code); ok && row.Severity == rules.Info {
			t.InfoCodes = addTo(t.InfoCodes, h.Code, l.times)
			continue
		}
		counted = true
		t.Hits += l.times
		t.Repeated += l.told
		t.Codes = addTo(t.Codes, h.Code, l.times)
		if t.Codes[h.Code] > t.Codes[t.best] {
			t.best = h.Code
		}
	}
	if counted {
		t.HitLines++
	}
}

func addTo(m map[int]int64, code int, n int64) map[int]int64 {
	if m == nil {
		m = make(map[int]int64)
	}
	if _, known := m[code]; known || len(m) < maxCodes {
		m[code] += n
	}
	return m
}

func addAll(m, more map[string]int) map[string]int {
	if m == nil && len(more) > 0 {
		m = make(map[string]int)
	}
	for k, n := range more {
		m[k] += n // as many keys as there are rules
	}
	return m
}

func (t *Tally) distinct() int { return len(t.Codes) }

// top returns the commonest code.
func (t *Tally) top() (code int, n int64) { return t.best, t.Codes[t.best] }

// A codeCount is a code with its number of hits.
type codeCount struct {
	code int
	n    int64
}

// ranked returns counts, largest first, equal ones by code.
func ranked(m map[int]int64) []codeCount {
	list := make([]codeCount, 0, len(m))
	for code, n := range m {
		list = append(list, codeCount{code, n})
	}
	slices.SortFunc(list, func(a, b codeCount) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.code, b.code))
	})
	return list
}

// A codeGroup is the codes of one part and class.
type codeGroup struct {
	part  rules.Part
	class rules.Class
	n     int64
	codes []codeCount
}

// grouped sorts counted codes into groups by part, in the catalogue's order, and
// within a part by class, commonest first.
func (t *Tally) grouped() (groups []codeGroup) {
	for _, c := range ranked(t.Codes) {
		row, ok := rules.Lookup(c.code)
		if !ok {
			row = &rules.Code{Part: rules.Win32, Severity: rules.Error}
		}
		i := slices.IndexFunc(groups, func(g codeGroup) bool { return g.part == row.Part && g.class == row.Class })
		if i < 0 {
			i = len(groups)
			groups = append(groups, codeGroup{part: row.Part, class: row.Class})
		}
		groups[i].n += c.n
		groups[i].codes = append(groups[i].codes, c)
	}
	slices.SortStableFunc(groups, func(a, b codeGroup) int {
		return cmp.Or(cmp.Compare(a.part, b.part), cmp.Compare(b.n, a.n), cmp.Compare(a.class, b.class))
	})
	return groups
}
