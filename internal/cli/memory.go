package cli

import (
	"runtime/debug"
	"unsafe"
)

// Memory settings of the garbage collector. A start-up makes a few megabytes of
// tables that stay, so the first collections find nothing; a long run with full
// tables is held below the 64 MiB that wsalog promises.
const (
	gcPercent   = 200
	memoryLimit = 44 << 20 // of the Go heap; the rest is stacks, code and the system's share
)

// boundMemory applies the settings unless the user made their own with GOGC or
// GOMEMLIMIT.
func (a *app) boundMemory() {
	if a.env("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if a.env("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}

// heapAhead is about how much more a run with much to read needs of the heap.
const heapAhead = 32 << 20

// growHeap has the heap of a run with much to read grow into large pages, where the system has
// some. The heap of such a run is spread over some ten thousand small ones: to fetch each takes a
// fault, and to find it again, on a virtual machine above all, as long as a miss of the caches.
// What it makes is garbage to which nothing is written, so it takes no memory by itself; the
// heap grows into its place.
func (a *app) growHeap() {
	if a.env("GOGC") != "" || a.env("GOMEMLIMIT") != "" {
		return
	}
	room := make([]byte, heapAhead)
	at := -int(uintptr(unsafe.Pointer(&room[0]))) & (largePage - 1)
	adviseLarge(room[at : at+(heapAhead-at)/largePage*largePage])
}

// largePage is the size of a large page in bytes on nearly every system.
const largePage = 2 << 20
