package backtrack

import (
	"errors"
	"strings"
	"testing"

	"github.com/dlclark/regexp2/v2"
)

// oracle compiles an expression with the engine whose syntax this is a part of.
func oracle(expr string, mode Mode) (*regexp2.Regexp, error) {
	switch mode {
	case Prefix:
		return regexp2.Compile(`\A(?:` + expr + `)`)
	case Suffix:
		return regexp2.Compile(`(?:`+expr+`)\z`, regexp2.RightToLeft)
	}
	return regexp2.Compile(expr)
}

func TestMatch(t *testing.T) {
	t.Parallel()
	tests := []struct {
		expr    string
		mode    Mode
		yes, no []string // texts, apart by blanks; ~ is the empty one
	}{
		{``, Search, list("~ a"), nil},
		{`abc`, Search, list("abc xabcx ababc"), list("~ ab abxc")},
		{`abc`, Prefix, list("abc abcx"), list("xabc ab ~")},
		{`abc`, Suffix, list("abc xabc"), list("abcx bc ~")},
		{`a|bc|`, Prefix, list("a bc ~ x"), nil},
		{`(?:a|bc)d`, Suffix, list("ad bcd xbcd"), list("d cd abd-")},
		{`er+or`, Prefix, list("eror errror"), list("eor")},
		{`e{2,3}x`, Suffix, list("eex eeex eeeex"), list("ex x")},
		{`^(?:ab){2,3}$`, Prefix, list("abab ababab"), list("ab abababab aba")},
		{`(?:ab){2,}c`, Prefix, list("ababc abababc"), list("abc")},
		{`(?:a+[._-])*z`, Prefix, list("z a.z aa-a_z"), list("a. a..z")},
		{`[^;]{0,3}?x`, Prefix, list("x abcx xx"), list("abcdx a;x")},
		{`[]a-c-]+$`, Prefix, list("] abc- a]"), list("d [")},
		{`[^]a]`, Prefix, list("b ["), list("] a ~")},
		{`\w\d\s?\.\u00e9`, Prefix, list("a1.é é٣.é"), list("-1.é a1.e")},
		{`[\s\d]x|[\W]y`, Prefix, list("1x -y"), list("yx ay")},
		{`(?<=ab|c)d`, Search, list("abd cd"), list("bd d")},
		{`(?<!err[_-]?)code`, Search, list("code xcode"), list("errcode err_code err-code")},
		{`a(?=b|$)`, Search, list("ab ba"), list("ac")},
		{`a(?!b)`, Suffix, list("a ba"), list("ab")},
		{`(?<![a-z])no(?![a-z])`, Search, list("no 1no- NOno"), list("non ano")},
		{`\bend\b|\Bx`, Search, list("end -end. ax"), list("ends x")},
		{`.\b`, Prefix, list("a"), list("~ .")},
		{`{2|a{|b{x}`, Prefix, list("{2 a{ b{x}"), list("a 2")},
	}
	for _, tt := range tests {
		p, err := Compile(tt.expr, tt.mode)
		if err != nil {
			t.Errorf("%s: %v", tt.expr, err)
			continue
		}
		re, err := oracle(tt.expr, tt.mode)
		if err != nil {
			t.Fatal(err)
		}
		check := func(texts []string, want bool) {
			for _, text := range texts {
				text = strings.Trim(text, "~")
				for _, g := range []*guide{nil, newGuide(&p.script)} {
					if got, err := p.match([]rune(text), g); got != want || err != nil {
						t.Errorf("%s in %q, guided %v: %v, %v", tt.expr, text, g != nil, got, err)
					}
				}
				if got, _ := re.MatchRunes([]rune(text)); got != want {
					t.Errorf("%s in %q: regexp2 says %v", tt.expr, text, got)
				}
			}
		}
		check(tt.yes, true)
		check(tt.no, false)
	}
}

func list(s string) []string { return strings.Fields(s) }

