package rules

import (
	"fmt"
	"strings"
	"testing"
)

func TestCatalogueIsSortedUniqueAndComplete(t *testing.T) {
	codes := Codes()
	if len(codes) != 97 {
		t.Errorf("%d codes, want 97", len(codes))
	}
	names := map[string]int{}
	for i, c := range codes {
		if i > 0 && codes[i-1].Number >= c.Number {
			t.Errorf("%d stands after %d", c.Number, codes[i-1].Number)
		}
		for _, n := range append([]string{c.Name}, c.Aliases...) {
			if other, ok := names[n]; ok {
				t.Errorf("%s names %d and %d", n, other, c.Number)
			}
			if n != strings.ToUpper(n) {
				t.Errorf("%s is not in upper case", n)
			}
			names[n] = c.Number
		}
		if !strings.HasPrefix(c.Name, "WSA") {
			t.Errorf("%d: canonical name %s", c.Number, c.Name)
		}
		for _, s := range c.SeeAlso {
			if _, ok := Lookup(s); !ok || s == c.Number {
				t.Errorf("%d: see-also %d", c.Number, s)
			}
		}
		if (c.Number < First) != (c.Part == Win32) {
			t.Errorf("%d is in part %s", c.Number, c.Part)
		}
	}
}

func TestNumericForms(t *testing.T) {
	for _, c := range []struct {
		number   int
		hex, hr  string
		signed   int32
		unsigned uint32
		openssl  string
		apr      int
	}{
		{10061, "0x274D", "0x8007274D", -2147014835, 2147952461, "8000274D", 730061},
		{11033, "0x2B19", "0x80072B19", -2147013863, 2147953433, "80002B19", 731033},
		{6, "0x6", "0x80070006", -2147024890, 2147942406, "80000006", 720006},
	} {
		code, ok := Lookup(c.number)
		if !ok {
			t.Fatalf("no code %d", c.number)
		}
		if code.Hex() != c.hex || code.HresultHex() != c.hr || code.HresultSigned() != c.signed || code.Hresult() != c.unsigned ||
			fmt.Sprintf("%08X", code.OpenSSL()) != c.openssl || code.APR() != c.apr {
			t.Errorf("%d: %s %s %d %d %08X %d", c.number, code.Hex(), code.HresultHex(), code.HresultSigned(), code.Hresult(), code.OpenSSL(), code.APR())
		}
	}
}

func TestLookups(t *testing.T) {
	if _, ok := Lookup(10010); ok {
		t.Error("10010 is no code")
	}
	for _, name := range []string{"wsaeconnrefused", "WSAECONNREFUSED", "SOCKET_ECONNREFUSED"} {
		if c, ok := ByName(name); !ok || c.Number != 10061 {
			t.Errorf("ByName(%q) = %v, %v", name, c, ok)
		}
	}
	if r, ok := LookupRelated(1225); !ok || r.Twin != 10061 {
		t.Errorf("LookupRelated(1225) = %v, %v", r, ok)
	}
	if _, ok := LookupRelated(10061); ok {
		t.Error("10061 is no twin of itself")
	}
}

func TestPhrasesNameKnownCodes(t *testing.T) {
	seen, languages := map[string]int{}, map[string]bool{}
	for _, p := range Phrases() {
		languages[p.Lang] = true
		if _, ok := Lookup(p.Code); !ok && !isRelated(p.Code) {
			t.Errorf("%s: %q belongs to no code %d", p.Lang, p.Text, p.Code)
		}
		if p.Also != 0 {
			if _, ok := Lookup(p.Also); !ok {
				t.Errorf("%s: %q: also %d", p.Lang, p.Text, p.Also)
			}
		}
		if len(p.Text) < 8 {
			t.Errorf("%s: %q is shorter than 8 bytes", p.Lang, p.Text)
		}
		if other, ok := seen[strings.ToLower(p.Text)]; ok && other != p.Code {
			t.Errorf("%q stands for %d and %d", p.Text, other, p.Code)
		}
		seen[strings.ToLower(p.Text)] = p.Code
	}
	if n := len(languages); n < 11 {
		t.Errorf("texts in %d languages, want at least 11", n)
	}
}

func TestParsePhraseRefusesBadRows(t *testing.T) {
	for _, row := range []string{"10061\tx\t-\t-", "x\tx\t-\t-\ts", "10061\tx\tnet\t-\ts", "10061\tx\t-\ty\ts"} {
		if _, err := appendPhrases(nil, "messages/t.tsv", "header\n"+row+"\n"); err == nil || !strings.Contains(err.Error(), "messages/t.tsv:2:") {
			t.Errorf("%q: error %v does not name the place", row, err)
		}
	}
}

