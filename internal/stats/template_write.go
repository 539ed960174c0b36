package stats

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

// A templateWriter writes what stands in a template as it stands in the line:
// valid UTF-8 on one line, where blanks and control characters become one blank,
// none at the beginning, and bytes that are no character U+FFFD. It knows which
// bytes of its line need no second look.
type templateWriter struct {
	calm  *[256]bool // those that can be copied
	quiet *[256]bool // those of them that moreover tell nothing of the word they are in
	chars bool       // bytes above ASCII are calm
}

// calmBytes and quietBytes hold the tables of a templateWriter by whether a line's
// blanks stand alone, and whether its bytes above ASCII are text as it should be.
var calmBytes, quietBytes = func() (calm, quiet [2][2][256]bool) {
	for blanks := range 2 {
		for chars := range 2 {
			for c := range 256 {
				ok := c > ' ' && c < 0x7F || blanks == 1 && c == ' ' || chars == 1 && c >= utf8.RuneSelf
				calm[blanks][chars][c] = ok
				// A dash may be that of a GUID.
				quiet[blanks][chars][c] = ok && !isDigit(byte(c)) && c != '-'
			}
		}
	}
	return calm, quiet
}()

// writerFor looks at a line.
func writerFor(text []byte) templateWriter {
	const leadsC1 = 0xC2 // the first byte of U+0080 to U+00BF
	blanks, chars := 0, 0
	if !hasTwoBlanks(text) {
		blanks = 1
	}
	if utf8.Valid(text) && bytes.IndexByte(text, leadsC1) < 0 {
		chars = 1
	}
	return templateWriter{&calmBytes[blanks][chars], &quietBytes[blanks][chars], chars == 1}
}

// hasTwoBlanks reports whether a blank follows another one. It looks at eight pairs
// of bytes at once: a byte of pairs is 0 where both are blanks.
func hasTwoBlanks(text []byte) bool {
	const blanks, ones, tops = 0x2020202020202020, 0x0101010101010101, 0x8080808080808080
	for ; len(text) > 8; text = text[8:] {
		pairs := (binary.LittleEndian.Uint64(text) ^ blanks) | (binary.LittleEndian.Uint64(text[1:]) ^ blanks)
		if (pairs-ones)&^pairs&tops != 0 {
			return true
		}
	}
	for i := 1; i < len(text); i++ {
		if text[i] == ' ' && text[i-1] == ' ' {
			return true
		}
	}
	return false
}

// whole reports whether text[from:to] has whole characters at its ends.
func (w *templateWriter) whole(text []byte, from, to int) bool {
	return w.chars && utf8.RuneStart(text[from]) && (to == len(text) || utf8.RuneStart(text[to]))
}

// follows reports whether a blank may follow what stands in dst.
func follows(dst []byte, base int) bool { return len(dst) > base && dst[len(dst)-1] != ' ' }

// masked appends text[from:to], which holds neither hit nor peer, with its numbers
// masked. It may stop when the template is full.
func (w templateWriter) masked(dst []byte, base int, text []byte, from, to int) []byte {
	if w.chars && !w.whole(text, from, to) {
		w = templateWriter{&calmBytes[0][0], &quietBytes[0][0], false}
	}
	text = text[from:to]
	for i := 0; i < len(text) && len(dst)-base < maxTemplate; {
		n := i
		if text[i] != ' ' || follows(dst, base) {
			for n < len(text) && w.quiet[text[n]] {
				n++
			}
		}
		if n < len(text) {
			word := n // the beginning of the word that n belongs to or ends
			for word > i && wordByte[text[word-1]] {
				word--
			}
			if wordByte[text[n]] || text[n] == '-' && isGUID(text[word:]) {
				n = word
			}
		}
		dst = append(dst, text[i:n]...)
		if i = n; i == len(text) {
			break
		}
		n, masked := 1, false // a dash, a blank or a control character
		if wordByte[text[i]] {
			n, masked = token(text[i:])
		}
		if masked {
			dst = append(dst, maskNumber...)
		} else {
			dst = appendPlain(dst, base, text[i:i+n])
		}
		i += n
	}
	return dst
}

// plain appends text[from:to].
func (w templateWriter) plain(dst []byte, base int, text []byte, from, to int) []byte {
	if !w.chars || w.whole(text, from, to) {
		n := from
		for n < to && w.calm[text[n]] {
			n++
		}
		if n == to && (text[from] != ' ' || follows(dst, base)) {
			return append(dst, text[from:to]...)
		}
	}
	return appendPlain(dst, base, text[from:to])
}

// appendPlain appends text, whatever it holds.
func appendPlain(dst []byte, base int, text []byte) []byte {
	for len(text) > 0 {
		switch c := text[0]; {
		case c > ' ' && c < 0x7F:
			dst = append(dst, c)
			text = text[1:]
			continue
		case c < utf8.RuneSelf:
			if follows(dst, base) {
				dst = append(dst, ' ')
			}
			text = text[1:]
			continue
		}
		r, n := utf8.DecodeRune(text)
		if r >= 0x80 && r < 0xA0 {
			r = utf8.RuneError
		}
		dst = utf8.AppendRune(dst, r)
		text = text[n:]
	}
	return dst
}
