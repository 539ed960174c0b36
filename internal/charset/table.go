package charset

import (
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// textEncoding is what x/text offers for each legacy encoding.
type textEncoding = encoding.Encoding

// A cell is one character in UTF-8. A few of Big5 are two code points.
type cell struct {
	text [4]byte
	size uint8 // 0 when nothing is assigned
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
	lookup := func(src []byte) (c cell) {
		var dst [16]byte
		dec.Reset()
		n, read, err := dec.Transformer.Transform(dst[:], src, true)
		if err != nil || read != len(src) || n == 0 || n > len(c.text) {
			return cell{}
		}
		if r, _ := utf8.DecodeRune(dst[:n]); r == utf8.RuneError {
			return cell{}
		}
		c.size = uint8(copy(c.text[:], dst[:n]))
		return c
	}
	for first := 0x80; first < 0x100; first++ {
		t.single[first-0x80] = lookup([]byte{byte(first)})
		if t.single[first-0x80].size > 0 {
			continue
		}
		for second := firstTrail; second < 0x100; second++ {
			c := lookup([]byte{byte(first), byte(second)})
			// A decoder that reads the second byte by itself gives two
			// characters, the first of them U+FFFD; lookup has dropped these.
			t.double[(first-0x80)*trails+second-firstTrail] = c
			if c.size > 0 {
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
	if c = t.single[first]; c.size > 0 {
		return c, 1
	}
	if !t.lead[first] || len(b) < 2 {
		return cell{}, 1
	}
	second := b[1]
	if second >= firstTrail {
		if c = t.double[int(first)*trails+int(second-firstTrail)]; c.size > 0 {
			return c, 2
		}
	} else if t.long != nil && len(b) >= 4 && isFour(b) {
		return t.four(b[:4])
	}
	if second < utf8.RuneSelf {
		return cell{}, 1 // the second byte may be text of its own
	}
	return cell{}, 2
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
		return cell{}, 1
	}
	c.size = uint8(copy(c.text[:], dst[:n]))
	return c, 4
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
		for len(src) > 0 && src[0] >= utf8.RuneSelf {
			c, size := t.next(src)
			if c.size == 0 {
				bad += size
				dst = append(dst, src[:size]...)
			} else {
				dst = append(dst, c.text[:c.size]...)
			}
			src = src[size:]
		}
	}
	return dst, bad
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
