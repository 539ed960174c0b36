package annotate

import (
	"slices"

	"wsalog/matcher"
	"wsalog/rules"
)

// group fills r.Hits and r.Rejected from the matches of r's line.
func (r *Record) group(ms []matcher.Match) {
	// Spellings that fit one code alone decide first; ambiguous ones then join
	// whichever of their two codes the line already names.
	ambiguous, related := false, false
	for i := range ms {
		switch m := &ms[i]; {
		case m.Verdict == matcher.Rejected:
			r.reject(m)
		case m.Verdict == matcher.Related:
			related = true
		case m.Also != 0:
			ambiguous = true
		default:
			r.join(r.hitFor(m.Code, false), m)
		}
	}
	for i := 0; ambiguous && i < len(ms); i++ {
		if m := &ms[i]; m.Verdict == matcher.Accepted && m.Also != 0 {
			r.join(r.hitOfEither(m), m)
		}
	}
	for i := 0; related && i < len(ms); i++ {
		if m := &ms[i]; m.Verdict == matcher.Related {
			r.join(r.hitFor(m.Code, true), m)
		}
	}
	for i := range r.Hits {
		h := &r.Hits[i]
		h.Spans = mergeSpans(h.Spans)
	}
	if len(r.Hits) < 2 {
		return
	}
	slices.SortStableFunc(r.Hits, func(x, y Hit) int {
		if x.Related != y.Related {
			if y.Related {
				return -1
			}
			return 1
		}
		return x.Spans[0].Start - y.Spans[0].Start
	})
}

func (r *Record) reject(m *matcher.Match) {
	c := *m
	c.Start, c.End = c.Start-r.Start, c.End-r.Start
	c.LineStart, c.LineEnd = 0, len(r.Text)
	r.Rejected = append(r.Rejected, c)
}

// find returns the hit of a code, or nil.
func (r *Record) find(code int) *Hit {
	for i := range r.Hits {
		if r.Hits[i].Code == code {
			return &r.Hits[i]
		}
	}
	return nil
}

// hitOfEither returns the hit that an ambiguous match belongs to: the one that
// the line names otherwise, or one of its own that keeps both codes.
func (r *Record) hitOfEither(m *matcher.Match) *Hit {
	if h := r.find(m.Code); h != nil {
		return h
	}
	if h := r.find(m.Also); h != nil {
		return h
	}
	h := r.hitFor(m.Code, false)
	h.Also = m.Also
	return h
}

// hitFor returns the hit of a code and makes it if need be, reusing the slices
// of an old hit in the capacity of r.Hits.
func (r *Record) hitFor(code int, related bool) *Hit {
	if h := r.find(code); h != nil {
		return h
	}
	switch {
	case cap(r.Hits) == 0:
		r.Hits = new(hitRoom).first()
	case len(r.Hits) == cap(r.Hits):
		r.Hits = append(r.Hits, Hit{})
	default:
		r.Hits = r.Hits[:len(r.Hits)+1]
	}
	h := &r.Hits[len(r.Hits)-1]
	h.Code, h.Also, h.Confidence, h.Related, h.NewEvent = code, 0, 0, related, false
	h.Forms, h.Spans, h.Rules = h.Forms[:0], h.Spans[:0], h.Rules[:0]
	return h
}

// A hitRoom holds what most records need for their hits side by side.
type hitRoom struct {
	hits  [1]Hit
	spans [2]Span
	rules [2]string
	forms [8]rules.Form
}

// first returns a slice with the room's one hit.
func (m *hitRoom) first() []Hit {
	m.hits[0] = Hit{Forms: m.forms[:0], Spans: m.spans[:0], Rules: m.rules[:0]}
	return m.hits[:]
}

// join adds one spelling to a hit. Forms stand in the order of their first
// appearance on the line, as matches come sorted within each pass of group.
func (r *Record) join(h *Hit, m *matcher.Match) {
	if !slices.Contains(h.Forms, m.Form) {
		h.Forms = append(h.Forms, m.Form)
	}
	if !slices.Contains(h.Rules, m.Rule) {
		h.Rules = append(h.Rules, m.Rule)
	}
	h.Spans = append(h.Spans, Span{m.Start - r.Start, m.End - r.Start})
	h.Confidence = max(h.Confidence, m.Confidence)
}

// mergeSpans sorts spans and melts those that overlap, in place. Spans that only
// touch stay apart.
func mergeSpans(spans []Span) []Span {
	if apart(spans) { // as nearly always
		return spans
	}
	slices.SortFunc(spans, func(x, y Span) int {
		if x.Start != y.Start {
			return x.Start - y.Start
		}
		return x.End - y.End
	})
	out := spans[:1]
	for _, s := range spans[1:] {
		last := &out[len(out)-1]
		if s.Start < last.End {
			last.End = max(last.End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// apart reports whether spans stand in order and do not overlap.
func apart(spans []Span) bool {
	for i := 1; i < len(spans); i++ {
		if spans[i].Start < spans[i-1].End {
			return false
		}
	}
	return true
}

// HasForm reports whether the line spells the hit in the given form.
func (h *Hit) HasForm(f rules.Form) bool { return slices.Contains(h.Forms, f) }
