package survey

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// naive says byte by byte what Text finds.
func naive(b []byte, from int) Found {
	f := Found{End: from, ASCII: true}
	for ; f.End < len(b); f.End++ {
		c := b[f.End]
		if f.End > from && c == '#' && b[f.End-1] == '\n' {
			break
		}
		if c == '\n' {
			f.Lines++
		}
		if c >= 0x80 {
			f.ASCII = false
		}
	}
	return f
}

// check compares every implementation with the naive one.
func check(t *testing.T, b []byte, from int) {
	t.Helper()
	want := naive(b, from)
	if got := Text(b, from); got != want {
		t.Fatalf("Text(%q, %d) = %+v, want %+v", b, from, got, want)
	}
	if got := text(b, from, restPortable); got != want {
		t.Fatalf("portable: Text(%q, %d) = %+v, want %+v", b, from, got, want)
	}
}

// TestEachPlace puts each thing that counts at each place of texts of each length
// that begin at each offset of two blocks.
func TestEachPlace(t *testing.T) {
	t.Parallel()
	const longest = 260
	for _, sign := range []string{"\n", "\n#", "#", "\x80", "\xff", "\n\n#", "#\n", "\x0a\x7f#"} {
		for length := range longest + 1 {
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
	for _, alphabet := range []string{"\n#", "ab\n", "a\n#\x80", "abcdefghijklmnop\n", "abc#\n\n\x7f", "\n"} {
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
		if f := Text(b, 0); f != (Found{End: n, Lines: n, ASCII: true}) {
			t.Errorf("%d line ends: %+v", n, f)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add([]byte("a\n#b\n"), uint16(0))
	f.Add([]byte(strings.Repeat("x", 63)+"\n#"), uint16(1))
	f.Add([]byte(strings.Repeat("\n", 65)+"\x80#"), uint16(3))
	f.Fuzz(func(t *testing.T, b []byte, from uint16) {
		check(t, b, int(from)%(len(b)+1))
	})
}

func BenchmarkText(b *testing.B) {
	const line = "2026-07-14 10:22:33.114 ERROR [pool-3] connect 10.0.0.5:5432 failed, will try again"
	for _, end := range []string{"\n", " #3\n"} {
		for _, size := range []int{128 << 10, 4 << 20} {
			lines := []byte(strings.Repeat(line+end, size/len(line+end)))
			want := naive(lines, 0)
			for name, f := range map[string]func([]byte, int) Found{"chosen": rest, "portable": restPortable} {
				b.Run(fmt.Sprintf("%s/end=%q/%dK", name, end, size>>10), func(b *testing.B) {
					b.SetBytes(int64(len(lines)))
					for b.Loop() {
						if got := f(lines, 1); got != want {
							b.Fatalf("%+v, want %+v", got, want)
						}
					}
				})
			}
		}
	}
}
