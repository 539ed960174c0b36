package view

import (
	"strconv"
	"strings"
	"time"

	"wsalog/annotate"
	"wsalog/internal/term"
	"wsalog/rules"
)

// reexplain is the silence, by the log's own clock, after which a code is
// explained again.
const reexplain = 15 * time.Minute

// A codeState is what the view knows and remembers about one code.
type codeState struct {
	number   int
	label    string // the number as text
	name     string
	word     string
	text     *rules.Text
	severity rules.Severity
	count    int64 // hits so far
	calls    map[string]*callState
	lastCall string     // the call met last
	lastSeen *callState // and its state
	anyCall  callState  // of any call
}

// A callState remembers when a code was last seen with a call.
type callState struct {
	seen bool
	last annotate.Stamp
}

// codeBook holds the states of all codes that were met.
type codeBook struct {
	texts func(int, rules.Lang) *rules.Text
	lang  rules.Lang
	glyph term.GlyphSet
	codes map[int]*codeState
	last  *codeState // the one asked for last: logs repeat themselves
}

// get returns the state of a code. Past the cap of codes it is not remembered.
func (b *codeBook) get(number int) *codeState {
	if b.last != nil && b.last.number == number {
		return b.last
	}
	c := b.codes[number]
	if c == nil {
		c = b.learn(number)
		if len(b.codes) < maxCodes {
			b.codes[number] = c
		}
	}
	b.last = c
	return c
}

func (b *codeBook) learn(number int) *codeState {
	c := &codeState{number: number, label: strconv.Itoa(number), severity: rules.Error}
	if row, ok := rules.Lookup(number); ok {
		c.name, c.severity = row.Name, row.Severity
	} else if twin, ok := rules.LookupRelated(number); ok {
		c.name, c.severity = twin.Name, rules.Info
	}
	c.text = b.texts(number, b.lang)
	if c.text == nil {
		c.text = &rules.Text{}
	}
	if c.word = b.glyph.Plain(c.text.Word); c.word == "" {
		c.word = c.name
	}
	return c
}

// meet notes that the code was hit with a call at a time and reports whether it
// has to be explained: for the first time with this call, or after a silence. A
// line that does not name its call is taken for one of those seen before.
func (c *codeState) meet(call string, at annotate.Stamp) (explain bool) {
	s := &c.anyCall
	if call != "" {
		if s = c.lastSeen; s == nil || c.lastCall != call {
			s = c.calls[call]
		}
		if s == nil {
			if c.calls == nil {
				c.calls = make(map[string]*callState)
			}
			if s = new(callState); len(c.calls) < maxCalls {
				call = strings.Clone(call)
				c.calls[call] = s
			} else {
				s = &c.anyCall
			}
		}
		c.lastCall, c.lastSeen = call, s
	}
	explain = !s.seen || silence(s.last, at) > reexplain
	for _, s := range [...]*callState{s, &c.anyCall} {
		s.seen = true
		if at.Valid {
			s.last = at
		}
	}
	return explain
}

// silence is the time from a to b, or 0 when it cannot be told.
func silence(a, b annotate.Stamp) time.Duration {
	if !a.Valid || !b.Valid || a.HasZone != b.HasZone {
		return 0
	}
	return b.Time.Sub(a.Time)
}
