package cli

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"wsalog/matcher"
	"wsalog/rules"
)

// checkRule finds everything that is wrong with a rule file. Its lines are tried
// on a real matcher, together with the built-in rules, as they would be in a run.
// Every error is a *rules.RuleError unless the file cannot be read.
func checkRule(file string) []error {
	data, err := os.ReadFile(file)
	if err != nil {
		return []error{err}
	}
	r, err := rules.ParseRule(file, data)
	if err != nil {
		return []error{err}
	}
	c := &ruleCheck{rule: r, file: file, text: string(data)}
	user := []*rules.ContextRule{r}
	if isBuiltIn(r) { // who writes one of ours checks its file in the source tree
		user = nil
	}
	c.identity(user != nil)
	m, err := matcher.New(matcher.Options{UserRules: user})
	if err != nil {
		return append(c.errs, c.placed(err))
	}
	c.examples(m)
	return c.errs
}

type ruleCheck struct {
	rule *rules.ContextRule
	file string
	text string // of the file
	errs []error
}

// fail notes a mistake at the place of some text; the words of the key stand for
// the problem, those of the key with -remedy for what to do.
func (c *ruleCheck) fail(needle, key string, args ...any) {
	line, col := c.place(needle)
	c.errs = append(c.errs, &rules.RuleError{File: c.file, Line: line, Col: col,
		Problem: english.say(key, args...), Remedy: english.say(key + "-remedy"),
		ProblemZH: chinese.say(key, args...), RemedyZH: chinese.say(key + "-remedy")})
}

// isBuiltIn reports whether a rule is one of the built-in ones, word for word.
func isBuiltIn(r *rules.ContextRule) bool {
	same := *r
	return slices.ContainsFunc(rules.ContextRules(), func(own *rules.ContextRule) bool {
		same.File = own.File
		return own.ID == r.ID && reflect.DeepEqual(&same, own)
	})
}

// identity: the id is the file's name and, of a user's rule, not that of a
// built-in one.
func (c *ruleCheck) identity(user bool) {
	if base := strings.TrimSuffix(filepath.Base(c.file), ".toml"); base != c.rule.ID {
		c.fail("id", "fault.name", c.rule.ID, filepath.Base(c.file))
	}
	taken := func(r *rules.ContextRule) bool { return r.ID == c.rule.ID }
	if user && slices.ContainsFunc(rules.ContextRules(), taken) {
		c.fail("id", "fault.taken", c.rule.ID)
	}
}

// placed gives an error of the matcher, which knows no lines, the place of the
// pattern.
func (c *ruleCheck) placed(err error) error {
	var bad *rules.RuleError
	if !errors.As(err, &bad) {
		return err
	}
	out := *bad
	if out.Line == 0 {
		out.Line, out.Col = c.place("pattern")
	}
	return inBoth(&out)
}

// inBoth gives a matcher's complaint about a pattern, which it has in English
// only, its Chinese words.
func inBoth(e *rules.RuleError) *rules.RuleError {
	if _, why, ok := strings.Cut(e.Problem, ": "); ok && e.ProblemZH == "" {
		e.ProblemZH, e.RemedyZH = chinese.say("fault.pattern", why), chinese.say("fault.pattern-remedy")
	}
	return e
}

// examples runs the rule's own lines.
func (c *ruleCheck) examples(m *matcher.Matcher) {
	for _, line := range c.rule.Match {
		by := deciders(m, line)
		if slices.Contains(by, c.rule.ID) {
			continue
		}
		if len(by) == 0 {
			c.fail(line, "fault.no-code", line)
			continue
		}
		c.fail(line, "fault.others", line, strings.Join(by, ", "))
	}
	for _, line := range c.rule.NoMatch {
		if slices.Contains(deciders(m, line), c.rule.ID) {
			c.fail(line, "fault.decides", line)
		}
	}
	for id := range m.Timeouts() {
		if id == c.rule.ID {
			c.fail("pattern", "fault.slow")
		}
	}
}

// deciders are the rules that decide about the spellings of a line.
func deciders(m *matcher.Matcher, line string) []string {
	var ids []string
	for _, x := range m.Append(nil, []byte(line), nil) {
		if !slices.Contains(ids, x.Rule) {
			ids = append(ids, x.Rule)
		}
	}
	return ids
}

// place finds the line and column, from 1, of a key at the start of a line or of
// an example's text; what it cannot find is blamed on the first line.
func (c *ruleCheck) place(needle string) (line, col int) {
	escaped := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\t", `\t`).Replace(needle)
	lines := strings.Split(c.text, "\n")
	for i, l := range lines {
		if key, _, ok := strings.Cut(l, "="); ok && strings.TrimSpace(key) == needle {
			return i + 1, strings.Index(l, needle) + 1
		}
	}
	for i, l := range lines {
		for _, text := range []string{`"` + needle, `'` + needle, `"` + escaped} {
			if at := strings.Index(l, text); at >= 0 {
				return i + 1, at + 1
			}
		}
	}
	return 1, 1
}
