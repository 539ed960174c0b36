package matcher_test

import (
	"errors"
	"strings"
	"testing"

	"wsalog/matcher"
	"wsalog/rules"
)

func userRule(t *testing.T, text string) *rules.ContextRule {
	t.Helper()
	r, err := rules.ParseRule("my-rule.toml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// withRule makes a Matcher with a user's rule.
func withRule(t *testing.T, text string) (*matcher.Matcher, *rules.ContextRule) {
	t.Helper()
	r := userRule(t, text)
	m, err := matcher.New(matcher.Options{UserRules: []*rules.ContextRule{r}})
	if err != nil {
		t.Fatal(err)
	}
	return m, r
}

func TestUserRuleOutranksOurs(t *testing.T) {
	m, r := withRule(t, `id = "my-rule"
doc = "The till prints its drawer number behind the word drawer-error."
forms = ["decimal"]
verdict = "reject"
strength = 9
cues = ["drawer-error"]
pattern = 'drawer-error {code}'
match = ["drawer-error 10061"]
nomatch = ["error 10061"]
`)
	if got := codesOf(m, "tcp: drawer-error 10061", ""); len(got) != 0 {
		t.Errorf("found %v in spite of the user's rule", got)
	}
	if m.Rule("my-rule") != r {
		t.Error("the rule cannot be found by its id")
	}
}

// TestMarkedCue looks at a cue that counts only in front of a code.
func TestMarkedCue(t *testing.T) {
	m, _ := withRule(t, `id = "my-rule"
doc = "The till prints the number of its drawer between stars."
forms = ["decimal"]
verdict = "accept"
strength = 9
cues = ["*{code}"]
pattern = '{code}'
match = ["*10061*"]
nomatch = ["10061"]
`)
	for line, want := range map[string]int{
		"drawer *10061*":         1,
		"drawer *11033 10061":    2, // the cue is near both
		"drawer *1 10061":        0,
		"drawer *10000 10061":    0, // no code
		"drawer *100610 10061":   0,
		"drawer * 10061":         0,
		"drawer *1006 x *10061":  1,
		"drawer 10061 or *10061": 2,
	} {
		accepted := 0
		for _, x := range m.Append(nil, []byte(line), nil) {
			if x.Verdict == matcher.Accepted && x.Rule == "my-rule" {
				accepted++
			}
		}
		if accepted != want {
			t.Errorf("%s: %d hits, want %d", line, accepted, want)
		}
	}
}

func TestUserSpelling(t *testing.T) {
	m, _ := withRule(t, `id = "my-rule"
doc = "Our gateway names a refused connection NETZ-4711."
forms = ["name:user"]
verdict = "accept"
strength = 7
spells = {"NETZ-4711" = 10061}
match = ["gateway: NETZ-4711"]
`)
	log := []byte(strings.Repeat("nothing to see here\n", 20_000) + "gateway: netz-4711 again\n")
	got := m.Append(nil, log, nil)
	if len(got) != 1 || got[0].Code != 10061 || got[0].Verdict != matcher.Accepted {
		t.Errorf("got %+v", got)
	}
}

func TestUserPatternErrors(t *testing.T) {
	r := userRule(t, `id = "my-rule"
doc = "Broken."
forms = ["decimal"]
verdict = "accept"
strength = 5
cues = ["gizmo"]
pattern = 'gizmo ({code}'
match = ["gizmo 10061"]
nomatch = ["x"]
`)
	_, err := matcher.New(matcher.Options{UserRules: []*rules.ContextRule{r}})
	var re *rules.RuleError
	if !errors.As(err, &re) || re.File != "my-rule.toml" || re.Remedy == "" {
		t.Errorf("error %v", err)
	}
}

// TestEndlessPatternIsSwitchedOff gives a pattern that backtracks for ever: each
// try costs at most its limit, is counted, and after three there are no more.
func TestEndlessPatternIsSwitchedOff(t *testing.T) {
	m, _ := withRule(t, `id = "my-rule"
doc = "Backtracks for ever."
forms = ["decimal"]
verdict = "accept"
strength = 9
cues = ["aaaa"]
pattern = 'x(?:a|aa|aaa)+ {code}'
match = ["xaaaaaa 10061"]
nomatch = ["x"]
`)
	for i := range 10 {
		line := strings.Repeat("a", 60+i) + " 10061"
		m.Append(nil, []byte(line), nil)
	}
	if n := m.Timeouts()["my-rule"]; n < 1 || n > 3 {
		t.Errorf("%d time-outs, want one to three", n)
	}
}
