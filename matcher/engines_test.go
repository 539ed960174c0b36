package matcher

import (
	"math/rand/v2"
	"strings"
	"testing"

	"wsalog/matcher/backtrack"
	"wsalog/rules"
)

// builtInExprs returns every expression into which the patterns of the built-in
// rules are taken apart, with the mode in which it is used.
func builtInExprs(t testing.TB) map[string]backtrack.Mode {
	t.Helper()
	all := map[string]backtrack.Mode{}
	for _, r := range rules.ContextRules() {
		if r.Pattern == "" {
			continue
		}
		for _, h := range halves(r.Pattern) {
			switch {
			case h.whole != "":
				all[strings.ReplaceAll(h.whole, rules.CodeMark, string(mark))] = backtrack.Search
				continue
			case h.before[0] != "":
				all[strings.Join(h.before, "|")] = backtrack.Suffix
			}
			if h.after != "" {
				all[h.after] = backtrack.Prefix
			}
		}
	}
	if len(all) < 100 {
		t.Fatalf("only %d expressions", len(all))
	}
	return all
}

// windowsOf returns windows as the built-in rules meet them: those of the rules'
// own examples, and pieces of them joined at random.
func windowsOf(rng *rand.Rand, random int) [][]rune {
	var list [][]rune
	for _, r := range rules.ContextRules() {
		for _, line := range append(append([]string{}, r.Match...), r.NoMatch...) {
			from := strings.IndexAny(line, "12345678")
			if from < 0 {
				continue
			}
			end := from
			for end < len(line) && isDigit(line[end]) {
				end++
			}
			w, at := appendWindow(nil, []byte(line), from, end)
			list = append(list, w, w[:at], w[at+1:])
		}
	}
	seeds := len(list)
	for range random {
		var w []rune
		for range 1 + rng.IntN(3) {
			seed := list[rng.IntN(seeds)]
			if len(seed) > 0 {
				from := rng.IntN(len(seed))
				w = append(w, seed[from:from+rng.IntN(len(seed)-from+1)]...)
			}
		}
		list = append(list, w)
	}
	return list
}

// TestEnginesAgree holds the quick engine to the answers of the one with the whole
// syntax, for every expression of the built-in rules.
func TestEnginesAgree(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	random := 3000
	if testing.Short() {
		random = 300
	}
	windows := windowsOf(rng, random)
	matched := 0
	for text, mode := range builtInExprs(t) {
		quick, err := backtrack.Compile(text, mode)
		if err != nil {
			t.Errorf("%q: %v; word it otherwise, see backtrack.Compile", text, err)
			continue
		}
		full, err := compileExpr(text, mode, userTime*100)
		if err != nil {
			t.Fatal(err)
		}
		fresh := quick
		for i, w := range windows {
			if i%16 == 0 { // it changes its ways when it has been used for a while
				fresh, _ = backtrack.Compile(text, mode)
			}
			got, err := quick.Match(w)
			if err != nil {
				t.Fatal(err)
			}
			if first, err := fresh.Match(w); first != got || err != nil {
				t.Errorf("%q in %q: %v at first, then %v; %v", text, string(w), first, got, err)
			}
			want, err := full(w)
			if err != nil {
				t.Fatal(err)
			}
			if got != want {
				t.Errorf("%q in %q: %v, want %v", text, string(w), got, want)
				break
			}
			if got {
				matched++
			}
		}
	}
	if matched < 1000 {
		t.Errorf("only %d matches", matched)
	}
}
