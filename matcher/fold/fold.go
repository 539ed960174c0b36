// Package fold compares text without regard to the case of ASCII letters.
package fold

import "encoding/binary"

// lower maps ASCII capitals to small letters and leaves other bytes as they are.
var lower = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			t[i] += 'a' - 'A'
		}
	}
	return t
}()

// Byte returns b, in lower case if it is an ASCII capital.
func Byte(b byte) byte { return lower[b] }

// IsLetter reports whether b is an ASCII letter.
func IsLetter(b byte) bool { return 'a' <= lower[b] && lower[b] <= 'z' }

// Word lowers the ASCII capitals among the eight bytes of w.
func Word(w uint64) uint64 {
	const ones = 0x0101010101010101
	low7 := w & (0x7f * ones)
	fromA, behindZ := low7+(0x80-'A')*ones, low7+(0x7f-'Z')*ones
	return w | (fromA &^ behindZ &^ w & (0x80 * ones) >> 2)
}

// Into copies src to dst, which must be as long at least, with its ASCII letters in lower
// case. They may be the same bytes.
func Into(dst, src []byte) {
	i := 0
	for ; i+8 <= len(src); i += 8 {
		binary.LittleEndian.PutUint64(dst[i:], Word(binary.LittleEndian.Uint64(src[i:])))
	}
	for ; i < len(src); i++ {
		dst[i] = lower[src[i]]
	}
}

// Equal reports whether b is folded but for the case of its ASCII letters. folded has no
// capitals.
func Equal(b []byte, folded string) bool {
	if len(b) != len(folded) {
		return false
	}
	if len(b) < 8 {
		for i := range b {
			if lower[b[i]] != folded[i] {
				return false
			}
		}
		return true
	}
	for i := 0; i < len(b)-8; i += 8 {
		if Word(binary.LittleEndian.Uint64(b[i:])) != load(folded[i:]) {
			return false
		}
	}
	return Word(binary.LittleEndian.Uint64(b[len(b)-8:])) == load(folded[len(b)-8:])
}

// load returns the first eight bytes of s, the first one lowest.
func load(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
