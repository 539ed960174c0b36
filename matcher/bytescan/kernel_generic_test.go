//go:build purego || !gc || !amd64

package bytescan

func nibbleKernels() map[shape]nibbleKernel { return nil }
