//go:build !purego && gc && amd64

package prefetch

import "unsafe"

//go:noescape
func line(p unsafe.Pointer)
