package report

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"wsalog/annotate"
	"wsalog/matcher"
	"wsalog/rules"
)

// hitLine makes a record of one line that holds word as a spelling of code.
func hitLine(text, word string, code int, forms ...rules.Form) annotate.Record {
	at := strings.Index(text, word)
	if at < 0 {
		panic("test line lacks " + word)
	}
	return annotate.Record{
		Text: []byte(text),
		Hits: []annotate.Hit{{
			Code: code, Forms: forms, Spans: []annotate.Span{{Start: at, End: at + len(word)}},
			Confidence: matcher.High, Rules: []string{"name"},
		}},
	}
}

// batchOf joins records, one per line, into a batch of a source.
func batchOf(src *annotate.Source, first int64, records ...annotate.Record) *annotate.Batch {
	b := &annotate.Batch{Source: src, FirstLine: first, Lines: int64(len(records)), Encoding: "UTF-8"}
	for i := range records {
		r := &records[i]
		r.LineInBatch, r.Start, r.RawOffset = i, len(b.Bytes), int64(len(b.Bytes))
		b.Bytes = append(append(b.Bytes, r.Text...), '\n')
	}
	b.RawLen = int64(len(b.Bytes))
	b.Records = records
	return b
}

func fakeTexts(number int, lang rules.Lang) *rules.Text {
	if number != 10061 {
		return nil
	}
	if lang == rules.Chinese {
		return &rules.Text{Word: "拒绝连接", Cause: "端口未监听"}
	}
	return &rules.Text{Word: "refused", Cause: "port closed",
		ByCall: []rules.CallText{{Call: "sendto", Cause: "no listener answered"}}}
}

