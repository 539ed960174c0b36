package cli

import (
	"bufio"
	"fmt"
	"io"
	"slices"

	"wsalog/annotate"
	"wsalog/internal/term"
	"wsalog/matcher"
)

// A whySink writes one line for each candidate, accepted or not: where it
// stands, what it looks like, and which rule decided.
type whySink struct {
	w     *bufio.Writer
	app   *app
	run   *run
	clean term.Sanitiser
	found []matcher.Match
	docs  map[string]string
}

func newWhySink(w io.Writer, r *run, p term.Profile) *whySink {
	return &whySink{w: bufio.NewWriterSize(w, 64<<10), app: r.app, run: r, clean: term.Sanitiser{Tier: p.Glyphs}, docs: map[string]string{}}
}

// Batch writes the candidates of b.
func (s *whySink) Batch(b *annotate.Batch) error {
	for i := range b.Records {
		s.record(b, &b.Records[i])
	}
	return s.w.Flush()
}

// record tells about the candidates of one line in the order in which they stand
// there. A Hit keeps the rules of all its spellings together, so each spelling is
// judged again to name its own.
func (s *whySink) record(b *annotate.Batch, r *annotate.Record) {
	place := fmt.Sprintf("%s:%d", s.clean.Line(b.Source.Name), b.FirstLine+int64(r.LineInBatch))
	s.found = s.run.matcher.Append(s.found[:0], r.Text, nil)
	var list []whyLine
	for i := range r.Hits {
		h := &r.Hits[i]
		for _, span := range h.Spans {
			list = append(list, whyLine{h.Code, span.Start, span.End, s.verdict(r, h), s.ruleOf(h, span)})
		}
	}
	for _, m := range r.Rejected {
		list = append(list, whyLine{m.Code, m.Start, m.End, "why.rejected", m.Rule})
	}
	slices.SortStableFunc(list, func(x, y whyLine) int { return x.start - y.start })
	for _, l := range list {
		column := fmt.Sprintf(":%d", l.start+1)
		if b.Continued || b.Continues {
			column = "" // the record is a window of a line that is longer than the limit
		}
		fmt.Fprintf(s.w, "%s%s: %s\n", place, column,
			s.app.words.say(l.verdict, l.code, s.clean.Line(string(r.Text[l.start:l.end])), l.rule, s.doc(l.rule)))
	}
}

type whyLine struct {
	code, start, end int
	verdict          string
	rule             string
}

func (s *whySink) verdict(r *annotate.Record, h *annotate.Hit) string {
	switch {
	case h.Confidence < s.run.filter.least:
		return "why.unsure"
	case !s.run.filter.accept(r, h):
		return "why.filtered"
	case h.Related:
		return "why.related"
	case h.Confidence == matcher.High:
		return "why.high"
	case h.Confidence == matcher.Low:
		return "why.low"
	}
	return "why.medium"
}

// ruleOf names the rule that accepted one spelling of a hit.
func (s *whySink) ruleOf(h *annotate.Hit, span annotate.Span) string {
	for i := range s.found {
		m := &s.found[i]
		if m.Start == span.Start && m.End == span.End && m.Verdict != matcher.Rejected {
			return m.Rule
		}
	}
	if len(h.Rules) > 0 {
		return h.Rules[0]
	}
	return matcher.NoRule
}

func (s *whySink) doc(rule string) string {
	doc, ok := s.docs[rule]
	if !ok {
		doc = s.app.ruleDoc(s.run.matcher, rule)
		s.docs[rule] = doc
	}
	return doc
}

// Idle writes out what is held back.
func (s *whySink) Idle() error { return s.w.Flush() }

// Close writes out what is held back.
func (s *whySink) Close(annotate.Totals) error { return s.w.Flush() }

// ownRules are the verdicts that no rule file explains; the words explain them.
var ownRules = []string{matcher.NoRule, matcher.RuleW3CStatus, matcher.RuleW3COther}
