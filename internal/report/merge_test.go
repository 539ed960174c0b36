package report

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"wsalog/annotate"
	"wsalog/internal/stats"
)

// TestMergedReportsEqualOne writes the reports of parts, reads them back, merges
// them in several orders and demands the bytes of the report of the whole.
func TestMergedReportsEqualOne(t *testing.T) {
	batches, _ := writeLog(4, 30_000)
	want := render(t, "json", tableOf(batches), Options{})
	var parts [8][]*annotate.Batch
	for i, b := range batches {
		parts[i%8] = append(parts[i%8], b)
	}
	for _, order := range [][]int{{0, 1, 2, 3, 4, 5, 6, 7}, {7, 6, 5, 4, 3, 2, 1, 0}, {3, 0, 7, 1, 6, 2, 5, 4}} {
		merged := stats.New(stats.Options{})
		for _, i := range order {
			c, err := ReadJSON(strings.NewReader(render(t, "json", tableOf(parts[i]), Options{})))
			if err != nil {
				t.Fatal(err)
			}
			merged.Merge(c)
		}
		if got := render(t, "json", merged.Table(), Options{}); got != want {
			t.Errorf("order %v gives another report", order)
		}
	}
}

// TestPastTheCapWhatIsExactStaysExact splits hits of more peers than are kept and
// demands the same totals, codes and timeline, byte for byte, from any order.
func TestPastTheCapWhatIsExactStaysExact(t *testing.T) {
	exact := func(c *stats.Collector) string {
		var m map[string]json.RawMessage
		if err := json.Unmarshal([]byte(render(t, "json", c.Table(), Options{})), &m); err != nil {
			t.Fatal(err)
		}
		return string(m["totals"]) + string(m["codes"]) + string(m["timeline"]) + string(m["hours"]) + string(m["calls"])
	}
	whole := stats.New(stats.Options{})
	var parts [4]*stats.Collector
	logs := []*logMaker{newLog(whole, "a")}
	for i := range parts {
		parts[i] = stats.New(stats.Options{})
		logs = append(logs, newLog(parts[i], "a"))
	}
	for i := range 40_000 {
		at, code := day.Add(time.Duration(i)*time.Second), 10054+6*(i%2)
		peer := fmt.Sprintf("10.%d.%d.%d:80", i%3, i/2%150, i/300)
		text := fmt.Sprintf("%s connect %s: %d %s", at.Format("15:04:05"), peer, code, letters(i%1500))
		logs[0].add(at, code, "connect", peer, text)
		logs[1+i*7%4].add(at, code, "connect", peer, text)
	}
	want := exact(whole)
	if whole.Table().PeerCap == nil || whole.Table().TemplCap == nil {
		t.Fatal("no cap was passed")
	}
	for _, order := range [][]int{{0, 1, 2, 3}, {3, 1, 0, 2}} {
		merged := stats.New(stats.Options{})
		for _, i := range order {
			c, err := ReadJSON(strings.NewReader(render(t, "json", parts[i].Table(), Options{})))
			if err != nil {
				t.Fatal(err)
			}
			merged.Merge(c)
		}
		if got := exact(merged); got != want {
			t.Errorf("order %v: exact parts differ", order)
		}
	}
	if c := whole.Table().Codes[0]; c.Peers < 9_000 || c.Peers > 21_000 {
		t.Errorf("a code has about %d peers", c.Peers)
	}
}

// TestAMillionPeersStayBounded counts a million different peers, split eight
// ways, through the whole Collector: totals, codes and timeline stay exact, the
// 100 heaviest peers are found, the report says how far the others are off, and
// memory stays far below the 64 MiB that a run may take.
func TestAMillionPeersStayBounded(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	parts := make([]*stats.Collector, 8)
	for i := range parts {
		parts[i] = stats.New(stats.Options{})
	}
	src := &annotate.Source{Name: "a.log"}
	b := &annotate.Batch{Source: src, Lines: 1, RawLen: 10, Records: []annotate.Record{{Text: []byte("connect 10061"), Call: "connect",
		Stamp: annotate.Stamp{Valid: true}, Hits: []annotate.Hit{{Code: 10061, Spans: []annotate.Span{{Start: 8, End: 13}}}}}}}
	total := 0
	hit := func(peer string) {
		b.Records[0].Peer, b.FirstLine = peer, int64(total+1)
		b.Records[0].Stamp.Time = day.Add(time.Duration(total) * 50 * time.Millisecond)
		_ = parts[total%8].Batch(b)
		total++
	}
	for i := range 1_000_000 {
		hit(fmt.Sprintf("172.%d.%d.%d:443", i>>16, i>>8&255, i&255))
		if i%100 < 25 { // heavy peers, from 400 hits to 5,000
			k := (i / 100 * 7) % 100
			if i%100 < 1+k/4 {
				hit(fmt.Sprintf("10.0.0.%d:80", k))
			}
		}
	}
	for _, p := range parts[1:] {
		parts[0].Merge(p)
	}
	tab := parts[0].Table()
	clear(parts[1:]) // the table alone keeps the first
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := (int64(after.HeapAlloc) - int64(before.HeapAlloc)) >> 20; grown > 32 {
		t.Errorf("collector and table take %d MiB", grown)
	}
	if tab.Totals.Hits != int64(total) || tab.Codes[0].Hits != int64(total) || tab.PeerCap == nil {
		t.Fatalf("totals %+v, code %d, cap %v", tab.Totals, tab.Codes[0].Hits, tab.PeerCap)
	}
	var sum int64
	for _, bucket := range tab.Timeline.Buckets {
		sum += bucket.Hits
	}
	same(t, "timeline", sum, int64(total))
	for i := range tab.Peers[:100] {
		p := &tab.Peers[i]
		var k int
		if _, err := fmt.Sscanf(p.Peer, "10.0.0.%d:80", &k); err != nil {
			t.Fatalf("place %d is %s with %d hits", i, p.Peer, p.Hits)
		}
		if truth := int64(100 * (1 + k/4)); p.Hits > truth || p.Hits+p.Error < truth {
			t.Errorf("%s has %d..%d, truth %d", p.Peer, p.Hits, p.Hits+p.Error, truth)
		}
	}
	text := render(t, "text", tab, Options{})
	if !strings.Contains(text, "peers are approximate: the 10,000 heaviest are kept") || !strings.Contains(text, "about ") {
		t.Errorf("the report does not say that peers are approximate:\n%s", text)
	}
	var j struct {
		Coverage struct {
			Approximate map[string]stats.Cap
		}
	}
	if err := json.Unmarshal([]byte(render(t, "json", tab, Options{})), &j); err != nil || j.Coverage.Approximate["peers"].Overflow == 0 {
		t.Errorf("json says %+v, %v", j, err)
	}
}
