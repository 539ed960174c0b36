// Package backtrack tells whether a regular expression matches a short text. It
// knows nothing of logs or rules: an expression in, an answer out.
//
// It exists for the sake of a quick start. A run on a few lines compiles about as
// many expressions as it makes comparisons, so that compiling is what counts: here it
// is one pass over the expression and another over its tree, without any
// optimisation. Since no place and no group is asked for, greedy and lazy
// repetition give the same answers, and much that makes an engine large is missing.
//
// The syntax is the part of that of regexp2 (.NET) that context rules use; see
// Compile. What is beyond it is refused, never misunderstood.
package backtrack

import (
	"errors"
	"sync/atomic"
)

// A Mode says where in the text an expression must match.
type Mode uint8

// The modes.
const (
	Search Mode = iota // anywhere
	Prefix             // from the beginning of the text
	Suffix             // up to the end of the text; read from there backwards
)

// ErrSteps says that a match took more steps than any sensible one.
var ErrSteps = errors.New("match gave up: too many steps")

// maxSteps bounds how often one match goes back to another alternative.
const maxSteps = 1 << 20

// A Program is a compiled expression. It is safe for use by several goroutines.
type Program struct {
	script
	uses  atomic.Int32 // up to guideFrom
	guide atomic.Pointer[guide]
}

// A script is the code of a program, which never changes.
type script struct {
	mode   Mode
	start  int32
	code   []inst
	arms   []arm
	runes  []rune // of all literals
	sets   []set
	ranges []rune // of all sets: pairs of first and last
}

type op uint8

const (
	opMatch   op = iota // the expression, or that of a look, matches
	opLiteral           // runes[arg:end]
	opSet               // one rune of sets[arg]
	opRepeat            // min to max runes of sets[arg], as many as can be
	opArms              // one of arms[arg:end]
	opLook              // the code at arg matches here, or does not
	opBegin             // ^
	opEnd               // $: at the end, or before a line break there
	opWord              // \b
	opInside            // \B
)

// An inst is one step. What follows it stands at next, wherever that is: the code
// is made from its end.
type inst struct {
	op       op
	back     bool // reads backwards
	neg      bool // of opLook: must not match
	min, max uint16
	arg, end int32
	next     int32
}

// endless is the max of a repetition without bound.
const endless = 1<<16 - 1

// An arm is an alternative. What it must begin with, where that is known, spares
// most of them a try.
type arm struct {
	first rune  // -1 when not known
	set   int32 // likewise
	pc    int32
}
