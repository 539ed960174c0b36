package survey

import (
	"bytes"
	"testing"
	"unsafe"

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
	for _, length := range []int{wide + Step, wide + 2*Step - 1, 2*wide + 1, 2*wide + Step, len(middle)} {
		for _, b := range [][]byte{middle[:length], middle[len(middle)-length:]} {
			for from := 0; from < length; from += 61 {
				check(t, b, from)
			}
		}
	}
}

// TestTextKeepsToItsRoom has the counts of a text written between two forbidden pages, to
// room for all of them and for fewer.
func TestTextKeepsToItsRoom(t *testing.T) {
	page := guardpage.Bytes(t)
	counts := unsafe.Slice((*uint32)(unsafe.Pointer(&page[0])), len(page)/4)
	b := bytes.Repeat([]byte("abcdef\n"), 4*wide/7)
	for length := 0; length <= len(b); length += 37 {
		for n := range places(length) + 1 {
			for _, from := range []int{0, length / 3, length / 2} {
				checkIn(t, b[:length], from, counts[:n])
				checkIn(t, b[:length], from, counts[len(counts)-n:])
			}
		}
	}
}
