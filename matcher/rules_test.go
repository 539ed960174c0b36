package matcher_test

import (
	"slices"
	"testing"

	"wsalog/matcher"
	"wsalog/rules"
)

// TestRuleExamples runs every context rule's own lines through the real matcher:
// on each matching line the rule itself decides about a spelling, on each
// non-matching line it decides about none.
func TestRuleExamples(t *testing.T) {
	m := newMatcher(t)
	for _, r := range rules.ContextRules() {
		if r.DocZH == "" {
			t.Errorf("%s: no Chinese sentence", r.ID)
		}
		if len(r.Match) == 0 {
			t.Errorf("%s: no matching lines", r.ID)
		}
		for _, line := range r.Match {
			if !slices.Contains(deciders(m, line), r.ID) {
				t.Errorf("%s does not decide on its own line %q; %v do", r.ID, line, deciders(m, line))
			}
		}
		for _, line := range r.NoMatch {
			if slices.Contains(deciders(m, line), r.ID) {
				t.Errorf("%s decides on %q, which it calls non-matching", r.ID, line)
			}
		}
	}
}

func deciders(m *matcher.Matcher, line string) []string {
	var ids []string
	for _, x := range m.Append(nil, []byte(line), nil) {
		ids = append(ids, x.Rule)
	}
	return ids
}
