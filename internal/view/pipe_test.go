package view

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"

	"wsalog/annotate"
	"wsalog/internal/term"
	"wsalog/matcher"
	"wsalog/rules"
)

const session = `10:22:31.114 INFO  [pool-1] client 10.0.0.7:52114 connected
10:22:33.114 ERROR [pool-3] connect 10.0.0.5:5432 failed: WSAECONNREFUSED (10061)
10:22:33.871 ERROR [pool-3] connect 10.0.0.5:5432 failed: WSAECONNREFUSED (10061)
10:22:35.557 WARN  [pool-4] recv() returned 10054
10:22:41.900 INFO  [pool-1] port 10061 opened
`

func TestPipe(t *testing.T) {
	wantText(t, show(t, sampleOptions(), batch(session)), `10:22:31.114 INFO  [pool-1] client 10.0.0.7:52114 connected
10:22:33.114 ERROR [pool-3] connect 10.0.0.5:5432 failed: WSAECONNREFUSED (10061)  « 10061 refused: port closed or firewall reject
10:22:33.871 ERROR [pool-3] connect 10.0.0.5:5432 failed: WSAECONNREFUSED (10061)  « 10061 refused ×2
10:22:35.557 WARN  [pool-4] recv() returned 10054  « 10054 reset: the peer, or a device in between, closed hard
10:22:41.900 INFO  [pool-1] port 10061 opened
`)
}

// TestRotatedFileWithoutLastLineEnd: what a new file under the same name says
// does not go on in the last line of the old one, which lacks its end.
func TestRotatedFileWithoutLastLineEnd(t *testing.T) {
	for _, last := range []string{"old", "err 10060"} {
		for _, first := range []string{"new\n", "err 10060\n"} {
			got := show(t, sampleOptions(), batch(last), batch(first))
			if n := strings.Count(got, "\n"); n != 2 || !strings.Contains(got, "\n"+strings.TrimSpace(first)) {
				t.Errorf("%q, then %q: %q", last, first, got)
			}
		}
	}
}

func TestPipeNotes(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"two hits", "WSAECONNREFUSED then 10054\n", "WSAECONNREFUSED then 10054  « 10061 refused: port closed or firewall reject · 10054 reset: the peer, or a device in between, closed hard\n"},
		{"crlf", "err 10060\r\nerr 10060\r\n", "err 10060  « 10060 timed out: no answer at all\r\nerr 10060  « 10060 timed out ×2\r\n"},
		{"no terminator", "x\nerr 10060", "x\nerr 10060  « 10060 timed out: no answer at all"},
		{"lone return is content", "err 10060\r", "err 10060\r  « 10060 timed out: no answer at all"},
		{"return within", "a\rerr 10060\rb\r\n", "a\rerr 10060\rb  « 10060 timed out: no answer at all\r\n"},
		{"uncertain", "maybe 10060\n", "maybe 10060  « 10060? timed out: no answer at all\n"},
		{"twin", "WinError 64\n", "WinError 64  « 64 (like 10054 reset)\n"},
		{"twin and hit", "WinError 64 10060\n", "WinError 64 10060  « 10060 timed out: no answer at all · 64 (like 10054 reset)\n"},
		{"other call, other cause", "recv 10054\naccept 10054\nrecv 10054\n10054\n", "recv 10054  « 10054 reset: the peer, or a device in between, closed hard\n" +
			"accept 10054  « 10054 reset: the client gave up in the queue\nrecv 10054  « 10054 reset ×3\n10054  « 10054 reset ×4\n"},
		{"mark without a hit", "a  « b\n", "a  « b  « \n"},
		{"mark at the end, crlf", "a  « \r\n", "a  «   « \r\n"},
		{"mark with a hit", "a  « 10060\n", "a  « 10060  « 10060 timed out: no answer at all\n"},
		{"explained again after silence", "10:00:00 10060\n10:14:59 10060\n10:30:00 10060\n",
			"10:00:00 10060  « 10060 timed out: no answer at all\n10:14:59 10060  « 10060 timed out ×2\n10:30:00 10060  « 10060 timed out: no answer at all\n"},
		{"repeated", "a 10060\nlast message repeated 5 times\nx\n", "a 10060  « 10060 timed out: no answer at all\n" +
			"last message repeated 5 times  « 10060 timed out ×6\nx\n"},
		{"repeated, told in the line", "message repeated 4 times: [a 10060]\n", "message repeated 4 times: [a 10060]  « 10060 timed out: no answer at all ×4\n"},
		{"repeated, but not a hit", "x\nlast message repeated 5 times\n", "x\nlast message repeated 5 times\n"},
		{"repeated, no number", "a 10060\nlast message repeated in queue 7\n", "a 10060  « 10060 timed out: no answer at all\nlast message repeated in queue 7\n"},
		{"repeated, of a twin", "a 10060\nWinError 64\nlast message repeated 5 times\n", "a 10060  « 10060 timed out: no answer at all\n" +
			"WinError 64  « 64 (like 10054 reset)\nlast message repeated 5 times\n"},
		{"controls pass", "\x1b[31m\x00 10060\x07\n\x9b\n", "\x1b[31m\x00 10060\x07  « 10060 timed out: no answer at all\n\x9b\n"},
		{"no text", "10022\n", "10022  « 10022 WSAEINVAL\n"},
		{"no text, again", "10022\n10022\n", "10022  « 10022 WSAEINVAL\n10022  « 10022 WSAEINVAL ×2\n"},
	} {
		wantText(t, c.name+"|"+show(t, sampleOptions(), batch(c.in)), c.name+"|"+c.want)
	}
}

