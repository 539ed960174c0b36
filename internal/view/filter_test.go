package view

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"wsalog/annotate"
)

const filterLog = "a1\na2\nx 10060\nb1\nb2\nb3\nb4\nx 10061\ny 10061\nc1\n"

const (
	n60  = "  « 10060 timed out: no answer at all"
	n61  = "  « 10061 refused: port closed or firewall reject"
	n612 = "  « 10061 refused ×2"
)

func TestFilters(t *testing.T) {
	for _, c := range []struct {
		name string
		set  func(*Options)
		want string
		sel  int64
	}{
		{"only hits", func(o *Options) { o.OnlyHits = true }, "x 10060" + n60 + "\nx 10061" + n61 + "\ny 10061" + n612 + "\n", 3},
		{"context", func(o *Options) { o.Before, o.After = 1, 1 },
			"a2\nx 10060" + n60 + "\nb1\n--\nb4\nx 10061" + n61 + "\ny 10061" + n612 + "\nc1\n", 3},
		{"context that meets", func(o *Options) { o.Before, o.After = 2, 2 },
			"a1\na2\nx 10060" + n60 + "\nb1\nb2\nb3\nb4\nx 10061" + n61 + "\ny 10061" + n612 + "\nc1\n", 3},
		{"before", func(o *Options) { o.Before = 5; o.LineNumbers = true },
			"1-a1\n2-a2\n3:x 10060" + n60 + "\n4-b1\n5-b2\n6-b3\n7-b4\n8:x 10061" + n61 + "\n9:y 10061" + n612 + "\n", 3},
		{"after", func(o *Options) { o.After = 1; o.WithFilename = true },
			"app.log:x 10060" + n60 + "\napp.log-b1\n--\napp.log:x 10061" + n61 + "\napp.log:y 10061" + n612 + "\napp.log-c1\n", 3},
		{"invert", func(o *Options) { o.Invert = true }, "a1\na2\nb1\nb2\nb3\nb4\nc1\n", 7},
		{"invert with context", func(o *Options) { o.Invert, o.After, o.LineNumbers = true, 1, true },
			"1:a1\n2:a2\n3-x 10060\n4:b1\n5:b2\n6:b3\n7:b4\n8-x 10061\n--\n10:c1\n", 7},
		{"count", func(o *Options) { o.Count = true }, "3\n", 3},
		{"count with name", func(o *Options) { o.Count, o.WithFilename = true, true }, "app.log:3\n", 3},
		{"count the others", func(o *Options) { o.Count, o.Invert = true, true }, "7\n", 7},
		{"count at most", func(o *Options) { o.Count, o.MaxCount = true, 2 }, "2\n", 2},
		{"count the others at most", func(o *Options) { o.Count, o.Invert, o.MaxCount = true, true, 4 }, "4\n", 4},
		{"only matching", func(o *Options) { o.OnlyMatching, o.LineNumbers = true, true }, "3:10060\n8:10061\n9:10061\n", 3},
		{"only matching, inverted", func(o *Options) { o.OnlyMatching, o.Invert = true, true }, "", 7},
		{"files", func(o *Options) { o.FilesWithMatches = true }, "app.log\n", 1},
		{"quiet", func(o *Options) { o.Quiet = true }, "", 1},
		{"at most one", func(o *Options) { o.OnlyHits, o.MaxCount = true, 1 }, "x 10060" + n60 + "\n", 1},
		{"at most one, with context", func(o *Options) { o.After, o.MaxCount = 2, 1 }, "x 10060" + n60 + "\nb1\nb2\n", 1},
		{"at most two, context ends at the next", func(o *Options) { o.After, o.MaxCount = 9, 2 },
			"x 10060" + n60 + "\nb1\nb2\nb3\nb4\nx 10061" + n61 + "\n", 2},
		{"at most one of the stream", func(o *Options) { o.MaxCount = 1 }, "a1\na2\nx 10060" + n60 + "\n", 1},
		{"at most three others", func(o *Options) { o.Invert, o.MaxCount = true, 3 }, "a1\na2\nb1\n", 3},
		{"hits of one code", func(o *Options) {
			o.OnlyHits = true
			o.Accept = func(_ *annotate.Record, h *annotate.Hit) bool { return h.Code == 10060 }
		}, "x 10060" + n60 + "\n", 1},
	} {
		o := sampleOptions()
		c.set(&o)
		for _, size := range []int{len(filterLog), 1, 7, 30} { // batches of whole lines
			var out bytes.Buffer
			v := New(&out, o)
			for _, b := range lineBatches(filterLog, size) {
				if err := v.Batch(b); errors.Is(err, ErrDone) {
					break
				} else if err != nil {
					t.Fatal(err)
				}
			}
			if err := v.Close(annotate.Totals{}); err != nil {
				t.Fatal(err)
			}
			wantText(t, c.name+"|"+out.String(), c.name+"|"+c.want)
			if v.Selected() != c.sel {
				t.Errorf("%s: %d lines chosen, want %d", c.name, v.Selected(), c.sel)
			}
		}
	}
}

