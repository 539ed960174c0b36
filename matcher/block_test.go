package matcher

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestLastLineEnd puts two line ends at each place of blocks of several lengths, among bytes
// that are like them.
func TestLastLineEnd(t *testing.T) {
	t.Parallel()
	for length := range 30 {
		for first := range length + 1 {
			for second := range length + 1 {
				b := []byte(strings.Repeat("\x8a\x0b\x00\x09a", 6)[:length])
				for _, at := range []int{first, second} {
					if at < length {
						b[at] = '\n'
					}
				}
				if got, want := lastLineEnd(b), bytes.LastIndexByte(b, '\n'); got != want {
					t.Fatalf("%q: %d, want %d", b, got, want)
				}
			}
		}
	}
}

func BenchmarkLastLineEnd(b *testing.B) {
	block := append([]byte("x\n"), strings.Repeat("2026-07-14 10:22:33 ", 4)...)
	for name, f := range map[string]func([]byte) int{"own": lastLineEnd, "bytes": func(b []byte) int { return bytes.LastIndexByte(b, '\n') }} {
		b.Run("impl="+name, func(b *testing.B) {
			for b.Loop() {
				if f(block) != 1 {
					b.Fatal("not found")
				}
			}
		})
	}
}

// TestDoubtChangesNothing searches blocks with parts of texts and names, and with whole ones,
// when literals are compared where they may be and when they are not.
func TestDoubtChangesNothing(t *testing.T) {
	t.Parallel()
	m, rng := withCues(t, nil), rand.New(rand.NewPCG(3, 9))
	trusts, doubts := m.newScratch(), m.newScratch()
	parts := []string{"a default of 3\n", "policy of the socket of 7\n", "at 0x272b4b70 han\n", "[4303]: was cancelled\n", "id 121\n"}
	lines := labelledLines(t)
	for range 200 {
		var block []byte
		for range rng.IntN(80) {
			if rng.IntN(3) == 0 {
				block = append(append(block, lines[rng.IntN(len(lines))]...), '\n')
			} else {
				block = append(block, parts[rng.IntN(len(parts))]...)
			}
		}
		trusts.doubt, doubts.doubt = doubt{}, doubt{skip: trialBlocks}
		want, got := m.block(nil, doubts, block, nil), m.block(nil, trusts, block, nil)
		for i := range want {
			want[i].Shape = 0
		}
		for i := range got {
			got[i].Shape = 0
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%q:\n%+v, compared:\n%+v", block, got, want)
		}
	}
	wild := []byte(strings.Repeat(strings.Join(parts, ""), 20))
	if m.block(nil, trusts, wild, nil); trusts.doubt.skip != trialBlocks {
		t.Errorf("%+v behind %q", trusts.doubt, parts)
	}
	ctx := ParseFields([]byte("#Fields: date time s-ip cs-method cs-uri-stem sc-status sc-win32-status"))
	rows := []byte(strings.Repeat("2026-07-14 10:22:33 10.0.0.7 GET /x/0x272b4b70 200 0\n", 40))
	trusts.doubt = doubt{}
	if m.block(nil, trusts, rows, ctx); trusts.doubt.skip != trialBlocks {
		t.Errorf("%+v behind rows", trusts.doubt)
	}
	for range trialBlocks {
		m.block(nil, trusts, []byte("connect failed: 10061\n"), nil)
	}
	if m.block(nil, trusts, wild[:100], nil); trusts.doubt.skip != 0 {
		t.Errorf("%+v behind good blocks", trusts.doubt)
	}
}
