package stats

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"wsalog/annotate"
	"wsalog/matcher"
	"wsalog/rules"
)

// A ledger is kept while lines are made, without any code of this package.
type ledger struct {
	lines, bytes, hits, hitLines, infoLines, noTime int64
	codes, info                                     map[int]int64
	codeForms                                       map[string]int64
	peers, peerCodes, calls, files, fileCodes       map[string]int64
	hours                                           [24]int64
	rejected                                        map[string]int64
	first, last                                     time.Time
}

func newLedger() *ledger {
	return &ledger{codes: map[int]int64{}, info: map[int]int64{}, codeForms: map[string]int64{}, peers: map[string]int64{},
		peerCodes: map[string]int64{}, calls: map[string]int64{}, files: map[string]int64{}, fileCodes: map[string]int64{},
		rejected: map[string]int64{}}
}

var someCodes = []struct {
	number int
	info   bool
}{{10061, false}, {10054, false}, {10060, false}, {10048, false}, {11001, false}, {10035, true}, {997, true}, {10013, false}}

// makeBatches writes lines of several files into batches of random size and
// keeps the ledger.
func makeBatches(r *rand.Rand, files, linesPerFile, peers int) ([]*annotate.Batch, *ledger) {
	var out []*annotate.Batch
	l := newLedger()
	for f := range files {
		src := &annotate.Source{ID: f, Name: fmt.Sprintf("log%d,%q.log", f, "x")}
		for line := 1; line <= linesPerFile; {
			n := min(1+r.IntN(200), linesPerFile-line+1)
			out = append(out, makeBatch(r, l, src, line, n, peers))
			line += n
		}
	}
	return out, l
}

func makeBatch(r *rand.Rand, l *ledger, src *annotate.Source, first, n, peers int) *annotate.Batch {
	b := &annotate.Batch{Source: src, FirstLine: int64(first), Lines: int64(n), Encoding: "UTF-8"}
	base := time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)
	for i := range n {
		text := fmt.Sprintf("line %d of nothing", first+i)
		if r.IntN(3) > 0 {
			text = addRecord(r, l, b, src, i, base.Add(time.Duration(first+i)*time.Second*11), peers)
		}
		b.Bytes = append(append(b.Bytes, text...), '\n')
	}
	b.RawLen = int64(len(b.Bytes))
	l.lines += int64(n)
	l.bytes += b.RawLen
	if r.IntN(4) == 0 {
		b.Rejects = map[string]int{"port": 2, "pid": 1}
		l.rejected["port"] += 2
		l.rejected["pid"]++
	}
	return b
}

func addRecord(r *rand.Rand, l *ledger, b *annotate.Batch, src *annotate.Source, i int, at time.Time, peers int) string {
	rec := annotate.Record{LineInBatch: i, Start: len(b.Bytes)}
	if r.IntN(10) > 0 {
		rec.Stamp = annotate.Stamp{Time: at, Valid: true}
	}
	rec.Call = []string{"", "connect", "recv"}[r.IntN(3)]
	if r.IntN(5) > 0 {
		rec.Peer = fmt.Sprintf("10.0.0.%d:80", r.IntN(peers))
	}
	text, used, counted := "", map[int]bool{}, false
	for range 1 + r.IntN(3) {
		c := someCodes[r.IntN(len(someCodes))]
		if used[c.number] {
			continue
		}
		used[c.number] = true
		start := len(text)
		text += fmt.Sprintf("error %d ", c.number)
		form := rules.Form(r.IntN(forms))
		rec.Hits = append(rec.Hits, annotate.Hit{Code: c.number, Forms: []rules.Form{form}, Confidence: matcher.High,
			Spans: []annotate.Span{{Start: start + 6, End: len(text) - 1}}})
		if c.info {
			l.info[c.number]++
			continue
		}
		counted = true
		l.book(&rec, c.number, form, src.Name, at)
	}
	switch {
	case counted && !rec.Stamp.Valid:
		l.noTime++
		fallthrough
	case counted:
		l.hitLines++
	default:
		l.infoLines++
	}
	rec.Text = []byte(text)
	b.Records = append(b.Records, rec)
	return text
}

func (l *ledger) book(rec *annotate.Record, code int, form rules.Form, file string, at time.Time) {
	l.hits++
	l.codes[code]++
	l.codeForms[fmt.Sprint(code, " ", form)]++
	l.files[file]++
	l.fileCodes[fmt.Sprint(file, " ", code)]++
	if rec.Peer != "" {
		l.peers[rec.Peer]++
		l.peerCodes[fmt.Sprint(rec.Peer, " ", code)]++
	}
	if rec.Call != "" {
		l.calls[rec.Call]++
	}
	if rec.Stamp.Valid {
		l.hours[at.Hour()]++
		if l.first.IsZero() || at.Before(l.first) {
			l.first = at
		}
		if at.After(l.last) {
			l.last = at
		}
	}
}

func collect(t testing.TB, batches []*annotate.Batch) *Collector {
	t.Helper()
	c := New(Options{})
	for _, b := range batches {
		if err := c.Batch(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Close(annotate.Totals{}); err != nil {
		t.Fatal(err)
	}
	return c
}

// dump is everything a Collector holds and shows, for comparing.
func dump(t testing.TB, c *Collector) string {
	t.Helper()
	state, err := json.Marshal(c.State())
	if err != nil {
		t.Fatal(err)
	}
	table, err := json.Marshal(c.Table())
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(state)+"\n"+string(table), "},{", "},\n{")
}