func TestPipeOptions(t *testing.T) {
	in := "port 10061 connect 10.0.0.5:80 10061\nok\n10061\n"
	set := func(f func(*Options)) Options { o := sampleOptions(); f(&o); return o }
	for _, c := range []struct {
		name string
		o    Options
		want string
	}{
		{"none", set(func(o *Options) { o.Explain = None }), in},
		{"first", set(func(o *Options) { o.Explain = First }), "port 10061 connect 10.0.0.5:80 10061  « 10061 WSAECONNREFUSED  refused  (connect → 10.0.0.5:80)" +
			": The host answered at once, but nothing accepts connections on that port. likely: service stopped or still starting · wrong port · firewall set to reject\nok\n10061  « 10061 refused ×2\n"},
		{"chinese", set(func(o *Options) { o.Lang = rules.Chinese }), "port 10061 connect 10.0.0.5:80 10061  « 10061 拒绝连接：端口未监听，或被防火墙拒绝\nok\n10061  « 10061 拒绝连接 ×2\n"},
		{"names and numbers", set(func(o *Options) { o.WithFilename, o.LineNumbers = true, true }),
			"app.log:1:port 10061 connect 10.0.0.5:80 10061  « 10061 refused: port closed or firewall reject\napp.log:2:ok\napp.log:3:10061  « 10061 refused ×2\n"},
		{"ascii does not change a file", set(func(o *Options) { o.Profile.Glyphs = 2 }), show(t, sampleOptions(), batch(in))},
		{"nothing accepted", set(func(o *Options) { o.Accept = func(*annotate.Record, *annotate.Hit) bool { return false } }), in},
		{"certain ones only", set(func(o *Options) {
			o.Accept = func(r *annotate.Record, h *annotate.Hit) bool { return h.Confidence > matcher.Low }
		}), show(t, sampleOptions(), batch(in))},
	} {
		wantText(t, c.name+"|"+show(t, c.o, batch(in)), c.name+"|"+c.want)
	}
}

// pieceBatches cuts one line into batches as the pipeline cuts a line above its
// limit, with overlap leading bytes given twice.
func pieceBatches(line string, size, overlap int) []*annotate.Batch {
	var list []*annotate.Batch
	for at := 0; at < len(line); at += size {
		from, to := max(at-overlap, 0), min(at+size, len(line))
		b := batchOf(appSource, 1, line[from:to])
		b.Scanned, b.Continued, b.Continues = at-from, at > 0, to < len(line)
		b.Lines = 0
		keep := b.Records[:0]
		for _, r := range b.Records { // the cutter gives a match to one window alone
			if len(r.Hits) > 0 && r.Start+r.Hits[0].Spans[0].Start < b.Scanned {
				continue
			}
			keep = append(keep, r)
		}
		b.Records = keep
		list = append(list, b)
	}
	return list
}

