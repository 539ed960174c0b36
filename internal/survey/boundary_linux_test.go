package survey

import (
	"testing"

	"wsalog/internal/guardpage"
)

// TestTextKeepsToItsBytes places texts between two forbidden pages: reading one byte
// before or behind them is a fault.
func TestTextKeepsToItsBytes(t *testing.T) {
	middle := guardpage.Bytes(t)
	for i := range middle {
		middle[i] = "abcdefg\n"[i%8]
	}
	for b := range guardpage.Edges(middle) {
		for from := range len(b) + 1 {
			check(t, b, from)
		}
	}
}
