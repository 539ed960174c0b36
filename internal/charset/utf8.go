package charset

import (
	"encoding/binary"
	"unicode/utf8"
)

const highBits = 0x8080808080808080

// FirstNonASCII returns the offset of the first byte of b above 0x7F, or -1.
func FirstNonASCII(b []byte) int {
	i := 0
	for ; i+64 <= len(b); i += 64 {
		w := b[i : i+64 : i+64]
		or := binary.LittleEndian.Uint64(w) | binary.LittleEndian.Uint64(w[8:]) |
			binary.LittleEndian.Uint64(w[16:]) | binary.LittleEndian.Uint64(w[24:]) |
			binary.LittleEndian.Uint64(w[32:]) | binary.LittleEndian.Uint64(w[40:]) |
			binary.LittleEndian.Uint64(w[48:]) | binary.LittleEndian.Uint64(w[56:])
		if or&highBits != 0 {
			break
		}
	}
	for ; i < len(b); i++ {
		if b[i] >= utf8.RuneSelf {
			return i
		}
	}
	return -1
}

// validPiece is how many bytes are looked at together: what is wrong is counted in those
// pieces only where something is.
const validPiece = 16 << 10

// CountInvalid returns how many bytes of b do not belong to valid UTF-8.
func CountInvalid(b []byte) int {
	bad := 0
	for len(b) > 0 {
		n := min(len(b), boundaryUTF8(b, validPiece))
		if !valid(b[:n]) {
			bad += countInvalid(b[:n])
		}
		b = b[n:]
	}
	return bad
}

// countInvalid counts one by one.
func countInvalid(b []byte) int {
	bad := 0
	for {
		i := FirstNonASCII(b)
		if i < 0 {
			return bad
		}
		b = b[i:]
		for len(b) > 0 && b[0] >= utf8.RuneSelf {
			_, size := utf8.DecodeRune(b)
			if size == 1 {
				bad++
			}
			b = b[size:]
		}
	}
}

// boundaryUTF8 steps back over the beginning of a character before n.
func boundaryUTF8(b []byte, n int) int {
	if n >= len(b) {
		return n
	}
	return n - partialUTF8(b[:n])
}

// partialUTF8 returns how many bytes at the end of b begin a character that is
// not complete.
func partialUTF8(b []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(b); n++ {
		if tail := b[len(b)-n:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}