// run writes batches through a HitStream and decodes the objects.
func run(t *testing.T, o HitOptions, batches ...*annotate.Batch) []map[string]any {
	t.Helper()
	var out bytes.Buffer
	s := NewHitStream(&out, o)
	for _, b := range batches {
		if err := s.Batch(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(annotate.Totals{}); err != nil {
		t.Fatal(err)
	}
	var objects []map[string]any
	sc := bufio.NewScanner(&out)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		if !utf8.Valid(sc.Bytes()) {
			t.Errorf("output is not UTF-8: %q", sc.Text())
		}
		m := map[string]any{}
		if err := json.Unmarshal(sc.Bytes(), &m); err != nil {
			t.Fatalf("%v in %s", err, sc.Text())
		}
		objects = append(objects, m)
	}
	return objects
}

func TestHitStreamPlain(t *testing.T) {
	r := hitLine("10:22:33 connect 10.0.0.5:5432 failed: WSAECONNREFUSED (10061)", "WSAECONNREFUSED", 10061, rules.FormName, rules.FormDecimal)
	r.Hits[0].Spans = append(r.Hits[0].Spans, annotate.Span{Start: 56, End: 61})
	r.Stamp = annotate.Stamp{Time: time.Date(2026, 7, 14, 8, 22, 33, 114e6, time.UTC), Valid: true, HasZone: true, OffsetSec: 7200}
	r.Peer, r.Call = "10.0.0.5:5432", "connect"
	b := batchOf(&annotate.Source{Name: "a.log"}, 7, hitLine("x 10054", "10054", 10054, rules.FormDecimal), r)
	b.Offset = 1000
	got := run(t, HitOptions{Texts: fakeTexts, Version: "1.2", Args: []string{"a.log"}, Sources: []string{"a.log"}}, b)
	if len(got) != 4 || got[0]["type"] != "start" || got[0]["version"] != "1.2" || got[3]["type"] != "summary" {
		t.Fatalf("got %v", got)
	}
	want := map[string]any{
		"type": "hit", "schema": 1.0, "file": "a.log", "line": 8.0, "offset": 1008.0,
		"time": "2026-07-14T10:22:33.114+02:00", "code": 10061.0, "name": "WSAECONNREFUSED", "part": "berkeley",
		"class": "remote", "severity": "error", "confidence": "high",
		"peer": "10.0.0.5:5432", "call": "connect", "summary": "refused: port closed",
		"text": string(r.Text),
	}
	for k, v := range want {
		if got[2][k] != v {
			t.Errorf("%s = %v, want %v", k, got[2][k], v)
		}
	}
	if s, _ := json.Marshal(got[2]["spans"]); string(s) != "[[39,54],[56,61]]" {
		t.Errorf("spans = %s", s)
	}
	if s, _ := json.Marshal(got[2]["forms"]); string(s) != `["name","decimal"]` {
		t.Errorf("forms = %s", s)
	}
	if _, ok := got[1]["time"]; ok {
		t.Error("a line without a stamp has a time")
	}
	for k, v := range map[string]float64{"hits": 2, "hit_lines": 2, "events": 2, "lines": 2, "bytes": float64(b.RawLen)} {
		if got[3][k] != v {
			t.Errorf("summary %s = %v, want %v", k, got[3][k], v)
		}
	}
}

func TestHitStreamForeignFields(t *testing.T) {
	r := hitLine("recv from [2001:db8::1]:443: WSAECONNREFUSED", "WSAECONNREFUSED", 10061, rules.FormName)
	r.Peer = "[2001:db8::1]:443"
	src := &annotate.Source{Name: "a.log"}
	otel := run(t, HitOptions{Fields: FieldsOTel, Lang: rules.Chinese, Texts: fakeTexts}, batchOf(src, 1, r))[1]
	ecs := run(t, HitOptions{Fields: FieldsECS, Lang: rules.Chinese, Texts: fakeTexts}, batchOf(src, 1, r))[1]
	for k, v := range map[string]any{
		"error.type": "WSAECONNREFUSED", "winsock.error.code": 10061.0, "winsock.error.message": "refused: port closed",
		"winsock.error.group": "refused", "network.peer.address": "2001:db8::1", "network.peer.port": 443.0,
		"log.file.path": "a.log", "log.file.record_number": 1.0, "body": string(r.Text),
	} {
		if otel[k] != v {
			t.Errorf("otel %s = %v, want %v", k, otel[k], v)
		}
	}
	for k, v := range map[string]any{
		"error.code": "10061", "error.message": "拒绝连接：端口未监听", "destination.ip": "2001:db8::1", "message": string(r.Text),
	} {
		if ecs[k] != v {
			t.Errorf("ecs %s = %v, want %v", k, ecs[k], v)
		}
	}
	for k := range otel {
		if k == "" || k == "error.message" {
			t.Errorf("otel has the member %q", k)
		}
	}
}

func TestHitStreamLongLine(t *testing.T) {
	for _, pad := range []string{"x", "é", "網", "😀"} {
		left := strings.Repeat(pad, 30000)
		text := left + "WSAECONNRESET" + left
		r := hitLine(text, "WSAECONNRESET", 10054, rules.FormName)
		got := run(t, HitOptions{}, batchOf(&annotate.Source{Name: "a"}, 1, r))[1]
		cut, ok := got["text"].(string)
		if !ok || len(cut) > maxText || len(cut) < maxText-8 || got["truncated"] != true {
			t.Fatalf("%q: text of %d bytes, truncated %v", pad, len(cut), got["truncated"])
		}
		from := int(got["text_offset"].(float64))
		if text[from:from+len(cut)] != cut {
			t.Errorf("%q: text_offset does not fit", pad)
		}
		span := got["spans"].([]any)[0].([]any)
		if s := cut[int(span[0].(float64)):int(span[1].(float64))]; s != "WSAECONNRESET" {
			t.Errorf("%q: span shows %q", pad, s)
		}
	}
}

func TestHitStreamBytesThatAreNoText(t *testing.T) {
	text := "\xc4\xe3 WSAECONNRESET \x00\xff"
	got := run(t, HitOptions{}, batchOf(&annotate.Source{Name: "bad\xff\x1b[2J"}, 1, hitLine(text, "WSAECONNRESET", 10054)))[1]
	raw, err := base64.StdEncoding.DecodeString(got["bytes"].(string))
	if err != nil || string(raw) != text {
		t.Errorf("bytes = %q, %v", raw, err)
	}
	if _, ok := got["text"]; ok {
		t.Error("text is there beside bytes")
	}
	if got["file"] != "bad�\x1b[2J" {
		t.Errorf("file = %q", got["file"])
	}
}

func TestHitStreamTellsTwinsAndInfoApart(t *testing.T) {
	r := hitLine("WinError 64: WSAEWOULDBLOCK", "WSAEWOULDBLOCK", 10035)
	r.Hits = append(r.Hits, annotate.Hit{Code: 64, Related: true, Spans: []annotate.Span{{Start: 9, End: 11}}})
	got := run(t, HitOptions{}, batchOf(&annotate.Source{Name: "a"}, 1, r))
	if got[1]["severity"] != "info" || got[2]["type"] != "related" || got[2]["name"] != "ERROR_NETNAME_DELETED" || got[2]["twin"] != 10054.0 {
		t.Errorf("got %v", got[1:3])
	}
	info, _ := json.Marshal(got[3]["info"])
	if got[3]["hits"] != 0.0 || got[3]["hit_lines"] != 0.0 || len(got[3]["codes"].([]any)) != 0 ||
		!strings.Contains(string(info), `"code":10035`) {
		t.Errorf("an info code is not counted apart: %v", got[3])
	}
}

func TestHitStreamFilter(t *testing.T) {
	src := &annotate.Source{Name: "a"}
	b := batchOf(src, 1, hitLine("WSAECONNRESET", "WSAECONNRESET", 10054), hitLine("WSAETIMEDOUT", "WSAETIMEDOUT", 10060))
	only := func(_ *annotate.Batch, _ *annotate.Record, h *annotate.Hit) bool { return h.Code == 10060 }
	got := run(t, HitOptions{Accept: only}, b)
	if len(got) != 3 || got[1]["code"] != 10060.0 || got[2]["hits"] != 1.0 {
		t.Errorf("got %v", got)
	}
}

func TestHitStreamIdleWritesAtOnce(t *testing.T) {
	var out bytes.Buffer
	s := NewHitStream(&out, HitOptions{})
	if err := s.Idle(); err != nil || !strings.HasPrefix(out.String(), `{"type":"start"`) {
		t.Fatalf("first Idle wrote %q, %v", out.String(), err)
	}
	out.Reset()
	b := batchOf(&annotate.Source{Name: "a"}, 1, hitLine("WSAECONNRESET", "WSAECONNRESET", 10054))
	if err := errors.Join(s.Batch(b), s.Idle()); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), `{"type":"hit"`) || !strings.HasSuffix(out.String(), "}\n") {
		t.Errorf("Idle wrote %q", out.String())
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestHitStreamPassesWriteErrorsOn(t *testing.T) {
	s := NewHitStream(failing{}, HitOptions{})
	if err := s.Idle(); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("got %v", err)
	}
}

