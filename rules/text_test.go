package rules

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/mattn/go-runewidth"
)

// Room that the annotation and the tables have, in display cells.
const (
	maxWordCells  = 24
	maxCauseCells = 70
)

// otherCalls are functions that texts speak of and the table of functions lacks.
var otherCalls = map[string]bool{
	"getnameinfo":           true,
	"getprotobyname":        true,
	"getservbyname":         true,
	"wsaasyncgethostbyname": true,
	"wsacancelasyncrequest": true,
	"wsajoinleaf":           true,
}

// twins are pairs of numbers for one condition, which Windows itself describes
// with the same text; they may share their word.
var twins = map[int]int{10110: 10102, 10111: 10103}

func langs() []Lang { return []Lang{English, Chinese} }

func cells(s string) int {
	c := runewidth.NewCondition()
	c.EastAsianWidth = false
	return c.StringWidth(s)
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

func TestTextsAreComplete(t *testing.T) {
	for _, lang := range langs() {
		for _, c := range Codes() {
			t.Run(fmt.Sprintf("%s/%d", lang, c.Number), func(t *testing.T) {
				checkText(t, lang, TextOf(c.Number, lang))
			})
		}
	}
}

func checkText(t *testing.T, lang Lang, x *Text) {
	checkShort(t, lang, "word", x.Word, maxWordCells)
	checkShort(t, lang, "cause", x.Cause, maxCauseCells)
	checkSentence(t, lang, "meaning", x.Meaning)
	for name, list := range map[string][]string{"causes": x.Causes, "checks": x.Checks} {
		if len(list) < 2 || len(list) > 5 {
			t.Errorf("%d %s, want 2 to 5", len(list), name)
		}
		for _, entry := range list {
			checkEntry(t, lang, name, entry)
		}
	}
	for _, note := range x.Notes {
		checkSentence(t, lang, "note", note)
	}
	for _, c := range x.ByCall {
		call, d := c.Call, c.Detail()
		if call != strings.ToLower(call) {
			t.Errorf("by_call.%s: want lower case", call)
		}
		if !isFunction(call) && callFamily()[call] == "" && !otherCalls[call] {
			t.Errorf("by_call.%s: no such function", call)
		}
		if d == (Detail{}) {
			t.Errorf("by_call.%s says nothing", call)
		}
		if d.Cause != "" {
			checkShort(t, lang, call+" cause", d.Cause, maxCauseCells)
		}
		if d.Meaning != "" {
			checkSentence(t, lang, call+" meaning", d.Meaning)
		}
	}
}

// checkShort checks words that stand inside an annotation.
func checkShort(t *testing.T, lang Lang, what, s string, max int) {
	t.Helper()
	checkLanguage(t, lang, what, s)
	if w := cells(s); w > max {
		t.Errorf("%s takes %d cells, want at most %d: %s", what, w, max, s)
	}
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "。") {
		t.Errorf("%s ends in a full stop: %s", what, s)
	}
}

func checkSentence(t *testing.T, lang Lang, what, s string) {
	t.Helper()
	checkLanguage(t, lang, what, s)
	stop := map[Lang]string{English: ".", Chinese: "。"}[lang]
	if !strings.HasSuffix(s, stop) {
		t.Errorf("%s does not end in %q: %s", what, stop, s)
	}
}

// checkEntry checks one line of a list; it may be a bare command.
func checkEntry(t *testing.T, lang Lang, what, s string) {
	t.Helper()
	if strings.TrimSpace(s) == "" {
		t.Errorf("%s has an empty entry", what)
	}
	if lang == English && hasHan(s) {
		t.Errorf("%s in English holds Han characters: %s", what, s)
	}
	if strings.Count(s, "`")%2 != 0 {
		t.Errorf("%s: a backquote has no partner: %s", what, s)
	}
}

func checkLanguage(t *testing.T, lang Lang, what, s string) {
	t.Helper()
	switch {
	case s == "" || s != strings.TrimSpace(s):
		t.Errorf("%s is empty or has blanks at its ends: %q", what, s)
	case strings.ContainsAny(s, "\n\r\t«"):
		t.Errorf("%s holds a character that would break an annotation: %q", what, s)
	case lang == Chinese && !hasHan(s):
		t.Errorf("%s in Chinese holds no Han character: %s", what, s)
	case lang == English && hasHan(s):
		t.Errorf("%s in English holds Han characters: %s", what, s)
	}
}

