package matcher

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dlclark/regexp2/v2"
)

// Limits of one pattern match. The built-in patterns need microseconds; the
// limits are for users' patterns.
const (
	patternTime      = 20 * time.Millisecond
	patternBacktrack = 1 << 16 // entries of the backtracking stack
	maxTimeouts      = 3       // then the pattern is switched off for the run
)

// A pattern is compiled at first use, since compiling costs more than most runs
// spend matching. It is safe for use by several goroutines.
type pattern struct {
	source   string // with the candidate's mark in place of {code}
	once     sync.Once
	re       *regexp2.Regexp
	err      error
	timeouts atomic.Int64
}

func (p *pattern) compile() error {
	p.once.Do(func() {
		p.re, p.err = regexp2.Compile(p.source, regexp2.OptionMaxBacktrackingStackSize(patternBacktrack))
		if p.err == nil {
			p.re.MatchTimeout = patternTime
		}
	})
	return p.err
}

// match reports whether the pattern occurs in the window. A pattern that runs
// into a limit does not match, is counted, and after three times is not tried
// again.
func (p *pattern) match(window []rune) bool {
	if p.compile() != nil || p.timeouts.Load() >= maxTimeouts {
		return false
	}
	ok, err := p.re.MatchRunes(window)
	if err != nil {
		p.timeouts.Add(1)
		return false
	}
	return ok
}

// patternError describes a pattern that does not compile.
func patternError(p *pattern) error {
	if err := p.compile(); err != nil {
		return fmt.Errorf("pattern does not compile: %w", err)
	}
	return nil
}
