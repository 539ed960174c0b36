package bytescan

import (
	"slices"
	"testing"

	"wsalog/internal/guardpage"
)

// TestNextKeepsToHaystack places haystacks between two forbidden pages: reading one
// byte before or behind them is a fault.
func TestNextKeepsToHaystack(t *testing.T) {
	middle := guardpage.Bytes(t)
	clearTo(middle, '.')
	lits := list("abcd", "~efghij", "klmnopqrstuvwxyz0123")
	for _, s := range scanners(t, lits, winsock) {
		for haystack := range guardpage.Edges(middle) { // digits that pass for decimals until their neighbours are looked at
			clearTo(haystack, '1')
			if got := s.Next(haystack, 0); got != -1 {
				t.Fatalf("%s: %d digits: Next = %d", s.Impl(), len(haystack), got)
			}
			clearTo(haystack, '.')
		}
		for haystack := range guardpage.Edges(middle) {
			length := len(haystack)
			for from := 0; from <= length; from += 1 + length/7 {
				if got := s.Next(haystack, from); got != -1 {
					t.Fatalf("%s: length %d from %d: Next = %d", s.Impl(), length, from, got)
				}
			}
			for _, hit := range []string{"abcd", "EFGHIJ", "10061", "abc", "1006"} {
				if len(hit) > length {
					continue
				}
				before := slices.Clone(haystack)
				copy(haystack[length-len(hit):], hit)
				if got, want := s.Next(haystack, 0), naive(lits, winsock, haystack, 0); got != want {
					t.Fatalf("%s: %s at the end of %d: Next = %d, want %d", s.Impl(), hit, length, got, want)
				}
				copy(haystack, before)
			}
		}
	}
}
