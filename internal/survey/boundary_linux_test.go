package survey

import (
	"testing"

	"golang.org/x/sys/unix"
)

// TestTextKeepsToItsBytes places texts between two forbidden pages: reading one byte
// before or behind them is a fault.
func TestTextKeepsToItsBytes(t *testing.T) {
	page := unix.Getpagesize()
	memory, err := unix.Mmap(-1, 0, 3*page, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Munmap(memory)
	for _, edge := range [][]byte{memory[:page], memory[2*page:]} {
		if err := unix.Mprotect(edge, unix.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	middle := memory[page : 2*page]
	for i := range middle {
		middle[i] = "abcdefg\n"[i%8]
	}
	for length := range 300 {
		for _, b := range [][]byte{middle[:length], middle[page-length:]} {
			for from := range length + 1 {
				check(t, b, from)
			}
		}
	}
}
