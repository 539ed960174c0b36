package cli

import (
	"errors"
	"io"
	"syscall"
)

// What Windows answers to a write into a pipe whose reader went away
// (winerror.h): ERROR_BROKEN_PIPE and ERROR_NO_DATA.
const (
	errorBrokenPipe = syscall.Errno(109)
	errorNoData     = syscall.Errno(232)
)

// quietPipes has nothing to do where there are no signals for it.
func quietPipes() {}

// closedPipe reports whether err says that the reader of our output went away.
func closedPipe(err error) bool {
	return errors.Is(err, errorBrokenPipe) || errors.Is(err, errorNoData) ||
		errors.Is(err, syscall.EPIPE) || errors.Is(err, io.ErrClosedPipe)
}
