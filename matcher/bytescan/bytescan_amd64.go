//go:build !purego && gc && amd64

package bytescan

import "golang.org/x/sys/cpu"

// scanNarrow is scanNibbles for the narrow shape, with AVX2 and BMI1.
//
//go:noescape
func scanNarrow(t *nibbleTables, b []byte, from, n int, inner bool) (at int, mask uint64)

// scanMiddle is scanNibbles for the middle shape, with AVX2 and BMI1.
//
//go:noescape
func scanMiddle(t *nibbleTables, b []byte, from, n int, inner bool) (at int, mask uint64)

// scanBroad is scanNibbles for the broad shape, with AVX2 and BMI1.
//
//go:noescape
func scanBroad(t *nibbleTables, b []byte, from, n int, inner bool) (at int, mask uint64)

// impls lists the implementations that this CPU can run, the fastest first.
func impls() []impl {
	if !cpu.X86.HasAVX2 || !cpu.X86.HasBMI1 {
		return portable()
	}
	return append([]impl{{"avx2", findAVX2}}, portable()...)
}

func findAVX2(s *Scanner, haystack []byte, p, end int) (base int, mask uint64, next int) {
	switch s.nibble.shape {
	case narrow:
		return findNibbles(s, haystack, p, end, scanNarrow)
	case middle:
		return findNibbles(s, haystack, p, end, scanMiddle)
	}
	return findNibbles(s, haystack, p, end, scanBroad)
}

// foreignAVX2 is Foreign for len(b) > 32, with AVX2.
//
//go:noescape
func foreignAVX2(b []byte) bool

func foreignImpl(b []byte) bool {
	if len(b) > 32 && cpu.X86.HasAVX2 {
		return foreignAVX2(b)
	}
	return foreignPlain(b)
}
