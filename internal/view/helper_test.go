package view

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wsalog/annotate"
	"wsalog/internal/term"
	"wsalog/matcher"
	"wsalog/rules"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The tests make records with patterns of their own, far simpler than the
// matcher's, so that this package is tested by itself.
var (
	spelling  = regexp.MustCompile(`WSA[A-Z]+|0x8007[0-9A-F]{4}|WinError \d+\b|\b1[01]\d{3}\b`)
	peerShape = regexp.MustCompile(`\b\d+\.\d+\.\d+\.\d+:\d+\b`)
	callShape = regexp.MustCompile(`\b(?:connect|recv|send|accept)\b`)
	timeShape = regexp.MustCompile(`\b\d\d:\d\d:\d\d(?:\.\d+)?\b`)
)

var appSource = &annotate.Source{ID: 0, Name: "app.log"}

// batch makes a batch of text, which may end anywhere.
func batch(text string) *annotate.Batch { return batchOf(appSource, 1, text) }

func batchOf(src *annotate.Source, first int64, text string) *annotate.Batch {
	b := &annotate.Batch{Source: src, Bytes: []byte(text), FirstLine: first, Encoding: "UTF-8", RawLen: int64(len(text))}
	b.Lines = countLines(b.Bytes)
	start := 0
	for n, raw := range strings.SplitAfter(text, "\n") {
		line, _ := splitEnd([]byte(raw))
		if r, ok := record(line); ok {
			r.LineInBatch, r.Start = n, start
			r.Text = b.Bytes[start : start+len(line)]
			b.Records = append(b.Records, r)
		}
		start += len(raw)
	}
	return b
}

func record(line []byte) (r annotate.Record, ok bool) {
	for _, m := range spelling.FindAllIndex(line, -1) {
		at := annotate.Span{Start: m[0], End: m[1]}
		code, related := codeOf(string(line[m[0]:m[1]]))
		if bytes.HasSuffix(line[:m[0]], []byte("port ")) {
			r.Rejected = append(r.Rejected, matcher.Match{Code: code, Verdict: matcher.Rejected, Rule: "port-word"})
			ok = true
			continue
		}
		if code == 0 {
			continue
		}
		ok = true
		conf := matcher.High
		if bytes.HasSuffix(line[:m[0]], []byte("maybe ")) {
			conf = matcher.Low
		}
		if n := len(r.Hits); n > 0 && r.Hits[n-1].Code == code {
			r.Hits[n-1].Spans = append(r.Hits[n-1].Spans, at)
			continue
		}
		r.Hits = append(r.Hits, annotate.Hit{Code: code, Spans: []annotate.Span{at}, Confidence: conf, Rules: []string{"test-rule"}, Related: related})
	}
	if m := peerShape.FindIndex(line); m != nil {
		r.Peer, r.PeerSpan = string(line[m[0]:m[1]]), annotate.Span{Start: m[0], End: m[1]}
	}
	if m := callShape.FindIndex(line); m != nil {
		r.Call, r.CallSpan = string(line[m[0]:m[1]]), annotate.Span{Start: m[0], End: m[1]}
	}
	if m := timeShape.Find(line); m != nil {
		if at, err := time.Parse("15:04:05.999999", string(m)); err == nil {
			r.Stamp = annotate.Stamp{Time: at.AddDate(2026, 6, 13), Valid: true}
		}
	}
	return r, ok
}

func codeOf(s string) (code int, related bool) {
	if c, ok := rules.ByName(s); ok {
		return c.Number, false
	}
	if num, ok := strings.CutPrefix(s, "WinError "); ok {
		n, _ := strconv.Atoi(num)
		_, related = rules.LookupRelated(n)
		return n, related
	}
	if hex, ok := strings.CutPrefix(s, "0x8007"); ok {
		n, _ := strconv.ParseInt(hex, 16, 32)
		return int(n), false
	}
	n, _ := strconv.Atoi(s)
	if _, ok := rules.Lookup(n); !ok {
		return 0, false
	}
	return n, false
}

// terminal is the profile of a colourless terminal.
func terminal(width int) term.Profile {
	return term.Profile{Terminal: true, Rewrite: true, Width: width, Height: 24, UTF8: true}
}

func painted(p term.Profile) *term.Theme { return term.NewTheme(p.Renderer(io.Discard)) }

// show runs batches through a View and returns what it wrote.
func show(t testing.TB, o Options, batches ...*annotate.Batch) string {
	t.Helper()
	var b bytes.Buffer
	v := New(&b, o)
	for _, x := range batches {
		if err := v.Batch(x); err == ErrDone {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if err := v.Close(annotate.Totals{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// wantText compares, and shows both as a diff.
func wantText(t testing.TB, got, want string) {
	t.Helper()
	if d := cmp.Diff(strings.SplitAfter(want, "\n"), strings.SplitAfter(got, "\n")); d != "" {
		t.Errorf("output differs (-want +got):\n%s", d)
	}
}

// golden compares got with testdata/name.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test -update writes it)", err)
	}
	wantText(t, got, string(want))
}

// sampleTexts are fixed, so that the golden files do not change with the catalogue.
func sampleTexts(n int, l rules.Lang) *rules.Text {
	type key struct {
		n int
		l rules.Lang
	}
	t := map[key]*rules.Text{
		{10061, rules.English}: {Word: "refused", Cause: "port closed or firewall reject",
			Meaning: "The host answered at once, but nothing accepts connections on that port.",
			Causes:  []string{"service stopped or still starting", "wrong port", "firewall set to reject", "queue full"},
			Checks:  []string{"`Test-NetConnection HOST -Port PORT`: TcpTestSucceeded", "`netstat -ano`"}},
		{10061, rules.Chinese}: {Word: "拒绝连接", Cause: "端口未监听，或被防火墙拒绝",
			Meaning: "对方主机立即作了回答，但该端口上没有程序接受连接。",
			Causes:  []string{"服务已停止或仍在启动", "端口写错", "防火墙设为拒绝"}, Checks: []string{"`Test-NetConnection HOST -Port PORT`"}},
		{10054, rules.English}: {Word: "reset", Cause: "the peer, or a device in between, closed hard",
			Meaning: "The connection was closed by force.", Causes: []string{"the peer crashed", "a firewall dropped the idle connection"},
			ByCall: []rules.CallText{{Call: "accept", Cause: "the client gave up in the queue"}}},
		{10054, rules.Chinese}: {Word: "连接被重置", Cause: "对端或中间设备强行关闭", Meaning: "连接被强行关闭。",
			Causes: []string{"对端程序崩溃", "防火墙丢弃空闲连接"}},
		{10060, rules.English}: {Word: "timed out", Cause: "no answer at all", Meaning: "No answer came in time."},
		{10060, rules.Chinese}: {Word: "超时", Cause: "完全没有回应", Meaning: "没有及时收到回应。"},
		{10035, rules.English}: {Word: "would block", Cause: "normal for a non-blocking socket"},
		{10035, rules.Chinese}: {Word: "暂不可用", Cause: "非阻塞套接字的正常情况"},
	}[key{n, l}]
	if t == nil {
		t = &rules.Text{}
	}
	return t
}

func sampleOptions() Options { return Options{Texts: sampleTexts} }
