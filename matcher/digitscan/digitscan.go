// Package digitscan copies text and says where its digits are.
package digitscan

import "encoding/binary"

// Copy copies text to dst, which must not overlap it, and tells which bytes are digits: bit
// i%64 of digits[i/64] is 1 if text[i] is one, and 0 otherwise, also behind the text. dst
// must be as long as text, and digits have Words(len(text)) words, of which the last one is
// for Copy's own use. odd reports whether text holds a backslash, an ampersand or a byte below 9.
// Copy may be called from several goroutines.
func Copy(dst, text []byte, digits []uint64) (odd bool) {
	return copyDigits(dst[:len(text)], text, digits[:Words(len(text))])
}

// Words returns how many words Copy wants for a text of n bytes.
func Words(n int) int { return n/64 + 2 }

const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones
	lows  = 0x7F * ones
)

// firstPlain is the lowest byte that is not odd. Those below it serve package matcher as
// marks, which its TestMarksAreOdd holds to this number.
const firstPlain = 9

// copyPortable is Copy for every processor: eight bytes at a time.
func copyPortable(dst, text []byte, digits []uint64) (odd bool) {
	plain := uint64(highs)
	clear(digits[:len(text)/64+1])
	k := 0
	for ; k+8 <= len(text); k += 8 {
		w := binary.LittleEndian.Uint64(text[k:])
		binary.LittleEndian.PutUint64(dst[k:], w)
		digits[k/64] |= digitBits(w) << (k % 64)
		plain &= plainBits(w)
	}
	for i, c := range text[k:] {
		dst[k+i] = c
		if c-'0' < 10 {
			digits[k/64] |= 1 << ((k + i) % 64)
		}
		odd = odd || c < firstPlain || c == '\\' || c == '&'
	}
	return odd || plain != highs
}

// digitBits returns a bit for each of eight bytes, the lowest for the first: whether it is
// a digit.
func digitBits(w uint64) uint64 {
	w ^= '0' * ones
	w = ^(w&lows + (0x7F-9)*ones | w) & highs
	return w >> 7 * 0x0102040810204080 >> 56
}

// plainBits returns the highest bit of each byte that is not odd.
func plainBits(w uint64) uint64 {
	slash, amp := w^'\\'*ones, w^'&'*ones
	return (slash&lows + lows | slash) & (amp&lows + lows | amp) & (w&lows + (0x80-firstPlain)*ones | w) & highs
}
