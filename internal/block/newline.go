// Package block cuts the raw bytes of a source into spans of whole lines. It
// knows how an encoding spells a line end, and nothing else about encodings.
package block

import "bytes"

// A Newline says how an encoding spells the end of a line. In the two UTF-16
// spellings only a 0x000A at an even offset counts, so the bytes that are
// searched must begin with the first byte of a code unit.
type Newline uint8

// The spellings of a line end.
const (
	Byte Newline = iota // one byte 0x0A: UTF-8 and every encoding that keeps ASCII
	LE                  // 0A 00
	BE                  // 00 0A
)

// Size returns the number of bytes of a line end.
func (n Newline) Size() int {
	if n == Byte {
		return 1
	}
	return 2
}

// First returns the offset just past the first line end in b, or 0 when b has none.
func (n Newline) First(b []byte) int {
	if n == Byte {
		return bytes.IndexByte(b, '\n') + 1
	}
	for from := 0; from < len(b); {
		i := bytes.IndexByte(b[from:], '\n')
		if i < 0 {
			return 0
		}
		if end := n.endAt(b, from+i); end > 0 {
			return end
		}
		from += i + 1
	}
	return 0
}

// Last returns the offset just past the last line end in b, or 0 when b has none.
func (n Newline) Last(b []byte) int {
	if n == Byte {
		return bytes.LastIndexByte(b, '\n') + 1
	}
	for to := len(b); to > 0; {
		i := bytes.LastIndexByte(b[:to], '\n')
		if i < 0 {
			return 0
		}
		if end := n.endAt(b, i); end > 0 {
			return end
		}
		to = i
	}
	return 0
}

// Count returns the number of line ends in b.
func (n Newline) Count(b []byte) int {
	if n == Byte {
		return bytes.Count(b, []byte{'\n'})
	}
	count := 0
	for {
		end := n.First(b)
		if end == 0 {
			return count
		}
		count++
		b = b[end:]
	}
}

// Skip returns the offset just past the k-th line end in b, or len(b) when b
// has fewer.
func (n Newline) Skip(b []byte, k int) int {
	at := 0
	for ; k > 0; k-- {
		end := n.First(b[at:])
		if end == 0 {
			return len(b)
		}
		at += end
	}
	return at
}

// endAt returns the offset past the UTF-16 line end whose 0x0A stands at i, or 0
// when that byte belongs to another character.
func (n Newline) endAt(b []byte, i int) int {
	switch {
	case n == LE && i%2 == 0 && i+1 < len(b) && b[i+1] == 0:
		return i + 2
	case n == BE && i%2 == 1 && b[i-1] == 0:
		return i + 1
	}
	return 0
}

// returnBefore reports whether the code unit that ends at i is a carriage return.
func (n Newline) returnBefore(b []byte, i int) bool {
	switch n {
	case LE:
		return i >= 2 && b[i-2] == '\r' && b[i-1] == 0
	case BE:
		return i >= 2 && b[i-1] == '\r' && b[i-2] == 0
	}
	return i >= 1 && b[i-1] == '\r'
}