// lineBatches cuts text into batches of whole lines of about size bytes.
func lineBatches(text string, size int) []*annotate.Batch {
	var list []*annotate.Batch
	first := int64(1)
	for text != "" {
		n := strings.IndexByte(text[min(size, len(text))-1:], '\n') + min(size, len(text))
		if n < min(size, len(text)) {
			n = len(text)
		}
		b := batchOf(appSource, first, text[:n])
		first += b.Lines
		list = append(list, b)
		text = text[n:]
	}
	return list
}

func TestFiltersEndTheLastLine(t *testing.T) {
	o := sampleOptions()
	o.OnlyHits = true
	wantText(t, show(t, o, batch("a\n10060")), "10060"+n60+"\n")
	o = sampleOptions()
	o.Invert = true
	wantText(t, show(t, o, batch("a\r\nb")), "a\r\nb\n")
}

// TestEndedSourcesKeepNothing looks at what is kept of a source that has ended.
func TestEndedSourcesKeepNothing(t *testing.T) {
	var out bytes.Buffer
	o := sampleOptions()
	o.Before = 5
	v := New(&out, o)
	b := batch("a\nb\n")
	if err := v.Batch(b); err != nil {
		t.Fatal(err)
	}
	s := v.source(b.Source)
	if s.ring.used != 2 {
		t.Fatalf("%d lines are kept while there may be more", s.ring.used)
	}
	b = batchOf(b.Source, 3, "")
	b.Events = append(b.Events, annotate.SourceEvent{Kind: annotate.Ended})
	if err := v.Batch(b); err != nil {
		t.Fatal(err)
	}
	if s.ring.lines != nil || s.pieces.carry != nil {
		t.Error("lines are kept for ever")
	}
}

// TestOnlyMatchingInLongLines: a line that comes in pieces shows its spellings, too,
// those of Win32 twins beside a hit that counts.
func TestOnlyMatchingInLongLines(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"WinError 64 xxxxxx\n10060 and 10061 xxx\nxx WinError 64 xxxx\nxxxxxxxxxxx 10054 x\n",
			"1:WinError 64\n1:10060\n1:10061\n1:WinError 64\n1:10054\n"},
		{"WinError 64 xxxxxx\nnothing that counts\n", ""},
	} {
		line := strings.ReplaceAll(strings.TrimSuffix(c.in, "\n"), "\n", " ") + "\n"
		o := sampleOptions()
		o.OnlyMatching, o.LineNumbers = true, true
		wantText(t, show(t, o, pieceBatches(line, strings.IndexByte(c.in, '\n')+1, 0)...), c.want)
	}
}

