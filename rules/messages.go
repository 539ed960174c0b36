package rules

import (
	"embed"
	"fmt"
	"path"
	"sort"
	"strconv"
	"strings"
	"sync"
)

//go:embed messages/*.tsv
var messageFiles embed.FS

// A Phrase is a distinctive piece of the Windows system text of a code.
type Phrase struct {
	Code        int
	Also        int    // a second code with the same text, or 0
	Lang        string // the language of the text, named like its file: "en", "zh-CN"
	Text        string
	NeedsSocket bool   // too short or too general to be believed on its own
	Source      string // where the wording was read
}

// Phrases returns the phrases of every language, by language and code.
func Phrases() []Phrase { return phrases() }

var phrases = sync.OnceValue(func() []Phrase {
	files, err := messageFiles.ReadDir("messages")
	if err != nil {
		panic("rules: internal error: " + err.Error())
	}
	all := make([]Phrase, 0, 1024)
	for _, f := range files {
		data, err := messageFiles.ReadFile("messages/" + f.Name())
		if err == nil {
			all, err = appendPhrases(all, f.Name(), string(data))
		}
		if err != nil {
			panic("rules: internal error: " + err.Error())
		}
	}
	return all
})

// appendPhrases parses one message file: a header line, then tab-separated
// code, phrase, needs ("-" or "socket"), also ("-" or a code), source.
func appendPhrases(dst []Phrase, name, data string) ([]Phrase, error) {
	lang := strings.TrimSuffix(path.Base(name), ".tsv")
	for n := 1; data != ""; n++ {
		var line string
		line, data, _ = strings.Cut(data, "\n")
		if n == 1 || line == "" {
			continue
		}
		p, err := parsePhrase(strings.TrimSuffix(line, "\r"))
		if err != nil {
			return nil, fmt.Errorf("messages/%s:%d: %w", name, n, err)
		}
		p.Lang = lang
		dst = append(dst, p)
	}
	return dst, nil
}

func parsePhrase(line string) (Phrase, error) {
	var p Phrase
	f := strings.Split(line, "\t")
	if len(f) != 5 {
		return p, fmt.Errorf("%d columns, want code, phrase, needs, also, source", len(f))
	}
	var err error
	if p.Code, err = strconv.Atoi(f[0]); err != nil {
		return p, fmt.Errorf("code %q is no number", f[0])
	}
	if f[3] != "-" {
		if p.Also, err = strconv.Atoi(f[3]); err != nil {
			return p, fmt.Errorf("also %q is no number", f[3])
		}
	}
	if f[2] != "-" && f[2] != "socket" {
		return p, fmt.Errorf("needs %q: use - or socket", f[2])
	}
	p.Text, p.NeedsSocket, p.Source = f[1], f[2] == "socket", f[4]
	return p, nil
}

// MessageLanguages lists the languages that have phrases, sorted.
func MessageLanguages() []string {
	seen := map[string]bool{}
	for _, p := range Phrases() {
		seen[p.Lang] = true
	}
	langs := make([]string, 0, len(seen))
	for l := range seen {
		langs = append(langs, l)
	}
	sort.Strings(langs)
	return langs
}
