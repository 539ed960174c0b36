package pipeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"wsalog/annotate"
	"wsalog/internal/source"
)

// sampleLog returns lines of many kinds, a tenth of them with hits.
func sampleLog(lines int) []byte {
	var b bytes.Buffer
	r := rand.New(rand.NewPCG(1, 2))
	for i := range lines {
		switch r.IntN(20) {
		case 0:
			fmt.Fprintf(&b, "2026-07-14 10:%02d:%02d connect failed ERR%d\n", i/60%60, i%60, r.IntN(10))
		case 1:
			fmt.Fprintf(&b, "   at inner ERR%d  and DECOYS\r\n", r.IntN(10))
		case 2:
			b.WriteString("\n")
		case 3:
			fmt.Fprintf(&b, "long %s\n", strings.Repeat("x", r.IntN(700)))
		default:
			fmt.Fprintf(&b, "2026-07-14 10:%02d:%02d line %d\n", i/60%60, i%60, i)
		}
	}
	return b.Bytes()
}

// Invariant 3: output order is input order for any number of workers and any
// block size, and records do not depend on where blocks are cut.
func TestInvariant3OrderAndRecords(t *testing.T) {
	t.Parallel()
	data := sampleLog(4000)
	want := play(t, Config{Workers: 1, BlockSize: 1 << 24, LineLimit: 400}, whole(data))
	if len(want.records) < 300 {
		t.Fatalf("only %d records: the log proves nothing", len(want.records))
	}
	if !bytes.Equal(want.all.Bytes(), data) {
		t.Fatal("the output differs from the input")
	}
	for _, workers := range []int{1, 2, 3, 8} {
		for _, size := range []int{512, 600, 4096, 65536} {
			for _, most := range []int{0, 1, 7, 1000} {
				if most == 1 && size != 600 {
					continue
				}
				feed := whole(data)
				feed.most = most
				got := play(t, Config{Workers: workers, BlockSize: size, LineLimit: 400}, feed)
				if !bytes.Equal(got.all.Bytes(), data) {
					t.Fatalf("workers %d, block %d, reads of %d: output differs", workers, size, most)
				}
				if d := firstDiff(got.records, want.records); d != "" {
					t.Fatalf("workers %d, block %d, reads of %d: %s", workers, size, most, d)
				}
				if got.totals.Lines != 4000 || got.totals.Bytes != int64(len(data)) {
					t.Fatalf("totals: %+v", got.totals)
				}
				if got.totals.Rejected["decoy"] != want.totals.Rejected["decoy"] {
					t.Fatalf("rejected: %v, want %v", got.totals.Rejected, want.totals.Rejected)
				}
			}
		}
	}
}

func firstDiff(got, want []string) string {
	for i := range max(len(got), len(want)) {
		g, w := "nothing", "nothing"
		if i < len(got) {
			g = got[i]
		}
		if i < len(want) {
			w = want[i]
		}
		if g != w {
			return fmt.Sprintf("record %d is %s, want %s (%d and %d in all)", i, g, w, len(got), len(want))
		}
	}
	return ""
}

func TestRecordPlaces(t *testing.T) {
	t.Parallel()
	data := "one\n2026-01-02 03:04:05 ERR1\r\n\n  ERR2\n#Fields: a sc-win32-status\nERR3 last"
	got := play(t, Config{}, whole([]byte(data)))
	want := []string{
		"s0:2 @4 10001 2026-01-02T03:04:05",
		"s0:4 @31 10002 2026-01-02T03:04:05~",
		"s0:6 @65 10103 2026-01-02T03:04:05~",
	}
	if d := firstDiff(got.records, want); d != "" {
		t.Fatal(d)
	}
	if got.totals.Lines != 6 || got.totals.Sources != 1 {
		t.Fatalf("totals: %+v", got.totals)
	}
}

func TestUTF8MarkPassesAndDisturbsNothing(t *testing.T) {
	t.Parallel()
	data := []byte("\xEF\xBB\xBF2026-01-02 03:04:05 ERR1\n#Fields: x\nERR1\n")
	for at := range len(data) {
		got := play(t, Config{}, split(data, at))
		if !bytes.Equal(got.all.Bytes(), data) {
			t.Fatalf("split at %d: %q", at, got.all.Bytes())
		}
		want := []string{"s0:1 @3 10001 2026-01-02T03:04:05", "s0:3 @39 10101 2026-01-02T03:04:05~"}
		if d := firstDiff(got.records, want); d != "" {
			t.Fatalf("split at %d: %s", at, d)
		}
	}
	header := []byte("\xEF\xBB\xBF#Fields: sc-win32-status\nERR1\n")
	if got := play(t, Config{}, whole(header)); len(got.records) != 1 || !strings.Contains(got.records[0], "10101") {
		t.Fatalf("header behind a mark: %v", got.records)
	}
	for _, only := range []string{"\xEF\xBB\xBF", "\xEF", "\xFF", ""} {
		if got := play(t, Config{}, whole([]byte(only))); got.all.String() != only {
			t.Fatalf("%q came out as %q", only, got.all.String())
		}
	}
}

