// Package prefetch brings memory near before it is needed.
package prefetch

import "unsafe"

// Line starts to bring the cache line of p near, where the processor can do so, and
// changes nothing. p may be nil, and what it points to may be written meanwhile.
func Line[T any](p *T) { line(unsafe.Pointer(p)) }