func TestLongLines(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"xxxxx 10060 yyyyyyyyyyyyy\n", "xxxxx 10060 yyyyyyyyyyyyy  « 10060 timed out: no answer at all\n"},
		{"xxxxx 10060 yyyyyyyyyyyyy\r\n", "xxxxx 10060 yyyyyyyyyyyyy  « 10060 timed out: no answer at all\r\n"},
		{"xxxxx 10060 yyyyyyyyyyyyy", "xxxxx 10060 yyyyyyyyyyyyy  « 10060 timed out: no answer at all"},
		{"xxxxxxxxx  « yyyyyyyyyyyy\n", "xxxxxxxxx  « yyyyyyyyyyyy  « \n"},
		{"xxxxx\ryyyyyyyyyyyyyyyy\r\n", "xxxxx\ryyyyyyyyyyyyyyyy\r\n"},
		{"中文中文中文中文中文中文\n", "中文中文中文中文中文中文\n"},
	} {
		for size := 1; size < len(c.in); size++ {
			list := pieceBatches(c.in, size, 0)
			hit := strings.Contains(c.in, "10060") && !strings.Contains(c.want, "« \n")
			if hit { // the spelling itself may be cut here: give it to the first piece
				for _, b := range list {
					b.Records = nil
				}
				r, _ := record([]byte("10060"))
				r.Text = list[0].Bytes[:0]
				r.Hits[0].Spans = nil
				list[0].Records = []annotate.Record{r}
			}
			wantText(t, show(t, sampleOptions(), list...), c.want)
			o := sampleOptions()
			o.OnlyHits = true
			want := ""
			if hit {
				want = strings.TrimRight(c.want, "\r\n") + c.want[len(strings.TrimRight(c.want, "\r\n")):]
				if !strings.HasSuffix(want, "\n") {
					want += "\n"
				}
			}
			wantText(t, show(t, o, list...), want)
		}
	}
}

func TestLongLineThenOthers(t *testing.T) {
	a := batchOf(appSource, 1, "one\ntwo 10060 is lo")
	a.Continues, a.Lines = true, 2
	b := batchOf(appSource, 2, "is long indeed\nthree\nfour 10054\n")
	b.Scanned, b.Continued, b.Lines = 5, true, 2
	o := sampleOptions()
	o.LineNumbers = true
	wantText(t, show(t, o, a, b), "1:one\n2:two 10060 is long indeed  « 10060 timed out: no answer at all\n3:three\n"+
		"4:four 10054  « 10054 reset: the peer, or a device in between, closed hard\n")
}

func TestLinesOutsideThePeriodAreNotShown(t *testing.T) {
	text := "one\ntwo\nthree 10060\nfour\nfive\nsix 10060\nseven\nlong line"
	cut := func() []*annotate.Batch {
		a := batch(text)
		a.Outside = []annotate.Span{{Start: 0, End: 4}, {Start: 20, End: 30}, {Start: 46, End: len(text)}}
		a.Continues = true
		b := batchOf(appSource, 8, " goes on\nnine 10060\n")
		b.Continued = true
		b.Outside = []annotate.Span{{Start: 0, End: 9}}
		return []*annotate.Batch{a, b}
	}
	o := sampleOptions()
	wantText(t, show(t, o, cut()...), "two\nthree 10060"+n60+"\nsix 10060  « 10060 timed out ×2\nseven\nnine 10060  « 10060 timed out ×3\n")
	o.LineNumbers, o.Before, o.Explain = true, 2, None
	wantText(t, show(t, o, cut()...), "2-two\n3:three 10060\n--\n6:six 10060\n--\n9:nine 10060\n")
	o.Before, o.After = 0, 3
	between := batch("one 10060\ntwo\nthree\nfour 10060\n")
	between.Outside = []annotate.Span{{Start: 10, End: 14}}
	wantText(t, show(t, o, between), "1:one 10060\n--\n4:four 10060\n")
	o.MaxCount = 1
	wantText(t, show(t, o, between), "1:one 10060\n")
}

