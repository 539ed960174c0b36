package bytescan

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// TestAnyLeadsToEveryLine goes from line to line, in text made of pieces of literals: each line
// with an occurrence is met, or one before it.
func TestAnyLeadsToEveryLine(t *testing.T) {
	t.Parallel()
	all := literals(t)
	for round := range 60 {
		rng := rand.New(rand.NewPCG(5, uint64(round)))
		lits := make([]Literal, 0, 40)
		for range cap(lits) {
			lits = append(lits, all[rng.IntN(len(all))])
		}
		text := piecesOf(rng, lits, 200)
		for _, name := range Impls() {
			s := New(lits, Options{Decimals: winsock, Impl: name})
			if s == nil {
				t.Fatalf("round %d: declined", round)
			}
			checkAny(t, s, lits, text)
		}
	}
}

// piecesOf makes lines of literals, parts of them and other bytes.
func piecesOf(rng *rand.Rand, lits []Literal, lines int) (text []byte) {
	for range lines {
		for range rng.IntN(6) {
			piece := lits[rng.IntN(len(lits))].Bytes
			switch rng.IntN(4) {
			case 0:
				piece = piece[:rng.IntN(len(piece))]
			case 1:
				piece = piece[rng.IntN(len(piece)):]
			case 2:
				piece = []byte([]string{"10061", "110061", " 1006", "x"}[rng.IntN(4)])
			}
			text = append(append(text, piece...), " .-x"[rng.IntN(4)])
		}
		text = append(text, '\n')
	}
	return text
}

func checkAny(t *testing.T, s *Scanner, lits []Literal, text []byte) {
	t.Helper()
	for from := 0; from < len(text); {
		at := s.Any(text, from)
		end := len(text)
		if at >= 0 {
			end = bytes.LastIndexByte(text[:at], '\n') + 1 // of the lines that are passed
		}
		if at >= 0 && at < from || at >= len(text) {
			t.Fatalf("%s: at %d from %d", s.Impl(), at, from)
		}
		if end > from {
			if want := naive(lits, winsock, text[:end], from); want >= 0 {
				t.Fatalf("%s: from %d to %d, over the occurrence at %d", s.Impl(), from, at, want)
			}
		}
		if at < 0 {
			return
		}
		from = at + 1 + max(bytes.IndexByte(text[at+1:], '\n'), 0)
	}
}
