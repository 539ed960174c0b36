//go:build purego || !gc || !amd64

package charset

import "unicode/utf8"

func valid(b []byte) bool { return utf8.Valid(b) }
