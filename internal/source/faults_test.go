package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A faultyFS fails as it is told to.
type faultyFS struct {
	diskFS
	mu   sync.Mutex
	fail map[string]error // "open NAME", "stat NAME", "names NAME", "read NAME", "read first NAME"

	opened map[string]bool // names of which a file was opened
}

func (f *faultyFS) set(what string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail == nil {
		f.fail = map[string]error{}
	}
	if err == nil {
		delete(f.fail, what)
	} else {
		f.fail[what] = err
	}
}

func (f *faultyFS) err(op, path string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.fail[op+" "+filepath.Base(path)]; err != nil {
		return &fs.PathError{Op: op, Path: path, Err: err}
	}
	return nil
}

func (f *faultyFS) open(path string) (file, error) {
	if err := f.err("open", path); err != nil {
		return nil, err
	}
	g, err := f.diskFS.open(path)
	if err != nil {
		return nil, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	first := !f.opened[path]
	if f.opened == nil {
		f.opened = map[string]bool{}
	}
	f.opened[path] = true
	return faultyFile{g, f, path, first}, nil
}

func (f *faultyFS) stat(path string) (fileStat, error) {
	if err := f.err("stat", path); err != nil {
		return fileStat{}, err
	}
	return f.diskFS.stat(path)
}

func (f *faultyFS) names(dir string) ([]string, error) {
	if err := f.err("names", dir); err != nil {
		return nil, err
	}
	return f.diskFS.names(dir)
}

type faultyFile struct {
	file
	fs       *faultyFS
	openedAs string
	first    bool // it was the first file of that name
}

func (f faultyFile) ReadAt(b []byte, off int64) (int, error) {
	if err := f.fs.err("read", f.openedAs); err != nil {
		return 0, err
	}
	if err := f.fs.err("read first", f.openedAs); err != nil && f.first {
		return 0, err
	}
	return f.file.ReadAt(b, off)
}

// path is unknown where "path NAME" fails, as on systems that cannot tell it.
func (f faultyFile) path() string {
	if f.fs.err("path", f.openedAs) != nil {
		return f.openedAs
	}
	return f.file.path()
}

// writers are unknown where "writers NAME" fails, likewise.
func (f faultyFile) writers() writers {
	if f.fs.err("writers", f.openedAs) != nil {
		return unknownWriters
	}
	return f.file.writers()
}

func (f faultyFile) doomed() bool { return f.fs.err("doomed", f.openedAs) != nil }

// A following reads a feed step by step.
type following struct {
	t      *testing.T
	f      Feed
	data   []byte
	events []Event
	last   Piece // that brought bytes
	buf    []byte
}

func follow(t *testing.T, opts Options, args ...string) *following {
	t.Helper()
	opts.Follow = true
	if opts.Poll == 0 {
		opts.Poll = 20 * time.Millisecond
	}
	if opts.RotateWait == 0 {
		opts.RotateWait = 300 * time.Millisecond
	}
	f, err := Open(args, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return &following{t: t, f: f, buf: make([]byte, 64<<10)}
}

// until reads on until want holds, as long as others may keep the machine busy.
func (r *following) until(what string, want func() bool) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for !want() {
		p, err := r.f.Next(ctx, r.buf)
		if err != nil {
			r.t.Fatalf("waiting for %s: %v\ngot %q\nevents: %s", what, err, r.data, eventTexts(r.events))
		}
		for _, e := range p.Events {
			if err := checkNote(e); err != nil {
				r.t.Error(err)
			}
		}
		r.take(p)
		r.events = append(r.events, p.Events...)
	}
}

// take notes what p brought.
func (r *following) take(p Piece) {
	r.data = append(r.data, r.buf[:p.N]...)
	if p.N > 0 {
		r.last = p
	}
}

func (r *following) untilData(want string) {
	r.t.Helper()
	r.until(fmt.Sprintf("%q", want), func() bool { return len(r.data) >= len(want) })
	if string(r.data) != want {
		r.t.Fatalf("got %q, want %q", r.data, want)
	}
}

func (r *following) untilEvent(text string) {
	r.t.Helper()
	r.until("event "+text, func() bool { return strings.Contains(eventTexts(r.events), text) })
}

// pass reads for a while, in which several rounds of polling fit.
func (r *following) pass() {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 150*time.Millisecond)
	defer cancel()
	for {
		p, err := r.f.(*followFeed).nextForTest(ctx, r.buf)
		if err != nil {
			return
		}
		r.take(p)
		r.events = append(r.events, p.Events...)
	}
}

// nextForTest is Next whose context does not stop the feed for good.
func (f *followFeed) nextForTest(ctx context.Context, buf []byte) (Piece, error) {
	p, err := f.Next(ctx, buf)
	f.stopped = false
	return p, err
}

// count returns how many events contain text.
func (r *following) count(text string) (n int) {
	for _, e := range r.events {
		if strings.Contains(e.Text, text) {
			n++
		}
	}
	return n
}

func appendTo(t *testing.T, name, text string) {
	t.Helper()
	f, err := openToWrite(name, os.O_APPEND)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := io.WriteString(f, text); err != nil {
		t.Fatal(err)
	}
}

