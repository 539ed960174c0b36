//go:build !windows

package cli

import (
	"errors"
	"io"
	"os/signal"
	"syscall"
)

// quietPipes lets a write to a closed pipe return an error. By default the
// runtime would end the program with a signal, without its summary.
func quietPipes() { signal.Ignore(syscall.SIGPIPE) }

// closedPipe reports whether err says that the reader of our output went away.
func closedPipe(err error) bool {
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe)
}
