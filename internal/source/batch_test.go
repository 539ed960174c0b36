package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// got is what a feed delivered of one source.
type got struct {
	name    string
	data    []byte
	events  []Event
	ended   bool
	changed time.Time
}

func (g got) errText() string {
	var s []string
	for _, e := range g.events {
		if e.Err != nil {
			s = append(s, e.Err.Error())
		}
	}
	return strings.Join(s, "; ")
}

// collect reads a feed to its end and checks what every feed promises: ids from
// 0 on, offsets without gaps, nothing after the end of a source.
func collect(t *testing.T, f Feed, bufSize int) []got {
	t.Helper()
	defer f.Close()
	var all []got
	buf := make([]byte, bufSize)
	for {
		p, err := f.Next(context.Background(), buf)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("Next: %v", err)
		}
		if p.ID == len(all) {
			all = append(all, got{name: p.Name, changed: p.Changed})
		}
		if p.ID > len(all) {
			t.Fatalf("source %d came before source %d", p.ID, len(all))
		}
		g := &all[p.ID]
		if g.ended {
			t.Fatalf("%s: a piece after its end", g.name)
		}
		if p.Offset != int64(len(g.data)) || p.Name != g.name {
			t.Fatalf("piece of %q at offset %d, want %q at %d", p.Name, p.Offset, g.name, len(g.data))
		}
		g.data = append(g.data, buf[:p.N]...)
		g.events = append(g.events, p.Events...)
		g.ended = p.End
	}
	for _, g := range all {
		if !g.ended {
			t.Errorf("%s: never ended", g.name)
		}
	}
	if _, err := f.Next(context.Background(), buf); err != io.EOF {
		t.Errorf("Next after the end: %v, want io.EOF", err)
	}
	return all
}

func openBatch(t *testing.T, opts Options, args ...string) Feed {
	t.Helper()
	f, err := Open(args, opts)
	if err != nil {
		t.Fatalf("Open(%q): %v", args, err)
	}
	return f
}

func writeFile(t *testing.T, name string, data string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(data), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// logText returns n numbered lines.
func logText(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%06d connect 10.0.0.%d:443 failed: 10061\n", i, i%250)
	}
	return b.String()
}

func TestBatchKeepsTheOrderOfArguments(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	long := logText(5000)
	a := writeFile(t, dir+"/a.log", long)
	b := writeFile(t, dir+"/b.log", "")
	c := writeFile(t, dir+"/c.log", "no newline at the end")
	for _, size := range []int{1, 7, 4096, 1 << 20} {
		if size < 7 && testing.Short() {
			continue
		}
		all := collect(t, openBatch(t, Options{Stdin: strings.NewReader("in\n")}, c, a, "-", b, a), size)
		want := []got{{name: c, data: []byte("no newline at the end")}, {name: a, data: []byte(long)},
			{name: "-", data: []byte("in\n")}, {name: b}, {name: a, data: []byte(long)}}
		if len(all) != len(want) {
			t.Fatalf("buffer %d: %d sources, want %d", size, len(all), len(want))
		}
		for i, g := range all {
			if g.name != want[i].name || !bytes.Equal(g.data, want[i].data) || len(g.events) > 0 {
				t.Errorf("buffer %d: source %d is %q with %d bytes, events %v; want %q with %d", size, i, g.name,
					len(g.data), g.events, want[i].name, len(want[i].data))
			}
		}
		if time.Since(all[1].changed) > time.Hour || !all[2].changed.IsZero() {
			t.Errorf("changed %v and %v, want just now and nothing", all[1].changed, all[2].changed)
		}
	}
}

func TestBatchTellsWhatItCannotRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ok := writeFile(t, dir+"/ok.log", "fine\n")
	os.Symlink("loop", dir+"/loop")
	tests := []struct{ arg, want string }{
		{dir + "/missing.log", "missing.log"},
		{dir + "/no*match.log", "no file matches"},
		{dir + "/[", "["},
		{dir, "-r"},
		{dir + "/loop", "loop"},
	}
	if runtime.GOOS != "windows" { // where the system has no words for it
		tests = append(tests, struct{ arg, want string }{ok + "/x", "not a directory"})
	}
	for _, tt := range tests {
		all := collect(t, openBatch(t, Options{}, tt.arg, ok), 4096)
		if len(all) != 2 || string(all[1].data) != "fine\n" || len(all[1].events) > 0 {
			t.Fatalf("%s: %v; want the other file to be read", tt.arg, all)
		}
		if e := all[0].errText(); !strings.Contains(e, tt.want) || !strings.Contains(e, tt.arg) {
			t.Errorf("%s: error %q, want it to name the file and %q", tt.arg, e, tt.want)
		}
	}
	if _, err := Open(nil, Options{}); err == nil {
		t.Error("Open without arguments: no error")
	}
	all := collect(t, openBatch(t, Options{}, "-"), 10)
	if all[0].errText() == "" {
		t.Error("no standard input: no error")
	}
}