func TestEndBeforeLineBreak(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{"a": true, "a\n": true, "a\n\n": false, "ab": false, "a\r": false} {
		p, err := Compile("a$", Prefix)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := p.Match([]rune(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// TestKindsOfEveryRune compares what \s, \d, \w, the dot and a class hold.
func TestKindsOfEveryRune(t *testing.T) {
	t.Parallel()
	for _, expr := range []string{`\s`, `\S`, `\d`, `\D`, `\w`, `\W`, `.`, `[a-zé\u0400-\uffff]`, `[^\W_]`, `[^\s\d]`, `-\b`} {
		p, err := Compile(expr, Search)
		if err != nil {
			t.Fatal(err)
		}
		re, err := oracle(expr, Search)
		if err != nil {
			t.Fatal(err)
		}
		for r := rune(0); r < 0x30000; r++ {
			text := []rune{'-', r}[1:]
			if strings.HasPrefix(expr, "-") {
				text = []rune{'-', r}
			}
			got, _ := p.Match(text)
			if want, _ := re.MatchRunes(text); got != want {
				t.Errorf("%s on %U: %v, want %v", expr, r, got, want)
				break
			}
		}
	}
}

func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	for _, expr := range []string{
		`(a)`, `(?i)a`, `(?i:a)`, `(?>a)`, `(?<n>a)`, `(?#x)`, `\1`, `\p{L}`, `\xe9`, `\Aa`, `a\z`, `a\`, `[a`, `(?:a`, `a)`,
		`[z-a]`, `[a-z-[b]]`, `[[:alpha:]]`, `[\s-x]`, `[\W\d]`, `*a`, `{2}`, `a**`, `a++`, `a{3,2}`, `(?:a?)*`, `(?:a|)+`, `^*`, `(?=a){2}`,
		`(?:(?:(?:a{99}){99}){99}){99}`, `\u12`,
	} {
		if p, err := Compile(expr, Search); err == nil {
			t.Errorf("%s is compiled: %v", expr, p)
		}
	}
}

func TestMatchGivesUp(t *testing.T) {
	t.Parallel()
	p, err := Compile(`(?:a+)+b`, Prefix)
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := p.Match([]rune(strings.Repeat("a", 60))); ok || !errors.Is(err, ErrSteps) {
		t.Errorf("%v, %v", ok, err)
	}
	if ok, err := p.Match([]rune("aaab")); !ok || err != nil {
		t.Errorf("afterwards: %v, %v", ok, err)
	}
}

func TestMatchDoesNotAllocate(t *testing.T) {
	p, err := Compile(`(?:[a-z]+[._-])*(?:err|error)`, Suffix)
	if err != nil {
		t.Fatal(err)
	}
	text := []rune("some words and net.last-error")
	if ok, _ := p.Match(text); !ok {
		t.Fatal("no match")
	}
	if n := testing.AllocsPerRun(50, func() { _, _ = p.Match(text) }); n > 0.5 {
		t.Errorf("%v allocations", n)
	}
}

// FuzzMatch holds every expression that is compiled to the answers of regexp2.
func FuzzMatch(f *testing.F) {
	for _, s := range []string{`(?:a|b[^c]{1,3})*?d`, `(?<!ab?)c\b|\s$`, `^[\w-]+(?=x)`, `(?:ab|a){2,4}c?`, `[\]a-]{2}|\u00e9+`} {
		for mode := range uint8(3) {
			f.Add(s, "abcd-x abac é]", mode)
		}
	}
	f.Fuzz(func(t *testing.T, expr, text string, m uint8) {
		mode := Mode(m % 3)
		if len(expr) > 60 || len(text) > 40 {
			return
		}
		p, err := Compile(expr, mode)
		if err != nil {
			return
		}
		re, err := oracle(expr, mode)
		if err != nil {
			t.Fatalf("%q: regexp2 refuses it: %v", expr, err)
		}
		got, err := p.match([]rune(text), nil)
		if err != nil {
			return
		}
		if guided, err := p.match([]rune(text), newGuide(&p.script)); guided != got || err != nil {
			t.Errorf("%q in %q, mode %d: %v, %v with a guide, %v without", expr, text, mode, guided, err, got)
		}
		if want, err := re.MatchRunes([]rune(text)); err == nil && got != want {
			t.Errorf("%q in %q, mode %d: %v, want %v", expr, text, mode, got, want)
		}
	})
}
