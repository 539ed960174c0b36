//go:build !purego && gc && amd64

package bytescan

import "golang.org/x/sys/cpu"

// scanAVX2 is scanNibbles with AVX2, BMI1 and BMI2.
//
//go:noescape
func scanAVX2(t *nibbleTables, b []byte, from, n int, inner bool) (at int, mask uint64)

// impls lists the implementations that this CPU can run, the fastest first.
func impls() []impl {
	if !cpu.X86.HasAVX2 || !cpu.X86.HasBMI1 || !cpu.X86.HasBMI2 {
		return portable()
	}
	return append([]impl{{"avx2", findAVX2}}, portable()...)
}

func findAVX2(s *Scanner, haystack []byte, p, end int) (base int, mask uint64, next int) {
	return findNibbles(s, haystack, p, end, scanAVX2)
}
