//go:build !purego && gc && amd64

package prefetch

import "unsafe"

//go:noescape
func lines(p unsafe.Pointer, n int)
