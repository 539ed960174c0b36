package source

import (
	"bytes"
	"encoding/binary"

	"wsalog/internal/charset"
)

// A packing is a way in which content is compressed.
type packing uint8

const (
	plain packing = iota
	gzipped
	bzipped
	xzipped
	zstandard
	zipped
)

var packingNames = [...]string{"plain", "gzip", "bzip2", "xz", "zstd", "zip"}

func (p packing) String() string { return packingNames[p] }

// magics are the first bytes of each packing (RFC 1952; the bzip2 block and end
// marks, which are pi and its square root; the xz file format 1.2; RFC 8878; PKWARE
// APPNOTE 4.3.7, 4.3.16 and 8.5.3). A zero in mask lets that byte be anything.
var magics = []struct {
	packing     packing
	bytes, mask []byte
}{
	{gzipped, []byte{0x1f, 0x8b, 8}, nil},
	{bzipped, []byte("BZh0\x31\x41\x59\x26\x53\x59"), []byte{1, 1, 1, 0, 1, 1, 1, 1, 1, 1}},
	{bzipped, []byte("BZh0\x17\x72\x45\x38\x50\x90"), []byte{1, 1, 1, 0, 1, 1, 1, 1, 1, 1}},
	{xzipped, []byte("\xfd7zXZ\x00"), nil},
	{zstandard, []byte{0x28, 0xb5, 0x2f, 0xfd}, nil},
	{zipped, []byte("PK\x03\x04"), nil},
	{zipped, []byte("PK\x05\x06"), nil},
	{zipped, []byte("PK\x07\x08PK\x03\x04"), nil},
}

// packingOf recognises the packing of content that begins with head. It answers
// undecided while head is shorter than a magic number that it could still become.
func packingOf(head []byte) (p packing, decided bool) {
	decided = true
	for _, m := range magics {
		n := min(len(head), len(m.bytes))
		if !matchesMask(head[:n], m.bytes, m.mask) {
			continue
		}
		if n == len(m.bytes) {
			return m.packing, true
		}
		decided = false
	}
	if n := min(len(head), 4); n > 1 && isSkippable(head[:n]) {
		// A zstd file may begin with frames that carry no content.
		if n == 4 {
			return zstandard, true
		}
		decided = false
	} else if n == 1 && head[0]&0xf0 == 0x50 {
		decided = false
	}
	return plain, decided
}

func matchesMask(b, want, mask []byte) bool {
	for i := range b {
		if b[i] != want[i] && (mask == nil || mask[i] != 0) {
			return false
		}
	}
	return true
}

// isSkippable reports whether b begins like a zstd skippable frame.
func isSkippable(b []byte) bool {
	return b[0]&0xf0 == 0x50 && bytes.HasPrefix([]byte{0x2a, 0x4d, 0x18}, b[1:])
}

// isBinary guesses from the first bytes of a file whether it is no text in any
// encoding: it holds a NUL and is not UTF-16 or UTF-32. What has no mark must be
// free of NUL characters: tables of small numbers look like UTF-16 otherwise.
func isBinary(head []byte) bool {
	head = head[:min(len(head), 8192)]
	if bytes.IndexByte(head, 0) < 0 {
		return false
	}
	if markedUnit(head).width > 0 {
		return false
	}
	return charset.UTF16Pattern(head, false) == nil || holdsNULUnit(head)
}

// holdsNULUnit reports whether one of the 16-bit units of b is 0.
func holdsNULUnit(b []byte) bool {
	for i := 0; i+2 <= len(b); i += 2 {
		if b[i]|b[i+1] == 0 {
			return true
		}
	}
	return false
}

// A unit is the size and order of the code units of a text.
type unit struct {
	width int // bytes: 1, 2 or 4; 0 while it is not known, which counts as 1
	big   bool
}

// unitOf finds the code unit of a text that begins with head: by its mark, else
// by where its NULs stand. Without a mark it answers what the text will be
// decoded as.
func unitOf(head []byte) unit {
	if u := markedUnit(head); u.width > 0 {
		return u
	}
	switch charset.UTF16Pattern(head, false) {
	case charset.UTF16LE:
		return unit{width: 2}
	case charset.UTF16BE:
		return unit{width: 2, big: true}
	}
	return unit{width: 1}
}

// markedUnit returns the code unit that a byte order mark tells, the zero unit
// where there is none.
func markedUnit(head []byte) unit {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe, 0, 0}):
		return unit{width: 4}
	case bytes.HasPrefix(head, []byte{0, 0, 0xfe, 0xff}):
		return unit{width: 4, big: true}
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return unit{width: 2}
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return unit{width: 2, big: true}
	}
	return unit{}
}

// isNewline reports whether the code unit at the start of b is a line feed. b
// must hold u.width bytes.
func (u unit) isNewline(b []byte) bool {
	switch {
	case u.width == 1:
		return b[0] == '\n'
	case u.width == 2 && u.big:
		return binary.BigEndian.Uint16(b) == '\n'
	case u.width == 2:
		return binary.LittleEndian.Uint16(b) == '\n'
	case u.big:
		return binary.BigEndian.Uint32(b) == '\n'
	}
	return binary.LittleEndian.Uint32(b) == '\n'
}

// lastLine returns the length of the part of b that ends with its last line
// feed, 0 if there is none. off is the offset of b in its file: units are
// aligned to the start of the file.
func (u unit) lastLine(b []byte, off int64) int {
	if u.width <= 1 {
		return bytes.LastIndexByte(b, '\n') + 1
	}
	w := int64(u.width)
	end := (off+int64(len(b)))/w*w - off
	for i := end - w; i >= 0; i -= w {
		if u.isNewline(b[i:]) {
			return int(i + w)
		}
	}
	return 0
}
