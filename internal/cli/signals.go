package cli

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// An interrupt watches for Ctrl-C and SIGTERM: the first one ends the context,
// so that what was read is still written and the summary printed; the second
// one leaves at once.
type interrupt struct {
	code atomic.Int32 // exit code of the first signal, 0 before it
	stop func()
}

// watch returns a context that ends at the first signal.
func (a *app) watch() (context.Context, *interrupt) {
	ctx, cancel := context.WithCancel(context.Background())
	in := &interrupt{}
	ch := make(chan os.Signal, 2)
	done := make(chan struct{})
	signal.Notify(ch, os.Interrupt, syscall.SIGTERM)
	in.stop = func() {
		signal.Stop(ch)
		close(done)
		cancel()
	}
	go func() {
		for {
			select {
			case s := <-ch:
				code := int32(exitInterrupt)
				if s == syscall.SIGTERM {
					code = exitTerm
				}
				if !in.code.CompareAndSwap(0, code) {
					a.restore()
					a.exit(int(code))
				}
				cancel()
			case <-done:
				return
			}
		}
	}()
	return ctx, in
}