func TestHitStreamDoesNotAllocateWhenWarm(t *testing.T) {
	b := busyBatch()
	s := NewHitStream(io.Discard, HitOptions{Texts: fakeTexts})
	_ = s.Batch(b)
	if n := testing.AllocsPerRun(20, func() { _ = s.Batch(b) }); n != 0 {
		t.Errorf("%v allocations for a batch", n)
	}
}

func busyBatch() *annotate.Batch {
	var records []annotate.Record
	for range 200 {
		r := hitLine("2026-07-14 10:22:33.114 ERROR [pool-3] connect 10.0.0.5:5432 failed: WSAECONNREFUSED (10061)", "WSAECONNREFUSED", 10061, rules.FormName, rules.FormDecimal)
		r.Stamp = annotate.Stamp{Time: time.Date(2026, 7, 14, 8, 22, 33, 114e6, time.UTC), Valid: true}
		r.Peer, r.Call = "10.0.0.5:5432", "connect"
		records = append(records, r)
	}
	return batchOf(&annotate.Source{Name: "app.log"}, 1, records...)
}

// BenchmarkHitStream tells how many hits a second can be written.
func BenchmarkHitStream(b *testing.B) {
	batch := busyBatch()
	s := NewHitStream(io.Discard, HitOptions{Texts: fakeTexts})
	n := 0
	for b.Loop() {
		_ = s.Batch(batch)
		n += len(batch.Records)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "hits/s")
}

func FuzzAppendJSON(f *testing.F) {
	for _, s := range []string{"", "a\"b\\", "\x00\x1b\x7f", "\xff\xc3", "網😀\u202e\u0085\u2028", "</script>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		enc := appendJSON(nil, s)
		var back string
		if err := json.Unmarshal(enc, &back); err != nil {
			t.Fatalf("%q: %v", enc, err)
		}
		if want := strings.ToValidUTF8(strings.Map(func(r rune) rune { return r }, s), "�"); back != want {
			t.Errorf("%q came back as %q, want %q", s, back, want)
		}
		for _, r := range string(enc) {
			if r < 0x20 || r == 0x7F || r > 0x7F && steers(r) {
				t.Errorf("%q holds %U", enc, r)
			}
		}
		if !bytes.Equal(enc, appendJSON(nil, []byte(s))) {
			t.Error("string and bytes differ")
		}
	})
}
