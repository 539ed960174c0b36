package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFollowBeginsWithTheLastLines(t *testing.T) {
	t.Parallel()
	long := logText(20_000) // several blocks of counting
	tests := []struct {
		name, text string
		lines      int
		want       string
	}{
		{"all", "a\nb\nc\n", -1, "a\nb\nc\n"},
		{"none", "a\nb\nc\n", 0, ""},
		{"none of a line without end", "a\nb", 0, ""},
		{"one", "a\nb\nc\n", 1, "c\n"},
		{"one without end", "a\nb\nc", 1, "c"},
		{"two", "a\nb\nc\n", 2, "b\nc\n"},
		{"as many as there are", "a\nb\nc\n", 3, "a\nb\nc\n"},
		{"more than there are", "a\nb\nc\n", 10, "a\nb\nc\n"},
		{"empty lines", "a\n\n\n\n", 2, "\n\n"},
		{"empty file", "", 10, ""},
		{"far back", long, 15_000, logText(20_000)[strings.Index(long, "005000 "):]},
		{"one long line", strings.Repeat("x", 200_000) + "\nlast\n", 2, strings.Repeat("x", 200_000) + "\nlast\n"},
		{"mark of UTF-8", "\ufeffa\nb\n", 1, "b\n"},
		{"UTF-16", wide("\ufeffa\nb\n\u0a0a\u0a00c\n"), 1, wide("\u0a0a\u0a00c\n")},
		{"UTF-16 without a mark", wide("aaa\nbbb\nccc\n"), 2, wide("bbb\nccc\n")},
		{"UTF-16 big endian", swapped(wide("\ufeffa\nb\nc\n")), 2, swapped(wide("b\nc\n"))},
		{"UTF-16 with half a unit", wide("aaa\nbbb\n") + "c", 1, wide("bbb\n") + "c"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			name := writeFile(t, t.TempDir()+"/app.log", tt.text)
			r := follow(t, Options{Tail: tt.lines}, name)
			more := "\nmore\n"
			r.pass()
			appendTo(t, name, more)
			r.untilData(tt.want + more)
		})
	}
}

func wide(s string) string { return string(encodeUTF16([]byte(s))) }

func swapped(s string) string {
	b := []byte(s)
	for i := 0; i+1 < len(b); i += 2 {
		b[i], b[i+1] = b[i+1], b[i]
	}
	return string(b)
}

// TestFollowOffsets wants the offset of the first piece to be that in the file.
func TestFollowOffsets(t *testing.T) {
	t.Parallel()
	text := logText(1000)
	f, err := Open([]string{writeFile(t, t.TempDir()+"/app.log", text)}, Options{Follow: true, Tail: 10})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	buf := make([]byte, 100)
	for off := int64(strings.Index(text, "000990 ")); off < int64(len(text)); {
		p, err := f.Next(t.Context(), buf)
		if err != nil || p.Offset != off || string(buf[:p.N]) != text[off:off+int64(p.N)] {
			t.Fatalf("piece %+v, %v; want offset %d", p, err, off)
		}
		off += int64(p.N)
		if ready := f.Ready(); ready != (off < int64(len(text))) {
			t.Fatalf("Ready is %v at %d of %d", ready, off, len(text))
		}
	}
}

// TestFollowStops wants Next to end soon after its context, with what is unread
// delivered as far as time allows, and the line without its end.
func TestFollowStops(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var args []string
	for i := range 4 { // so few are read within the time even where all else is busy
		args = append(args, writeFile(t, fmt.Sprintf("%s/%d.log", dir, i), logText(500)+"the end"))
	}
	f, err := Open(args, Options{Follow: true, Tail: -1})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	buf := make([]byte, 64<<10)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	got := map[int][]byte{}
	for i := 0; ; i++ {
		if i == 3 {
			cancel()
		}
		p, err := f.Next(ctx, buf)
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			break
		}
		got[p.ID] = append(got[p.ID], buf[:p.N]...)
	}
	start := time.Now()
	for {
		p, err := f.Next(t.Context(), buf)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got[p.ID] = append(got[p.ID], buf[:p.N]...)
	}
	if d := time.Since(start); d > 20*stopTime {
		t.Errorf("took %v", d)
	}
	for i := range args {
		if string(got[i]) != logText(500)+"the end" {
			t.Errorf("source %d: %d bytes", i, len(got[i]))
		}
	}
}

