package rules

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2"
)

// CodeMark stands in a rule's pattern for the spelling that is being judged. At the end of
// a cue it stands for a code in decimal, whichever it is.
const CodeMark = "{code}"

// Verdict words of rule files.
const (
	Accept = "accept"
	Reject = "reject"
)

// A ContextRule judges an ambiguous spelling by what stands around it. It is
// one TOML file whose name is its id.
//
// The pattern is matched against the spelling's window: the text around it in
// lower case, with the spelling itself as {code}, every other run of digits as a
// single 0, white space as one blank, and JSON escapes and terminal colours
// undone. So a pattern is written in lower case and says {code} and 0.
type ContextRule struct {
	ID       string         `toml:"id"`
	Doc      string         `toml:"doc"`      // one sentence for people, shown by --why
	DocZH    string         `toml:"doc_zh"`   // the same in Chinese; may be empty in users' rules
	Forms    []string       `toml:"forms"`    // "decimal", or with a variety: "name:eai"
	Verdict  string         `toml:"verdict"`  // Accept or Reject
	Strength int            `toml:"strength"` // 1 to 9; the strongest rule that fits decides
	Codes    []int          `toml:"codes"`    // only these codes; empty: all
	Common   bool           `toml:"common"`   // only codes that programs commonly print
	Cues     []string       `toml:"cues"`     // one of them must stand near the spelling
	Needs    []string       `toml:"needs"`    // names of cue groups, one cue of each must stand near it
	Lacks    []string       `toml:"lacks"`    // names of cue groups that must not stand near it
	Pattern  string         `toml:"pattern"`  // empty: cues alone decide
	Spells   map[string]int `toml:"spells"`   // new spellings and their codes, judged as form name:user
	Match    []string       `toml:"match"`    // lines on which the rule decides
	NoMatch  []string       `toml:"nomatch"`  // lines on which it does not apply
	File     string         `toml:"-"`        // where it was read
}

// DocIn returns the rule's sentence in a language, the English one where there is
// no other.
func (r *ContextRule) DocIn(lang Lang) string {
	if lang == Chinese && r.DocZH != "" {
		return r.DocZH
	}
	return r.Doc
}

// ParseRule reads one rule file and checks everything about it that needs no
// search. A byte order mark, which editors of Windows put there, is none of the
// rule's text. Its error is a *RuleError.
func ParseRule(file string, data []byte) (*ContextRule, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r, err := decodeRule(file, data)
	if err != nil {
		return nil, err
	}
	if err := r.check(file, data); err != nil {
		return nil, err
	}
	return r, nil
}

func decodeRule(file string, data []byte) (*ContextRule, error) {
	var r ContextRule
	dec := toml.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		return nil, decodeError(file, err)
	}
	r.File = file
	return &r, nil
}

// decodeError tells the first mistake that the TOML reader found, and its place.
func decodeError(file string, err error) *RuleError {
	var unknown *toml.StrictMissingError
	if errors.As(err, &unknown) && len(unknown.Errors) > 0 {
		line, col := unknown.Errors[0].Position()
		return faultKey.at(file, line, col, strings.Join(unknown.Errors[0].Key(), "."))
	}
	var bad *toml.DecodeError
	if errors.As(err, &bad) {
		line, col := bad.Position()
		return faultSyntax.at(file, line, col, strings.TrimPrefix(bad.Error(), "toml: "))
	}
	return faultFile.at(file, 0, 0, err)
}

// Compiled when the first user's rule is checked: most runs have none.
var (
	quantifiers = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`0-9|\{[0-9]+(,[0-9]*)?\}|\\[1-9]|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}`)
	})
	letters = sync.OnceValue(func() *regexp.Regexp { // escapes such as \B and groups such as (?i)
		return regexp.MustCompile(`\\[A-Z]|\(\?[a-zA-Z-]*[:)]`)
	})
	idShape = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`) })
)

func (r *ContextRule) check(file string, data []byte) error {
	fail := func(key string, f ruleFault, args ...any) error {
		line, col := keyPlace(data, key)
		return f.at(file, line, col, args...)
	}
	switch {
	case !idShape().MatchString(r.ID):
		return fail("id", faultID, r.ID)
	case r.Doc == "":
		return fail("doc", faultDoc)
	case r.Verdict != Accept && r.Verdict != Reject:
		return fail("verdict", faultVerdict, r.Verdict)
	case r.Strength < 1 || r.Strength > 9:
		return fail("strength", faultStrength, r.Strength)
	case len(r.Forms) == 0:
		return fail("forms", faultNoForms)
	case len(r.Match) == 0:
		return fail("match", faultNoMatch)
	case len(r.NoMatch) == 0 && r.Pattern != "":
		return fail("nomatch", faultNoOther)
	case len(r.Cues) == 0 && len(r.Needs) == 0 && r.Pattern != "":
		return fail("pattern", faultNoCues)
	case r.Pattern != "" && !strings.Contains(r.Pattern, CodeMark):
		return fail("pattern", faultNoMark)
	case strings.ContainsAny(quantifiers().ReplaceAllString(r.Pattern, ""), "123456789"):
		return fail("pattern", faultDigit)
	case strings.ToLower(r.Pattern) != r.Pattern && strings.ContainsAny(letters().ReplaceAllString(r.Pattern, ""), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
		return fail("pattern", faultCapital)
	}
	return r.checkNames(fail)
}

// checkNames checks what a rule names: forms, codes, spellings, cues, groups.
func (r *ContextRule) checkNames(fail func(key string, f ruleFault, args ...any) error) error {
	for _, f := range r.Forms {
		form, variety, _ := strings.Cut(f, ":")
		if _, err := ParseForm(form); err != nil || !knownVariety(form, variety) {
			return fail("forms", faultForm, f)
		}
	}
	for _, n := range r.Codes {
		if _, ok := Lookup(n); !ok && !isRelated(n) {
			return fail("codes", faultCode, n)
		}
	}
	for text, n := range r.Spells {
		if _, ok := Lookup(n); !ok || len(text) < 4 {
			return fail("spells", faultSpelling, text, n)
		}
	}
	if len(r.Spells) > 0 && !slices.Contains(r.Forms, "name:"+NameUser) {
		return fail("forms", faultSpells)
	}
	for _, c := range r.Cues {
		if len(c) < 2 {
			return fail("cues", faultCue, c)
		}
		low := strings.ToLower(c)
		if i := strings.Index(low, CodeMark); i == 0 || i > 0 && i+len(CodeMark) < len(low) {
			return fail("cues", faultCueMark, c)
		}
	}
	for _, named := range []struct {
		key    string
		groups []string
	}{{"needs", r.Needs}, {"lacks", r.Lacks}} {
		for _, g := range named.groups {
			if CueGroup(g) == nil {
				f, all := faultGroup, strings.Join(CueGroups(), ", ")
				f.remedy, f.remedyZH = fmt.Sprintf(f.remedy, all), fmt.Sprintf(f.remedyZH, all)
				return fail(named.key, f, g)
			}
		}
	}
	return nil
}

// keyPlace finds the line and column of a top-level key; a missing key is
// blamed on the file's first line.
func keyPlace(data []byte, key string) (line, col int) {
	for i, l := range bytes.Split(data, []byte("\n")) {
		rest := bytes.TrimLeft(l, " \t")
		if after, ok := bytes.CutPrefix(rest, []byte(key)); ok && bytes.HasPrefix(bytes.TrimLeft(after, " \t"), []byte("=")) {
			return i + 1, len(l) - len(rest) + 1
		}
	}
	return 1, 1
}
