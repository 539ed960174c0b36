package stats

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"wsalog/annotate"
	"wsalog/rules"
)

func TestTableEqualsLedger(t *testing.T) {
	batches, l := makeBatches(rand.New(rand.NewPCG(1, 2)), 3, 21000, 500)
	tab := collect(t, batches).Table()
	got := newLedger()
	got.lines, got.bytes, got.hits = tab.Totals.Lines, tab.Totals.Bytes, tab.Totals.Hits
	got.hitLines, got.infoLines, got.noTime = tab.Totals.HitLines, tab.Totals.InfoLines, tab.Coverage.NoTime
	for _, c := range tab.Codes {
		got.codes[c.Code] = c.Hits
		for _, f := range c.Forms {
			got.codeForms[fmt.Sprint(c.Code, " ", f.Name)] = f.N
		}
	}
	for _, c := range tab.Info {
		got.info[c.Code] = c.Hits
	}
	for _, p := range tab.Peers {
		got.peers[p.Peer] = p.Hits
		for _, c := range p.Codes {
			got.peerCodes[fmt.Sprint(p.Peer, " ", c.Code)] = c.N
		}
	}
	for _, g := range tab.Calls {
		got.calls[g.Key] = g.Hits
	}
	for _, f := range tab.Files {
		got.files[f.File] = f.Hits
		for _, c := range f.Codes {
			got.fileCodes[fmt.Sprint(f.File, " ", c.Code)] = c.N
		}
	}
	for h := range tab.Hours {
		got.hours[h] = tab.Hours[h].Hits
	}
	for _, r := range tab.Rejected {
		got.rejected[r.Name] = r.N
	}
	got.first, got.last = tab.Hits.First.Time(), tab.Hits.Last.Time()
	if d := cmp.Diff(l, got, cmp.AllowUnexported(ledger{})); d != "" {
		t.Errorf("ledger and table differ:\n%s", d)
	}
	var sum int64
	for _, b := range tab.Timeline.Buckets {
		sum += b.Hits
	}
	if sum+tab.Coverage.NoTime < tab.Totals.Hits-sum/5 || sum > tab.Totals.Hits {
		t.Errorf("timeline holds %d of %d hits", sum, tab.Totals.Hits)
	}
}

func TestMergeInAnyOrderEqualsOnePass(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		batches, _ := makeBatches(r, 1+r.IntN(3), 1+r.IntN(1000), 1+r.IntN(300))
		want := dump(t, collect(t, batches))
		parts := make([]*Collector, 1+r.IntN(8))
		for i := range parts {
			parts[i] = New(Options{})
		}
		for _, b := range batches {
			_ = parts[r.IntN(len(parts))].Batch(b)
		}
		for i := range parts {
			if r.IntN(2) == 0 { // by way of JSON
				parts[i] = throughJSON(t, parts[i])
			}
		}
		for len(parts) > 1 {
			i := r.IntN(len(parts))
			part := parts[i]
			parts = append(parts[:i], parts[i+1:]...)
			parts[r.IntN(len(parts))].Merge(part)
		}
		if d := cmp.Diff(want, dump(t, parts[0])); d != "" {
			rt.Fatalf("merged parts differ:\n%s", d)
		}
	})
}

