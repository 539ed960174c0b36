package source

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

// only returns the follower of a feed that has one.
func (r *following) only() *follower { return r.f.(*followFeed).sources[0].(*follower) }

// passUntil lets time pass until want holds, for what makes no piece.
func (r *following) passUntil(what string, want func() bool) {
	r.t.Helper()
	for range 40 {
		if want() {
			return
		}
		r.pass()
	}
	r.t.Fatalf("waited in vain for %s\ngot %q\nevents: %s", what, r.data, eventTexts(r.events))
}

// TestFollowReadsOnAfterRotation appends to the old file after nobody had it open
// and the new one was begun.
func TestFollowReadsOnAfterRotation(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	r := follow(t, Options{Tail: -1, RotateWait: 3 * time.Second}, name)
	r.untilData("one\n")
	rename(t, name, name+".1")
	appendTo(t, name, "new\n")
	r.untilData("one\nnew\n")
	r.pass()
	appendTo(t, name+".1", "late\n")
	r.untilData("one\nnew\nlate\n")
	appendTo(t, name, "newer\n")
	r.untilData("one\nnew\nlate\nnewer\n")
	// A copy of the old file is nothing new, whatever it is called.
	text, err := os.ReadFile(name + ".1")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, name+".2", string(text))
	r.pass()
	r.passUntil("the end of waiting", func() bool { return len(r.only().late) == 0 })
	r.untilData("one\nnew\nlate\nnewer\n")
}

// TestFollowOrdersLateLines wants what the old file got while the name led nowhere
// before the lines of the new one.
func TestFollowOrdersLateLines(t *testing.T) {
	t.Parallel()
	if !watchable {
		t.Skip("the next look is a matter of chance")
	}
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	// Only the renaming and the new file wake the follower up.
	r := follow(t, Options{Tail: -1, Poll: time.Hour, RotateWait: 3 * time.Second}, name)
	r.untilData("one\n")
	time.Sleep(50 * time.Millisecond) // the watches are set in the background
	rename(t, name, name+".1")
	r.until("retirement", func() bool { return len(r.only().gens) == 0 })
	appendTo(t, name+".1", "late\n")
	appendTo(t, name, "new\n")
	r.untilData("one\nlate\nnew\n")
}

// TestFollowRenamedBackLate renames the old file back while it is still looked at.
func TestFollowRenamedBackLate(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	r := follow(t, Options{Tail: -1, RotateWait: 3 * time.Second}, name)
	r.untilData("one\n")
	rename(t, name, name+".1")
	r.passUntil("retirement", func() bool { return len(r.only().gens) == 0 })
	appendTo(t, name+".1", "two\n")
	rename(t, name+".1", name)
	appendTo(t, name, "three\n")
	r.untilData("one\ntwo\nthree\n")
	r.pass()
	r.untilData("one\ntwo\nthree\n")
	if n := r.count("rotated"); n != 0 {
		t.Errorf("told %d rotations: %s", n, eventTexts(r.events))
	}
}

// TestFollowTellsRotation wants each rotation told once, whether the new file is
// there at once or after the old one was given up.
func TestFollowTellsRotation(t *testing.T) {
	t.Parallel()
	for _, held := range []bool{false, true} {
		for _, gap := range []bool{false, true} {
			name := writeFile(t, t.TempDir()+"/app.log", "one\n")
			r := follow(t, Options{Tail: -1}, name)
			r.untilData("one\n")
			var old *os.File
			if held {
				var err error
				if old, err = openToWrite(name, os.O_APPEND); err != nil {
					t.Fatal(err)
				}
			}
			rename(t, name, name+".1")
			if gap {
				r.pass()
			}
			appendTo(t, name, "two\n")
			r.untilData("one\ntwo\n")
			r.untilEvent("rotated; reading the new file")
			r.pass()
			if n := r.count("rotated"); n != 1 {
				t.Errorf("held %v, gap %v: told %d times: %s", held, gap, n, eventTexts(r.events))
			}
			if held {
				old.Close()
			}
		}
	}
}

// TestFollowRefusesCompressedFiles wants a clear word instead of the bytes, and
// the text that takes the place of such a file.
func TestFollowRefusesCompressedFiles(t *testing.T) {
	t.Parallel()
	for kind, pack := range packers {
		for _, tail := range []int{-1, 0, 10} {
			t.Run(kind, func(t *testing.T) {
				t.Parallel()
				name := writeFile(t, filepath.Join(t.TempDir(), "x.log."+kind), string(pack(t, logText(200))))
				r := follow(t, Options{Tail: tail}, name)
				r.untilEvent("compressed files are not followed")
				r.pass()
				if n := r.count("not followed"); n != 1 || len(r.data) > 0 {
					t.Errorf("%d bytes, told %d times: %s", len(r.data), n, eventTexts(r.events))
				}
				if e := r.events[0]; e.Kind != Trouble || e.Err == nil || !strings.HasPrefix(e.Text, name+": ") {
					t.Errorf("event %+v", e)
				}
				rename(t, name, name+".1")
				appendTo(t, name, "text\n")
				r.untilData("text\n")
			})
		}
	}
}

