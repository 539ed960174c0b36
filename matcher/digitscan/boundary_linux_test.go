package digitscan

import (
	"testing"

	"wsalog/internal/guardpage"
)

// TestCopyKeepsToItsBytes places texts between two forbidden pages: reading one byte
// before or behind them is a fault.
func TestCopyKeepsToItsBytes(t *testing.T) {
	middle := guardpage.Bytes(t)
	for i := range middle {
		middle[i] = "abc123.\\"[i%8]
	}
	for text := range guardpage.Edges(middle) {
		check(t, text)
	}
}
