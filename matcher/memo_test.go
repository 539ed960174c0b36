package matcher

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
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

// TestMemoTellsManyCodesApart gives each of more codes a rule of its own than a set of
// circles has bits for.
func TestMemoTellsManyCodesApart(t *testing.T) {
	t.Parallel()
	var user []*rules.ContextRule
	var codes []int
	for _, c := range rules.Codes() {
		if c.Number >= rules.First && len(codes) < 70 {
			codes = append(codes, c.Number)
			user = append(user, &rules.ContextRule{ID: "user-" + strconv.Itoa(c.Number), Forms: []string{"decimal"}, Verdict: rules.Reject,
				Strength: 1, Codes: []int{c.Number}, Cues: []string{"zork"}})
		}
	}
	m, err := New(Options{UserRules: user})
	if err != nil {
		t.Fatal(err)
	}
	s := m.newScratch()
	for _, code := range codes {
		line := []byte("zork qq " + strconv.Itoa(code) + " uu")
		want := m.judgeLine(nil, m.newScratch(), line, 0, nil)
		if len(want) != 1 || want[0].Rule != "user-"+strconv.Itoa(code) {
			t.Errorf("%s: %+v, want its own rule", line, want)
		}
		if got := m.judgeLine(nil, s, line, 0, nil); !slices.Equal(got, want) {
			t.Errorf("%s: %+v, by itself %+v", line, got, want)
		}
	}
}
