package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"wsalog/rules"
)

// writeLiterals writes the realistic literal set of tests and benchmarks: "~" before
// a literal that folds, "=" before one that does not. It is a snapshot: figures stay
// comparable while the catalogue grows, so write it anew with care.
func writeLiterals() error {
	var out bytes.Buffer
	seen := map[string]bool{}
	add := func(mark, text string) {
		if key := strings.ToLower(text); len(text) >= 4 && !seen[key] {
			seen[key] = true
			out.WriteString(mark + text + "\n")
		}
	}
	for _, c := range rules.Codes() {
		add("~", c.Name)
		for _, alias := range c.Aliases {
			add("~", alias)
		}
		add("=", c.LibuvName)
		for _, number := range []int{c.Libuv, c.LibuvEAI} {
			if number != 0 {
				add("=", fmt.Sprint(number))
			}
		}
		if c.Number < rules.First {
			continue
		}
		for _, head := range []string{"0x", "0x0000", "8007", "8000"} {
			add("~", fmt.Sprintf("%s%04X", head, c.Number))
		}
		add("=", fmt.Sprint(c.HresultSigned()))
		add("=", fmt.Sprint(c.Hresult()))
		add("=", fmt.Sprint(c.APR()))
	}
	for _, p := range rules.Phrases() {
		add("~", p.Text)
	}
	return os.WriteFile("testdata/literals.txt", out.Bytes(), 0o666)
}
