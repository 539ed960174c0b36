package matcher

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"testing"

	"wsalog/rules"
)

// TestMemoChangesNothing holds verdicts that may be remembered to those that are not,
// on lines whose windows come again with other codes and with other cues beyond them.
func TestMemoChangesNothing(t *testing.T) {
	t.Parallel()
	m, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, r := range rules.ContextRules() {
		lines = append(append(lines, r.Match...), r.NoMatch...)
	}
	rng := rand.New(rand.NewPCG(7, 8))
	number := regexp.MustCompile(`\b1[01]0\d\d\b`)
	codes := rules.Codes()
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	keeps, forgets := m.newScratch(), m.newScratch()
	accepted, reused := 0, 0
	for range rounds {
		for i, line := range lines {
			code := codes[rng.IntN(len(codes))].Number
			line = number.ReplaceAllString(line, fmt.Sprint(code))
			if rng.IntN(3) > 0 { // far enough to be out of most windows, near enough for its cues
				line += fmt.Sprintf("%120s", "") + lines[(i+rng.IntN(len(lines)))%len(lines)]
			}
			before := len(keeps.memo)
			got := slices.Clone(m.judgeLine(nil, keeps, []byte(line), 0, nil))
			clear(forgets.memo)
			want := m.judgeLine(nil, forgets, []byte(line), 0, nil)
			if !slices.Equal(got, want) {
				t.Fatalf("%q: %+v, want %+v", line, got, want)
			}
			if len(want) > 0 && len(keeps.memo) == before {
				reused++
			}
			for _, x := range got {
				if x.Verdict == Accepted {
					accepted++
				}
			}
		}
	}
	if accepted < 300*rounds || reused < 10*rounds {
		t.Errorf("only %d accepted, %d lines judged from memory", accepted, reused)
	}
}