// TestFollowSurvivesFaultsOfLateFiles lets a rotated file be unreadable for a while
// after the new one was begun. What it gets meanwhile or afterwards comes.
func TestFollowSurvivesFaultsOfLateFiles(t *testing.T) {
	t.Parallel()
	for _, errno := range []error{syscall.EIO, syscall.EACCES, syscall.ESTALE} {
		for _, unknown := range []bool{false, true} { // whether someone can still write it
			for _, during := range []bool{false, true} { // when it gets its line
				t.Run(fmt.Sprint(errno, " ", unknown, " ", during), func(t *testing.T) {
					t.Parallel()
					testLateFault(t, errno, unknown, during)
				})
			}
		}
	}
}

func testLateFault(t *testing.T, errno error, unknown, during bool) {
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	disk := &faultyFS{}
	// A held file is late until its writer is gone, however long that takes.
	old, err := openToWrite(name, os.O_APPEND)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	wait := 300 * time.Millisecond
	if unknown {
		disk.set("writers app.log", syscall.EINVAL)
		wait = 3 * time.Second
	}
	r := follow(t, Options{Tail: -1, RotateWait: wait, fs: disk}, name)
	r.untilData("one\n")
	if !unknown && r.only().live.f.writers() == unknownWriters {
		t.Skip("this system does not tell")
	}
	rename(t, name, name+".1")
	appendTo(t, name, "new\n")
	r.untilData("one\nnew\n")
	r.passUntil("the old file to be late", func() bool { return len(r.only().late) == 1 })
	failing := []string{"read first app.log"}
	if errno == syscall.ESTALE {
		failing = append(failing, "open app.log.1", "open app.log")
	}
	for _, op := range failing {
		disk.set(op, errno)
	}
	r.untilEvent(errno.Error())
	want := "one\nnew\n"
	if during {
		if _, err := old.WriteString("late\n"); err != nil {
			t.Fatal(err)
		}
		if !unknown {
			old.Close() // what it holds is to be read, though no one writes it any more
		}
	}
	for range 2 {
		r.pass()
	}
	appendTo(t, name, "newer\n") // the new one does not wait
	want += "newer\n"
	r.untilData(want)
	for _, op := range failing {
		disk.set(op, nil)
	}
	if !during {
		r.untilEvent("can be read again")
		if _, err := old.WriteString("late\n"); err != nil {
			t.Fatal(err)
		}
	}
	r.untilData(want + "late\n")
	r.untilEvent("can be read again")
	r.pass()
	if n, m := r.count(errno.Error()), r.count("can be read again"); n != 1 || m != 1 {
		t.Errorf("told %d times, its end %d times: %s", n, m, eventTexts(r.events))
	}
	old.Close()
	r.passUntil("the end of waiting", func() bool { return len(r.only().late) == 0 })
	r.untilData(want + "late\n")
}

// TestFollowGivesUpUnreadableLateFiles wants no descriptor kept for ever for a
// file to which nothing was written and nobody will write.
func TestFollowGivesUpUnreadableLateFiles(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	disk := &faultyFS{}
	r := follow(t, Options{Tail: -1, fs: disk}, name)
	r.untilData("one\n")
	rename(t, name, name+".1")
	appendTo(t, name, "new\n")
	r.untilData("one\nnew\n")
	r.passUntil("the old file to be late", func() bool { return len(r.only().late) == 1 })
	disk.set("read first app.log", syscall.EIO)
	r.untilEvent(syscall.EIO.Error())
	r.passUntil("the end of waiting", func() bool { return len(r.only().late) == 0 })
	if n := r.count(syscall.EIO.Error()); n != 1 {
		t.Errorf("told %d times: %s", n, eventTexts(r.events))
	}
}

// TestFollowRescuesBehindLateLines copies and truncates the new file after a line
// of the old one was delivered: what is rescued from the copy does not go on where
// that line ended.
func TestFollowRescuesBehindLateLines(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	r := follow(t, Options{Tail: -1, RotateWait: 3 * time.Second}, name)
	r.untilData("one\n")
	rename(t, name, name+".1")
	appendTo(t, name, "new\n")
	r.untilData("one\nnew\n")
	r.passUntil("the old file to be late", func() bool { return len(r.only().late) == 1 })
	appendTo(t, name+".1", "late\n")
	r.untilData("one\nnew\nlate\n")
	appendTo(t, name, "rest\n")
	writeFile(t, name+".2", "new\nrest\n")
	if err := os.Truncate(name, 0); err != nil {
		t.Fatal(err)
	}
	r.untilData("one\nnew\nlate\nrest\n")
	if !r.last.Reset || r.last.Offset != 4 {
		t.Errorf("the rest came with Reset %v at offset %d", r.last.Reset, r.last.Offset)
	}
}
