package charset

import (
	"encoding/binary"
	"slices"
	"unicode/utf16"
	"unicode/utf8"
)

// appendUTF16 appends src, UTF-16 in the order that bigEndian tells, to dst. Runs
// of ASCII are packed eight units at a time.
func appendUTF16(dst, src []byte, bigEndian bool) ([]byte, int) {
	bad := 0
	for len(src) >= 2 {
		// A unit becomes three bytes at most; the packing loop writes ahead of
		// what it keeps, so that it needs room for a whole step.
		dst = slices.Grow(dst, min(len(src), 4096)/2*3+16)
		chunk := src[:min(len(src), 4096)]
		room := dst[len(dst):cap(dst)]
		var read, wrote, invalid int
		if bigEndian {
			read, wrote, invalid = decodeBE(room, chunk, len(chunk) == len(src))
		} else {
			read, wrote, invalid = decodeLE(room, chunk, len(chunk) == len(src))
		}
		dst = dst[:len(dst)+wrote]
		src = src[read:]
		bad += invalid
	}
	if len(src) == 1 {
		dst = append(dst, "\uFFFD"...)
		bad++
	}
	return dst, bad
}

// Bits that no unit of ASCII has, as they stand in a word of four units.
const (
	notASCII        = 0xFF80FF80FF80FF80 // low byte first
	notASCIISwapped = 0x80FF80FF80FF80FF // high byte first
)

// pack squeezes the low bytes of the four units of w into four bytes.
func pack(w uint64) uint32 {
	w = (w | w>>8) & 0x0000FFFF0000FFFF
	return uint32(w | w>>16)
}

// decodeLE decodes little-endian units of src into dst, which has room for all.
// It leaves a high surrogate at the end of src for the next call, unless final.
func decodeLE(dst, src []byte, final bool) (read, wrote, bad int) {
	for read+2 <= len(src) {
		for read+16 <= len(src) && wrote+8 <= len(dst) {
			a := binary.LittleEndian.Uint64(src[read:])
			b := binary.LittleEndian.Uint64(src[read+8:])
			if (a|b)&notASCII != 0 {
				break
			}
			binary.LittleEndian.PutUint64(dst[wrote:], uint64(pack(a))|uint64(pack(b))<<32)
			read += 16
			wrote += 8
		}
		// The units up to the next ASCII run, one at a time.
		for n := 0; n < 8 && read+2 <= len(src); n++ {
			u := rune(src[read]) | rune(src[read+1])<<8
			if u >= 0x80 {
				var next rune
				if read+4 <= len(src) {
					next = rune(src[read+2]) | rune(src[read+3])<<8
				} else if utf16.IsSurrogate(u) && !final {
					return read, wrote, bad
				}
				units, size, invalid := putUnit(dst[wrote:], u, next)
				read += units
				wrote += size
				bad += invalid
				continue
			}
			dst[wrote] = byte(u)
			wrote++
			read += 2
		}
	}
	return read, wrote, bad
}

// decodeBE is decodeLE for units with the high byte first.
func decodeBE(dst, src []byte, final bool) (read, wrote, bad int) {
	for read+2 <= len(src) {
		for read+16 <= len(src) && wrote+8 <= len(dst) {
			a := binary.LittleEndian.Uint64(src[read:])
			b := binary.LittleEndian.Uint64(src[read+8:])
			if (a|b)&notASCIISwapped != 0 {
				break
			}
			a, b = a>>8, b>>8
			binary.LittleEndian.PutUint64(dst[wrote:], uint64(pack(a))|uint64(pack(b))<<32)
			read += 16
			wrote += 8
		}
		for n := 0; n < 8 && read+2 <= len(src); n++ {
			u := rune(src[read])<<8 | rune(src[read+1])
			if u >= 0x80 {
				var next rune
				if read+4 <= len(src) {
					next = rune(src[read+2])<<8 | rune(src[read+3])
				} else if utf16.IsSurrogate(u) && !final {
					return read, wrote, bad
				}
				units, size, invalid := putUnit(dst[wrote:], u, next)
				read += units
				wrote += size
				bad += invalid
				continue
			}
			dst[wrote] = byte(u)
			wrote++
			read += 2
		}
	}
	return read, wrote, bad
}

// putUnit writes the character that begins with the unit u, which is not ASCII
// and is followed by next, and returns how many bytes of the source it took, how
// many it wrote and how many did not decode.
func putUnit(dst []byte, u, next rune) (read, wrote, bad int) {
	switch {
	case u < 0x800:
		dst[0], dst[1] = 0xC0|byte(u>>6), 0x80|byte(u&0x3F)
		return 2, 2, 0
	case utf16.IsSurrogate(u):
		r := utf16.DecodeRune(u, next)
		if r == utf8.RuneError {
			return 2, utf8.EncodeRune(dst, r), 2
		}
		return 4, utf8.EncodeRune(dst, r), 0
	}
	_ = dst[2]
	dst[0], dst[1], dst[2] = 0xE0|byte(u>>12), 0x80|byte(u>>6&0x3F), 0x80|byte(u&0x3F)
	return 2, 3, 0
}

// boundaryUTF16 keeps surrogate pairs together.
func boundaryUTF16(b []byte, n int, bigEndian bool) int {
	n &^= 1
	if n < 2 || n+2 > len(b) {
		return n
	}
	high, low := b[n-1], b[n+1]
	if bigEndian {
		high, low = b[n-2], b[n]
	}
	if high&0xFC == 0xD8 && low&0xFC == 0xDC {
		return n - 2
	}
	return n
}