func TestBatchGlobsAndFolders(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, data := range map[string]string{
		"a.log": "a", "b.log": "b", "sub/c.log": "c", "sub/deep/d.log": "d", "sub/x.bin": "\x00\x01\x02\xffELF",
		"sub/e.txt": "e", "[x].log": "x", "sub/w.log": "\xff\xfew\x00\n\x00",
	} {
		writeFile(t, filepath.Join(dir, name), data)
	}
	os.Symlink("..", dir+"/sub/up")
	tests := []struct {
		name string
		opts Options
		arg  string
		want string // names without dir, sorted as delivered; "!" marks skipped ones
	}{
		{"star", Options{}, "/*.log", "/[x].log /a.log /b.log"},
		{"double star", Options{}, "/**/*.log", "/[x].log /a.log /b.log /sub/c.log /sub/deep/d.log /sub/w.log"},
		{"alternatives", Options{}, "/{a,b}.log", "/a.log /b.log"},
		{"literal name wins", Options{}, "/[x].log", "/[x].log"},
		{"folders that match are left out", Options{}, "/s*/*", "/sub/c.log /sub/e.txt /sub/w.log /sub/x.bin"},
		{"recursive", Options{Recursive: true}, "/sub", "/sub/c.log /sub/deep/d.log /sub/e.txt /sub/w.log !/sub/x.bin"},
		{"glob of folders", Options{Recursive: true}, "/s*", "/sub/c.log /sub/deep/d.log /sub/e.txt /sub/w.log !/sub/x.bin"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var names []string
			for _, g := range collect(t, openBatch(t, tt.opts, dir+tt.arg), 4096) {
				name := filepath.ToSlash(strings.TrimPrefix(g.name, dir))
				if len(g.events) > 0 && g.events[0].Kind == Skipped {
					name = "!" + name
				}
				names = append(names, name)
			}
			if s := strings.Join(names, " "); s != tt.want {
				t.Errorf("read %s\nwant %s", s, tt.want)
			}
		})
	}
}

func TestBatchNeverReadsItsOutput(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, dir+"/a.log", "a")
	out := writeFile(t, dir+"/out.txt", "growing")
	st, err := os.Stat(out)
	if err != nil {
		t.Fatal(err)
	}
	all := collect(t, openBatch(t, Options{Recursive: true, Outputs: []os.FileInfo{st}}, dir), 100)
	if len(all) != 2 || len(all[1].data) > 0 || all[1].events[0].Kind != Skipped {
		t.Errorf("in a folder: %v", all)
	}
	all = collect(t, openBatch(t, Options{Outputs: []os.FileInfo{st}}, out), 100)
	if all[0].errText() == "" {
		t.Error("named: no error")
	}
}

// TestBatchCutWhileRead shortens a file between two reads.
func TestBatchCutWhileRead(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/a.log", logText(1000))
	f := openBatch(t, Options{}, name)
	defer f.Close()
	buf := make([]byte, 1000)
	if _, err := f.Next(context.Background(), buf); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, 10); err != nil {
		t.Fatal(err)
	}
	p, err := f.Next(context.Background(), buf)
	if err != nil || !p.End || len(p.Events) != 1 || p.Events[0].Kind != Truncated || p.Events[0].Err == nil {
		t.Errorf("got %+v, %v; want an end with a Truncated event that carries an error", p, err)
	}
}

func TestStreamFailsInTheMiddle(t *testing.T) {
	t.Parallel()
	broken := io.MultiReader(strings.NewReader("some lines\n"), iotest.ErrReader(fs.ErrClosed))
	all := collect(t, openBatch(t, Options{Stdin: broken}, "-"), 4096)
	if string(all[0].data) != "some lines\n" || !errors.Is(all[0].events[0].Err, fs.ErrClosed) {
		t.Errorf("got %q and %v", all[0].data, all[0].events)
	}
}

// TestStdinCanBeInterrupted cancels a wait, and then wants what came meanwhile.
func TestStdinCanBeInterrupted(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	f := openBatch(t, Options{Stdin: r}, "-")
	defer f.Close()
	buf := make([]byte, 100)
	io.WriteString(w, "first\n")
	if p, err := f.Next(context.Background(), buf); err != nil || string(buf[:p.N]) != "first\n" {
		t.Fatalf("got %q, %v", buf[:p.N], err)
	}
	if f.Ready() {
		t.Error("Ready with an empty pipe")
	}
	ctx, cancel := context.WithCancel(context.Background())
	go cancel()
	if _, err := f.Next(ctx, buf); !errors.Is(err, context.Canceled) {
		t.Fatalf("Next returned %v, want context.Canceled", err)
	}
	io.WriteString(w, "second\n")
	for !f.Ready() {
		time.Sleep(time.Millisecond)
	}
	p, err := f.Next(context.Background(), buf)
	if err != nil || string(buf[:p.N]) != "second\n" || p.Offset != 6 {
		t.Errorf("after the interrupt: %q at %d, %v", buf[:p.N], p.Offset, err)
	}
	if _, err := f.Next(context.Background(), buf); err != io.EOF {
		t.Errorf("then %v, want io.EOF", err)
	}
	w.Close()
}

// TestPipesAreNotHeldBack writes a byte at a time; none may wait for the next.
func TestPipesAreNotHeldBack(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	f := openBatch(t, Options{Stdin: r}, "-")
	defer f.Close()
	buf := make([]byte, 100)
	for i, c := range []byte("An error [*] PK BZ\n") {
		w.Write([]byte{c})
		p, err := f.Next(context.Background(), buf)
		if err != nil || p.N != 1 || buf[0] != c {
			t.Fatalf("byte %d: got %q, %v; want %q", i, buf[:p.N], err, c)
		}
	}
}

func TestNamesOfFeedsAreDistinct(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var args []string
	for i := range 300 {
		args = append(args, writeFile(t, fmt.Sprintf("%s/%03d.log", dir, i), fmt.Sprint(i)))
	}
	var names []string
	for _, g := range collect(t, openBatch(t, Options{}, dir+"/*.log"), 64) {
		names = append(names, filepath.ToSlash(g.name))
	}
	for i := range args {
		args[i] = filepath.ToSlash(args[i])
	}
	if !slices.Equal(names, args) {
		t.Errorf("read %d files, want %d in order", len(names), len(args))
	}
}
