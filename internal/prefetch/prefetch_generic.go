//go:build purego || !gc || !amd64

package prefetch

import "unsafe"

// line does nothing: the next read takes as long as it takes.
func line(unsafe.Pointer) {}
