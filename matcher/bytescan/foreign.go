package bytescan

import "bytes"

// Foreign reports whether b holds text that is not ASCII: a byte above it, or the
// beginning of an escape, \u or &#, with which ASCII writes other characters.
func Foreign(b []byte) bool {
	return foreignImpl(b)
}

// foreignPlain is Foreign for machines without a kernel, and its specification.
func foreignPlain(b []byte) bool {
	for _, c := range b {
		if c >= 0x80 {
			return true
		}
	}
	return bytes.Contains(b, []byte(`\u`)) || bytes.Contains(b, []byte("&#"))
}
