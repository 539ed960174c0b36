// Package cli turns flags, environment and files into a run of wsalog. It is
// the only package that reads flags, environment, clock and terminal, prints
// for people, and chooses exit codes.
package cli

import (
	"io"
	"os"
	"time"

	"wsalog/internal/term"
)

// Main runs wsalog with args (without the program's name) and returns the exit
// status. It leaves early, by os.Exit, only when the user asks twice to stop.
func Main(args []string, stdin, stdout, stderr *os.File) int {
	a := &app{
		stdin: stdin, stdout: stdout, stderr: stderr,
		env: os.Getenv, now: time.Now, exit: os.Exit,
	}
	a.boundMemory()
	streams := [...]uintptr{stdin.Fd(), stdout.Fd(), stderr.Fd()}
	c := &console{
		detect: func(s stream) (term.Facts, func()) { return term.Detect(streams[s], os.Getenv) },
		size:   func(s stream) (int, int) { return term.Size(streams[s]) },
	}
	a.look, a.restore = c.look, c.restore
	a.size = func() (int, int) { return c.size(stdoutStream) }
	defer a.restore()
	return a.run(args)
}

// A stream is one of the three that every program is born with.
type stream int

const (
	stdinStream stream = iota
	stdoutStream
	stderrStream
)

// An app is the program and its whole world; tests hand in a world of their own.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	env            func(string) string
	now            func() time.Time
	look           func(stream) term.Facts    // asks what stands behind a stream
	size           func() (width, height int) // of the terminal behind stdout, zeros when unknown
	exit           func(int)
	restore        func() // puts the terminal back

	args     []string // of the program, as they were given
	words    words
	settings *settings
	dash     int // number of arguments before a lone "--", -1 without one
	config   *config
}

// run is Main with a world of its own.
func (a *app) run(args []string) int {
	quietPipes()
	a.args = args
	a.words = wordsOf(a.earlyLanguage(args))
	status := 0
	root := a.commands(&status)
	if lang, ok := a.tableLanguage(root, args); ok && lang != a.words.lang() {
		a.words = wordsOf(lang)
		root = a.commands(&status) // its words are those of the help
	}
	root.SetArgs(protectNumbers(args))
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	if err := root.Execute(); err != nil {
		return a.fail(err)
	}
	return status
}
