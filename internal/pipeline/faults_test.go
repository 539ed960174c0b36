package pipeline

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"wsalog/annotate"
	"wsalog/internal/source"
)

// A chatFeed hands out lines when the test sends them, like a live pipe.
type chatFeed struct {
	lines chan string
	off   int64
}

func (f *chatFeed) Next(ctx context.Context, buf []byte) (source.Piece, error) {
	select {
	case s, ok := <-f.lines:
		if !ok {
			return source.Piece{}, io.EOF
		}
		p := source.Piece{Name: "-", N: copy(buf, s), Offset: f.off}
		f.off += int64(p.N)
		return p, nil
	case <-ctx.Done():
		return source.Piece{}, ctx.Err()
	}
}
func (f *chatFeed) Ready() bool  { return len(f.lines) > 0 }
func (f *chatFeed) Close() error { return nil }

// waitFor polls until cond holds.
func waitFor(t *testing.T, what string, cond func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !cond(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited 20 s for %s", what)
		}
	}
}

// Invariant 9: an idle source flushes what it has at once.
func TestInvariant9IdleFlush(t *testing.T) {
	t.Parallel()
	for _, workers := range []int{1, 4} {
		feed := &chatFeed{lines: make(chan string, 8)}
		r := &recorder{}
		done := make(chan error, 1)
		go func() {
			_, err := Run(context.Background(), Config{Matcher: wordFinder{}, Workers: workers}, feed, r)
			done <- err
		}()
		want := ""
		for i := range 50 {
			line := fmt.Sprintf("line %d ERR1\n", i)
			want += line
			feed.lines <- line
			waitFor(t, "the line and an idle call behind it", func() bool {
				r.mu.Lock()
				defer r.mu.Unlock()
				return r.all.String() == want && r.log[len(r.log)-1] == "idle"
			})
		}
		feed.lines <- "no line end"
		close(feed.lines)
		within(t, "the end", func() {
			if err := <-done; err != nil {
				t.Error(err)
			}
		})
		if got := r.all.String(); got != want+"no line end" {
			t.Errorf("output %q", got)
		}
		if strings.Contains(strings.Join(r.log, " "), "idle idle") {
			t.Error("sinks were called twice for one pause")
		}
	}
}

// bigFeed hands out n bytes of lines and never waits.
type bigFeed struct {
	line []byte
	left int64
	off  int64
	read atomic.Int64
}

func (f *bigFeed) Next(ctx context.Context, buf []byte) (source.Piece, error) {
	if err := ctx.Err(); err != nil {
		return source.Piece{}, err
	}
	if f.left == 0 {
		return source.Piece{}, io.EOF
	}
	n := int(min(int64(len(buf)), f.left))
	at := int(f.off % int64(len(f.line)))
	for i := 0; i < n; at = 0 {
		i += copy(buf[i:n], f.line[at:])
	}
	p := source.Piece{Name: "big", N: n, Offset: f.off, End: f.left == int64(n)}
	f.off += int64(n)
	f.left -= int64(n)
	f.read.Store(f.off)
	return p, nil
}
func (f *bigFeed) Ready() bool  { return f.left > 0 }
func (f *bigFeed) Close() error { return nil }

func TestSlowSinkHoldsTheReaderBack(t *testing.T) {
	t.Parallel()
	const block = 4096
	feed := &bigFeed{line: []byte("a line without anything\n"), left: 1 << 40}
	release := make(chan struct{})
	r := &recorder{onBatch: func(*annotate.Batch) error {
		<-release
		return syscall.EPIPE
	}}
	done := make(chan error, 1)
	go func() {
		_, err := Run(context.Background(), Config{Matcher: noFinder{}, Workers: 2, BlockSize: block}, feed, r)
		done <- err
	}()
	var last int64 = -1
	waitFor(t, "the reader to stand still", func() bool {
		now := feed.read.Load()
		still := now > 0 && now == last
		last = now
		time.Sleep(50 * time.Millisecond)
		return still
	})
	if most := int64((2 + 3 + 1) * block); last > most {
		t.Errorf("read %d bytes ahead of a sink that takes none, want at most %d", last, most)
	}
	close(release)
	within(t, "the end", func() {
		if err := <-done; !errors.Is(err, syscall.EPIPE) {
			t.Errorf("error %v", err)
		}
	})
}

func TestSinkErrorStopsTheRun(t *testing.T) {
	t.Parallel()
	for _, workers := range []int{1, 3} {
		for _, fail := range []int{1, 2, 20} {
			feed := &bigFeed{line: []byte("a line with ERR1\n"), left: 1 << 40}
			n := 0
			bad := &recorder{onBatch: func(*annotate.Batch) error {
				if n++; n >= fail {
					return fmt.Errorf("write: %w", syscall.EPIPE)
				}
				return nil
			}}
			good := &recorder{}
			within(t, "the run", func() {
				_, err := Run(context.Background(), Config{Matcher: wordFinder{}, Workers: workers, BlockSize: 1024}, feed, good, bad)
				if !errors.Is(err, syscall.EPIPE) {
					t.Errorf("error %v", err)
				}
			})
			if n != fail || bad.closed != 1 || good.closed != 1 {
				t.Errorf("the sink that failed got %d batches, want %d; closed %d and %d times", n, fail, bad.closed, good.closed)
			}
		}
	}
}

