package stats

import (
	"bytes"
	"encoding/binary"
	"math/bits"
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
	all   bool       // every byte is
	told  *told      // notes the digits that count, may be nil
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
	double, control, high := look(text)
	blanks, chars := 1, 1
	if double {
		blanks = 0
	}
	if high && (!utf8.Valid(text) || bytes.IndexByte(text, leadsC1) >= 0) {
		chars = 0
	}
	return templateWriter{&calmBytes[blanks][chars], &quietBytes[blanks][chars], chars == 1, blanks+chars == 2 && !control, nil}
}

// look reports whether text holds a blank behind a blank, a control character, or
// a byte above ASCII. It takes eight bytes at once: of a difference the top bit of
// a byte tells that it went below 0.
func look(text []byte) (double, control, high bool) {
	const blanks, dels, ones, tops = 0x2020202020202020, 0x7F7F7F7F7F7F7F7F, 0x0101010101010101, 0x8080808080808080
	var two, ctl, top uint64
	for ; len(text) > 8; text = text[8:] {
		x := binary.LittleEndian.Uint64(text)
		pair := (x ^ blanks) | (binary.LittleEndian.Uint64(text[1:]) ^ blanks)
		del := x ^ dels
		two |= (pair - ones) &^ pair
		ctl |= (x-blanks)&^x | (del-ones)&^del
		top |= x
	}
	for i, c := range text {
		double = double || c == ' ' && i+1 < len(text) && text[i+1] == ' '
		control = control || c < ' ' || c == 0x7F
		high = high || c >= utf8.RuneSelf
	}
	return double || two&tops != 0, control || ctl&tops != 0, high || top&tops != 0
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
		w = templateWriter{calm: &calmBytes[0][0], quiet: &quietBytes[0][0], told: w.told}
	}
	whole := text
	text = text[from:to]
	for i := 0; i < len(text) && len(dst)-base < maxTemplate; {
		n := i
		if text[i] != ' ' || follows(dst, base) {
			if w.all {
				n += skipQuiet(text[n:])
			}
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
			if w.told != nil {
				w.told.word(whole, from+i, from+i+n, masked)
			}
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

// skipQuiet returns a number of bytes before the first digit or dash of text, all
// but seven at most. Of eight bytes at once it works out which are below 10 after
// the digits were moved to 0, and which are 0 after the dash was: there the top bit
// of the sum stays clear.
func skipQuiet(text []byte) (n int) {
	const digits, dashes, tops, rest = 0x3030303030303030, 0x2D2D2D2D2D2D2D2D, 0x8080808080808080, 0x7F7F7F7F7F7F7F7F
	const belowTen, zero = 0x7676767676767676, 0x7F7F7F7F7F7F7F7F
	for ; len(text)-n >= 8; n += 8 {
		x := binary.LittleEndian.Uint64(text[n:])
		digit, dash := x^digits, x^dashes
		loud := ^((digit&rest + belowTen) | digit) | ^((dash&rest + zero) | dash)
		if loud &= tops; loud != 0 {
			return n + bits.TrailingZeros64(loud)/8
		}
	}
	return n
}

// plain appends text[from:to].
func (w templateWriter) plain(dst []byte, base int, text []byte, from, to int) []byte {
	if !w.chars || w.whole(text, from, to) {
		n := from
		if w.all {
			n = to
		}
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
