package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wsalog/rules"
)

// TestEverySpellingIsExplained asks for each of the codes in each of its
// spellings.
func TestEverySpellingIsExplained(t *testing.T) {
	if len(rules.Codes()) != 97 {
		t.Fatalf("%d codes", len(rules.Codes()))
	}
	w := newWorld()
	w.words = english
	for i := range rules.Codes() {
		c := &rules.Codes()[i]
		asks := []string{
			strconv.Itoa(c.Number), c.Name, strings.ToLower(c.Name), strings.ToLower(c.Name[:4]) + c.Name[4:],
			c.Hex(), strings.ToLower(c.Hex()), c.HresultHex(), fmt.Sprintf("%08x", c.Hresult()),
			strconv.FormatInt(int64(c.HresultSigned()), 10), strconv.FormatUint(uint64(c.Hresult()), 10),
		}
		asks = append(asks, c.Aliases...)
		if c.DotNet != "" {
			asks = append(asks, c.DotNet, "SocketError."+c.DotNet)
		}
		if c.Posix != "" {
			asks = append(asks, c.Posix)
		}
		if c.Libuv != 0 {
			asks = append(asks, strconv.Itoa(c.Libuv), "−"+strconv.Itoa(-c.Libuv), "UV_"+c.LibuvName)
		}
		if c.Number >= rules.First {
			asks = append(asks, fmt.Sprintf("%08X", c.OpenSSL()), strconv.Itoa(c.APR()), fmt.Sprintf("E%d", c.APR()))
		}
		for _, ask := range asks {
			found := w.lookup(ask)
			if !slices.ContainsFunc(found, func(f finding) bool { return f.number == c.Number }) {
				t.Errorf("%s: %q gives %v", c.Name, ask, found)
			}
		}
	}
	for _, r := range rules.RelatedCodes() {
		for _, ask := range []string{strconv.Itoa(r.Number), r.Name, strings.ToLower(r.Name)} {
			if found := w.lookup(ask); len(found) != 1 || found[0].number != r.Number {
				t.Errorf("%s: %q gives %v", r.Name, ask, found)
			}
		}
	}
}

// TestEveryPhraseIsExplained asks for the system texts of every language.
func TestEveryPhraseIsExplained(t *testing.T) {
	w := newWorld()
	w.words = english
	asked := 0
	for _, p := range rules.Phrases() {
		if p.Lang != "en" && p.Lang != "zh-CN" && p.Lang != "de" && p.Lang != "ja" {
			continue
		}
		asked++
		found := w.byPhrase(p.Text)
		if !slices.ContainsFunc(found, func(f finding) bool { return f.number == p.Code }) && !tooShort(fold(p.Text)) {
			t.Errorf("%s %q gives %v, not %d", p.Lang, p.Text, found, p.Code)
		}
	}
	if asked < 100 {
		t.Errorf("only %d phrases", asked)
	}
}

// TestEveryPageIsComplete: in both languages each code has a meaning, causes and
// checks, and its page fits every width.
func TestEveryPageIsComplete(t *testing.T) {
	for _, lang := range []rules.Lang{rules.English, rules.Chinese} {
		w := newWorld()
		w.words = wordsOf(lang)
		for i := range rules.Codes() {
			p := newPage(finding{number: rules.Codes()[i].Number}, lang)
			if p.Word == "" || p.Meaning == "" || len(p.Causes) == 0 || len(p.Checks) == 0 {
				t.Errorf("%s %d: word %q, meaning %q, %d causes, %d checks", lang, p.Code, p.Word, p.Meaning, len(p.Causes), len(p.Checks))
			}
			for _, width := range []int{20, 40, 80} {
				ts := &typesetter{words: w.words, width: width}
				ts.glyph.Dot = " · "
				ts.page(p)
				for _, line := range strings.Split(ts.b.String(), "\n") {
					if n := ts.cells.Width(line); n > width {
						t.Errorf("%s %d: %d cells at width %d: %q", lang, p.Code, n, width, line)
					}
				}
			}
		}
	}
}