func TestSpellingsAreWhole(t *testing.T) {
	for _, s := range Spellings() {
		if len(s.Text) < 4 && !s.CueOnly {
			t.Errorf("%q of %d is shorter than four bytes", s.Text, s.Code)
		}
		if !knownVariety(s.Form.String(), s.Variety) {
			t.Errorf("%q: unknown variety %s:%s", s.Text, s.Form, s.Variety)
		}
	}
}

// TestBuiltInRulesPassTheirChecks checks what start-up takes on trust.
func TestBuiltInRulesPassTheirChecks(t *testing.T) {
	if len(ContextRules()) < 50 {
		t.Fatalf("only %d rules", len(ContextRules()))
	}
	for _, r := range ContextRules() {
		if _, err := ParseRule(r.File, readFile(t, r.File)); err != nil {
			t.Error(err)
		}
		if r.File != "context/"+r.ID+".toml" {
			t.Errorf("%s holds the rule %s", r.File, r.ID)
		}
	}
}

// TestRuleErrors seeds one mistake at a time and wants its place and a remedy.
func TestRuleErrors(t *testing.T) {
	const good = `id = "my-rule"
doc = "Says so."
forms = ["decimal"]
verdict = "accept"
strength = 5
cues = ["gizmo"]
pattern = 'gizmo {code}'
match = ["gizmo 10061"]
nomatch = ["gizmos 10061"]
`
	if _, err := ParseRule("my-rule.toml", []byte(good)); err != nil {
		t.Fatalf("the good rule: %v", err)
	}
	for _, c := range []struct{ name, old, new, place string }{
		{"unknown key", "doc =", "dok =", ":2:1"},
		{"no doc", "doc = \"Says so.\"\n", "", ":1:1"},
		{"bad id", "my-rule", "My Rule", ":1:1"},
		{"bad verdict", `"accept"`, `"maybe"`, ":4:1"},
		{"bad strength", "strength = 5", "strength = 12", ":5:1"},
		{"bad form", `["decimal"]`, `["octal"]`, ":3:1"},
		{"short cue", `["gizmo"]`, `["g"]`, ":6:1"},
		{"mark not at the end of a cue", `["gizmo"]`, `["gizmo {code}:"]`, ":6:1"},
		{"mark alone as a cue", `["gizmo"]`, `["{code}"]`, ":6:1"},
		{"no cue", "cues = [\"gizmo\"]\n", "", ":6:1"},
		{"no mark", "gizmo {code}", "gizmo", ":7:1"},
		{"no match", "match = [\"gizmo 10061\"]\n", "match = []\n", ":8:1"},
		{"no nomatch", "nomatch = [\"gizmos 10061\"]\n", "", ":1:1"},
		{"bad TOML", `strength = 5`, `strength = `, ":5:"},
		{"wrong type", `strength = 5`, `strength = "5"`, ":5:"},
		{"unknown group", `strength = 5`, "strength = 5\nneeds = [\"nett\"]", ":6:1"},
		{"unknown group that must lack", `strength = 5`, "strength = 5\nneeds = [\"net\"]\nlacks = [\"nett\"]", ":7:1"},
		{"short spelling", `strength = 5`, "strength = 5\nspells = {KX = 10061}", ":6:1"},
		{"spells without form", `strength = 5`, "strength = 5\nspells = {KX-4711 = 10061}", ":3:1"},
		{"digit in pattern", "gizmo {code}'", "gizmo2 {code}'", ":7:1"},
		{"capital in pattern", "gizmo {code}'", "Gizmo {code}'", ":7:1"},
		{"unknown code", `strength = 5`, "strength = 5\ncodes = [10]", ":6:1"},
	} {
		text := strings.Replace(good, c.old, c.new, 1)
		_, err := ParseRule("my-rule.toml", []byte(text))
		if err == nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		var re *RuleError
		if !strings.HasPrefix(err.Error(), "my-rule.toml"+c.place) {
			t.Errorf("%s: %v, want place %s", c.name, err, c.place)
		}
		if re, _ = err.(*RuleError); re == nil || re.Remedy == "" {
			t.Errorf("%s: no remedy in %v", c.name, err)
		}
	}
}
