package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"wsalog/annotate"
)

// Far more jobs than there are come at once when the feed ends: each of these sources
// has a line in progress, of which only a few fit a job. Nobody waits for himself.
func TestManyLinesInProgressAtTheEnd(t *testing.T) {
	t.Parallel()
	const sources = 100
	for _, workers := range []int{1, 2, 8} {
		var steps []step
		for id := range sources {
			steps = append(steps, step{id: id, data: []byte(strings.Repeat("-", 400) + fmt.Sprintf(" ERR%d", id))})
		}
		got := play(t, Config{Workers: workers, BlockSize: 512}, &scriptFeed{steps: steps})
		if len(got.records) != sources || got.totals.Lines != sources {
			t.Errorf("%d workers: %d records on %d lines, want %d", workers, len(got.records), got.totals.Lines, sources)
		}
	}
}

// While the reader waits for the feed, the lines that came before are searched and
// delivered, also those of a job that was full.
func TestNothingWaitsForTheFeed(t *testing.T) {
	t.Parallel()
	for _, workers := range []int{1, 2, 8} {
		for _, lines := range []int{1, 9, 10, 11, 100, 1000} {
			wait, seen := make(chan struct{}), 0
			text := bytes.Repeat([]byte("a line of some fifty bytes, which tells of nothing\n"), lines)
			feed := &scriptFeed{steps: []step{{data: text}, {data: []byte("end\n"), wait: wait}}}
			late := time.AfterFunc(20*time.Second, func() { close(wait) })
			sink := &recorder{onBatch: func(b *annotate.Batch) error {
				if seen += int(b.Lines); seen == lines {
					if !late.Stop() {
						return fmt.Errorf("the lines came only when the feed went on")
					}
					close(wait)
				}
				return nil
			}}
			cfg := Config{Matcher: noFinder{}, Workers: workers, BlockSize: 512}
			if _, err := Run(context.Background(), cfg, feed, sink); err != nil || seen != lines+1 {
				t.Errorf("%d workers: %v, %d lines of %d", workers, err, seen, lines+1)
			}
		}
	}
}

// TestBusyIsToldOnce runs logs of some blocks and of a few lines.
func TestBusyIsToldOnce(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ workers, lines, most int }{{3, 20_000, 1}, {3, 2, 0}, {1, 20_000, 0}} {
		told := 0
		cfg := Config{Matcher: noFinder{}, Workers: c.workers, BlockSize: 512, Busy: func() { told++ }}
		text := bytes.Repeat([]byte("a line of some fifty bytes, which tells of nothing\n"), c.lines)
		if _, err := Run(context.Background(), cfg, whole(text), &recorder{}); err != nil {
			t.Fatal(err)
		}
		if told > c.most || c.most > 0 && told == 0 {
			t.Errorf("%d workers, %d lines: told %d times, want %d", c.workers, c.lines, told, c.most)
		}
	}
}