func TestExplainExitCodes(t *testing.T) {
	tests := []struct {
		args   []string
		code   int
		stdout string
		stderr string
	}{
		{[]string{"explain", "10061"}, 0, "WSAECONNREFUSED", ""},
		{[]string{"explain", "-2147014836"}, 0, "WSAETIMEDOUT", ""},
		{[]string{"explain", "actively", "refused"}, 0, "WSAECONNREFUSED", ""},
		{[]string{"explain", "connect", "error", "10060"}, 0, "WSAETIMEDOUT", ""},
		{[]string{"explain", "10061 10054"}, 0, "WSAECONNRESET", ""},
		{[]string{"explain", "address already in use"}, 0, "10048  WSAEADDRINUSE", ""},
		{[]string{"explain", "timeout"}, 0, "10060  WSAETIMEDOUT", ""},
		{[]string{"explain", "Wsl/Service/0x8007274c"}, 0, "10060  WSAETIMEDOUT", ""},
		{[]string{"explain", "getaddrinfo", "ENOTFOUND"}, 0, "11001  WSAHOST_NOT_FOUND", ""},
		{[]string{"explain", "connection", "refused"}, 0, "10061  WSAECONNREFUSED", ""},
		{[]string{"explain", "Connection reset by peer"}, 0, "10054  WSAECONNRESET", ""},
		{[]string{"explain", "连接被拒绝"}, 0, "10061  WSAECONNREFUSED", ""},
		{[]string{"explain", "port", "in", "use"}, 0, "10048  WSAEADDRINUSE", ""},
		{[]string{"explain", "No connection could be made"}, 0, "10061  WSAECONNREFUSED", ""},
		{[]string{"explain", "No", "connection", "could", "be", "made"}, 0, "10061  WSAECONNREFUSED", ""},
		{[]string{"explain", "Es konnte keine Verbindung hergestellt werden"}, 0, "10061  WSAECONNREFUSED", ""},
		{[]string{"explain", "An existing connection was"}, 0, "10054  WSAECONNRESET", ""},
		{[]string{"explain", "A connection attempt failed because the"}, 0, "10060  WSAETIMEDOUT", ""},
		{[]string{"explain", "no connection could be found for the printer in the hall"}, 2, "", "is no WinSock code"},
		{[]string{"explain", "no", "such", "luck"}, 2, "", "no such luck"},
		{[]string{"explain", "连接超时"}, 0, "10060  WSAETIMEDOUT", ""},
		{[]string{"explain", "10054", "10999"}, 2, "WSAECONNRESET", "10999"},
		{[]string{"explain", "61"}, 2, "", "10061 WSAECONNREFUSED"},
		{[]string{"explain", "xyzzy"}, 2, "", "xyzzy"},
		{[]string{"explain", ""}, 2, "", ""},
		{[]string{"explain"}, 2, "", "name what to explain"},
	}
	for _, test := range tests {
		code, stdout, stderr := runs(t, newWorld(), test.args...)
		if code != test.code || !strings.Contains(stdout, test.stdout) || !strings.Contains(stderr, test.stderr) {
			t.Errorf("%q: exit %d, want %d\n%s\n%s", test.args, code, test.code, stdout, stderr)
		}
	}
}

func TestExplainJSONIsStrict(t *testing.T) {
	_, stdout, _ := runs(t, newWorld(), "explain", "--format", "json", "10061", "ECONNRESET", "64")
	dec := json.NewDecoder(strings.NewReader(stdout))
	dec.DisallowUnknownFields()
	var pages []page
	if err := dec.Decode(&pages); err != nil {
		t.Fatal(err)
	}
	if len(pages) != 3 || pages[0].Code != 10061 || pages[1].Code != 10054 || pages[2].TwinOf != 10054 {
		t.Errorf("%+v", pages)
	}
}

// TestAnswersRepeatTheQuestion has negative numbers come back with the hyphen that
// was typed, which programs read as a sign.
func TestAnswersRepeatTheQuestion(t *testing.T) {
	if code, out, errs := runs(t, newWorld(), "explain", "-4078", "--format", "json"); code != exitOK ||
		!strings.Contains(out, `"query": "-4078"`) {
		t.Errorf("%d, %s%s", code, out, errs)
	}
	if code, out, errs := runs(t, newWorld(), "explain", "-99"); code != exitTrouble || !strings.Contains(errs, `"-99" is no`) {
		t.Errorf("%d, %s%s", code, out, errs)
	}
}

func TestSharedRun(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "a", 0}, {"a", "", 0}, {"a", "a", 1}, {"a b c", "c b a", 1},
		{"x a b c y", "a b c d", 3}, {"a a a b", "a a b", 3}, {"a b x a b c", "a b c", 3}, {"a b c", "x y z", 0},
	}
	for _, test := range tests {
		if got := sharedRun(strings.Fields(test.a), strings.Fields(test.b)); got != test.want {
			t.Errorf("%q and %q share %d words, want %d", test.a, test.b, got, test.want)
		}
	}
}

// TestTiesAreAllTold: where texts of several codes share as much, none is kept
// back.
func TestTiesAreAllTold(t *testing.T) {
	w := newWorld()
	w.words = english
	found := w.bySharedRun("A socket operation was attempted to an unreachable")
	var codes []int
	for _, f := range found {
		codes = append(codes, f.number)
	}
	for _, want := range []int{10051, 10065} {
		if !slices.Contains(codes, want) {
			t.Errorf("%d is missing in %v", want, codes)
		}
	}
}

// TestSuggestions: numbers of other systems are named, slips are set right, and
// for a number that is far from every code nothing is guessed.
func TestSuggestions(t *testing.T) {
	tests := []struct{ query, want string }{
		{"111", "on Linux 111 is ECONNREFUSED; in WinSock that is 10061 WSAECONNREFUSED"},
		{"104", "10054 WSAECONNRESET"}, {"110", "10060 WSAETIMEDOUT"}, {"113", "10065 WSAEHOSTUNREACH"},
		{"98", "10048 WSAEADDRINUSE"}, {"99", "10049 WSAEADDRNOTAVAIL"}, {"101", "10051 WSAENETUNREACH"},
		{"13", "10013 WSAEACCES"}, {"32", "EPIPE; in WinSock that is 10058 WSAESHUTDOWN"},
		{"12029", "WinHTTP and WinINet"}, {"12200", "WinHTTP and WinINet"}, {"12201", ""}, {"5000000", ""}, {"7", ""},
		{"61", "10061 WSAECONNREFUSED"}, {"10999", "nearest: 11001 WSAHOST_NOT_FOUND"},
	}
	for _, test := range tests {
		code, _, stderr := runs(t, newWorld(), "explain", test.query)
		if code != exitTrouble || !strings.Contains(stderr, test.want) {
			t.Errorf("%s: exit %d, %q", test.query, code, stderr)
		}
		if test.want == "" && (strings.Contains(stderr, "nearest") || strings.Contains(stderr, "WinHTTP")) {
			t.Errorf("%s: guessed %q", test.query, stderr)
		}
	}
}