// Two codes with one word could not be told apart in a summary.
func TestTextWordsAreDistinct(t *testing.T) {
	for _, lang := range langs() {
		seen := make(map[string]int)
		for _, c := range Codes() {
			w := TextOf(c.Number, lang).Word
			if other, ok := seen[w]; ok && twins[c.Number] != other {
				t.Errorf("%s: %d and %d share the word %q", lang, other, c.Number, w)
			}
			seen[w] = c.Number
		}
	}
}

// Both languages must tell the reader the same cases.
func TestTextLanguagesAgree(t *testing.T) {
	for _, c := range Codes() {
		en, zh := TextOf(c.Number, English), TextOf(c.Number, Chinese)
		for _, x := range en.ByCall {
			if _, ok := zh.own(x.Call); !ok {
				t.Errorf("%d: by_call.%s is missing in Chinese", c.Number, x.Call)
			}
		}
		for _, x := range zh.ByCall {
			if _, ok := en.own(x.Call); !ok {
				t.Errorf("%d: by_call.%s is missing in English", c.Number, x.Call)
			}
		}
	}
}

func TestTextOfUnknown(t *testing.T) {
	for _, n := range []int{-1, 0, 10012, 11034} {
		x := TextOf(n, English)
		if x == nil || x.Word != "" {
			t.Errorf("TextOf(%d) = %+v, want an empty text", n, x)
		}
		if d := x.For("connect"); d != (Detail{}) {
			t.Errorf("TextOf(%d).For = %+v, want nothing", n, d)
		}
	}
	if x := TextOf(10061, Lang(99)); x == nil || x.Word != "" {
		t.Errorf("unknown language: %+v, want an empty text", x)
	}
}

func TestTextFor(t *testing.T) {
	x := &Text{Cause: "general cause", Meaning: "General.", ByCall: []CallText{
		{Call: "connect", Cause: "c cause", Meaning: "C."},
		{Call: "connectex", Cause: "ex cause", Meaning: "Ex."},
		{Call: "recv", Meaning: "R."},
		{Call: "send", Cause: "s cause"},
	}}
	tests := []struct{ call, cause, meaning string }{
		{"", "general cause", "General."},
		{"bind", "general cause", "General."},
		{"connect", "c cause", "C."},
		{"WSAConnect", "c cause", "C."},
		{"connectex", "ex cause", "Ex."},
		{"WSARecv", "general cause", "R."},
		{"wsasend", "s cause", "General."},
		{"sendto", "general cause", "General."},
		{"no such call", "general cause", "General."},
	}
	for _, tt := range tests {
		if got, want := x.For(tt.call), (Detail{tt.cause, tt.meaning}); got != want {
			t.Errorf("For(%q) = %+v, want %+v", tt.call, got, want)
		}
	}
}

func TestCallFamily(t *testing.T) {
	for call, family := range callFamily() {
		if call != strings.ToLower(call) || family != strings.ToLower(family) {
			t.Errorf("%s: %s: want lower case", call, family)
		}
		if _, chained := callFamily()[family]; chained {
			t.Errorf("%s leads to %s, which has a family itself", call, family)
		}
		if !isFunction(family) {
			t.Errorf("%s: no such function as %s", call, family)
		}
	}
}

func TestParseTextsErrors(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"unknown field", "[10061]\nword = \"refused\"\nwhy = \"x\"\n", "f.toml:3"},
		{"unknown field of a call", "[10061.by_call.connect]\nword = \"x\"\n", "f.toml:2"},
		{"syntax", "[10061]\nword = refused\n", "f.toml:2"},
		{"not a number", "[refused]\nword = \"x\"\n", "the number of a code"},
		{"no such code", "[10012]\nword = \"x\"\n", "no such code"},
		{"wrong part", "[11001]\nword = \"x\"\n", "database.toml"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := parseTexts("f.toml", []byte(tt.data), Berkeley)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("error %v, want one with %q", err, tt.want)
			}
		})
	}
}
