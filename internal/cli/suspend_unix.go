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
	ch, goOn := make(chan os.Signal, 1), make(chan os.Signal, 1)
	signal.Notify(ch, syscall.SIGTSTP)
	signal.Notify(goOn, syscall.SIGCONT)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-ch:
				select {
				case <-goOn: // of an earlier stop, that was not ours
				default:
				}
				before()
				_ = syscall.Kill(syscall.Getpid(), syscall.SIGSTOP)
				// The call may return before another thread has taken the signal.
				select {
				case <-goOn:
				case <-done:
				}
				after()
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(ch)
		signal.Stop(goOn)
		close(done)
	}
}