// TestFollowSurvivesFaults lets each call fail for a while: following goes on,
// tells once, catches up, and tells that it is over.
func TestFollowSurvivesFaults(t *testing.T) {
	t.Parallel()
	for _, errno := range []error{syscall.EACCES, syscall.ELOOP, syscall.EMFILE, syscall.EIO, syscall.ESTALE} {
		for _, op := range []string{"stat", "open", "read"} {
			t.Run(fmt.Sprint(op, " ", errno), func(t *testing.T) {
				t.Parallel()
				name := writeFile(t, t.TempDir()+"/app.log", "one\n")
				disk := &faultyFS{}
				r := follow(t, Options{Tail: -1, fs: disk}, name)
				r.untilData("one\n")
				if op == "open" { // which only happens when there is something new to open
					if err := os.Rename(name, name+".1"); err != nil {
						t.Fatal(err)
					}
					disk.set("open app.log", errno)
					appendTo(t, name, "two\n")
				} else {
					disk.set(op+" app.log", errno)
					appendTo(t, name, "two\n")
				}
				r.untilEvent(errno.Error())
				r.pass()
				appendTo(t, name, "three\n")
				r.pass()
				if n := r.count(errno.Error()); n != 1 {
					t.Errorf("told %d times: %s", n, eventTexts(r.events))
				}
				disk.set(op+" app.log", nil)
				r.untilData("one\ntwo\nthree\n")
				r.untilEvent("can be read again")
			})
		}
	}
}

// TestFollowSurvivesUnlistableFolder rotates while the folder cannot be listed.
func TestFollowSurvivesUnlistableFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir() + "/logs"
	name := writeFile(t, dir+"/app.log", "one\n")
	disk := &faultyFS{}
	disk.set("names logs", syscall.EACCES)
	r := follow(t, Options{Tail: -1, fs: disk}, name)
	r.untilData("one\n")
	if err := os.Rename(name, name+".1"); err != nil {
		t.Fatal(err)
	}
	appendTo(t, name, "two\n")
	r.untilData("one\ntwo\n")
}

// TestFollowParentBecomesFile has a file where the folder was (ENOTDIR).
func TestFollowParentBecomesFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir() + "/logs"
	name := writeFile(t, dir+"/app.log", "one\n")
	r := follow(t, Options{Tail: -1}, name)
	r.untilData("one\n")
	if err := os.Rename(dir, dir+".old"); err != nil {
		t.Fatal(err)
	}
	writeFile(t, dir, "now a file")
	r.untilEvent("is gone")
	if err := os.Remove(dir); err != nil {
		t.Fatal(err)
	}
	writeFile(t, dir+"/app.log", "two\n")
	r.untilData("one\ntwo\n")
}

func TestFollowReplacedByFolder(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	r := follow(t, Options{Tail: -1}, name)
	r.untilData("one\n")
	// Not removed: on Windows the name would stay taken until the follower looks.
	rename(t, name, name+".gone")
	if err := os.Mkdir(name, 0o755); err != nil {
		t.Fatal(err)
	}
	r.untilEvent("a folder")
	r.pass()
	if n := r.count("a folder"); n != 1 {
		t.Errorf("told %d times: %s", n, eventTexts(r.events))
	}
	os.Remove(name)
	appendTo(t, name, "two\n")
	r.untilData("one\ntwo\n")
}

// TestFollowLinkLoop follows a link to itself, which becomes a file.
func TestFollowLinkLoop(t *testing.T) {
	t.Parallel()
	name := t.TempDir() + "/app.log"
	if err := os.Symlink("app.log", name); err != nil {
		t.Skip(err)
	}
	if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
		t.Skip("this system takes the loop for nothing at all")
	}
	r := follow(t, Options{Tail: -1}, name)
	r.untilEvent("cannot be read")
	os.Remove(name)
	appendTo(t, name, "one\n")
	r.untilData("one\n")
}

// TestFollowWithoutNotifications leaves the process too few descriptors for an
// inotify instance; the library would end the process.
func TestFollowWithoutNotifications(t *testing.T) {
	t.Parallel()
	if !watchable {
		t.Skip("there are none on this system")
	}
	const env = "WSALOG_TEST_NO_NOTIFICATIONS"
	if os.Getenv(env) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestFollowWithoutNotifications$", "-test.v")
		cmd.Env = append(os.Environ(), env+"=1")
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "--- PASS") {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	var hold []*os.File
	for {
		f, err := os.Open(os.DevNull)
		if errors.Is(err, syscall.EMFILE) {
			break
		}
		if len(hold) == 0 {
			limitDescriptors(t, 64)
		}
		if err != nil {
			t.Fatal(err)
		}
		hold = append(hold, f)
	}
	t.Cleanup(func() {
		for _, f := range hold {
			f.Close()
		}
	})
	for range 2 { // one for the log, one to spare
		hold[len(hold)-1].Close()
		hold = hold[:len(hold)-1]
	}
	r := follow(t, Options{Tail: -1}, name)
	r.untilData("one\n")
	r.untilEvent("no notifications")
	appendTo(t, name, "two\n")
	r.untilData("one\ntwo\n")
}

// TestFollowLetsGoOfDeletedFiles has a file whose name stays taken, as on Windows,
// until the follower closes it.
func TestFollowLetsGoOfDeletedFiles(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	disk := &faultyFS{}
	// The writer is there all the time, and so no one can tell that it has gone.
	w, err := openToWrite(name, os.O_APPEND)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	r := follow(t, Options{Tail: -1, RotateWait: time.Hour, fs: disk}, name)
	r.untilData("one\n")
	appendTo(t, name, "last\n")
	for _, op := range []string{"doomed", "stat", "open"} {
		disk.set(op+" app.log", syscall.EACCES)
	}
	r.untilData("one\nlast\n")
	r.passUntil("the file to be closed", func() bool { return len(r.only().gens) == 0 })
	rename(t, name, name+".gone")
	for _, op := range []string{"stat", "open", "doomed"} {
		disk.set(op+" app.log", nil)
	}
	appendTo(t, name, "two\n")
	r.untilData("one\nlast\ntwo\n")
}
