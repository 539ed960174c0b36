package guardpage

import (
	"iter"
	"testing"

	"golang.org/x/sys/unix"
)

// Bytes returns a page of memory, zeros at first, between two pages that nobody may read:
// one byte before it or behind it is a fault. It is given back when the test ends.
func Bytes(t testing.TB) []byte {
	t.Helper()
	page := unix.Getpagesize()
	memory, err := unix.Mmap(-1, 0, 3*page, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := unix.Munmap(memory); err != nil {
			t.Error(err)
		}
	})
	for _, edge := range [][]byte{memory[:page], memory[2*page:]} {
		if err := unix.Mprotect(edge, unix.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	return memory[page : 2*page : 2*page]
}

// Edges yields the beginnings and the ends of a page, all that are shorter than 300 bytes.
func Edges(page []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for length := range 300 {
			if !yield(page[:length]) || !yield(page[len(page)-length:]) {
				return
			}
		}
	}
}
