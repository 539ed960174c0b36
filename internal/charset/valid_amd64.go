//go:build !purego && gc && amd64

package charset

import (
	"unicode/utf8"

	"golang.org/x/sys/cpu"
)

// validAVX2 reports whether b, whose length is a multiple of 32, is valid UTF-8 but for
// a character at its end that is not complete. The tables are those of J. Keiser and
// D. Lemire, "Validating UTF-8 In Less Than One Instruction Per Byte", 2020.
//
//go:noescape
func validAVX2(b []byte) bool

// valid is utf8.Valid.
func valid(b []byte) bool {
	if !cpu.X86.HasAVX2 || len(b) < 32 {
		return utf8.Valid(b)
	}
	n := len(b) &^ 31
	rest := n // where the last character before n begins, which may not end there
	for k := n - 1; k >= n-3; k-- {
		if b[k] >= 0xC0 {
			rest = k
			break
		}
	}
	return validAVX2(b[:n]) && utf8.Valid(b[rest:])
}
