package bytescan

import (
	"bytes"
	"testing"
)

// TestForeign puts what is foreign, and what only looks like it, at each place of
// haystacks of each length.
func TestForeign(t *testing.T) {
	parts := map[string]bool{
		"\x80": true, "\xff": true, "积": true, `\u`: true, "&#": true,
		`\`: false, "u": false, `\\`: false, "&": false, "#": false, "#&": false, `u\`: false, `\#`: false, "&u": false,
		"\x7f": false, "\x00": false,
	}
	for part, want := range parts {
		for length := len(part); length < 150; length++ {
			for at := 0; at+len(part) <= length; at++ {
				b := bytes.Repeat([]byte("."), length)
				copy(b[at:], part)
				if got := Foreign(b); got != want {
					t.Fatalf("%q at %d of %d: %v", part, at, length, got)
				}
				if got := foreignPlain(b); got != want {
					t.Fatalf("the specification: %q at %d of %d: %v", part, at, length, got)
				}
			}
		}
	}
	if Foreign(nil) {
		t.Error("nothing is foreign")
	}
}

func FuzzForeign(f *testing.F) {
	f.Add(bytes.Repeat([]byte(`u\&#`), 20))
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, want := Foreign(b), foreignPlain(b); got != want {
			t.Errorf("%v, want %v", got, want)
		}
	})
}

func BenchmarkForeign(b *testing.B) {
	text := bytes.ReplaceAll(repeat("an ordinary line of 64 bytes, which is as long as this one is.\n"), []byte("\\"), nil)[:16<<10]
	loop(b, len(text), func() {
		if Foreign(text) {
			b.Fatal("plain text is not foreign")
		}
	})
}
