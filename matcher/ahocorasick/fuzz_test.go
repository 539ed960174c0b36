package ahocorasick

import (
	"bytes"
	"testing"
)

// FuzzAppend reads patterns from lines; a line that begins with ~ folds.
func FuzzAppend(f *testing.F) {
	f.Add("he\nshe\nhis\n~HERS", "usHers and hershe")
	f.Add("~connection refused\nECONNREFUSED\n10061\n~0x274d", "Connection Refused (10061, 0X274D) ECONNREFUSED econnrefused")
	f.Add("aaaaa\naaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
	f.Add("\x00\xff\n\xff", "\xff\x00\xff")
	f.Fuzz(func(t *testing.T, words, haystack string) {
		if len(haystack) > 1<<10 || len(words) > 1<<9 {
			t.Skip("the naive search would take too long")
		}
		var ps []Pattern
		for w := range bytes.SplitSeq([]byte(words), []byte("\n")) {
			text, fold := bytes.CutPrefix(w, []byte("~"))
			if len(text) > 0 {
				ps = append(ps, Pattern{text, fold})
			}
		}
		check(t, ps, []byte(haystack))
	})
}
