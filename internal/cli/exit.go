package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"
)

// The exit codes, which README.md lists for users.
const (
	exitOK        = 0
	exitNone      = 1   // a filter mode chose nothing
	exitTrouble   = 2   // usage, unreadable input, bad rules
	exitCondition = 3   // --fail-on was met
	exitInterrupt = 130 // Ctrl-C
	exitTerm      = 143 // SIGTERM
)

// An outcome is how a run ended, of which the worst decides the exit code.
type outcome struct {
	signal    int  // exitInterrupt or exitTerm, 0 when it was not interrupted
	trouble   bool // something could not be read
	condition bool // --fail-on was met
	filtering bool // a mode that tells by its code whether it chose anything
	chose     bool // it did
	quiet     bool // -q: a hit outweighs trouble
}

// code returns the exit code in the order of precedence that README.md gives.
func (o outcome) code() int {
	switch {
	case o.signal != 0:
		return o.signal
	case o.quiet && o.chose && !o.condition:
		return exitOK
	case o.quiet && o.chose:
		return exitCondition
	case o.trouble:
		return exitTrouble
	case o.condition:
		return exitCondition
	case o.filtering && !o.chose:
		return exitNone
	}
	return exitOK
}

// A usageError is a mistake of the user; it ends with a hint at the help.
type usageError struct{ message string }

func (e *usageError) Error() string { return e.message }

// usage makes a usageError from the table of words.
func (a *app) usage(key string, args ...any) error {
	return &usageError{a.words.say(key, args...)}
}

// A plainError is trouble that help would not cure.
type plainError struct{ message string }

func (e *plainError) Error() string { return e.message }

func (a *app) trouble(key string, args ...any) error {
	return &plainError{a.words.say(key, args...)}
}

// errTold stands for trouble that was reported already.
var errTold = errors.New("told already")

// fail reports err and returns the exit code that belongs to it.
func (a *app) fail(err error) int {
	if closedPipe(err) {
		return exitOK
	}
	if errors.Is(err, errTold) {
		return exitTrouble
	}
	err = a.translate(err)
	a.complain(a.reword(err))
	var usage *usageError
	if errors.As(err, &usage) {
		fmt.Fprintln(a.stderr, a.words.say("try-help"))
	}
	return exitTrouble
}

// complain writes a message in the shape that all complaints have. Names of
// files may be in it: they must not steer the terminal.
func (a *app) complain(message string) { a.complainTo(a.stderr, message) }

func (a *app) complainTo(w io.Writer, message string) {
	fmt.Fprintln(w, "wsalog: "+strings.ReplaceAll(a.harmless(message), "\n", "\nwsalog: "))
}

// translate puts what the flag parser says into the user's language.
func (a *app) translate(err error) error {
	var (
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
		syntax  *pflag.InvalidSyntaxError
	)
	switch {
	case errors.As(err, &invalid):
		return a.usage("flag.invalid", "--"+invalid.GetFlag().Name, invalid.GetValue(), a.why(invalid.Unwrap()))
	case errors.As(err, &missing):
		return a.usage("flag.no-value", "--"+missing.GetFlag().Name)
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			return a.usage("flag.unknown", "-"+name, "")
		}
		return a.usage("flag.unknown", "--"+name, a.closestFlag(name))
	case errors.As(err, &syntax):
		return a.usage("flag.syntax", syntax.GetSpecifiedFlag())
	}
	return err
}

// why words the cause of a refused value.
func (a *app) why(err error) string {
	var bad *valueError
	if errors.As(err, &bad) {
		return a.words.say(bad.key, bad.args...)
	}
	return a.reword(err)
}

// closestFlag is a hint at a flag that was perhaps meant, or at the commands that
// have it; or empty.
func (a *app) closestFlag(name string) string {
	if f := findFlag(name); f != nil { // only not here
		return a.words.say("flag.others", strings.Join(commandsWith(f.on), ", "))
	}
	best, dist := "", len(name)/3+1
	for i := range flagTable {
		if d, ok := closer(name, flagTable[i].name, dist-1); ok {
			best, dist = flagTable[i].name, d
		}
	}
	if best == "" {
		return ""
	}
	return a.words.say("flag.meant", "--"+best)
}

// commandsWith are the commands of a set as they are typed.
func commandsWith(on commandSet) []string {
	var names []string
	for _, c := range commandNames {
		switch {
		case on&c.set == 0:
		case c.set == onAnnotate:
			names = append(names, "wsalog")
		default:
			names = append(names, "wsalog "+c.name)
		}
	}
	return names
}
