package annotate

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wsalog/matcher"
	"wsalog/rules"
)

// eventCodes are the codes that the texts of these tests hold.
var eventCodes = []int{10061, 10054, 10060}

// batches cuts text at the given lines and annotates the pieces.
func batches(text string, cuts map[int]bool) []*Batch {
	var out []*Batch
	lines := strings.SplitAfter(text, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	a := New()
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && !cuts[to] {
			to++
		}
		block := strings.Join(lines[from:to], "")
		var all [][]matcher.Match
		for _, code := range eventCodes {
			all = append(all, find(block, fmt.Sprint(code), accept(code, rules.FormDecimal, matcher.High, "n")))
		}
		b := &Batch{Bytes: []byte(block), FirstLine: int64(from + 1), Lines: int64(to - from)}
		b.Records = a.Append(nil, b.Bytes, gather(block, all...), nil)
		b.LastStamp, b.LastAge = a.LastStamp(b.Bytes, nil)
		out = append(out, b)
		from = to
	}
	return out
}

// marks lists "line:code" for every hit that begins an event.
func marks(bs []*Batch) []string {
	var e Events
	var out []string
	for _, b := range bs {
		e.Mark(b)
		for _, r := range b.Records {
			for _, h := range r.Hits {
				if h.NewEvent {
					out = append(out, fmt.Sprintf("%d:%d", b.FirstLine+int64(r.LineInBatch), h.Code))
				}
			}
		}
	}
	return out
}

func TestEvents(t *testing.T) {
	many := strings.Repeat("   at Foo.Bar()\n", 60)
	for _, c := range []struct{ name, text, want string }{
		{"one line", "a 10061\n", "1:10061"},
		{"two lines", "a 10061\nb 10061\n", "1:10061 2:10061"},
		{".NET chain", "fail: x (10061)\n ---> SocketException (10061): y\n   at Foo()\n   --- End of inner ---\nnext 10061\n",
			"1:10061 5:10061"},
		{"two codes", "a 10061 10054\n   at x 10054\n   at y 10060\n", "1:10061 1:10054 3:10060"},
		{"Java", "x 10054\nat com.acme.A\nCaused by: 10054\n... 5 more\n\tat q 10054\nz 10054\n", "1:10054 6:10054"},
		{"Python", "ERROR poll\nTraceback (most recent call last):\n  File \"x.py\", line 10061, in f\nConnectionRefusedError: [WinError 10061] x\n" +
			"\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n" +
			"  File \"y.py\"\nurllib3.exceptions.NewConnectionError: [WinError 10061]\nINFO next 10061\n", "3:10061 11:10061"},
		{"Python without the code", "ERROR 10061\nTraceback (most recent call last):\n  File \"x.py\", line 1\nOSError: timed out\n" +
			"\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n" +
			"  File \"y.py\", line 10061\n", "1:10061"},
		{"tabs", "a 10061\n\tat com.acme.A\nCaused by: 10061\n", "1:10061"},
		{"same class twice", "ConnectionRefusedError: 10061\nConnectionRefusedError: 10061\n", "1:10061 2:10061"},
		{"too far", "a 10061\n" + many + "   at 10061\n", "1:10061 62:10061"},
		{"just near enough", "a 10061\n" + many[:49*16] + "   at 10061\n", "1:10061"},
		{"one line too far", "a 10061\n" + many[:50*16] + "   at 10061\n", "1:10061 52:10061"},
		{"begins indented", "   at 10061\n   at 10061\n", "1:10061"},
		{"CR LF", "a 10061\r\n\r\n   at 10061\r\nb\r\n   at 10061\r\n", "1:10061 5:10061"},
		{"no line end", "a 10061\n  b 10061", "1:10061"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(marks(batches(c.text, nil)), " "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestEventsIgnoreRelatedHits(t *testing.T) {
	block := "x 1225\n"
	b := &Batch{Bytes: []byte(block), FirstLine: 1, Lines: 1}
	b.Records = New().Append(nil, b.Bytes, find(block, "1225", matcher.Match{Code: 1225, Verdict: matcher.Related}), nil)
	if got := marks([]*Batch{b}); got != nil {
		t.Errorf("a related hit began event %v", got)
	}
}

func TestEventsEndWithTheFile(t *testing.T) {
	bs := append(batches("a 10061\n", nil), batches("   at 10061\n", nil)...)
	if got := strings.Join(marks(bs), " "); got != "1:10061 1:10061" {
		t.Errorf("line numbers that start again: got %q", got)
	}
	bs = batches("a 10061\n   at 10061\n", map[int]bool{1: true})
	bs[1].Events = []SourceEvent{{Kind: Rotated}}
	if got := strings.Join(marks(bs), " "); got != "1:10061 2:10061" {
		t.Errorf("rotation: got %q", got)
	}
}

// TestEventsInLongLine checks that the windows of one long line are one line.
func TestEventsInLongLine(t *testing.T) {
	text := []string{"a 10061 ", "b 10061 ", "c 10061\n", "   at 10061\n", "x 10061\n"}
	bs := make([]*Batch, len(text))
	for i, s := range text {
		b := batches(s, nil)[0]
		b.FirstLine, b.Lines = 1, 0
		b.Continued, b.Continues = i == 1 || i == 2, i < 2
		switch i {
		case 0:
			b.Lines = 1
		case 3, 4:
			b.FirstLine, b.Lines = int64(i-1), 1 // lines 2 and 3
		}
		bs[i] = b
	}
	if got := strings.Join(marks(bs), " "); got != "1:10061 3:10061" {
		t.Errorf("got %q", got)
	}
}

// naiveMarks is the definition of an event as plainly as it can be written.
func naiveMarks(text string) []string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	var out []string
	for _, code := range eventCodes {
		first := -1
		for n, line := range lines {
			body := strings.TrimSuffix(line, "\r")
			if first >= 0 && (n-first > eventLines || !continues([]byte(body), n > 0 && isIndented([]byte(lines[n-1])))) {
				first = -1
			}
			if strings.Contains(line, fmt.Sprint(code)) && first < 0 {
				first = n
				out = append(out, fmt.Sprintf("%d:%d", n+1, code))
			}
		}
	}
	return out
}

var eventLine = rapid.SampledFrom([]string{
	"INFO nothing", "ERROR 10061", "ERROR 10054 10060", "   at Foo", "\tat 10061", "Caused by: 10054", "", "...",
	"Traceback (most recent call last):", "  File \"x\" 10060", "ConnectionError: 10061", "OSError: late", "\tat Bar", "--- End", "x 10061\r", "\r",
})

func TestEventsDoNotDependOnCuts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(eventLine, 1, 140).Draw(t, "lines")
		if rapid.Bool().Draw(t, "long trace") {
			k := rapid.IntRange(0, len(lines)).Draw(t, "where")
			trace := strings.Split(strings.Repeat("   at Foo()\n", rapid.IntRange(40, 60).Draw(t, "how long")), "\n")
			lines = append(lines[:k:k], append(trace[:len(trace)-1], lines[k:]...)...)
		}
		text := strings.Join(lines, "\n") + "\n"
		cuts := map[int]bool{}
		for _, c := range rapid.SliceOf(rapid.IntRange(1, len(lines))).Draw(t, "cuts") {
			cuts[c] = true
		}
		want := map[string]bool{}
		for _, m := range naiveMarks(text) {
			want[m] = true
		}
		got := marks(batches(text, cuts))
		for _, m := range got {
			if !want[m] {
				t.Errorf("%s begins an event and should not", m)
			}
			delete(want, m)
		}
		for m := range want {
			t.Errorf("%s does not begin an event and should", m)
		}
	})
}

