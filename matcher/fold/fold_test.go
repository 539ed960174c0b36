package fold

import (
	"bytes"
	"strings"
	"testing"
)

// lowered is the simplest way to lower ASCII letters.
func lowered(s string) string {
	b := []byte(s)
	for i, c := range b {
		if strings.IndexByte("ABCDEFGHIJKLMNOPQRSTUVWXYZ", c) >= 0 {
			b[i] = c + 32
		}
	}
	return string(b)
}

// TestEachByte puts every byte at each place of texts of several lengths, and of words.
func TestEachByte(t *testing.T) {
	t.Parallel()
	for c := range 256 {
		if got, want := string([]byte{Byte(byte(c))}), lowered(string([]byte{byte(c)})); got != want {
			t.Errorf("Byte(%#x) = %q, want %q", c, got, want)
		}
		if got, want := IsLetter(byte(c)), strings.ContainsRune("abcdefghijklmnopqrstuvwxyz", rune(Byte(byte(c)))); got != want {
			t.Errorf("IsLetter(%#x) = %v", c, got)
		}
		for length := 1; length < 20; length++ {
			for at := range length {
				text := []byte(strings.Repeat("aZ", 10)[:length])
				text[at] = byte(c)
				checkText(t, text)
			}
		}
	}
}

func checkText(t *testing.T, text []byte) {
	t.Helper()
	want := lowered(string(text))
	dst := bytes.Repeat([]byte{0xAA}, len(text)+1)
	if Into(dst, text); string(dst[:len(text)]) != want || dst[len(text)] != 0xAA {
		t.Fatalf("Into(%q) made %q, want %q", text, dst, want)
	}
	if !Equal(text, want) || Equal(text, want+"x") || Equal(text, want[1:]) {
		t.Fatalf("Equal(%q, %q) is wrong", text, want)
	}
	for i := range want {
		for _, c := range []byte{want[i] ^ 0x20, want[i] ^ 0x80, want[i] + 1} {
			other := want[:i] + string([]byte{c}) + want[i+1:]
			if other == lowered(other) && Equal(text, other) {
				t.Fatalf("Equal(%q, %q)", text, other)
			}
		}
	}
}

func FuzzEqual(f *testing.F) {
	f.Add([]byte("WSAECONNREFUSED"), []byte("wsaeconnrefused"))
	f.Add([]byte("@[`{\xc1\xe1AZaz"), []byte("`{"))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		if folded := lowered(string(b)); Equal(a, folded) != (lowered(string(a)) == folded) {
			t.Errorf("Equal(%q, %q) is wrong", a, folded)
		}
	})
}