func TestSourcesThatTakeTurns(t *testing.T) {
	t.Parallel()
	texts := [3][]byte{sampleLog(300), sampleLog(200), []byte("no line end ERR4")}
	for _, size := range []int{512, 4096} {
		feed := &scriptFeed{}
		r := rand.New(rand.NewPCG(3, 4))
		left := [3][]byte{texts[0], texts[1], texts[2]}
		for len(left[0])+len(left[1])+len(left[2]) > 0 {
			id := r.IntN(3)
			n := min(len(left[id]), 1+r.IntN(300))
			if n == 0 {
				continue
			}
			feed.steps = append(feed.steps, step{id: id, data: left[id][:n], end: n == len(left[id])})
			left[id] = left[id][n:]
		}
		got := play(t, Config{Workers: 2, BlockSize: size}, feed)
		var records []string
		for id, text := range texts {
			if !bytes.Equal(got.out[id].Bytes(), text) {
				t.Fatalf("block %d: source %d came out changed", size, id)
			}
			alone := play(t, Config{}, &scriptFeed{steps: []step{{id: id, data: text, end: true}}})
			records = append(records, alone.records...)
		}
		slices.Sort(records)
		slices.Sort(got.records)
		if d := firstDiff(got.records, records); d != "" {
			t.Fatalf("block %d: %s", size, d)
		}
		if got.totals.Sources != 3 {
			t.Fatalf("sources: %+v", got.totals)
		}
	}
}

func TestResetEndsTheLineAndStartsCountingAgain(t *testing.T) {
	t.Parallel()
	feed := &scriptFeed{steps: []step{
		{data: []byte("a\nb ERR1"), events: []source.Event{{Kind: source.Opened, Text: "s0: opened"}}},
		{reset: true, data: []byte("c ERR2\n"), events: []source.Event{{Kind: source.Rotated, Text: "s0: rotated"}}},
		{reset: true, offset: 7, data: []byte("d ERR3\n")},
		{end: true, events: []source.Event{{Kind: source.Ended, Text: "s0: ended"}}},
	}}
	got := play(t, Config{}, feed)
	if s := got.all.String(); s != "a\nb ERR1c ERR2\nd ERR3\n" {
		t.Fatalf("output %q", s)
	}
	want := []string{"s0:2 @2 10001", "s0:1 @0 10002", "s0:1 @7 10003"}
	if d := firstDiff(got.records, want); d != "" {
		t.Fatal(d)
	}
	events := []string{"0 opened s0: opened", "0 rotated s0: rotated", "0 ended s0: ended"}
	if d := firstDiff(got.events, events); d != "" {
		t.Fatal(d)
	}
}

// TestEndsAreTold has the end of every source told that was read, behind its last
// bytes and before the next source's.
func TestEndsAreTold(t *testing.T) {
	t.Parallel()
	failed := source.Event{Kind: source.Trouble, Text: "failed", Err: errors.New("failed")}
	feed := &scriptFeed{steps: []step{
		{id: 0, data: []byte("a ERR1\nb"), last: true},
		{id: 1, last: true}, // empty
		{id: 2, last: true, events: []source.Event{failed}},
		{id: 3, data: []byte("c ERR3\n")},
		{id: 3, last: true, events: []source.Event{failed}},
		{id: 4, last: true, events: []source.Event{{Kind: source.Skipped, Text: "binary"}}},
		{id: 5, data: []byte("d"), end: true}, // of a generation
	}}
	r := &recorder{}
	var order []string
	r.onBatch = func(b *annotate.Batch) error {
		for _, e := range b.Events {
			order = append(order, fmt.Sprintf("%d %s", b.Source.ID, kindName(e.Kind)))
		}
		if len(b.Bytes) > 0 {
			order = append(order, fmt.Sprintf("%d %s", b.Source.ID, b.Bytes))
		}
		return nil
	}
	totals, err := Run(context.Background(), Config{Matcher: wordFinder{}}, feed, r)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"0 a ERR1\n", "0 b", "0 ended", "1 ended", "2 trouble", "3 c ERR3\n", "3 trouble", "3 ended", "4 skipped", "5 d"}
	if d := firstDiff(order, want); d != "" {
		t.Errorf("%s in %q", d, order)
	}
	if totals.Sources != 6 {
		t.Errorf("%d sources", totals.Sources)
	}
}

func TestDayOrder(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ data, want string }{
		{"01/02/2026 10:00:00 x\n13/02/2026 10:00:00 ERR1\n", "2026-02-13"},
		{"01/02/2026 10:00:00 ERR1\n13/02/2026 10:00:00 x\n", "2026-02-01"},
		{"01/02/2026 10:00:00 ERR1\n01/13/2026 10:00:00 x\n", "2026-01-02"},
		{"01/02/2026 10:00:00 ERR1\n", "2026-01-02"},
	} {
		got := play(t, Config{}, whole([]byte(c.data)))
		if len(got.records) != 1 || !strings.Contains(got.records[0], c.want) {
			t.Errorf("%q: %v, want %s", c.data, got.records, c.want)
		}
	}
}
