package digitscan

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// naive says byte by byte what Copy says.
func naive(text []byte) (digits []uint64, odd bool) {
	digits = make([]uint64, Words(len(text))-1)
	for i, c := range text {
		if c >= '0' && c <= '9' {
			digits[i/64] |= 1 << (i % 64)
		}
		if c < 9 || c == '\\' || c == '&' {
			odd = true
		}
	}
	return digits, odd
}

// check compares every implementation with the naive one.
func check(t *testing.T, text []byte) {
	t.Helper()
	want, wantOdd := naive(text)
	for name, copyDigits := range map[string]func(dst, text []byte, digits []uint64) bool{"chosen": Copy, "portable": copyPortable} {
		dst := bytes.Repeat([]byte{0xAA}, len(text)+1)
		digits := slices.Repeat([]uint64{^uint64(0)}, Words(len(text))+1)
		odd := copyDigits(dst, text, digits)
		if !bytes.Equal(dst[:len(text)], text) || !slices.Equal(digits[:len(want)], want) || odd != wantOdd {
			t.Fatalf("%s: %q: copied %q, digits %x, odd %v, want %x, %v", name, text, dst[:len(text)], digits[:len(want)], odd, want, wantOdd)
		}
		if dst[len(text)] != 0xAA || digits[Words(len(text))] != ^uint64(0) {
			t.Fatalf("%s: %q: wrote behind its room", name, text)
		}
	}
}

// TestEachPlace puts each byte that counts, and its neighbours, at each place of texts of
// each length.
func TestEachPlace(t *testing.T) {
	t.Parallel()
	for _, sign := range []byte("0159/:\\&[]%'\x00\x08\x09\x7f\x80\xb0\xb9\xdc\xa6\xff") {
		for length := range 200 {
			text := []byte(strings.Repeat("a", length))
			check(t, text)
			for at := range length {
				text[at] = sign
				check(t, text)
				text[at] = 'a'
			}
		}
	}
}

// TestEachByte asks about every byte, behind texts of several lengths.
func TestEachByte(t *testing.T) {
	t.Parallel()
	for c := range 256 {
		for _, length := range []int{0, 7, 31, 40, 64} {
			check(t, append([]byte(strings.Repeat("x", length)), byte(c)))
		}
	}
}

// TestMixed looks at texts in which everything is frequent.
func TestMixed(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	for _, alphabet := range []string{"0123456789", "09az:/.-", "5\\&\x08\x09", "7\xff\x80\x00"} {
		for length := range 300 {
			text := make([]byte, length)
			for i := range text {
				text[i] = alphabet[r.IntN(len(alphabet))]
			}
			check(t, text)
		}
	}
}

func TestCopyWantsRoom(t *testing.T) {
	t.Parallel()
	text := []byte(strings.Repeat("1", 100))
	for _, room := range []struct{ bytes, words int }{{len(text) - 1, Words(len(text))}, {len(text), Words(len(text)) - 1}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%+v: no panic", room)
				}
			}()
			Copy(make([]byte, room.bytes), text, make([]uint64, room.words))
		}()
	}
}

func FuzzCopy(f *testing.F) {
	f.Add([]byte("2026-07-14 10:22:33"))
	f.Add([]byte(strings.Repeat("a\\", 40) + "5"))
	f.Fuzz(func(t *testing.T, text []byte) { check(t, text) })
}

func BenchmarkCopy(b *testing.B) {
	text := []byte(strings.Repeat("2026-07-14 10:22:33.114 ERROR [pool-3] connect 10.0.0.5:5432 failed. ", 3)[:144])
	dst, digits := make([]byte, len(text)), make([]uint64, Words(len(text)))
	for name, copyDigits := range map[string]func(dst, text []byte, digits []uint64) bool{"chosen": Copy, "portable": copyPortable} {
		b.Run(fmt.Sprintf("impl=%s/size=%d", name, len(text)), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if copyDigits(dst, text, digits) || digits[0] == 0 {
					b.Fatal("odd, or no digits")
				}
			}
		})
	}
}
