package charset

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestValidEqualsUTF8Valid puts every pair of bytes, behind every kind of first byte and
// in front of what may follow, at places around the ends of blocks.
func TestValidEqualsUTF8Valid(t *testing.T) {
	t.Parallel()
	check := func(b []byte) {
		if got, want := valid(b), utf8.Valid(b); got != want {
			t.Fatalf("valid(%q) = %v, want %v", b, got, want)
		}
	}
	starts := []string{"", "\xc3", "\xe0", "\xe4", "\xed", "\xef", "\xf0", "\xf1", "\xf4", "\xf5", "\xe4\xb8", "\xf0\x9f\x98", "\xf4\x8f"}
	ends := []string{"", "\x80", "\xbf\x80", "\x80\x80\x80", "\xe4\xb8\xad"}
	for _, at := range []int{0, 27, 29, 31, 40, 62} {
		for _, start := range starts {
			for pair := range 1 << 16 {
				end := ends[pair%len(ends)]
				var room [96]byte
				for i := range room {
					room[i] = 'a'
				}
				b := append(append(append(room[:at], start...), byte(pair>>8), byte(pair)), end...)
				check(room[:]) // followed by ASCII
				check(b)       // or by nothing
			}
		}
	}
}

// TestValidBetweenASCII puts characters, whole and broken off, at places of a long text of
// ASCII, which is skipped.
func TestValidBetweenASCII(t *testing.T) {
	t.Parallel()
	for _, c := range []string{"\xc3", "\x80", "\xe4\xb8", "\xf0\x9f\x98", "\xf5", "é", "中", "😀", "\xed\xa0\x80", "中\xbf"} {
		text := []byte(strings.Repeat("a", 300) + c + strings.Repeat("b", 300))
		for before := range 140 {
			for behind := range 300 {
				b := text[300-before : 300+len(c)+behind]
				if got, want := valid(b), utf8.Valid(b); got != want {
					t.Fatalf("valid(%q) = %v, want %v", b, got, want)
				}
			}
		}
	}
}

// TestValidOnText compares on text of characters of all lengths with a few bytes changed.
func TestValidOnText(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(31, 32))
	bad := 0
	for range 60_000 {
		var b []byte
		for range rng.IntN(80) {
			b = utf8.AppendRune(b, []rune{'a', 'é', '中', '�', '\U0010FFFF', '😀', rune(rng.IntN(0x110000))}[rng.IntN(7)])
		}
		for range rng.IntN(3) {
			if len(b) > 0 {
				b[rng.IntN(len(b))] = byte(rng.Uint32())
			}
		}
		b = b[:rng.IntN(len(b)+1)]
		want := utf8.Valid(b)
		if got := valid(b); got != want {
			t.Fatalf("valid(%q) = %v, want %v", b, got, want)
		}
		if n := CountInvalid(b); n > 0 == want {
			t.Fatalf("CountInvalid(%q) = %d, valid %v", b, n, want)
		} else if n > 0 {
			bad++
		}
	}
	if bad < 1000 {
		t.Errorf("%d texts were not valid", bad)
	}
}

// TestCountInvalidInLongText wants the count of pieces to be that of the whole.
func TestCountInvalidInLongText(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(33, 34))
	for range 300 {
		var b []byte
		for len(b) < 3*validPiece {
			b = append(b, "中文日志 line of ASCII é 😀"...)
		}
		b = b[:len(b)-rng.IntN(8)]
		for range rng.IntN(6) {
			b[rng.IntN(len(b))] = byte(rng.Uint32())
			at := validPiece - 4 + rng.IntN(8)
			b[at] = byte(rng.Uint32())
		}
		if got, want := CountInvalid(b), countInvalid(b); got != want {
			t.Fatalf("%d invalid bytes, want %d", got, want)
		}
	}
}

func BenchmarkCountInvalid(b *testing.B) {
	for _, tt := range []struct{ name, text string }{{"chinese", "由于目标计算机积极拒绝，无法连接。"}, {"mixed", "2026-07-14 21:50:05 FEHLER [dienst] Zeitüberschreitung\n"}} {
		var text []byte
		for len(text) < 512<<10 {
			text = append(text, tt.text...)
		}
		b.Run("text="+tt.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if CountInvalid(text) != 0 {
					b.Fatal("it is valid")
				}
			}
		})
	}
}
