//go:build purego || !gc || !amd64

package bytescan

// impls lists the implementations, the fastest first.
func impls() []impl { return portable() }
