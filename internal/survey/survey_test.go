package survey

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// naive says byte by byte what a pass that has come to from finds next.
func naive(b []byte, from int) Pass {
	p := Pass{Before: make([]uint32, places(len(b)))}
	for ; p.End < len(b); p.End++ {
		c := b[p.End]
		if p.End > from && c == '#' && b[p.End-1] == '\n' && p.End+1 < len(b) && b[p.End+1] == 'F' {
			break
		}
		if p.End%Step == 0 {
			p.Before[p.End/Step] = uint32(p.Lines)
		}
		if c == '\n' {
			p.Lines++
		}
		if c >= 0x80 && p.HighTo <= p.End {
			if p.HighTo == 0 {
				p.HighFrom = p.End / wide * wide
			}
			p.HighTo = p.End/wide*wide + wide
		}
	}
	return p
}

// places returns how many places of n bytes line ends are counted before.
func places(n int) int { return (n + Step - 1) / Step }

// same reports whether got is want, so far as it has room for what that says.
func same(got, want Pass) bool {
	n := min(len(got.Before), places(want.End))
	return got.End == want.End && got.Lines == want.Lines && got.HighFrom == want.HighFrom && got.HighTo == want.HighTo &&
		slices.Equal(got.Before[:n], want.Before[:n])
}

// implementations are those of Pass.rest.
var implementations = map[string]func(p *Pass, b []byte){"chosen": (*Pass).rest, "portable": (*Pass).portable}

// check compares every implementation with the naive one. They begin at from, which naive
// says what stands before.
func check(t *testing.T, b []byte, from int) { checkIn(t, b, from, make([]uint32, places(len(b)))) }

// checkIn is check with room for some of the counts.
func checkIn(t *testing.T, b []byte, from int, room []uint32) {
	t.Helper()
	start, want := naive(b[:from], from), naive(b, from)
	for name, rest := range implementations {
		for i := range room {
			room[i] = 0xdeadbeef
		}
		copy(room, start.Before)
		got := start
		got.Before = room
		if got.on(b, rest); !same(got, want) {
			t.Fatalf("%s: from %d of %q: %+v, want %+v", name, from, b, got, want)
		}
	}
}

// TestEachPlace puts each thing that counts at each place of texts of each length
// that begin at each offset of two blocks.
func TestEachPlace(t *testing.T) {
	t.Parallel()
	const longest = 260
	for _, sign := range []string{"\n", "\n#F", "\n#", "#F", "\x80", "\xff", "\n\n#F\n", "#F\n", "\x0a\x7f#F", "\n#\xc6"} {
		for length := range longest + 3 {
			if length > longest { // several rounds of the kernel
				length = 2*wide + Step*(length-longest) + length%3
			}
			b := []byte(strings.Repeat("a", length))
			check(t, b, 0)
			for at := 0; at+len(sign) <= length; at++ {
				copy(b[at:], sign)
				for _, from := range []int{0, at, at + 1, length * (at % 7) / 7} {
					check(t, b, min(from, length))
				}
				copy(b[at:], strings.Repeat("a", len(sign)))
			}
		}
	}
}

// TestOffsets begins at each offset, in texts in which everything is frequent.
func TestOffsets(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for _, alphabet := range []string{"\n#F", "ab\n", "a\n#F\x80", "abcdefghijklmnop\n", "abc#\nF\n\x7f", "\n"} {
		for length := range 261 {
			b := make([]byte, length)
			for i := range b {
				b[i] = alphabet[r.IntN(len(alphabet))]
			}
			for from := range length + 1 {
				check(t, b, from)
			}
		}
	}
}

// TestManyLines counts more than fits a byte, and more than fits 16 bits.
func TestManyLines(t *testing.T) {
	t.Parallel()
	for _, n := range []int{255, 256, 16_384, 65_535, 65_536, 300_000} {
		b := []byte(strings.Repeat("\n", n))
		check(t, b, 0)
		p := Pass{}
		if p.On(b); p.End != n || p.Lines != n {
			t.Errorf("%d line ends: %+v", n, p)
		}
	}
}

// TestWholeTexts goes over texts of several steps to their ends, with room for all counts
// and for fewer.
func TestWholeTexts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for round := range 400 {
		b := bytes.Repeat([]byte("abc\n"), r.IntN(2*wide))
		for range r.IntN(8) {
			copy(b[r.IntN(len(b)+1):], [...]string{"\n#F", "\n#", "\x80", "\xff", "\n\n\n\n"}[r.IntN(5)])
		}
		for name, rest := range implementations {
			p := Pass{Before: make([]uint32, r.IntN(places(len(b))+2))}
			for p.End < len(b) {
				want := naive(b, p.End)
				if p.on(b, rest); !same(p, want) {
					t.Fatalf("round %d, %s: %+v, want %+v", round, name, p, want)
				}
			}
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte("a\n#Fb\n"), uint16(0))
	f.Add([]byte(strings.Repeat("x", 127)+"\n#F"), uint16(1))
	f.Add([]byte(strings.Repeat("\n", 65)+"\x80#F"), uint16(3))
	f.Fuzz(func(t *testing.T, b []byte, from uint16) {
		check(t, b, int(from)%(len(b)+1))
	})
}

func BenchmarkText(b *testing.B) {
	const line = "2026-07-14 10:22:33.114 ERROR [pool-3] connect 10.0.0.5:5432 failed, will try again"
	for _, sample := range []string{line + "\n", line + " #3\n", "#" + line + "\n", "#F" + line + "\n", line + " \xe5\xa4\xb1\n"} {
		for _, size := range []int{128 << 10, 4 << 20} {
			text := []byte(strings.Repeat(sample, size/len(sample)))
			room := make([]uint32, places(len(text)))
			lines := bytes.Count(text, []byte{'\n'})
			for name, rest := range implementations {
				b.Run(fmt.Sprintf("%s/line=%q/%dK", name, sample[:2]+sample[len(line):], size>>10), func(b *testing.B) {
					b.SetBytes(int64(len(text)))
					for b.Loop() {
						p := Pass{Before: room}
						for p.End < len(text) {
							p.on(text, rest)
						}
						if p.Lines != lines {
							b.Fatalf("%d lines, want %d", p.Lines, lines)
						}
					}
				})
			}
		}
	}
}
