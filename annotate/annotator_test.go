package annotate

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"wsalog/matcher"
	"wsalog/rules"
)

// find makes a match out of every occurrence of word in block, in the way the
// matcher would.
func find(block, word string, proto matcher.Match) []matcher.Match {
	var out []matcher.Match
	for at := 0; ; {
		i := strings.Index(block[at:], word)
		if i < 0 {
			return out
		}
		m := proto
		m.Start, m.End = at+i, at+i+len(word)
		m.LineStart = strings.LastIndexByte(block[:m.Start], '\n') + 1
		m.LineEnd = len(block)
		if j := strings.IndexByte(block[m.End:], '\n'); j >= 0 {
			m.LineEnd = m.End + j
		}
		if m.LineEnd > m.LineStart && block[m.LineEnd-1] == '\r' {
			m.LineEnd--
		}
		out = append(out, m)
		at = m.End
	}
}

func accept(code int, form rules.Form, conf matcher.Confidence, rule string) matcher.Match {
	return matcher.Match{Code: code, Form: form, Confidence: conf, Rule: rule}
}

func gather(block string, lists ...[]matcher.Match) []matcher.Match {
	var out []matcher.Match
	for _, l := range lists {
		out = append(out, l...)
	}
	for i := 1; i < len(out); i++ {
		for j := i; j > 0 && out[j].Start < out[j-1].Start; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

func TestAppendMergesSpellings(t *testing.T) {
	block := "first\nconnect failed: WSAECONNREFUSED (10061): actively refused it, 10061\r\nlast 10054 and 1225, pid 10038\n"
	ms := gather(block,
		find(block, "WSAECONNREFUSED", accept(10061, rules.FormName, matcher.High, "name")),
		find(block, "10061", accept(10061, rules.FormDecimal, matcher.Low, "near-name")),
		find(block, "actively refused it", accept(10061, rules.FormMessage, matcher.Medium, "text")),
		find(block, "10054", accept(10054, rules.FormDecimal, matcher.Medium, "number")),
		find(block, "1225", matcher.Match{Code: 1225, Form: rules.FormDecimal, Verdict: matcher.Related, Rule: "twin"}),
		find(block, "10038", matcher.Match{Code: 10038, Form: rules.FormDecimal, Verdict: matcher.Rejected, Rule: "pid"}),
	)
	got := New().Append(nil, []byte(block), ms, nil)
	if len(got) != 2 {
		t.Fatalf("got %d records, want 2", len(got))
	}
	r := got[0]
	if r.LineInBatch != 1 || r.Start != 6 || strings.HasSuffix(string(r.Text), "\r") {
		t.Errorf("first record stands at line %d, offset %d, text %q", r.LineInBatch, r.Start, r.Text)
	}
	want := []Hit{{
		Code: 10061, Forms: []rules.Form{rules.FormName, rules.FormDecimal, rules.FormMessage},
		Spans: []Span{{16, 31}, {33, 38}, {41, 60}, {62, 67}}, Confidence: matcher.High,
		Rules: []string{"name", "near-name", "text"},
	}}
	if d := cmp.Diff(want, r.Hits); d != "" {
		t.Error(d)
	}
	r = got[1]
	want = []Hit{
		{Code: 10054, Forms: []rules.Form{rules.FormDecimal}, Spans: []Span{{5, 10}},
			Confidence: matcher.Medium, Rules: []string{"number"}},
		{Code: 1225, Forms: []rules.Form{rules.FormDecimal}, Spans: []Span{{15, 19}},
			Rules: []string{"twin"}, Related: true},
	}
	if d := cmp.Diff(want, r.Hits); d != "" {
		t.Error(d)
	}
	if len(r.Rejected) != 1 || string(r.Text[r.Rejected[0].Start:r.Rejected[0].End]) != "10038" {
		t.Errorf("rejected: %+v", r.Rejected)
	}
	if !r.Counted() || r.LineInBatch != 2 {
		t.Errorf("second record: counted %v, line %d", r.Counted(), r.LineInBatch)
	}
}

func TestAppendOverlappingSpellings(t *testing.T) {
	block := "x 0x8007274D y"
	ms := gather(block,
		find(block, "0x8007274D", accept(10061, rules.FormHresult, matcher.High, "a")),
		find(block, "274D", accept(10061, rules.FormHex, matcher.Low, "a")))
	r := New().Append(nil, []byte(block), ms, nil)[0]
	want := []Hit{{Code: 10061, Forms: []rules.Form{rules.FormHresult, rules.FormHex},
		Spans: []Span{{2, 12}}, Confidence: matcher.High, Rules: []string{"a"}}}
	if d := cmp.Diff(want, r.Hits); d != "" {
		t.Error(d)
	}
}

func TestAppendRelatedOnlyIsNotCounted(t *testing.T) {
	block := "[WinError 1225] refused"
	ms := find(block, "1225", matcher.Match{Code: 1225, Verdict: matcher.Related})
	r := New().Append(nil, []byte(block), ms, nil)[0]
	if r.Counted() || len(r.Hits) != 1 || !r.Hits[0].Related {
		t.Errorf("%+v", r)
	}
}

func TestAppendAmbiguousSpelling(t *testing.T) {
	text := accept(10102, rules.FormMessage, matcher.Medium, "text")
	text.Also = 10110
	for _, c := range []struct {
		name, line string
		other      int
		want, also int
	}{
		{"alone", "no more results", 0, 10102, 10110},
		{"with its first code", "no more results (10102)", 10102, 10102, 0},
		{"with its other code", "no more results (10110)", 10110, 10110, 0},
		{"other code first", "10110: no more results", 10110, 10110, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			ms := find(c.line, "no more results", text)
			if c.other != 0 {
				ms = gather(c.line, ms, find(c.line, fmt.Sprint(c.other), accept(c.other, rules.FormDecimal, matcher.High, "n")))
			}
			r := New().Append(nil, []byte(c.line), ms, nil)[0]
			if len(r.Hits) != 1 || r.Hits[0].Code != c.want || r.Hits[0].Also != c.also {
				t.Errorf("got %+v", r.Hits)
			}
		})
	}
}

// busyBlock is a block with many hits of many shapes and its matches.
func busyBlock() ([]byte, []matcher.Match) {
	var b strings.Builder
	for i := range 200 {
		switch i % 4 {
		case 0:
			fmt.Fprintf(&b, "2024-05-06 07:08:%02d ERROR connect to 10.0.0.%d:5432 failed: WSAECONNREFUSED (10061)\n", i%60, i%7)
		case 1:
			fmt.Fprintf(&b, "   at System.Net.Sockets.Socket.Connect(EndPoint remoteEP)\n")
		case 2:
			fmt.Fprintf(&b, "recv from host-%d.example.internal port 443 failed: WSAECONNRESET (10054)\n", i%5)
		case 3:
			fmt.Fprintf(&b, "[10:22:33.%03d] listen tcp 127.0.0.1:%d: bind: 10048, pid 10061\n", i, 8000+i%3)
		}
	}
	block := b.String()
	ms := gather(block,
		find(block, "WSAECONNREFUSED", accept(10061, rules.FormName, matcher.High, "name")),
		find(block, "(10061", accept(10061, rules.FormDecimal, matcher.High, "number")),
		find(block, "WSAECONNRESET", accept(10054, rules.FormName, matcher.High, "name")),
		find(block, "10048", accept(10048, rules.FormDecimal, matcher.Medium, "number")),
		find(block, "pid 10061", matcher.Match{Code: 10061, Verdict: matcher.Rejected, Rule: "pid"}))
	return []byte(block), ms
}

func TestAppendDoesNotAllocateWhenWarm(t *testing.T) {
	block, ms := busyBlock()
	a, ctx := New(), &Context{Year: 2024}
	recs := a.Append(nil, block, ms, ctx)
	if n := testing.AllocsPerRun(20, func() { recs = a.Append(recs[:0], block, ms, ctx) }); n != 0 {
		t.Errorf("%v allocations per block of %d records, want none", n, len(recs))
	}
}

// TestAppendReuseLeavesNoTrace writes over records that hold all that records can.
func TestAppendReuseLeavesNoTrace(t *testing.T) {
	block, ms := busyBlock()
	a := New()
	old := a.Append(nil, block, ms, nil)
	for i := range old {
		r := &old[i]
		r.Stamp = Stamp{Time: time.Unix(1, 1), Valid: true, HasZone: true, OffsetSec: 3600, Inherited: true, NoYear: true, ClockOnly: true}
		r.Peer, r.PeerSpan, r.Call, r.CallSpan = "h:1", Span{1, 2}, "recv", Span{3, 4}
		r.Shape, r.Rejected = 7, append(r.Rejected, matcher.Match{Code: 10061})
		for j := range r.Hits {
			h := &r.Hits[j]
			h.Also, h.Confidence, h.Related, h.NewEvent = 10110, matcher.High, true, true
		}
	}
	small := "pid 10061\nrecv failed: 10054\n2024-05-06 07:08:09 send failed: 10054\nclosed: 10054\n"
	sm := gather(small, find(small, "10054", accept(10054, rules.FormDecimal, matcher.Medium, "number")),
		find(small, "10061", matcher.Match{Code: 10061, Verdict: matcher.Rejected, Rule: "pid"}))
	got := a.Append(old[:0], []byte(small), sm, nil)
	want := New().Append(nil, []byte(small), sm, nil)
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Error(d)
	}
}

