//go:build !purego && gc && amd64

package bytescan

// nibbleKernels are the kernels in assembly that this CPU can run, by their shape.
func nibbleKernels() map[shape]nibbleKernel {
	if impls()[0].name != "avx2" {
		return nil
	}
	return map[shape]nibbleKernel{narrow: scanNarrow, middle: scanMiddle, broad: scanBroad}
}
