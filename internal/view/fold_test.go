package view

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestFoldRules(t *testing.T) {
	o := sampleOptions()
	o.Profile = terminal(100)
	lines := func(step time.Duration, n int, format string) string {
		var b strings.Builder
		at := time.Date(2026, 7, 14, 10, 0, 0, 0, time.UTC)
		for i := range n {
			fmt.Fprintf(&b, at.Format("15:04:05")+" "+format+"\n", i)
			at = at.Add(step)
		}
		return b.String()
	}
	digest := func(s string) string { _, s, _ = strings.Cut(s, "┆ "); s, _, _ = strings.Cut(s, "\n"); return s }
	for _, c := range []struct{ name, in, want string }{
		{"five are shown", lines(time.Second, 5, "id %d 10060"), ""},
		{"the sixth is not", lines(time.Second, 6, "id %d 10060"), "×1 more · --no-fold shows them"},
		{"too slow", lines(3*time.Second, 20, "id %d 10060"), ""},
		{"twenty", lines(time.Second, 20, "id %d 10060"), "×15 more in 14 s (1.1/s) 10:00:05 → 10:00:19 · ▇▇▇▇▇▇▇▇▇▇▇▇▇▇█ · --no-fold shows them"},
		{"different lines", lines(time.Second, 3, "id %d 10060") + lines(time.Second, 3, "no %d 10060"), ""},
		{"different codes", lines(time.Second, 3, "id %d 10060") + lines(time.Second, 3, "id %d 10061"), ""},
	} {
		got := digest(show(t, o, batch(c.in)))
		if c.name == "twenty" { // the shape of the bars is tested elsewhere
			got = strings.NewReplacer("▇", "", "█", "").Replace(got)
			c.want = strings.NewReplacer("▇", "", "█", "").Replace(c.want)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	mixed := strings.Repeat("10:00:00 id 1 10060\nother\n", 20)
	if s := show(t, o, batch(mixed)); strings.Count(s, "other\n") != 20 || strings.Count(s, "id 1") != 20 {
		t.Errorf("lines without hits, or what they part, were hidden:\n%s", s)
	}
	zoned := batch(lines(time.Second, 20, "id %d 10060"))
	for i := range zoned.Records { // the log's clock, whatever the instant
		s := &zoned.Records[i].Stamp
		s.Time, s.HasZone, s.OffsetSec = s.Time.Add(-2*time.Hour), true, 7200
	}
	if s := digest(show(t, o, zoned)); !strings.Contains(s, " 10:00:05 → 10:00:19 ") {
		t.Errorf("a burst two hours east of Greenwich: %q", s)
	}
	o.NoFold = true
	if s := show(t, o, batch(lines(time.Second, 20, "id %d 10060"))); strings.Count(s, "10060 ") < 20 {
		t.Errorf("--no-fold hides lines:\n%s", s)
	}
}

func TestPeerChanges(t *testing.T) {
	o := sampleOptions()
	o.Profile, o.NoFold = terminal(100), true
	out := show(t, o, batch(strings.Repeat("to 10.0.0.5:1 10061\n", 4)+"to 10.0.0.5:1 10035\nto 10.0.0.6:1 10060\nto 10.0.0.5:1 10060\nto 10.0.0.5:1 10061\n"))
	if want := "  ┆ changed on 10.0.0.5:1: refused ×4 → timed out\n"; strings.Count(out, "┆") != 1 || !strings.Contains(out, want) {
		t.Errorf("want once %q in\n%s", want, out)
	}
}

func TestStateIsCapped(t *testing.T) {
	o := sampleOptions()
	o.Profile, o.NoFold = terminal(100), true
	v := New(new(bytes.Buffer), o)
	for i := range 3 * maxPeers {
		b := batch("to 10.0.0.5:1 10061\n")
		b.Records[0].Peer = fmt.Sprint("host", i, ":1")
		b.Records[0].Call = fmt.Sprint("call", i)
		if i > maxPeers {
			b.Records[0].Hits[0].Code = 20000 + i
		}
		if err := v.Batch(b); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(v.peers.young) + len(v.peers.old); n > maxPeers {
		t.Errorf("%d peers", n)
	}
	if n := len(v.book.codes); n > maxCodes {
		t.Errorf("%d codes", n)
	}
	if n := len(v.book.get(10061).calls); n > maxCalls {
		t.Errorf("%d calls", n)
	}
	if n := len(v.tally.Codes); n > maxCodes {
		t.Errorf("%d codes in the tally", n)
	}
}
