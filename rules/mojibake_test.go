package rules

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

var update = flag.Bool("update", false, "rewrite generated files")

// A garbling is a pair of code pages that programs mix up: text is written in one
// and read in the other.
type garbling struct {
	langs         []string
	name          string
	write, readAs encoding.Encoding
}

var garblings = []garbling{
	{[]string{"zh-CN", "zh-TW", "ja", "ko", "ru", "fr", "es", "pt", "it", "de", "pl", "tr", "cs"}, "UTF-8 read as windows-1252", encoding.Nop, charmap.Windows1252},
	{[]string{"zh-CN"}, "UTF-8 read as GBK", encoding.Nop, simplifiedchinese.GBK},
	{[]string{"zh-CN"}, "GBK read as windows-1252", simplifiedchinese.GBK, charmap.Windows1252},
	{[]string{"ru"}, "windows-1251 read as windows-1252", charmap.Windows1251, charmap.Windows1252},
	{[]string{"ru"}, "UTF-8 read as windows-1251", encoding.Nop, charmap.Windows1251},
	{[]string{"ru"}, "code page 866 read as windows-1251", charmap.CodePage866, charmap.Windows1251},
	{[]string{"ru"}, "windows-1251 read as code page 866", charmap.Windows1251, charmap.CodePage866},
}

var garbledCodes = []int{10013, 10048, 10049, 10051, 10053, 10054, 10060, 10061, 10065, 11001}

// minGarbled is how many characters of garbled text are distinctive.
const minGarbled = 8

// latin are the languages whose texts stay readable where a program lost the
// letters above ASCII.
var latin = []string{"fr", "es", "pt", "it", "de", "pl", "tr", "cs", "sv", "hu"}

// losses are what programs print for a letter that they lost.
var losses = []string{"\uFFFD", "?"}

// lose returns the text with its letters above ASCII lost, or "" where little is
// left to go by.
func lose(text, sign string) string {
	var b strings.Builder
	lost := 0
	for _, r := range text {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
		} else {
			b.WriteString(sign)
			lost++
		}
	}
	if lost == 0 || lost*5 > utf8.RuneCountInString(text) {
		return ""
	}
	return b.String()
}

// garble returns the longest piece of the text that survives the mix-up, or "".
func (g garbling) garble(text string) string {
	raw, err := g.write.NewEncoder().Bytes([]byte(text))
	if err != nil {
		return ""
	}
	read, err := g.readAs.NewDecoder().Bytes(raw)
	if err != nil {
		return ""
	}
	longest := ""
	for _, piece := range strings.FieldsFunc(string(read), func(r rune) bool { return r == utf8.RuneError || r < ' ' || r >= 0x7F && r < 0xA0 }) {
		if len(piece) > len(longest) {
			longest = piece
		}
	}
	longest = strings.TrimSpace(longest)
	if utf8.RuneCountInString(longest) < minGarbled || strings.Contains(text, longest) {
		return ""
	}
	return longest
}

// TestMojibake keeps messages/mojibake.tsv in step with the other message files:
// the commonest ways in which system texts are garbled and still recognisable.
func TestMojibake(t *testing.T) {
	var want bytes.Buffer
	want.WriteString("code\tphrase\tneeds\talso\tsource\n")
	rows := 0
	for _, g := range garblings {
		done := map[string]int{}
		for _, p := range phrasesOfFiles(t) {
			key := fmt.Sprint(p.Lang, p.Code)
			if !slices.Contains(g.langs, p.Lang) || !slices.Contains(garbledCodes, p.Code) || p.NeedsSocket || done[key] == 1 {
				continue
			}
			if text := g.garble(p.Text); text != "" {
				fmt.Fprintf(&want, "%d\t%s\t-\t-\t%s, %s\n", p.Code, text, p.Lang, g.name)
				done[key]++
				rows++
			}
		}
	}
	for _, p := range phrasesOfFiles(t) {
		if !slices.Contains(latin, p.Lang) || !slices.Contains(garbledCodes, p.Code) || p.NeedsSocket {
			continue
		}
		for _, sign := range losses {
			if text := lose(p.Text, sign); text != "" {
				fmt.Fprintf(&want, "%d\t%s\t-\t-\t%s, letters lost\n", p.Code, text, p.Lang)
				rows++
			}
		}
	}
	if rows < 50 {
		t.Fatalf("only %d garbled phrases", rows)
	}
	const file = "messages/mojibake.tsv"
	if *update {
		if err := os.WriteFile(file, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want.Bytes()) {
		t.Errorf("%s is out of date: go test ./rules -run Mojibake -update", file)
	}
}
