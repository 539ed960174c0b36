package matcher

import (
	"bytes"
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
