package pipeline

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"wsalog/annotate"
)

// A foreman is a sink that writes down what it sees of a batch when it prepares it,
// and again when it consumes it.
type foreman struct {
	idle      bool // prepares nothing
	seen      strings.Builder
	prepared  int
	different int
}

type foremanTray struct {
	notes []string
	next  int
}

func (t *foremanTray) Clear()                    { t.notes, t.next = t.notes[:0], 0 }
func (t *foremanTray) Prepare(b *annotate.Batch) { t.notes = append(t.notes, noteOf(b)) }

func noteOf(b *annotate.Batch) string {
	var s strings.Builder
	fmt.Fprintf(&s, "%d %d %v\n", b.FirstLine, b.Lines, b.Outside)
	for i := range b.Records {
		r := &b.Records[i]
		for j := range r.Hits {
			fmt.Fprintln(&s, b.FirstLine+int64(r.LineInBatch), r.Hits[j].Code, r.Hits[j].NewEvent, r.Stamp.Time.Format(time.DateTime))
		}
	}
	return s.String()
}

func (f *foreman) NewTray() annotate.Tray {
	if f.idle {
		return nil
	}
	return &foremanTray{}
}

func (f *foreman) Deliver(b *annotate.Batch, t annotate.Tray) error {
	tray := t.(*foremanTray)
	if tray.notes[tray.next] != noteOf(b) {
		f.different++
	}
	f.seen.WriteString(tray.notes[tray.next])
	tray.next++
	f.prepared++
	return nil
}

func (f *foreman) Batch(b *annotate.Batch) error {
	f.seen.WriteString(noteOf(b))
	return nil
}

func (f *foreman) Idle() error                 { return nil }
func (f *foreman) Close(annotate.Totals) error { return nil }

// TestBatchesLackNothingWhenTheyArePrepared runs a log without years, with stamps
// that are inherited, events over several lines, and lines above the limit.
func TestBatchesLackNothingWhenTheyArePrepared(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var log strings.Builder
	for i := range 6000 {
		switch r.IntN(6) {
		case 0:
			fmt.Fprintf(&log, "%s %2d 10:%02d:00 host ERR%d\n", time.Month(1 + i/500%12).String()[:3], 1+i/20%25, i%60, 1+r.IntN(9))
		case 1:
			fmt.Fprintf(&log, "   at ERR%d\n", 1+r.IntN(9))
		case 2:
			fmt.Fprintf(&log, "ERR%d %s ERR1\n", 1+r.IntN(9), strings.Repeat("x", r.IntN(40)*r.IntN(40)))
		default:
			log.WriteString("nothing\n")
		}
	}
	for _, window := range []*TimeWindow{nil, {From: time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)}} {
		var first string
		for _, workers := range []int{1, 2, 8} {
			f, idle := &foreman{}, &foreman{idle: true}
			cfg := Config{Matcher: wordFinder{}, Workers: workers, BlockSize: 700, LineLimit: 600, Window: window,
				Year: 2026, Latest: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
			within(t, "a run", func() {
				if _, err := Run(context.Background(), cfg, whole([]byte(log.String())), f, idle); err != nil {
					t.Error(err)
				}
			})
			if f.different > 0 || f.prepared < 100 || idle.prepared > 0 {
				t.Errorf("%d workers: %d of %d batches changed after they were prepared, %d without a tray",
					workers, f.different, f.prepared, idle.prepared)
			}
			if idle.seen.String() != f.seen.String() {
				t.Errorf("%d workers: what prepares saw other batches than what does not", workers)
			}
			if first == "" {
				first = f.seen.String()
			}
			if f.seen.String() != first {
				t.Errorf("%d workers see other batches than one", workers)
			}
			if !strings.Contains(first, "true") || !strings.Contains(first, "2025") {
				t.Error("nothing was marked, or no year was told")
			}
		}
	}
}