// TestTwoFollowersOfOneFile stops one of them; the other one must hear on. Then a
// third begins.
func TestTwoFollowersOfOneFile(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	slow := Options{Tail: -1, Poll: time.Hour} // so that only notifications help
	if !watchable {
		slow.Poll = 0
	}
	a, b := follow(t, slow, name), follow(t, slow, name)
	a.untilData("one\n")
	b.untilData("one\n")
	time.Sleep(50 * time.Millisecond) // the watches are set in the background
	appendTo(t, name, "two\n")
	a.untilData("one\ntwo\n")
	b.untilData("one\ntwo\n")
	a.f.Close()
	appendTo(t, name, "three\n")
	b.untilData("one\ntwo\nthree\n")
	c := follow(t, slow, name)
	c.untilData("one\ntwo\nthree\n")
	time.Sleep(50 * time.Millisecond)
	appendTo(t, name, "four\n")
	b.untilData("one\ntwo\nthree\nfour\n")
	c.untilData("one\ntwo\nthree\nfour\n")
}

// TestFollowNamesOfOneFile names one file twice: its lines come once.
func TestFollowNamesOfOneFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := writeFile(t, dir+"/app.log", "one\n")
	if err := os.Symlink("app.log", dir+"/link.log"); err != nil {
		t.Skip(err)
	}
	r := follow(t, Options{Tail: -1}, name, name, dir+"/link.log")
	r.untilData("one\n")
	appendTo(t, name, "two\n")
	r.untilData("one\ntwo\n")
	r.pass()
	r.untilData("one\ntwo\n")
}

func TestFollowGlob(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, dir+"/a.log", "1\n2\n3\n")
	writeFile(t, dir+"/old.log.gz", string(packers["gzip"](t, "packed\n")))
	r := follow(t, Options{Tail: 1}, dir+"/*.log*", dir+"/**/*.txt")
	r.untilData("3\n")
	r.untilEvent("no file matches yet")
	r.untilEvent("old.log.gz is compressed (gzip), and compressed files are not followed")
	// More of them are not told, nor what rotation makes of a file that was read.
	writeFile(t, dir+"/older.log.gz", string(packers["gzip"](t, "packed\n")))
	writeFile(t, dir+"/b.log", "new\n") // read from its start
	r.untilData("3\nnew\n")
	writeFile(t, dir+"/sub/c.txt", "deep\n")
	r.untilData("3\nnew\ndeep\n")
	appendTo(t, dir+"/sub/c.txt", "more\n")
	r.untilData("3\nnew\ndeep\nmore\n")
	r.pass()
	if bytes.Contains(r.data, []byte("packed")) || bytes.Contains(r.data, []byte{0x1f, 0x8b}) {
		t.Error("a compressed file was followed")
	}
	if n := r.count("compressed"); n != 1 {
		t.Errorf("told %d times: %s", n, eventTexts(r.events))
	}
}

// TestFollowGlobRotationThatCompresses has nothing to tell of the files that
// rotation compresses.
func TestFollowGlobRotationThatCompresses(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	r := follow(t, Options{Tail: -1}, name+"*")
	r.untilData("one\n")
	writeFile(t, name+".1.gz", string(packers["gzip"](t, "one\n")))
	r.pass()
	appendTo(t, name, "two\n")
	r.untilData("one\ntwo\n")
	if n := r.count("compressed"); n != 0 {
		t.Errorf("told %d times: %s", n, eventTexts(r.events))
	}
}

func TestFollowFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, dir+"/a.log", "one\n")
	writeFile(t, dir+"/x.bin", "\x7fELF\x00\x00\x00\x01")
	r := follow(t, Options{Tail: -1, Recursive: true}, dir)
	r.untilData("one\n")
	writeFile(t, dir+"/sub/b.log", "two\n")
	r.untilData("one\ntwo\n")
	r = follow(t, Options{Tail: -1}, dir)
	r.untilEvent("a folder")
}

