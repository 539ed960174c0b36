package view

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

func TestCueIsFoundWhereItStands(t *testing.T) {
	parts := []string{repeatedCue, "essage re", "p", "peated ", "m", "message repeated 3 times", " ", "essage reppeated "}
	found := 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 7))
		var text []byte
		for range r.IntN(5) {
			text = append(text, parts[r.IntN(len(parts))]...)
		}
		want := bytes.Index(text, []byte(repeatedCue))
		if got := cueIn(text); got != want {
			t.Fatalf("%q: cue at %d, want %d", text, got, want)
		}
		if want >= 0 {
			found++
		}
	}
	if found < 100 {
		t.Fatalf("only %d texts held the cue", found)
	}
}
