package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// marshal encodes v as compact JSON in which, as in appendJSON, no character can
// steer a terminal. Characters of HTML stay as they are.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode JSON: %w", err)
	}
	return tame(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}

// tame escapes what steers a terminal. In JSON such characters stand only within
// strings.
func tame(b []byte) []byte {
	var out []byte
	from := 0
	for i := 0; i < len(b); {
		r, n := rune(b[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(b[i:])
		}
		if r == 0x7F || r >= utf8.RuneSelf && steers(r) {
			out = appendU(append(out, b[from:i]...), r)
			from = i + n
		}
		i += n
	}
	if out == nil {
		return b
	}
	return append(out, b[from:]...)
}
