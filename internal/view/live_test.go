package view

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"wsalog/annotate"
	"wsalog/internal/term"
)

func TestFooterIsErasedAndThrottled(t *testing.T) {
	clock := time.Unix(0, 0)
	var out bytes.Buffer
	o := sampleOptions()
	o.Profile, o.Footer, o.Now = terminal(80), true, func() time.Time { return clock }
	v := New(&out, o)
	draws := 0
	for i := range 400 { // two seconds
		clock = clock.Add(5 * time.Millisecond)
		if err := v.Batch(batchOf(appSource, int64(i+1), "x\n")); err != nil {
			t.Fatal(err)
		}
	}
	draws = strings.Count(out.String(), "lines · ")
	if draws < 6 || draws > 9 {
		t.Errorf("%d redraws in two seconds", draws)
	}
	if err := v.Close(annotate.Totals{}); err != nil {
		t.Fatal(err)
	}
	e := newEmulator(80, 24)
	if _, err := e.Write(out.Bytes()); err != nil {
		t.Fatal(err)
	}
	if s := e.screen(); strings.Contains(s, "lines") || strings.Trim(s, "x\n") != "" {
		t.Errorf("the footer left something:\n%s", s)
	}
}

func TestResizeSuspendResume(t *testing.T) {
	clock := time.Unix(0, 0)
	e := newEmulator(80, 10)
	o := sampleOptions()
	o.Profile, o.Footer, o.Now = terminal(80), true, func() time.Time { return clock }
	o.Profile.Colors = term.Color16
	o.Theme = painted(o.Profile)
	v := New(e, o)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(v.Batch(batch("one\n")))
	clock = clock.Add(time.Second)
	must(v.Batch(batchOf(appSource, 2, "two 10060\n")))
	if s := e.screen(); !strings.Contains(s, "── 2 lines · 1 hit · 1 code · top 10060 100% ·") {
		t.Fatalf("no footer:\n%s", s)
	}
	if c := e.Cursor(); c.X != 0 {
		t.Errorf("the cursor is parked at column %d", c.X)
	}
	must(v.Suspend())
	if s := e.screen(); strings.Contains(s, "──") {
		t.Errorf("the footer is there while stopped:\n%s", s)
	}
	must(v.Resume())
	if s := e.screen(); !strings.Contains(s, "──") {
		t.Errorf("no footer after resuming:\n%s", s)
	}
	e.Resize(30, 10)
	v.Resize(30, 10)
	if s := e.screen(); !strings.Contains(s, "── 2 lines · 1 hit ──") {
		t.Errorf("footer after resizing:\n%s", s)
	}
	v.Resize(0, 0) // an answer that a terminal should not give
	must(v.Close(annotate.Totals{}))
	must(v.Close(annotate.Totals{}))
	if s := e.screen(); strings.Contains(s, "──") || !strings.HasPrefix(s, "one\n") {
		t.Errorf("after the end:\n%s", s)
	}
}

// TestSignalsMayComeAnyTime is for the race detector.
func TestSignalsMayComeAnyTime(t *testing.T) {
	o := sampleOptions()
	o.Profile, o.Footer, o.Now = terminal(80), true, time.Now
	v := New(new(bytes.Buffer), o)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			v.Resize(20+i%100, 24)
			_ = v.Suspend()
			_ = v.Resume()
			_ = v.Tick()
			_ = v.Selected()
		}
	}()
	for range 200 {
		if err := v.Batch(batch(session)); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	<-stopped
	if err := v.Close(annotate.Totals{}); err != nil {
		t.Fatal(err)
	}
	if n := v.Tally().Lines; n != 1000 {
		t.Errorf("%d lines", n)
	}
}

// TestFooterIsPutBack: on a log that is never quiet for long the footer stands
// below the newest line whenever the input pauses, but its totals change four
// times a second at most.
func TestFooterIsPutBack(t *testing.T) {
	clock := time.Unix(0, 0)
	e := newEmulator(80, 10)
	o := sampleOptions()
	o.Profile, o.Footer, o.Now = terminal(80), true, func() time.Time { return clock }
	v := New(e, o)
	seen := map[string]bool{}
	for i := range 100 { // two seconds
		clock = clock.Add(20 * time.Millisecond)
		if err := v.Batch(batchOf(appSource, int64(i+1), fmt.Sprintf("line %d\n", i))); err != nil {
			t.Fatal(err)
		}
		if err := v.Idle(); err != nil {
			t.Fatal(err)
		}
		rows := strings.Split(strings.TrimSuffix(e.screen(), "\n"), "\n")
		footer := rows[len(rows)-1]
		if i > 20 && (!strings.HasPrefix(footer, "── ") || rows[len(rows)-2] != fmt.Sprintf("line %d", i)) {
			t.Fatalf("after line %d:\n%s", i, strings.Join(rows, "\n"))
		}
		if strings.HasPrefix(footer, "── ") {
			seen[footer] = true
		}
	}
	if len(seen) < 6 || len(seen) > 9 {
		t.Errorf("%d different footers in two seconds", len(seen))
	}
	if err := v.Close(annotate.Totals{}); err != nil {
		t.Fatal(err)
	}
	if s := e.screen(); strings.Contains(s, "──") || !strings.HasSuffix(s, "line 98\nline 99\n") {
		t.Errorf("after the end:\n%s", s)
	}
}

// TestTypedTextIsErased: the terminal shows what the user types below the log, for
// example the ^C that ends the run, but leaves it to us to take it away.
func TestTypedTextIsErased(t *testing.T) {
	e := newEmulator(80, 10)
	o := sampleOptions()
	o.Profile, o.Now = terminal(80), func() time.Time { return time.Unix(0, 0) }
	v := New(e, o)
	step := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(e, "^Z")
	}
	step(v.Batch(batchOf(appSource, 1, "one\n")))
	step(v.Idle())
	step(v.Suspend())
	wantText(t, e.screen(), "one\n^Z\n")
	step(v.Resume())
	step(v.Idle())
	step(v.Batch(batchOf(appSource, 2, "two\n")))
	step(v.Idle())
	if err := v.Close(annotate.Totals{}); err != nil {
		t.Fatal(err)
	}
	wantText(t, e.screen(), "one\ntwo\n")
}
