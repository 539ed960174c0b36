//go:build purego || !gc || !amd64

package bytescan

func nibbleKernels() map[string]nibbleKernel { return nil }
