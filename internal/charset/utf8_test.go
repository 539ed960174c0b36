package charset

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFirstNonASCII(t *testing.T) {
	t.Parallel()
	for n := range 200 {
		b := bytes.Repeat([]byte{'a'}, n)
		if got := FirstNonASCII(b); got != -1 {
			t.Fatalf("%d bytes of ASCII: %d", n, got)
		}
		for i := range n {
			b[i] = 0x80
			if got := FirstNonASCII(b); got != i {
				t.Fatalf("%d bytes, %d is high: %d", n, i, got)
			}
			b[i] = 'a'
		}
	}
}

func FuzzCountInvalid(f *testing.F) {
	f.Add([]byte("a\xC3é\xFF\xE4\xBD"))
	f.Fuzz(func(t *testing.T, b []byte) {
		want := 0
		for rest := b; len(rest) > 0; {
			r, size := utf8.DecodeRune(rest)
			if r == utf8.RuneError && size == 1 {
				want++
			}
			rest = rest[size:]
		}
		if got := CountInvalid(b); got != want {
			t.Fatalf("%q: %d, want %d", b, got, want)
		}
	})
}

func BenchmarkFirstNonASCII(b *testing.B) {
	text := []byte(strings.Repeat("2026-07-14 10:22:33.114 ERROR [pool-3] connect failed\n", 5000))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if FirstNonASCII(text) >= 0 {
			b.Fatal("it is ASCII")
		}
	}
}
