//go:build !purego && gc && amd64

package digitscan

import "golang.org/x/sys/cpu"

// copyAVX2 is Copy for a text of at least 32 bytes.
//
//go:noescape
func copyAVX2(dst, text []byte, digits []uint64) (odd bool)

func copyDigits(dst, text []byte, digits []uint64) bool {
	if len(text) < 32 || !cpu.X86.HasAVX2 {
		return copyPortable(dst, text, digits)
	}
	return copyAVX2(dst, text, digits)
}