func throughJSON(t testing.TB, c *Collector) *Collector {
	t.Helper()
	raw, err := json.Marshal(c.State())
	if err != nil {
		t.Fatal(err)
	}
	var s State
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	back, err := FromState(&s, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func TestFromStateRejectsWhatItCannotUse(t *testing.T) {
	for name, spoil := range map[string]func(*State){
		"version":   func(s *State) { s.Version = 99 },
		"timelines": func(s *State) { s.Lines = nil },
		"unit":      func(s *State) { s.Lines[0].Unit = 3000 },
		"negative":  func(s *State) { s.Minutes[0].Unit = -60000 },
		"bucket":    func(s *State) { s.Lines[0].Buckets = [][]int64{{1}} },
		"hour":      func(s *State) { s.Codes = []CodeState{{Code: 1, Week: [][2]int64{{168, 1}}}} },
		"forms":     func(s *State) { s.Codes = []CodeState{{Code: 1, Forms: make([]int64, 99)}} },
		"cells":     func(s *State) { s.Peers.Cells = []byte("no deflate stream") },
	} {
		s := New(Options{}).State()
		spoil(s)
		if _, err := FromState(s, Options{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestStampsOnOtherAxes(t *testing.T) {
	src := &annotate.Source{Name: "a"}
	rec := func(line int, s annotate.Stamp) annotate.Record {
		return annotate.Record{LineInBatch: line, Text: []byte("WSAECONNRESET"), Stamp: s,
			Hits: []annotate.Hit{{Code: 10054, Spans: []annotate.Span{{Start: 0, End: 13}}}}}
	}
	c := New(Options{})
	clock := time.Date(0, 1, 1, 10, 22, 33, 0, time.UTC)
	_ = c.Batch(&annotate.Batch{Source: src, FirstLine: 1, Lines: 3, Records: []annotate.Record{
		rec(0, annotate.Stamp{Time: clock, Valid: true}),
		rec(1, annotate.Stamp{Time: clock.Add(time.Hour), Valid: true}),
		rec(2, annotate.Stamp{}),
	}})
	tab := c.Table()
	if tab.Axis != AxisClock || tab.Hits.First.String() != "10:22:33" || tab.Hits.Last.String() != "11:22:33" {
		t.Errorf("axis %v, %v to %v", tab.Axis, tab.Hits.First, tab.Hits.Last)
	}
	if tab.Hours[10].Hits != 1 || tab.Hours[11].Hits != 1 || tab.Coverage.NoTime != 1 {
		t.Errorf("hours %v, without time %d", tab.Hours, tab.Coverage.NoTime)
	}
	c = New(Options{})
	_ = c.Batch(&annotate.Batch{Source: src, FirstLine: 41, Lines: 3, Records: []annotate.Record{rec(0, annotate.Stamp{}), rec(2, annotate.Stamp{})}})
	tab = c.Table()
	if tab.Axis != AxisLine || tab.Hits.First.String() != "41" || tab.Hits.Last.String() != "43" || len(tab.Timeline.Buckets) != 2 {
		t.Errorf("axis %v, %v to %v", tab.Axis, tab.Hits.First, tab.Hits.Last)
	}
}

func TestZonesShowTheLogsOwnClock(t *testing.T) {
	c := New(Options{})
	_ = c.Batch(&annotate.Batch{Source: &annotate.Source{Name: "a"}, FirstLine: 1, Lines: 1, Records: []annotate.Record{{
		Text: []byte("10054"), Hits: []annotate.Hit{{Code: 10054, Spans: []annotate.Span{{Start: 0, End: 5}}}},
		Stamp: annotate.Stamp{Time: time.Date(2026, 7, 13, 22, 0, 3, 5e6, time.UTC), Valid: true, HasZone: true, OffsetSec: 7200},
	}}})
	if got := c.Table().Hits.First.String(); got != "2026-07-14T00:00:03.005+02:00" {
		t.Errorf("first = %s", got)
	}
}

func TestLongLineInWindowsIsOneHitLine(t *testing.T) {
	src := &annotate.Source{Name: "a"}
	c := New(Options{})
	for i, code := range []int{10035, 10054, 10060} {
		_ = c.Batch(&annotate.Batch{Source: src, FirstLine: 5, Continued: i > 0, Continues: i < 2, Records: []annotate.Record{{
			Text: []byte("x"), Hits: []annotate.Hit{{Code: code, Spans: []annotate.Span{{Start: 0, End: 1}}}}}}})
	}
	if got := c.Table().Totals; got.HitLines != 1 || got.InfoLines != 0 || got.Hits != 2 {
		t.Errorf("totals %+v", got)
	}
}

// TestSampleIsTheFirstLine holds for names that are no UTF-8, too, which samples show
// with other bytes.
func TestSampleIsTheFirstLine(t *testing.T) {
	for _, name := range []string{"a.log", "caf\xe9.log"} {
		c, src := New(Options{}), &annotate.Source{Name: name}
		for n := range int64(3) {
			_ = c.Batch(&annotate.Batch{Source: src, FirstLine: 5 + n, Records: []annotate.Record{{
				Text: []byte("x"), Hits: []annotate.Hit{{Code: 10054, Spans: []annotate.Span{{Start: 0, End: 1}}}}}}})
		}
		if got := c.Table().Codes[0].Samples[0]; got.Line != 5 {
			t.Errorf("%q: the sample is line %d, want 5", name, got.Line)
		}
	}
}

func TestCoverage(t *testing.T) {
	c := New(Options{})
	a, b := &annotate.Source{Name: "a"}, &annotate.Source{ID: 1, Name: "b"}
	_ = c.Batch(&annotate.Batch{Source: a, Encoding: "UTF-16LE", Undecoded: 3, Events: []annotate.SourceEvent{{Kind: annotate.LongLine}}})
	_ = c.Batch(&annotate.Batch{Source: b, Events: []annotate.SourceEvent{{Kind: annotate.Ended, Err: errors.New("access denied")}}})
	_ = c.Close(annotate.Totals{Timeouts: map[string]int{"slow": 2}})
	v := c.Table().Coverage
	if v.Sources != 2 || v.Undecoded != 3 || v.LongLines != 1 || v.Timeouts != 2 ||
		len(v.Unread) != 1 || v.Unread[0] != (Trouble{"b", "access denied"}) || len(v.Encodings) != 1 {
		t.Errorf("coverage %+v", v)
	}
}

func TestBatchDoesNotAllocateWhenWarm(t *testing.T) {
	batches, _ := makeBatches(rand.New(rand.NewPCG(1, 2)), 1, 2000, 50)
	for _, b := range batches {
		b.Rejects = nil
	}
	c := New(Options{})
	pass := func() {
		for _, b := range batches {
			_ = c.Batch(b)
		}
	}
	pass()
	pass()
	if n := testing.AllocsPerRun(10, pass); n != 0 {
		t.Errorf("%v allocations for %d lines", n, 2000)
	}
}

func TestFormsCoverAllOfRules(t *testing.T) {
	if len(rules.Forms()) != forms {
		t.Errorf("there are %d forms, counted are %d", len(rules.Forms()), forms)
	}
}

func BenchmarkBatch(b *testing.B) {
	batches, l := makeBatches(rand.New(rand.NewPCG(1, 2)), 1, 20000, 500)
	c := New(Options{})
	b.ReportAllocs()
	for b.Loop() {
		for _, x := range batches {
			_ = c.Batch(x)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(l.hits), "ns/hit")
}

func BenchmarkEmptyBatch(b *testing.B) {
	c := New(Options{})
	x := &annotate.Batch{Source: &annotate.Source{Name: "a"}, FirstLine: 1, Lines: 1000, RawLen: 1 << 20, Encoding: "UTF-8"}
	for b.Loop() {
		_ = c.Batch(x)
	}
}

func TestEventsSpanContinuationLines(t *testing.T) {
	c := New(Options{})
	src := &annotate.Source{Name: "a"}
	text := "10:00 SocketException (10061)\n ---> inner: 10061\n   at x.y()\n10:01 connect: 10061\n"
	hit := func() []annotate.Hit {
		return []annotate.Hit{{Code: 10061, Spans: []annotate.Span{{Start: 12, End: 17}}}}
	}
	b := &annotate.Batch{Source: src, FirstLine: 1, Lines: 4, Bytes: []byte(text)}
	for i, start := range []int{0, 30, 60} {
		line := []int{0, 1, 3}[i]
		if i == 2 {
			start = len("10:00 SocketException (10061)\n ---> inner: 10061\n   at x.y()\n")
		}
		end := start
		for text[end] != '\n' {
			end++
		}
		b.Records = append(b.Records, annotate.Record{LineInBatch: line, Start: start, Text: b.Bytes[start:end], Hits: hit(), Peer: "p:1", Call: "connect"})
	}
	_ = c.Batch(b)
	tab := c.Table()
	if tab.Totals.Hits != 3 || tab.Totals.Events != 2 || tab.Codes[0].Events != 2 || tab.Peers[0].Events != 2 || tab.Calls[0].Events != 2 {
		t.Errorf("totals %+v, code %d, peer %d, call %d", tab.Totals, tab.Codes[0].Events, tab.Peers[0].Events, tab.Calls[0].Events)
	}
}

// TestPeriodDoesNotDependOnCuts cuts a log with stamps in disorder in several ways.
func TestPeriodDoesNotDependOnCuts(t *testing.T) {
	src := &annotate.Source{Name: "a"}
	stamp := func(s int) annotate.Stamp {
		return annotate.Stamp{Time: time.Date(2026, 7, 14, 0, 0, s, 0, time.UTC), Valid: true}
	}
	stamps := []int{5, 3, 50, 7, 90, 8, 60}
	want := ""
	for _, cuts := range [][]int{{7}, {1, 2, 3, 4, 5, 6, 7}, {3, 7}, {5, 7}} {
		c := New(Options{})
		line := 0
		for _, end := range cuts {
			b := &annotate.Batch{Source: src, FirstLine: int64(line + 1), Lines: int64(end - line), LastStamp: stamp(stamps[end-1]), LastAge: 1}
			if line == 0 {
				b.FirstStamp = stamp(stamps[0])
			}
			line = end
			_ = c.Batch(b)
		}
		p := c.Table().Period
		if got := p.First.String() + " " + p.Last.String(); want == "" {
			want = got
		} else if got != want {
			t.Errorf("cuts %v: %s, want %s", cuts, got, want)
		}
	}
	if want != "2026-07-14T00:00:05 2026-07-14T00:01:00" {
		t.Errorf("period is %s", want)
	}
}
