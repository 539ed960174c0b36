package stats

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"wsalog/annotate"
)

func recordOf(text, hit, peer string) *annotate.Record {
	r := &annotate.Record{Text: []byte(text)}
	if i := strings.Index(text, hit); hit != "" && i >= 0 {
		r.Hits = []annotate.Hit{{Code: 10061, Spans: []annotate.Span{{Start: i, End: i + len(hit)}}}}
	}
	if i := strings.Index(text, peer); peer != "" && i >= 0 {
		r.Peer, r.PeerSpan = peer, annotate.Span{Start: i, End: i + len(peer)}
	}
	return r
}

func TestTemplate(t *testing.T) {
	for _, c := range []struct{ text, hit, peer, want string }{
		{"10:22:33.114 ERROR [pool-3] connect 10.0.0.5:5432 failed: WSAECONNREFUSED (10061)", "WSAECONNREFUSED", "10.0.0.5:5432",
			"<n> ERROR [pool-<n>] connect <peer> failed: WSAECONNREFUSED (<n>)"},
		{"2026-07-14T10:22:33.114Z recv: error 10061", "10061", "", "<n> recv: error 10061"},
		{"2026-07-14 10:22:33,114 +02:00 x", "", "", "<n> <n> +<n> x"},
		{"hr=0x8007274D id=9f86d081-884c-7d65-9a2f-eaa0c55ad015", "0x8007274D", "", "hr=0x8007274D id=<n>"},
		{"\ta  b\r\nc", "", "", "a b c"},
		{"utf8 sha256sum v1 网络 7号", "", "", "utf8 sha256sum v1 网络 7号"},
		{"\xc4\xe3 x\x1b[2J", "", "", "\uFFFD\uFFFD x [2J"},
		{"", "", "", ""},
	} {
		got := string(appendTemplate(nil, recordOf(c.text, c.hit, c.peer)))
		got = strings.TrimPrefix(got, " ")
		if got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// TestShortcutsChangeNoTemplate writes lines of all kinds with and without what
// writerFor finds out about them.
func TestShortcutsChangeNoTemplate(t *testing.T) {
	parts := []string{"a", "f", "é", "\xc2\x85", "\xff", " ", "  ", "\t", "1", "23", "-", ":", ".", "0x", "12345678", "abcdefab-",
		"9f86d081-884c-7d65-9a2f-eaa0c55ad015", "网", "_", "[", "Z", "\x7f", "\x00", "failed to connect "}
	for seed := range uint64(20_000) {
		rnd := rand.New(rand.NewPCG(seed, 3))
		var text []byte
		few := parts
		if seed%2 == 0 {
			few = parts[len(parts)-8:]
		}
		for range rnd.IntN(30) {
			text = append(text, few[rnd.IntN(len(few))]...)
		}
		r := &annotate.Record{Text: text}
		if n := len(text); n > 0 {
			from := rnd.IntN(n)
			r.Hits = []annotate.Hit{{Spans: []annotate.Span{{Start: from, End: from + rnd.IntN(n-from)}}}}
			from = rnd.IntN(n)
			r.PeerSpan = annotate.Span{Start: from, End: from + rnd.IntN(n-from)}
		}
		got := appendTemplate([]byte("x"), r)
		slow := templateWriter{calm: &calmBytes[0][0], quiet: &quietBytes[0][0]}
		if want := slow.template([]byte("x"), text, r); string(got) != string(want) {
			t.Fatalf("%q, hit %v, peer %v:\n got %q\nwant %q", text, r.Hits, r.PeerSpan, got, want)
		}
	}
}

func FuzzTemplate(f *testing.F) {
	f.Add([]byte("10:22 connect 10.0.0.5:80 WSAECONNREFUSED"), 6, 20)
	f.Add([]byte(strings.Repeat("网1", 600)), 0, 3)
	f.Add([]byte("\xff\xfe1\x00"), 1, 9)
	f.Fuzz(func(t *testing.T, text []byte, from, to int) {
		r := &annotate.Record{Text: text}
		if from >= 0 && from < to && to <= len(text) {
			r.Hits = []annotate.Hit{{Code: 10061, Spans: []annotate.Span{{Start: from, End: to}}}}
			r.PeerSpan = annotate.Span{Start: to, End: len(text)}
		}
		got := appendTemplate([]byte("kept"), r)[4:]
		if len(got) > maxTemplate || !utf8.Valid(got) {
			t.Errorf("template %q of %d bytes", got, len(got))
		}
		for _, c := range string(got) {
			if c < ' ' || c >= 0x7F && c < 0xA0 {
				t.Errorf("template %q holds %U", got, c)
			}
		}
		s := sampleOf(&annotate.Batch{Source: &annotate.Source{Name: "a"}}, r, &annotate.Hit{})
		if !utf8.ValidString(s.Text) || len(s.Text) > 3*maxSample {
			t.Errorf("sample %q", s.Text)
		}
	})
}
