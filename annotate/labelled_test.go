package annotate

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"wsalog/matcher"
	"wsalog/rules"
)

// A labelled line says what a person reads in it. Mark is the text of its hit.
type labelled struct {
	Line, Mark, Time, Peer, Call string
}

func loadLabelled(t testing.TB) []labelled {
	t.Helper()
	f, err := os.Open("testdata/labelled.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []labelled
	s := bufio.NewScanner(f)
	for n := 1; s.Scan(); n++ {
		var l labelled
		if err := json.Unmarshal(s.Bytes(), &l); err != nil {
			t.Fatalf("labelled.jsonl:%d: %v", n, err)
		}
		if !strings.Contains(l.Line, l.Mark) || l.Mark == "" {
			t.Fatalf("labelled.jsonl:%d: the line does not hold its mark %q", n, l.Mark)
		}
		out = append(out, l)
	}
	if err := s.Err(); err != nil || len(out) < 200 {
		t.Fatalf("labelled.jsonl: %d lines, error %v", len(out), err)
	}
	return out
}

// phrases stand for the system texts that the matcher knows.
var phrases = []string{
	"actively refused it", "forcibly closed by the remote host", "did not properly respond", "Only one usage of each socket address",
	"access a socket in a way forbidden", "aborted by the software in your host machine", "request to send or receive data",
	"da der Zielcomputer die Verbindung verweigerte", "equipo de destino denegó expresamente", "has not called WSAStartup",
	"由于目标计算机积极拒绝", "在一段时间后没有正确答复", "强迫关闭了一个现有的连接", "中止了一个已建立的连接",
}

// record annotates one line whose hit is every occurrence of mark.
func record(a *Annotator, line, mark string, ctx *Context) Record {
	form := rules.FormMessage
	if !strings.ContainsAny(mark, " ") && mark[0] < 0x80 {
		form = rules.FormDecimal
	}
	ms := find(line, mark, accept(10061, form, matcher.High, "mark"))
	for _, p := range phrases {
		if p != mark && !strings.Contains(p, mark) {
			ms = gather("", ms, find(line, p, accept(10061, rules.FormMessage, matcher.High, "phrase")))
		}
	}
	return a.Append(nil, []byte(line), ms, ctx)[0]
}

func TestLabelledLines(t *testing.T) {
	a := New()
	judge(t, func(l labelled, ctx *Context) *Record {
		r := record(a, l.Line, l.Mark, ctx)
		return &r
	})
}

// TestLabelledLinesWithMatcher asks the same with the spans that the real matcher
// finds. Lines that it does not take for errors are left out.
func TestLabelledLinesWithMatcher(t *testing.T) {
	m, err := matcher.New(matcher.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := New()
	judge(t, func(l labelled, ctx *Context) *Record {
		recs := a.Append(nil, []byte(l.Line), m.Append(nil, []byte(l.Line), nil), ctx)
		if len(recs) != 1 || len(recs[0].Hits) == 0 {
			return nil
		}
		return &recs[0]
	})
}

// judge counts on how many labelled lines annotate finds the right time, peer
// and call, and fails below 95 %.
func judge(t *testing.T, annotate func(labelled, *Context) *Record) {
	lines := loadLabelled(t)
	ctx := &Context{Year: 2024}
	right, judged := map[string]int{}, 0
	check := func(l labelled, field, got, want string) {
		if got == want {
			right[field]++
			return
		}
		t.Logf("%s: got %q, want %q\n\t%s", field, got, want, l.Line)
	}
	for _, l := range lines {
		c := *ctx
		if strings.HasPrefix(l.Time, "2019-06-14T10:22:05") {
			c.Year = 2019 // the one line whose date needs its file's year
		}
		r := annotate(l, &c)
		if r == nil {
			continue
		}
		judged++
		check(l, "time", describe(r.Stamp), l.Time)
		check(l, "peer", r.Peer, l.Peer)
		check(l, "call", r.Call, l.Call)
	}
	if judged < len(lines)/2 {
		t.Fatalf("only %d of %d lines have a hit", judged, len(lines))
	}
	for _, field := range []string{"time", "peer", "call"} {
		share := 100 * float64(right[field]) / float64(judged)
		t.Logf("%s: %d of %d right (%.1f %%)", field, right[field], judged, share)
		if share < 95 {
			t.Errorf("%s is right on %.1f %% of the lines, want 95 or more", field, share)
		}
	}
}

func BenchmarkLocate(b *testing.B) {
	lines := loadLabelled(b)
	a, ctx := New(), &Context{Year: 2024}
	var recs []Record
	var text [][]byte
	var ms [][]matcher.Match
	for _, l := range lines {
		text = append(text, []byte(l.Line))
		ms = append(ms, find(l.Line, l.Mark, accept(10061, rules.FormDecimal, matcher.High, "mark")))
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		recs = a.Append(recs[:0], text[n%len(text)], ms[n%len(text)], ctx)
		n++
	}
}
