package bytescan

import (
	"bytes"
	"encoding/binary"
)

// Foreign reports whether b holds text that is not ASCII: a byte above it, or the
// beginning of an escape, \u or &#, with which ASCII writes other characters.
func Foreign(b []byte) bool {
	return foreignImpl(b)
}

// foreignPlain is Foreign for machines without a kernel, and its specification.
func foreignPlain(b []byte) bool {
	const high = 0x8080808080808080
	rest := b
	for ; len(rest) >= 16; rest = rest[16:] {
		if (binary.LittleEndian.Uint64(rest)|binary.LittleEndian.Uint64(rest[8:]))&high != 0 {
			return true
		}
	}
	for _, c := range rest {
		if c >= 0x80 {
			return true
		}
	}
	return bytes.Contains(b, []byte(`\u`)) || bytes.Contains(b, []byte("&#"))
}
