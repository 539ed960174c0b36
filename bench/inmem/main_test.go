package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestCutKeepsWholeLines(t *testing.T) {
	logs := map[string]string{
		"empty":         "",
		"short":         "one\ntwo\n",
		"no end":        strings.Repeat("0123456789abcdef\n", 200_000) + "tail",
		"one long line": strings.Repeat("x", 3*blockSize) + "\nshort\n",
		"only a line":   strings.Repeat("x", 3*blockSize),
	}
	for name, log := range logs {
		blocks := cut([]byte(log))
		if string(bytes.Join(blocks, nil)) != log {
			t.Errorf("%s: blocks do not give back the log", name)
		}
		for i, b := range blocks[:len(blocks)-1] {
			if len(b) == 0 || b[len(b)-1] != '\n' {
				t.Errorf("%s: block %d does not end with a line", name, i)
			}
			if len(b) > blockSize && bytes.Count(b, []byte("\n")) != 1 {
				t.Errorf("%s: block %d holds %d bytes", name, i, len(b))
			}
		}
	}
}
