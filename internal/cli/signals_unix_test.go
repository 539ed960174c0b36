//go:build unix

package cli

import (
	"syscall"
	"testing"
)

// TestSecondSignalLeavesAtOnce: the first signal ends the context, and while the
// run is still busy with it the second one puts the terminal back and leaves. It
// must not run beside other tests: the signals reach them all.
func TestSecondSignalLeavesAtOnce(t *testing.T) {
	for _, test := range []struct {
		first, second syscall.Signal
		code, left    int
	}{
		{syscall.SIGINT, syscall.SIGTERM, exitInterrupt, exitTerm},
		{syscall.SIGTERM, syscall.SIGINT, exitTerm, exitInterrupt},
		{syscall.SIGINT, syscall.SIGINT, exitInterrupt, exitInterrupt},
	} {
		w := newWorld()
		restored, left := false, make(chan int, 1)
		w.restore = func() { restored = true }
		w.exit = func(code int) {
			if !restored {
				t.Error("left before the terminal was put back")
			}
			left <- code
		}
		ctx, in := w.watch()
		send(t, test.first)
		<-ctx.Done()
		if got := int(in.code.Load()); got != test.code || len(left) > 0 {
			t.Errorf("%v: code %d, want %d; left %d times", test.first, got, test.code, len(left))
		}
		send(t, test.second) // nobody has answered the end of ctx
		if got := <-left; got != test.left {
			t.Errorf("%v, %v: left with %d, want %d", test.first, test.second, got, test.left)
		}
		in.stop()
	}
}

func send(t *testing.T, s syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(syscall.Getpid(), s); err != nil {
		t.Fatal(err)
	}
}