// TestStampsDoNotDependOnCuts checks the promise of Carry: the same stamps, own
// or inherited, wherever the text is cut.
func TestStampsDoNotDependOnCuts(t *testing.T) {
	line := rapid.SampledFrom([]string{"2024-05-06 07:08:09 x", "2024-05-06 07:08:10 10061", "10061", "   at 10054", "text"})
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(line, 1, 60).Draw(t, "lines")
		if rapid.Bool().Draw(t, "far") {
			k := rapid.IntRange(0, len(lines)).Draw(t, "where")
			fill := bytes.Split(bytes.Repeat([]byte("text\n"), rapid.IntRange(inheritLines-4, inheritLines+2).Draw(t, "gap")), []byte("\n"))
			var more []string
			for _, f := range fill[:len(fill)-1] {
				more = append(more, string(f))
			}
			lines = append(lines[:k:k], append(more, lines[k:]...)...)
		}
		text := strings.Join(lines, "\n") + "\n"
		cuts := map[int]bool{}
		for _, c := range rapid.SliceOf(rapid.IntRange(1, len(lines))).Draw(t, "cuts") {
			cuts[c] = true
		}
		stamps := func(bs []*Batch) (out []string) {
			var c Carry
			for _, b := range bs {
				c.Fill(b)
				for _, r := range b.Records {
					out = append(out, fmt.Sprint(b.FirstLine+int64(r.LineInBatch), describe(r.Stamp), r.Stamp.Inherited))
				}
			}
			return out
		}
		whole, cut := stamps(batches(text, nil)), stamps(batches(text, cuts))
		if strings.Join(whole, "\n") != strings.Join(cut, "\n") {
			t.Errorf("whole:\n%s\ncut:\n%s", strings.Join(whole, "\n"), strings.Join(cut, "\n"))
		}
	})
}

func BenchmarkEventsMarkWithoutHits(b *testing.B) {
	batch := &Batch{Bytes: bytes.Repeat([]byte("2024-05-06 07:08:09 INFO nothing to see\n"), 10000), FirstLine: 1, Lines: 10000}
	var e Events
	b.SetBytes(int64(len(batch.Bytes)))
	for b.Loop() {
		e.Mark(batch)
	}
}