// TestFollowStdin reads a pipe along with a file; the pipe may end.
func TestFollowStdin(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "file\n")
	in, w := io.Pipe()
	r := follow(t, Options{Tail: -1, Stdin: in}, name, "-")
	r.untilData("file\n")
	io.WriteString(w, "pipe\n")
	r.untilData("file\npipe\n")
	w.Close()
	appendTo(t, name, "more\n")
	r.untilData("file\npipe\nmore\n")
	only := follow(t, Options{Stdin: strings.NewReader("x\n")}, "-")
	only.untilData("x\n")
	for {
		if _, err := only.f.Next(t.Context(), only.buf); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// TestFollowTellsTruncation wants the offset up to which everything was read.
func TestFollowTellsTruncation(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "0123456789\n")
	r := follow(t, Options{Tail: -1}, name)
	r.untilData("0123456789\n")
	writeFile(t, name, "anew, and longer than before\n")
	r.untilData("0123456789\nanew, and longer than before\n")
	if i := slices.IndexFunc(r.events, func(e Event) bool { return e.Kind == Truncated }); i < 0 ||
		!strings.Contains(r.events[i].Text, "byte 11 ") || r.events[i].Err != nil {
		t.Errorf("events %v", r.events)
	}
}

func TestNameRule(t *testing.T) {
	t.Parallel()
	tests := []struct {
		base    string
		learned []string
		name    string
		want    bool
	}{
		{"app.log", nil, "app.log.1", true},
		{"app.log", nil, "app.log-20260131", true},
		{"app.log", nil, "app.log.2026-01-31T10:00:00Z", true},
		{"app.log", nil, "app.log.old", true},
		{"app.log", nil, "app.log", false},
		{"app.log", nil, "app.log.1.gz", false},
		{"app.log", nil, "app.log.lock", false},
		{"app.log", nil, "app.log.1.tmp", false},
		{"app.log", nil, "app-2.log", false},
		{"app.log", nil, "app2.log.1", false},
		{"app.log", []string{"app-2026-01-31.log"}, "app-2026-02-01.log", true},
		{"app.log", []string{"app-2026-01-31.log"}, "app-2.log", false},
		{"app.log", []string{"app-2026-01-31.log"}, "app.log.1", false},
		{"app1.log", []string{"app1.log.1"}, "app1.log.20", true},
		{"app1.log", []string{"app1.log.1"}, "app2.log.1", false},
		{"app.log", []string{"app.log.1", "a.2", "b.3", "c.4", "d.5"}, "app.log.7", false}, // forgotten
		{"app.log", []string{"app.log.1", "a.2", "b.3", "c.4", "d.5"}, "d.99", true},
	}
	for _, tt := range tests {
		var r nameRule
		for _, name := range tt.learned {
			r.learn(tt.base, name)
		}
		if got := r.fits(tt.base, "", tt.name); got != tt.want {
			t.Errorf("%s after %q: %s fits is %v", tt.base, tt.learned, tt.name, got)
		}
	}
}

// TestLateWriterDoesNotHoldUpTheNextFile keeps the old file open for ever: after
// RotateWait the lines of both come, whole.
func TestLateWriterDoesNotHoldUpTheNextFile(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	old, err := openToWrite(name, os.O_APPEND)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	r := follow(t, Options{Tail: -1}, name)
	r.untilData("one\n")
	if err := os.Rename(name, name+".1"); err != nil {
		t.Fatal(err)
	}
	appendTo(t, name, "two\n")
	r.untilData("one\ntwo\n")
	io.WriteString(old, "late\nhalf")
	r.until("late", func() bool { return bytes.Contains(r.data, []byte("late\n")) })
	appendTo(t, name, "three\n")
	r.untilData("one\ntwo\nlate\nthree\n")
	io.WriteString(old, " whole\n")
	r.untilData("one\ntwo\nlate\nthree\nhalf whole\n")
}

// TestFollowDescriptorsAreClosed counts descriptors after many rotations.
func TestFollowDescriptorsAreClosed(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "0\n")
	r := follow(t, Options{Tail: -1}, name)
	want := "0\n"
	for i := range 30 {
		if err := os.Rename(name, fmt.Sprint(name, ".", i)); err != nil {
			t.Fatal(err)
		}
		want += fmt.Sprintln(i)
		appendTo(t, name, fmt.Sprintln(i))
		r.untilData(want)
	}
	g := r.f.(*followFeed).sources[0].(*follower)
	if len(g.late) > maxLate {
		t.Errorf("%d late generations", len(g.late))
	}
	r.passUntil("the end of waiting", func() bool { return len(g.late) == 0 })
	if len(g.gens) != 1 || len(g.marks) != maxMarks {
		t.Errorf("%d generations, %d marks", len(g.gens), len(g.marks))
	}
	if matches, _ := filepath.Glob("/proc/self/fd/*"); len(matches) > 0 {
		for _, m := range matches {
			if path, _ := os.Readlink(m); strings.HasPrefix(path, name+".") {
				t.Errorf("%s is still open", path)
			}
		}
	}
}
