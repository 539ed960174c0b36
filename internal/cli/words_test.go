package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

var verbs = regexp.MustCompile(`%[-+#0-9.*\[\]]*[a-zA-Z]`)

// mayBeSame are keys whose words need no translation.
var mayBeSame = map[string]bool{"lang": true, "brackets": true}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) || r == '：' })
}

func TestBothLanguagesSayTheSame(t *testing.T) {
	for key, en := range english {
		zh, ok := chinese[key]
		switch {
		case !ok:
			t.Errorf("%s is missing in Chinese", key)
		case en == "" || zh == "":
			t.Errorf("%s is empty", key)
		case !mayBeSame[key] && !hasHan(zh):
			t.Errorf("%s is not translated: %q", key, zh)
		case !mayBeSame[key] && hasHan(en):
			t.Errorf("%s holds Chinese in English: %q", key, en)
		case strings.Join(verbs.FindAllString(en, -1), " ") != strings.Join(verbs.FindAllString(zh, -1), " "):
			t.Errorf("%s: the values put in differ: %q, %q", key, en, zh)
		}
	}
	for key := range chinese {
		if _, ok := english[key]; !ok {
			t.Errorf("%s is missing in English", key)
		}
	}
}

// TestSentencesStandInTheTables reads the package's own source: every key that is
// asked for exists, and no sentence is printed that is not in the tables.
func TestSentencesStandInTheTables(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	used := make(map[string]bool)
	for _, f := range files {
		name := f.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "messages_") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if s, err := strconv.Unquote(n.Value); n.Kind == token.STRING && err == nil {
					used[s] = true
				}
			case *ast.CallExpr:
				checkCall(t, name, n)
			}
			return true
		})
	}
	for key := range english {
		if strings.HasPrefix(key, "n.") {
			if one, ok := strings.CutSuffix(key, "1"); ok {
				key = one // count adds the 1
			} else if english[key+"1"] == "" {
				t.Errorf("%q has no words for one", key)
			}
		}
		if strings.HasPrefix(key, "long.") && strings.Contains(english[key]+chinese[key], "\n") {
			t.Errorf("%q is wrapped already, and would be wrapped again", key)
		}
		if !used[key] && !computed(key) {
			t.Errorf("the words %q are never said", key)
		}
	}
}

// computed reports whether a key is put together from a prefix and a name.
func computed(key string) bool {
	for _, prefix := range []string{"short.", "long.", "usage.", "examples.", "flag.", "group.", "severity.", "class.", "part.", "rule.", "fault.", "file.", "lang"} {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// sentence is text for people: two words of letters with a blank between.
var sentence = regexp.MustCompile(`[A-Za-z]{3,} [A-Za-z]{2,}`)

// checkCall looks at one call: keys must exist, printed literals must hold no
// sentence.
func checkCall(t *testing.T, file string, call *ast.CallExpr) {
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return
	}
	literal := func(i int) string {
		if i >= len(call.Args) {
			return ""
		}
		if lit, ok := call.Args[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			s, _ := strconv.Unquote(lit.Value) // the parser has read it
			return s
		}
		return ""
	}
	switch sel.Sel.Name {
	case "say", "usage", "trouble", "heading":
		if key := literal(0); key != "" && !strings.HasSuffix(key, ".") {
			if _, ok := english[key]; !ok {
				t.Errorf("%s asks for the words %q, which do not exist", file, key)
			}
		}
	case "Fprint", "Fprintf", "Fprintln", "WriteString", "complain", "paragraph":
		for i := range call.Args {
			if s := literal(i); sentence.MatchString(s) && !strings.HasPrefix(s, ".TH") {
				t.Errorf("%s prints %q, which stands in no table", file, s)
			}
		}
	}
}

func TestEveryRuleWithoutFileIsExplained(t *testing.T) {
	for _, id := range ownRules {
		if english["rule."+id] == "" {
			t.Errorf("the rule %s has no words", id)
		}
	}
}
