// Package prefetch brings memory near before it is needed.
package prefetch

import "unsafe"

// Line starts to bring the cache line of p near, where the processor can do so, and
// changes nothing. p may be nil, and what it points to may be written meanwhile.
func Line[T any](p *T) { lines(unsafe.Pointer(p), 1) }

// Lines is Line for n cache lines of 64 bytes, the first of which is that of p; n is at least 1.
func Lines[T any](p *T, n int) { lines(unsafe.Pointer(p), n) }
