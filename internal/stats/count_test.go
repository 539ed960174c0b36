package stats

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wsalog/annotate"
)

// smallCollector returns a Collector with caps that are soon passed.
func smallCollector(peers, templates int) *Collector {
	c := New(Options{})
	c.peers, c.templates = newHeavy(peers, 16), newHeavy(templates, 16)
	c.peers.perCode = make(map[int]*distinct)
	return c
}

// TestZonesCountTheirOwnLines changes the zone within a batch and between two.
func TestZonesCountTheirOwnLines(t *testing.T) {
	t.Parallel()
	c, src := New(Options{}), &annotate.Source{Name: "a"}
	line := int64(0)
	for _, zones := range [][]int32{{7200, 7200, noZone, -18000, 7200}, {3600, noZone, noZone}, {noZone}} {
		line++
		b := &annotate.Batch{Source: src, FirstLine: line}
		for i, zone := range zones {
			r := lineOf("connect failed", 10061)
			r.LineInBatch = i
			r.Stamp = annotate.Stamp{Time: time.Date(2026, 7, 14, 9, 0, 0, 0, time.UTC), Valid: true}
			if zone != noZone {
				r.Stamp.HasZone, r.Stamp.OffsetSec = true, int(zone)
			}
			b.Records = append(b.Records, r)
		}
		line += int64(len(zones))
		_ = c.Batch(b)
	}
	want := map[int32]int64{7200: 3, noZone: 4, -18000: 1, 3600: 1}
	if !maps.Equal(c.zones, want) {
		t.Errorf("lines by zone are %v, want %v", c.zones, want)
	}
}

// lineOf makes a line of some words and a hit.
func lineOf(words string, code int) annotate.Record {
	r := recordOf(fmt.Sprint(words, " ", code), fmt.Sprint(code), "")
	r.Hits[0].Code = code
	return *r
}

// TestSketchesHoldEveryPeerOfACode compares what is sketched bit by bit, past the cap, with
// sketches of all names that the ledger has.
func TestSketchesHoldEveryPeerOfACode(t *testing.T) {
	t.Parallel()
	for seed := range uint64(5) {
		for _, lines := range [][]int{{100, 3000}, {40, 50, 60, 70}, {1000, 2, 1000, 1}} {
			r, l := rand.New(rand.NewPCG(seed, 12)), newLedger()
			c, src := smallCollector(30, 5), &annotate.Source{Name: "a"}
			first := 1
			for _, n := range lines {
				_ = c.Batch(makeBatch(r, l, src, first, n, 900))
				first += n
			}
			if !c.peers.over() || len(c.seen) > 0 {
				t.Fatalf("cap passed: %v, peers left to sketch: %d", c.peers.over(), len(c.seen))
			}
			checkSketches(t, c, l)
		}
	}
}

func checkSketches(t *testing.T, c *Collector, l *ledger) {
	t.Helper()
	want, names := make(map[int]*distinct), make(map[int]int64)
	for peerCode := range l.peerCodes {
		var peer string
		var code int
		if _, err := fmt.Sscan(peerCode, &peer, &code); err != nil {
			t.Fatal(err)
		}
		if want[code] == nil {
			want[code] = newDistinct()
		}
		want[code].add(hashOf(peer))
		names[code]++
	}
	for _, row := range c.Table().Codes {
		exact, d := names[row.Code], c.peers.perCode[row.Code]
		if d == nil || want[row.Code] == nil {
			t.Fatalf("code %d with %d peers has sketch %v", row.Code, exact, d)
		}
		if string(d.reg) != string(want[row.Code].reg) {
			t.Errorf("code %d: the sketch of %d peers is not theirs", row.Code, exact)
		}
		if off := row.Peers - exact; off*off > 1+exact*exact/400 {
			t.Errorf("code %d: %d peers, told are %d", row.Code, exact, row.Peers)
		}
	}
}