func TestSourcesAreKeptApart(t *testing.T) {
	other := &annotate.Source{ID: 1, Name: "other.log"}
	wantText(t, show(t, sampleOptions(), batch("a 10060"), batchOf(other, 1, "b\n")),
		"a 10060  « 10060 timed out: no answer at all\nb\n")
	o := sampleOptions()
	o.Headers = true
	wantText(t, show(t, o, batch("a\n"), batchOf(other, 1, "b\n"), batch("c\n")),
		"==> app.log <==\na\n\n==> other.log <==\nb\n\n==> app.log <==\nc\n")
}

func FuzzStrip(f *testing.F) {
	for _, s := range []string{"", "\n", "a 10060\r\n", "  « ", "  «  « 10060\n  «\n", "10060\r", "\x00  « 10061 \x00\r\n\r", "« «10054« \r\r\n",
		strings.Repeat("x", 300) + " 10060  « y\n", "10060 \xc2", "\xab 10060  \xc2"} {
		f.Add([]byte(s), uint8(7), false)
	}
	f.Fuzz(func(t *testing.T, raw []byte, size uint8, full bool) {
		// Most bytes are drawn from what could confuse the note with the line.
		alphabet := []string{"«", "\r", "\x00", "  « ", "\n", " ", "10060", "WSAECONNRESET ", "\r\n", "  ", "\xc2", "\xab", "port 10061", "x"}
		var in strings.Builder
		for _, b := range raw {
			if int(b) < len(alphabet)*8 {
				in.WriteString(alphabet[int(b)%len(alphabet)])
			} else {
				in.WriteByte(b)
			}
		}
		o := sampleOptions()
		if full {
			o.Explain = FullExplain
			o.Theme = painted(term.Profile{Colors: term.TrueColor}) // --color=always
		}
		b := batch(in.String())
		list := []*annotate.Batch{b}
		if size > 0 && len(b.Records) == 0 && len(b.Bytes) > 0 && bytes.IndexByte(b.Bytes[:len(b.Bytes)-1], '\n') < 0 {
			list = pieceBatches(in.String(), int(size), 0)
		}
		out := show(t, o, list...)
		var got []byte
		for _, l := range bytes.SplitAfter([]byte(out), []byte{'\n'}) {
			got = append(got, Strip(l)...)
		}
		if string(got) != in.String() {
			t.Fatalf("in  %q\nout %q\ngot %q", in.String(), out, got)
		}
	})
}

// writes counts the calls and bytes of a writer.
type writes struct {
	calls int
	bytes int64
}

func (w *writes) Write(p []byte) (int, error) {
	w.calls++
	w.bytes += int64(len(p))
	return len(p), nil
}

func TestUntouchedSpansAreWrittenAtOnce(t *testing.T) {
	text := strings.Repeat("an ordinary line of a log\n", 100_000)
	var w writes
	v := New(&w, sampleOptions())
	if err := v.Batch(batch(text)); err != nil {
		t.Fatal(err)
	}
	if w.calls != 1 || w.bytes != int64(len(text)) {
		t.Errorf("%d writes of %d bytes, want one of %d", w.calls, w.bytes, len(text))
	}
}

func TestNothingWaitsWhenIdle(t *testing.T) {
	var out bytes.Buffer
	v := New(&out, sampleOptions())
	b := batch("a 10060\nb\n")
	if err := v.Batch(b); err != nil {
		t.Fatal(err)
	}
	clear(b.Bytes) // the batch's memory is used again
	if err := v.Idle(); err != nil {
		t.Fatal(err)
	}
	wantText(t, out.String(), "a 10060  « 10060 timed out: no answer at all\nb\n")
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, syscall.EPIPE }

type shortWriter struct{}

func (shortWriter) Write(p []byte) (int, error) { return len(p) / 2, nil }

func TestWriteErrors(t *testing.T) {
	big := batch(strings.Repeat("x\n", 100_000))
	if err := New(brokenPipe{}, Options{}).Batch(big); !errors.Is(err, syscall.EPIPE) {
		t.Errorf("broken pipe: %v", err)
	}
	if err := New(shortWriter{}, Options{}).Batch(big); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("short write: %v", err)
	}
}
