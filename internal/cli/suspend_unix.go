//go:build unix

package cli

import (
	"os"
	"os/signal"
	"syscall"
)

// onSuspend calls before when the user presses Ctrl-Z, lets the process stop, and
// calls after when it goes on.
func onSuspend(before, after func()) (stop func()) {
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, syscall.SIGTSTP)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-ch:
				before()
				_ = syscall.Kill(syscall.Getpid(), syscall.SIGSTOP)
				after()
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(ch)
		close(done)
	}
}