func TestManySources(t *testing.T) {
	other := &annotate.Source{ID: 1, Name: "other.log"}
	ended := func(b *annotate.Batch) *annotate.Batch {
		b.Events = append(b.Events, annotate.SourceEvent{Kind: annotate.Ended})
		return b
	}
	o := sampleOptions()
	o.Count, o.WithFilename = true, true
	wantText(t, show(t, o, ended(batch("10060\n")), ended(&annotate.Batch{Source: other})), "app.log:1\nother.log:0\n")
	failed := annotate.SourceEvent{Kind: annotate.Trouble, Err: errors.New("denied")}
	binary := annotate.SourceEvent{Kind: annotate.Skipped}
	wantText(t, show(t, o, batch("10060\n"), &annotate.Batch{Source: other, Events: []annotate.SourceEvent{failed}},
		&annotate.Batch{Source: &annotate.Source{ID: 2, Name: "x.bin"}, Events: []annotate.SourceEvent{binary}}), "app.log:1\n")
	o = sampleOptions()
	o.After, o.WithFilename = 1, true
	wantText(t, show(t, o, batch("10060\na\n"), batchOf(other, 1, "10061\n")),
		"app.log:10060"+n60+"\napp.log-a\n--\nother.log:10061"+n61+"\n")

	var out bytes.Buffer
	o = sampleOptions()
	o.FilesWithMatches, o.Sources = true, 2
	v := New(&out, o)
	if err := v.Batch(batch("10060\n")); err != nil {
		t.Fatal(err)
	}
	if err := v.Batch(batchOf(other, 1, "10060\n")); !errors.Is(err, ErrDone) {
		t.Errorf("all sources are done, yet Batch returned %v", err)
	}
	wantText(t, out.String(), "app.log\nother.log\n")
}

func TestQuietStopsAtOnce(t *testing.T) {
	v := New(new(bytes.Buffer), Options{Quiet: true})
	if err := v.Batch(batch("x\n")); err != nil {
		t.Fatal(err)
	}
	if err := v.Batch(batch("10060\n")); !errors.Is(err, ErrDone) {
		t.Errorf("Batch returned %v", err)
	}
}

// TestContextAgainstGrep compares with a slow and plain filter, for any cut of
// the input into batches.
func TestContextAgainstGrep(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in strings.Builder
		n := rapid.IntRange(0, 30).Draw(t, "lines")
		hits := make([]bool, n)
		for i := range hits {
			hits[i] = rapid.IntRange(0, 4).Draw(t, "hit") == 0
			fmt.Fprintf(&in, "line %d", i+1)
			if hits[i] {
				in.WriteString(" 10060")
			}
			in.WriteByte('\n')
		}
		o := sampleOptions()
		o.Explain, o.LineNumbers = None, true
		o.OnlyHits = true
		o.Invert = rapid.Bool().Draw(t, "invert")
		o.Before, o.After = rapid.IntRange(0, 3).Draw(t, "before"), rapid.IntRange(0, 3).Draw(t, "after")
		o.MaxCount = int64(rapid.IntRange(0, 4).Draw(t, "max"))
		var out bytes.Buffer
		v := New(&out, o)
		for _, b := range lineBatches(in.String(), rapid.IntRange(1, 60).Draw(t, "size")) {
			if err := v.Batch(b); err != nil {
				t.Fatal(err)
			}
		}
		if err := v.Close(annotate.Totals{}); err != nil {
			t.Fatal(err)
		}
		if want := plainGrep(strings.SplitAfter(in.String(), "\n")[:n], hits, o); out.String() != want {
			t.Fatalf("got\n%swant\n%s", out.String(), want)
		}
	})
}

func plainGrep(lines []string, hits []bool, o Options) string {
	mark := make([]byte, len(lines))
	var chosen int64
	for i := range lines {
		if hits[i] == o.Invert || o.MaxCount > 0 && chosen == o.MaxCount {
			continue
		}
		chosen++
		for j := max(i-o.Before, 0); j < i; j++ {
			if mark[j] == 0 {
				mark[j] = '-'
			}
		}
		mark[i] = ':'
		for j := i + 1; j <= i+o.After && j < len(lines); j++ {
			if hits[j] != o.Invert && chosen == o.MaxCount && o.MaxCount > 0 {
				clear(mark[j:]) // the context ends where another line would be chosen
				break
			}
			mark[j] = '-'
		}
	}
	var out strings.Builder
	last := -1
	for i, m := range mark {
		if m == 0 {
			continue
		}
		if last >= 0 && i != last+1 && (o.Before > 0 || o.After > 0) {
			out.WriteString("--\n")
		}
		last = i
		fmt.Fprintf(&out, "%d%c%s", i+1, m, lines[i])
	}
	return out.String()
}
