package charset

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// textEncoding is what x/text offers for each legacy encoding.
type textEncoding = encoding.Encoding

// A cell is one character in UTF-8, its first byte lowest; 0 when nothing is
// assigned. A few of Big5 are two code points.
type cell uint32

// cellOf packs text of at most four bytes.
func cellOf(text []byte) (c cell) {
	for i, b := range text {
		c |= cell(b) << (8 * i)
	}
	return c
}

// size returns the number of bytes: none of them is zero.
func (c cell) size() int { return (bits.Len32(uint32(c)) + 7) / 8 }

// rune returns the first code point.
func (c cell) rune() rune {
	var b [utf8.UTFMax]byte
	binary.LittleEndian.PutUint32(b[:], uint32(c))
	r, _ := utf8.DecodeRune(b[:])
	return r
}

// trails is the number of second bytes: 0x40..0xFF, less than which none of the
// tabled encodings uses.
const (
	firstTrail = 0x40
	trails     = 0x100 - firstTrail
)

// A table decodes an encoding of one and two byte characters in which ASCII
// stands for itself. Building it costs a few milliseconds, looking up a load.
type table struct {
	single [128]cell    // of the bytes 0x80..0xFF
	lead   [128]bool    // bytes that begin a two-byte character
	double []cell       // [lead-0x80][trail-0x40]
	long   textEncoding // decodes four-byte characters of GB18030, else nil
}

// newTable asks enc for every one and two byte sequence.
func newTable(enc textEncoding, fourByte bool) *table {
	t := &table{double: make([]cell, 128*trails)}
	if fourByte {
		t.long = enc
	}
	dec := enc.NewDecoder()
	lookup := func(src []byte) cell {
		var dst [16]byte
		dec.Reset()
		n, read, err := dec.Transformer.Transform(dst[:], src, true)
		if err != nil || read != len(src) || n == 0 || n > 4 {
			return 0
		}
		if r, _ := utf8.DecodeRune(dst[:n]); r == utf8.RuneError {
			return 0
		}
		return cellOf(dst[:n])
	}
	for first := 0x80; first < 0x100; first++ {
		t.single[first-0x80] = lookup([]byte{byte(first)})
		if t.single[first-0x80] != 0 {
			continue
		}
		for second := firstTrail; second < 0x100; second++ {
			c := lookup([]byte{byte(first), byte(second)})
			// A decoder that reads the second byte by itself gives two
			// characters, the first of them U+FFFD; lookup has dropped these.
			t.double[(first-0x80)*trails+second-firstTrail] = c
			if c != 0 {
				t.lead[first-0x80] = true
			}
		}
	}
	return t
}

// next describes the character at the beginning of b, which is not ASCII: its
// cell, and how many bytes it takes. An empty cell means that these bytes do not
// decode; they are never more than what a reader would lose by skipping them.
func (t *table) next(b []byte) (c cell, size int) {
	first := b[0] - 0x80
	if c = t.single[first]; c != 0 {
		return c, 1
	}
	if !t.lead[first] || len(b) < 2 {
		return 0, 1
	}
	second := b[1]
	if second >= firstTrail {
		if c = t.double[int(first)*trails+int(second-firstTrail)]; c != 0 {
			return c, 2
		}
	} else if t.long != nil && len(b) >= 4 && isFour(b) {
		return t.four(b[:4])
	}
	if second < utf8.RuneSelf {
		return 0, 1 // the second byte may be text of its own
	}
	return 0, 2
}

// isFour reports whether b has the shape of a four-byte character of GB18030.
func isFour(b []byte) bool {
	return b[0] >= 0x81 && b[0] < 0xFF && b[1] >= 0x30 && b[1] <= 0x39 &&
		b[2] >= 0x81 && b[2] < 0xFF && b[3] >= 0x30 && b[3] <= 0x39
}

// four decodes a four-byte character of GB18030. They are rare, so that asking
// x/text is fast enough.
func (t *table) four(b []byte) (c cell, size int) {
	var dst [16]byte
	n, read, err := t.long.NewDecoder().Transformer.Transform(dst[:], b, true)
	if r, w := utf8.DecodeRune(dst[:n]); err != nil || read != 4 || w != n || r == utf8.RuneError {
		return 0, 1
	}
	return cellOf(dst[:n]), 4
}

// append appends src in UTF-8 to dst.
func (t *table) append(dst, src []byte) ([]byte, int) {
	bad := 0
	for len(src) > 0 {
		n := FirstNonASCII(src)
		if n < 0 {
			return append(dst, src...), bad
		}
		dst = append(dst, src[:n]...)
		src = src[n:]
		const most = 2048
		dst = slices.Grow(dst, 3*min(len(src), most)+8)
		read, wrote, invalid := t.run(dst[len(dst):cap(dst)], src, most)
		dst, src, bad = dst[:len(dst)+wrote], src[read:], bad+invalid
	}
	return dst, bad
}

// run decodes characters that are not ASCII at the beginning of src, up to about
// most bytes, into dst, which has room for three times as many and a few more.
func (t *table) run(dst, src []byte, most int) (read, wrote, bad int) {
	for read < len(src) && read < most && src[read] >= utf8.RuneSelf {
		if read+1 < len(src) && src[read+1] >= firstTrail {
			c := t.double[int(src[read]-0x80)*trails+int(src[read+1]-firstTrail)]
			if c != 0 {
				binary.LittleEndian.PutUint32(dst[wrote:], uint32(c))
				wrote += c.size()
				read += 2
				continue
			}
		}
		c, size := t.next(src[read:])
		if c == 0 {
			bad += size
			wrote += copy(dst[wrote:], src[read:read+size])
		} else {
			binary.LittleEndian.PutUint32(dst[wrote:], uint32(c))
			wrote += c.size()
		}
		read += size
	}
	return read, wrote, bad
}

// boundary finds the last character that begins at or before n.
func (t *table) boundary(b []byte, n int) int {
	if n >= len(b) {
		return n
	}
	// No byte below 0x30 is ever the second or later one of a character, so
	// that the walk can start behind the nearest of them.
	at := n
	for at > 0 && b[at-1] >= 0x30 {
		at--
	}
	for at < n {
		size := 1
		if b[at] >= utf8.RuneSelf {
			_, size = t.next(b[at:])
		}
		if at+size > n {
			return at
		}
		at += size
	}
	return at
}