func TestAppendKeepsDst(t *testing.T) {
	block, ms := busyBlock()
	a := New()
	first := a.Append(nil, block, ms, nil)
	both := a.Append(first, block, ms, nil)
	if len(both) != 2*len(first) || !bytes.Equal(both[0].Text, both[len(first)].Text) {
		t.Errorf("%d records after the first call, %d after the second", len(first), len(both))
	}
}

func BenchmarkAppend(b *testing.B) {
	block, ms := busyBlock()
	a, ctx := New(), &Context{Year: 2024}
	recs := a.Append(nil, block, ms, ctx)
	b.SetBytes(int64(len(block)))
	b.ReportAllocs()
	for b.Loop() {
		recs = a.Append(recs[:0], block, ms, ctx)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(recs)), "ns/record")
}

// TestCountsChangeNothing numbers lines with the help of counts and without.
func TestCountsChangeNothing(t *testing.T) {
	var block []byte
	var ms []matcher.Match
	for n := range 500 {
		start := len(block)
		block = append(append(block, "connect failed: 10061"...), bytes.Repeat([]byte("\n"), 1+n%3)...)
		if n%5 == 0 {
			ms = append(ms, matcher.Match{Code: 10061, Start: start + 16, End: start + 21, LineStart: start, LineEnd: start + 21})
		}
	}
	want := New().Append(nil, block, ms, nil)
	for _, step := range []int{1, 7, 100, len(block)} {
		for _, known := range []int{1, 3, len(block)/step + 1} {
			c := LineCounts{Step: step}
			for i := range known {
				c.Before = append(c.Before, uint32(bytes.Count(block[:min(i*step, len(block))], []byte{'\n'})))
			}
			got := New().AppendCounted(nil, block, c, ms, nil)
			if len(got) != len(want) {
				t.Fatalf("step %d: %d records, want %d", step, len(got), len(want))
			}
			for i := range got {
				if got[i].LineInBatch != want[i].LineInBatch {
					t.Fatalf("step %d: record %d on line %d, want %d", step, i, got[i].LineInBatch, want[i].LineInBatch)
				}
			}
		}
	}
}
