//go:build !purego && gc && amd64

package bytescan

// nibbleKernels are the kernels in assembly that this CPU can run.
func nibbleKernels() map[string]nibbleKernel {
	if impls()[0].name != "avx2" {
		return nil
	}
	return map[string]nibbleKernel{"avx2": scanAVX2}
}
