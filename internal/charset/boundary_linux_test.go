package charset

import (
	"testing"
	"unicode/utf8"

	"wsalog/internal/guardpage"
)

// TestValidKeepsToItsBytes places texts between two forbidden pages: reading one byte
// before or behind them is a fault.
func TestValidKeepsToItsBytes(t *testing.T) {
	middle := guardpage.Bytes(t)
	for _, text := range []string{"a", "中", "é", "😀", "\xe4"} {
		for i := range middle {
			middle[i] = text[i%len(text)]
		}
		for b := range guardpage.Edges(middle) {
			if got, want := valid(b), utf8.Valid(b); got != want {
				t.Fatalf("%d bytes of %q: %v, want %v", len(b), text, got, want)
			}
		}
	}
}