// A sink that fails while the feed waits must not wait for the feed.
func TestSinkErrorWhileTheFeedWaits(t *testing.T) {
	t.Parallel()
	feed := &chatFeed{lines: make(chan string, 1)}
	feed.lines <- "line\n"
	r := &recorder{onBatch: func(*annotate.Batch) error { return syscall.EPIPE }}
	within(t, "the run", func() {
		if _, err := Run(context.Background(), Config{Matcher: noFinder{}}, feed, r); !errors.Is(err, syscall.EPIPE) {
			t.Errorf("error %v", err)
		}
	})
}

func TestCancelDeliversWhatWasRead(t *testing.T) {
	t.Parallel()
	t.Run("before the first byte", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		r := &recorder{}
		_, err := Run(ctx, Config{Matcher: noFinder{}}, &bigFeed{line: []byte("x\n"), left: 1 << 40}, r)
		if !errors.Is(err, context.Canceled) || r.closed != 1 || r.all.Len() > 0 {
			t.Errorf("error %v, closed %d times, %d bytes", err, r.closed, r.all.Len())
		}
	})
	t.Run("while the feed waits, inside a line", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		feed := &chatFeed{lines: make(chan string, 1)}
		feed.lines <- "line\nbegun ERR1"
		r := &recorder{}
		done := make(chan error, 1)
		go func() {
			_, err := Run(ctx, Config{Matcher: wordFinder{}}, feed, r)
			done <- err
		}()
		waitFor(t, "the first line", func() bool { return r.text0() == "line\n" })
		cancel()
		within(t, "the end", func() {
			if err := <-done; !errors.Is(err, context.Canceled) {
				t.Errorf("error %v", err)
			}
		})
		if got := r.text0(); got != "line\nbegun ERR1" || len(r.records) != 1 || r.closed != 1 {
			t.Errorf("output %q, records %v, closed %d times", got, r.records, r.closed)
		}
	})
	t.Run("in the middle of a large file", func(t *testing.T) {
		for _, workers := range []int{1, 3} {
			ctx, cancel := context.WithCancel(context.Background())
			feed := &bigFeed{line: []byte("a line with ERR1\n"), left: 1 << 40}
			n := 0
			r := &recorder{onBatch: func(*annotate.Batch) error {
				if n++; n == 10 {
					cancel()
				}
				return nil
			}}
			within(t, "the run", func() {
				if _, err := Run(ctx, Config{Matcher: wordFinder{}, Workers: workers, BlockSize: 2048}, feed, r); !errors.Is(err, context.Canceled) {
					t.Errorf("error %v", err)
				}
			})
			if int64(r.all.Len()) != feed.read.Load() {
				t.Errorf("delivered %d bytes of %d that were read", r.all.Len(), feed.read.Load())
			}
		}
	})
	t.Run("with bytes still waiting", func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		feed := &chatFeed{lines: make(chan string, 4)}
		feed.lines <- "first\n"
		r := &recorder{onBatch: func(b *annotate.Batch) error {
			if ctx.Err() == nil {
				cancel()
				feed.lines <- "second\n"
				feed.lines <- "third\n"
			}
			return nil
		}}
		// The run may or may not have seen the cancellation before the lines.
		_, err := Run(ctx, Config{Matcher: wordFinder{}, Drain: 1 << 16}, feed, r)
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		if got := r.all.String(); !strings.HasPrefix("first\nsecond\nthird\n", got) || got == "" {
			t.Errorf("output %q", got)
		}
	})
}

// Drain reads on after an interrupt, but no more than it may.
func TestDrainIsBounded(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	feed := &drainFeed{bigFeed{line: []byte("12345678901234\n"), left: 1 << 40}}
	r := &recorder{}
	_, err := Run(ctx, Config{Matcher: noFinder{}, Drain: 10_000}, feed, r)
	if !errors.Is(err, context.Canceled) || r.all.Len() != 10_000 {
		t.Errorf("error %v, %d bytes", err, r.all.Len())
	}
}

// A drainFeed always has bytes.
type drainFeed struct{ bigFeed }

func TestNoGoroutineStaysBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 8 {
		feed := &bigFeed{line: []byte("a line with ERR1\n"), left: 1 << 18}
		r := &recorder{onBatch: func(b *annotate.Batch) error {
			if b.Offset > 1<<17 {
				return syscall.EPIPE
			}
			return nil
		}}
		Run(context.Background(), Config{Matcher: wordFinder{}, Workers: 4, BlockSize: 4096}, feed, r)
	}
	waitFor(t, "goroutines to end", func() bool { return runtime.NumGoroutine() <= before })
}
