package main

import (
	"io"
	"unicode/utf8"
)

// A utf16Writer turns UTF-8, of which each Write gets whole characters, into
// UTF-16LE with a byte order mark.
type utf16Writer struct {
	w      io.Writer
	buf    []byte
	marked bool
}

// Write reports the bytes of p, not those that became of them.
func (u *utf16Writer) Write(p []byte) (int, error) {
	b := u.buf[:0]
	if !u.marked {
		b = append(b, 0xFF, 0xFE)
		u.marked = true
	}
	for i := 0; i < len(p); {
		if p[i] < utf8.RuneSelf {
			b = append(b, p[i], 0)
			i++
			continue
		}
		r, size := utf8.DecodeRune(p[i:])
		i += size
		if r > 0xFFFF {
			r -= 0x10000
			b = appendUnit(b, 0xD800+r>>10)
			r = 0xDC00 + r&0x3FF
		}
		b = appendUnit(b, r)
	}
	u.buf = b
	if _, err := u.w.Write(b); err != nil {
		return 0, err
	}
	return len(p), nil
}

func appendUnit(b []byte, r rune) []byte { return append(b, byte(r), byte(r>>8)) }