// TestSamplesAreOfTheFirstFile brings the files in several orders, some of them in parts.
func TestSamplesAreOfTheFirstFile(t *testing.T) {
	t.Parallel()
	for _, order := range []string{"abc", "cba", "bca", "baca", "abab", "cacab"} {
		c := New(Options{})
		sources, next := make(map[string]*annotate.Source), make(map[string]int64)
		for _, name := range strings.Split(order, "") {
			if sources[name] == nil {
				sources[name] = &annotate.Source{ID: len(sources), Name: name}
			}
			next[name]++
			_ = c.Batch(&annotate.Batch{Source: sources[name], FirstLine: next[name], Lines: 1,
				Records: []annotate.Record{lineOf("connect failed", 10061)}})
		}
		want := Sample{File: "a", Line: 1, Text: "connect failed 10061"}
		if got := c.codes[10061].sample; got != want {
			t.Errorf("files %s: the code's sample is %+v", order, got)
		}
		if got := c.Table().Templates[0].Sample; got != want {
			t.Errorf("files %s: the template's sample is %+v", order, got)
		}
	}
}

// TestTemplatesShowTheirOwnLines lets templates lose their places to others, whose
// samples must be lines of theirs, in the same file and in another one.
func TestTemplatesShowTheirOwnLines(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		batches, _ := makeBatches(rand.New(rand.NewPCG(seed, 4)), 2, 2000, 60)
		c := smallCollector(9, 5)
		template := make(map[Sample]string) // of each line
		taken := false
		for _, b := range batches {
			names := &c.templates.byName
			full, before := names.n == c.templates.limit, names.version
			_ = c.Batch(b)
			taken = taken || full && names.version != before
			for i := range b.Records {
				r := &b.Records[i]
				template[Sample{File: b.Source.Name, Line: b.FirstLine + int64(r.LineInBatch)}] = string(appendTemplate(nil, r))
			}
			for e := range names.all() {
				switch {
				case e.sample == nil:
					t.Fatalf("seed %d: %q has no sample", seed, e.name)
				case template[Sample{File: e.sample.File, Line: e.sample.Line}] != e.name:
					t.Fatalf("seed %d: %q shows %q", seed, e.name, e.sample.Text)
				}
			}
		}
		if !taken {
			t.Fatal("no template lost its place")
		}
	}
}

// TestLightCountsWhatItKeeps compares a light Collector with a full one.
func TestLightCountsWhatItKeeps(t *testing.T) {
	t.Parallel()
	batches, _ := makeBatches(rand.New(rand.NewPCG(3, 9)), 2, 1000, 30)
	full, light := New(Options{}), New(Options{Light: true})
	for _, b := range batches {
		_, _ = full.Batch(b), light.Batch(b)
	}
	want, got := full.Table(), light.Table()
	for _, rows := range [][]CodeRow{want.Codes, want.Info} {
		for i := range rows {
			rows[i].Peers, rows[i].Samples = 0, nil
		}
	}
	kept := func(t *Table) []any { return []any{t.Totals, t.Coverage, t.Codes, t.Info, t.Files} }
	if d := cmp.Diff(kept(want), kept(got)); d != "" {
		t.Errorf("a full and a light Collector differ:\n%s", d)
	}
	if n := len(got.Peers) + len(got.Templates) + len(got.Timeline.Buckets); n > 0 {
		t.Errorf("%d rows of peers, templates and timeline", n)
	}
}

// TestCallsPastTheCapShareOneRow counts more calls than are kept apart, in one pass and merged.
func TestCallsPastTheCapShareOneRow(t *testing.T) {
	t.Parallel()
	var one, a, b codeStat
	for i := range 2 * (maxCalls + 70) {
		name := fmt.Sprint("call", i/2)
		one.call(name, i%2 == 0)
		if i < maxCalls {
			a.call(name, i%2 == 0)
		} else {
			b.call(name, i%2 == 0)
		}
	}
	a.merge(&b)
	for what, cs := range map[string]*codeStat{"one pass": &one, "merged": &a} {
		var sum tally
		for i := range cs.calls {
			n := &cs.calls[i]
			if want := map[bool]int64{false: 1, true: 70}[n.name == otherCall]; n.hits != 2*want || n.events != want {
				t.Errorf("%s: %+v, want %d events", what, *n, want)
			}
			sum.hits += n.hits
			sum.events += n.events
		}
		if len(cs.calls) != maxCalls+1 || sum.hits != 2*(maxCalls+70) || sum.events != maxCalls+70 {
			t.Errorf("%s: %d calls hold %+v", what, len(cs.calls), sum)
		}
	}
}
