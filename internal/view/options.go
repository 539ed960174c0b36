// Package view writes the annotated stream: each line as it came, and after a
// line with a WinSock error a note that says what happened. On a terminal it
// also folds bursts, draws a footer and keeps log text from steering the
// terminal; in a pipe or file it changes no byte of the log.
//
// All state over lines lives here and is capped. A View reads no clock, flag or
// environment: what it needs comes in its Options.
package view

import (
	"errors"
	"time"

	"wsalog/annotate"
	"wsalog/internal/term"
	"wsalog/rules"
)

// ErrDone is returned by View.Batch when no further input can change the output:
// -q saw its hit, or each source reached its -m. It is not a failure.
var ErrDone = errors.New("no more input is needed")

// An Explain says how much a note tells.
type Explain uint8

// The kinds of notes.
const (
	Short       Explain = iota // word and likeliest cause at first, then word and count
	First                      // the long form on each code's first hit, then as Short
	FullExplain                // the long form on each hit
	None                       // no notes
)

// ParseExplain reads the value of --explain.
func ParseExplain(s string) (Explain, bool) {
	for i, n := range [...]string{"short", "first", "full", "none"} {
		if s == n {
			return Explain(i), true
		}
	}
	return Short, false
}

// Options say what a View shows. The zero value annotates every line for a pipe.
type Options struct {
	Profile term.Profile // the zero value stands for a pipe or file
	Theme   *term.Theme  // nil paints nothing
	Lang    rules.Lang
	Explain Explain
	NoFold  bool // show each line of a burst
	Footer  bool // running totals below the output; only where lines can be rewritten
	Raw     bool // send control bytes of the log to the terminal

	// Texts explains codes; nil means rules.TextOf.
	Texts func(number int, lang rules.Lang) *rules.Text
	// Say words what happened to a source, without its name; nil means the event's
	// own English text.
	Say func(annotate.SourceEvent) string
	// Now is the wall clock, for redraws and for bursts in logs without stamps.
	// nil means that no time passes.
	Now func() time.Time
	// Accept says whether a hit counts; a hit that does not is treated as if it
	// were not there. nil accepts all, uncertain and related ones too.
	Accept func(*annotate.Record, *annotate.Hit) bool

	OnlyHits         bool  // lines with a counted hit, and their context
	Invert           bool  // lines without one
	Count            bool  // per source the number of such lines
	OnlyMatching     bool  // what identified the hits, each spelling on a line of its own
	FilesWithMatches bool  // names of sources that have such a line
	Quiet            bool  // nothing; ErrDone at the first such line
	MaxCount         int64 // per source, stop after this many such lines; 0 means all
	Before, After    int   // lines of context; either implies OnlyHits
	WithFilename     bool
	LineNumbers      bool
	Headers          bool // ==> FILE <== where another source begins to speak
	// Sources is the number of sources when it is known beforehand and none is
	// followed; it lets Batch return ErrDone when all of them are done.
	Sources int
}

// Filtering reports whether the options choose lines, so that exit code 1 means
// that nothing was chosen.
func (o *Options) Filtering() bool {
	return o.OnlyHits || o.Invert || o.Count || o.OnlyMatching || o.FilesWithMatches || o.Quiet || o.context()
}

func (o *Options) context() bool { return o.Before > 0 || o.After > 0 }

// silent is true for the modes that print no lines of the log.
func (o *Options) silent() bool { return o.Count || o.FilesWithMatches || o.Quiet }

// prefixed is true when lines are printed with something before them.
func (o *Options) prefixed() bool { return o.WithFilename || o.LineNumbers }

// The caps of what a View remembers over lines.
const (
	maxCodes = 1024 // codes with a count; the catalogue has about a tenth of it
	maxCalls = 64   // calls per code that are told apart
	maxPeers = 4096 // peers whose last error is known
)
