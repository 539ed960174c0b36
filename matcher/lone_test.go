package matcher_test

import (
	"slices"
	"testing"
)

// TestLone: a number on weak grounds counts only where no other number on the line
// could be a code.
func TestLone(t *testing.T) {
	m := newMatcher(t)
	for _, c := range []struct {
		line string
		want []int
	}{
		{"IEC104 link 4 (connect=10061)", []int{10061}},
		{"IEC104 link 4 (connect=10061) port 10048", []int{10061}},        // a port is no rival
		{"IEC104 link 4 (connect=10061), again 10061", []int{10061}},      // nor is the same code
		{"IEC104 link 4 (connect=10061), then 10054 came", []int{}},       // which of them?
		{"AGV link: no route (10065)", []int{10065}},                      // says what 10065 means
		{"AGV link: no route (10056)", []int{}},                           // and not what 10056 means
		{"getaddrinfo: EAI_AGAIN (11002)", []int{11002}},                  // name and number agree
		{"getaddrinfo: EAI_AGAIN, 300 bytes left, 11003", []int{}},        // they do not
		{"recv 10054 10054 10054 10054 10054 10054 10054 10054", []int{}}, // a table
	} {
		if got := codesOf(m, c.line, ""); !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.line, got, c.want)
		}
	}
}
