package matcher

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dlclark/regexp2/v2"

	"wsalog/matcher/backtrack"
	"wsalog/rules"
)

// Limits of one pattern match. Time is wall time and so depends on what else the
// machine does; verdicts must not. So the limit of the built-in patterns, which
// need microseconds and are proved by tests, is far beyond any pause of a busy
// machine; that of users' patterns is what an endless one may cost.
const (
	builtInTime      = 10 * time.Second
	userTime         = 200 * time.Millisecond
	patternBacktrack = 1 << 16 // entries of the backtracking stack
	maxTimeouts      = 3       // then the pattern is switched off for the run
)

// A pattern is a rule's pattern, taken apart at its mark: where a branch of it
// says "before, candidate, after", the two halves are matched outwards from the
// candidate, which is many times faster than a search through the window.
// Each expression is compiled at its first use, since compiling costs more than most
// runs spend matching. A pattern is safe for use by several goroutines.
type pattern struct {
	source   string // as the rule has it, with {code}
	limit    time.Duration
	once     sync.Once
	split    []branch
	timeouts atomic.Int64
}

// branches returns the pattern's branches, made at the first call.
func (p *pattern) branches() []branch {
	p.once.Do(func() {
		for _, h := range halves(p.source) {
			p.split = append(p.split, h.branch(p.limit))
		}
	})
	return p.split
}

// A branch matches when all of its expressions do.
type branch struct {
	before *expr // ends at the candidate; nil when nothing is asked there
	after  *expr // begins behind the candidate; nil likewise
	whole  *expr // searches the whole window; nil when the branch was taken apart
}

// An expr is an expression that is compiled at its first use.
type expr func() (engine, error)

// An engine is a compiled expression.
type engine func(text []rune) (bool, error)

func newExpr(text string, mode backtrack.Mode, limit time.Duration) *expr {
	e := expr(sync.OnceValues(func() (engine, error) { return compileExpr(text, mode, limit) }))
	return &e
}

// match reports whether the expression, which may be nil, matches.
func (e *expr) match(text []rune) (bool, error) {
	if e == nil {
		return true, nil
	}
	found, err := (*e)()
	if err != nil {
		return false, nil // told by compile
	}
	return found(text)
}

// compile compiles all expressions and returns the first error.
func (p *pattern) compile() error {
	for _, b := range p.branches() {
		for _, e := range []*expr{b.before, b.after, b.whole} {
			if e == nil {
				continue
			}
			if _, err := (*e)(); err != nil {
				return err
			}
		}
	}
	return nil
}

// match reports whether the pattern fits the window whose mark stands at at. A
// pattern that runs into a limit does not fit, is counted, and after three times
// is not tried again; sure is false then, since another try might end otherwise.
func (p *pattern) match(window []rune, at int) (fits, sure bool) {
	if p.timeouts.Load() >= maxTimeouts {
		return false, true
	}
	for _, b := range p.branches() {
		ok, err := b.match(window, at)
		if err != nil {
			p.timeouts.Add(1)
			return false, false
		}
		if ok {
			return true, true
		}
	}
	return false, true
}

func (b branch) match(window []rune, at int) (bool, error) {
	if b.whole != nil {
		return b.whole.match(window)
	}
	if ok, err := b.after.match(window[at+1:]); !ok {
		return false, err
	}
	return b.before.match(window[:at])
}

// half is one branch of a pattern, or several with the same text behind the mark.
type half struct {
	before []string // alternatives
	after  string
	whole  string // the branch as it stands, where it cannot be taken apart
}

// halves splits a pattern at its top-level alternatives and each of them at its
// mark.
func halves(source string) []half {
	var list []half
	for _, alt := range alternatives(source) {
		before, after, ok := cutMark(alt)
		if !ok {
			list = append(list, half{whole: alt})
			continue
		}
		merged := false
		for i := range list {
			if h := &list[i]; h.whole == "" && h.after == after && before != "" && h.before[0] != "" {
				h.before, merged = append(h.before, before), true
				break
			}
		}
		if !merged {
			list = append(list, half{before: []string{before}, after: after})
		}
	}
	return list
}

func (h half) branch(limit time.Duration) (b branch) {
	if h.whole != "" {
		b.whole = newExpr(strings.ReplaceAll(h.whole, rules.CodeMark, string(mark)), backtrack.Search, limit)
		return b
	}
	if h.before[0] != "" {
		b.before = newExpr(strings.Join(h.before, "|"), backtrack.Suffix, limit)
	}
	if h.after != "" {
		b.after = newExpr(h.after, backtrack.Prefix, limit)
	}
	return b
}

// compileExpr compiles an expression: a built-in one, which tests prove to mean the
// same in both, for the engine that is quicker to be ready, a user's for the one
// that knows the whole syntax and stops in time.
func compileExpr(text string, mode backtrack.Mode, limit time.Duration) (engine, error) {
	if limit == builtInTime {
		if p, err := backtrack.Compile(text, mode); err == nil {
			return p.Match, nil
		}
	}
	dir := regexp2.None
	switch mode {
	case backtrack.Suffix:
		text, dir = `(?:`+text+`)\z`, regexp2.RightToLeft
	case backtrack.Prefix:
		text = `\A(?:` + text + `)`
	}
	re, err := regexp2.Compile(text, dir, regexp2.OptionMaxBacktrackingStackSize(patternBacktrack))
	if err != nil {
		return nil, err
	}
	re.MatchTimeout = limit
	return re.MatchRunes, nil
}

// alternatives splits an expression at the bars outside all brackets.
func alternatives(expr string) []string {
	var list []string
	from := 0
	scanTop(expr, func(i int) {
		if expr[i] == '|' {
			list = append(list, expr[from:i])
			from = i + 1
		}
	})
	return append(list, expr[from:])
}

// cutMark splits a branch at its mark. It reports false where the mark stands in
// brackets, more than once or nowhere.
func cutMark(expr string) (before, after string, ok bool) {
	if strings.Count(expr, rules.CodeMark) != 1 {
		return "", "", false
	}
	scanTop(expr, func(i int) {
		if strings.HasPrefix(expr[i:], rules.CodeMark) {
			before, after, ok = expr[:i], expr[i+len(rules.CodeMark):], true
		}
	})
	if ok && after != "" && strings.IndexByte("?*+{", after[0]) >= 0 {
		return "", "", false
	}
	return before, after, ok
}

// scanTop calls f for every byte of an expression that stands outside groups and
// classes and is not escaped.
func scanTop(expr string, f func(i int)) {
	depth, class := 0, false
	for i := 0; i < len(expr); i++ {
		switch c := expr[i]; {
		case c == '\\':
			i++
		case class:
			class = c != ']'
		case c == '[':
			class = true
			if strings.HasPrefix(expr[i+1:], "^]") {
				i += 2
			} else if strings.HasPrefix(expr[i+1:], "]") {
				i++
			}
		case c == '(':
			depth++
		case c == ')':
			depth--
		case depth == 0:
			f(i)
		}
	}
}

// patternError describes a pattern that does not compile.
func patternError(p *pattern) error {
	if _, err := compileExpr(strings.ReplaceAll(p.source, rules.CodeMark, string(mark)), backtrack.Search, p.limit); err != nil {
		return fmt.Errorf("pattern does not compile: %w", err)
	}
	return p.compile()
}
