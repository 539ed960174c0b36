package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"wsalog/annotate"
)

// A gauge is a sink that watches the heap and what comes by.
type gauge struct {
	meter
	peak    uint64
	batches int
	codes   map[int]int
}

func (g *gauge) Batch(b *annotate.Batch) error {
	if g.batches++; g.batches%16 == 0 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		g.peak = max(g.peak, m.HeapInuse+m.StackInuse)
	}
	for i := range b.Records {
		for _, h := range b.Records[i].Hits {
			g.codes[h.Code]++
		}
	}
	return g.meter.Batch(b)
}

// Invariant 4: memory is bounded by workers × (block + longest allowed line),
// whatever the input's size or line lengths. The same holds for 1 GiB.
func TestInvariant4MemoryIsBounded(t *testing.T) {
	const size = 8 << 20
	wide := func(s string) string {
		var b strings.Builder
		for _, c := range []byte(s) {
			b.WriteByte(c)
			b.WriteByte(0)
		}
		return b.String()
	}
	mega := strings.Repeat("a very long line ", 20_000)
	for name, text := range map[string]string{
		"one line":           mega + "ERR1 ",
		"one line in UTF-16": wide(mega + "ERR1 "),
		"one line in GBK":    strings.Repeat("\xC1\xAC\xBD\xD3\xCA\xA7\xB0\xDC ", 20_000) + "ERR1 ",
		"short lines":        benchLine,
		"lines near a limit": strings.Repeat("y", 1<<20-10) + "\n",
		"lines above it":     strings.Repeat("y", 1<<20+10) + " ERR1\n",
		"mixed lines":        benchLine + mega + "ERR1\n",
	} {
		for _, workers := range []int{1, 4} {
			runtime.GC()
			var before runtime.MemStats
			runtime.ReadMemStats(&before)
			g := &gauge{codes: map[int]int{}}
			feed := &loopFeed{text: []byte(text), left: size}
			cfg := Config{Matcher: wordFinder{}, Workers: workers}
			if _, err := Run(context.Background(), cfg, feed, g); err != nil {
				t.Fatal(err)
			}
			// The sum of all jobs, each with its raw and decoded bytes, twice for
			// what the collector has not yet found.
			most := uint64(2 * (workers + 3) * 4 << 20)
			if used := int64(g.peak) - int64(before.HeapInuse); used > int64(most) {
				t.Errorf("%s, %d workers: %d KiB used, want at most %d", name, workers, used>>10, most>>10)
			} else {
				t.Logf("%s, %d workers: %d KiB", name, workers, used>>10)
			}
			if strings.HasPrefix(name, "one line") && (g.lines != 1 || g.codes[10001] != 1) {
				t.Errorf("%s: %d lines, hits %v; want one line with one hit", name, g.lines, g.codes)
			}
		}
	}
}

// Invariant 1: a line above the limit is scanned in overlapping windows, and
// told; its spellings are found wherever a window ends, and counted once.
func TestLongLines(t *testing.T) {
	t.Parallel()
	const limit = 256
	for pad := range 2 * limit {
		text := "short ERR2\n" + strings.Repeat("-", pad) + " ERR1 " + strings.Repeat("=", 3*limit) + " ERR1 ERR3 \r\nafter ERR4\n"
		got := play(t, Config{LineLimit: limit}, whole([]byte(text)))
		if got.all.String() != text {
			t.Fatalf("pad %d: the output differs", pad)
		}
		codes := ""
		for _, r := range got.records {
			_, after, _ := strings.Cut(r, " ")
			codes += r[:strings.Index(r, " ")] + " " + after + "; "
		}
		lineOffset := len("short ERR2\n")
		last := strings.Index(text, "after")
		want := fmt.Sprintf("s0:1 @0 10002; s0:2 @%d 10001; s0:2 @%d 10003; s0:3 @%d 10004; ", lineOffset, lineOffset, last)
		if codes != want && codes != strings.Replace(want, fmt.Sprintf("10001; s0:2 @%d ", lineOffset), "10001 ", 1) {
			t.Fatalf("pad %d: %s\nwant %s", pad, codes, want)
		}
		if got.totals.Lines != 3 {
			t.Fatalf("pad %d: %d lines", pad, got.totals.Lines)
		}
		if len(got.events) != 1 || got.events[0] != "0 long line 2 is longer than 256 bytes and is searched in pieces" {
			t.Fatalf("pad %d: events %q", pad, got.events)
		}
	}
}

// A \r\n is not torn: a note must stand before it.
func TestWindowsKeepReturnAndLineEndTogether(t *testing.T) {
	t.Parallel()
	for n := range 200 {
		text := []byte(strings.Repeat("x", 100+n) + "\r\nnext\r\n")
		r := &recorder{onBatch: func(b *annotate.Batch) error {
			if b.Continues && bytes.HasSuffix(b.Bytes, []byte{'\r'}) {
				return fmt.Errorf("%d: a window ends with \\r", n)
			}
			return nil
		}}
		if _, err := Run(context.Background(), Config{Matcher: wordFinder{}, LineLimit: 64}, whole(text), r); err != nil {
			t.Fatal(err)
		}
	}
}
