package source

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestFollowOneOfSeveralLongerFiles meets a copy of a log whose name leads nowhere,
// and then, in one look, the log itself and a later copy of it: both go on where
// the first copy ended, and one of them is to be read.
func TestFollowOneOfSeveralLongerFiles(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	// It looks only while this test asks it to read.
	r := follow(t, Options{Tail: -1, noWatch: true}, name)
	r.untilData("one\n")
	begin, end := logText(100), "the end\n"
	rename(t, name, name+".1")
	writeFile(t, name+".5", begin)
	r.untilData("one\n" + begin)
	writeFile(t, name+".6", begin+end)
	writeFile(t, name+".7", begin+end)
	r.untilData("one\n" + begin + end)
	r.pass()
	r.untilData("one\n" + begin + end)
}

// TestFollowLearnsNamesWithoutPaths rotates to names that are unusual, on a system
// that does not tell where an open file has gone, and faster than it is looked.
func TestFollowLearnsNamesWithoutPaths(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "0\n")
	disk := &faultyFS{}
	disk.set("path app.log", errors.New("unknown"))
	r := follow(t, Options{Tail: -1, noWatch: true, fs: disk}, name)
	r.untilData("0\n")
	want := "0\n"
	for round := range 3 {
		for i := range 1 + round*3 { // the first round shows one name
			rename(t, name, fmt.Sprintf("%s.r%d", name, 10*round+i))
			want += fmt.Sprintf("%d\n", 10*round+i)
			appendTo(t, name, fmt.Sprintf("%d\n", 10*round+i))
		}
		r.untilData(want)
	}
}

// TestFollowPrefersTheOriginal finds a missed generation together with a copy of it
// whose file is older, as that of a backup that is made again and again.
func TestFollowPrefersTheOriginal(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	r := follow(t, Options{Tail: -1, Poll: time.Hour, noWatch: true}, name)
	r.untilData("one\n")
	text := logText(100)
	rename(t, name, name+".1")
	writeFile(t, name+".3", "") // of no interest while it is empty
	time.Sleep(2 * clockTick)
	writeFile(t, name+".2", text)
	time.Sleep(2 * clockTick)
	writeFile(t, name+".3", text)
	g := r.only()
	g.rotateLive(time.Now())
	missed := g.missed()
	if len(missed) != 1 || filepath.Base(missed[0].at) != "app.log.2" {
		for _, m := range missed {
			t.Errorf("found %s", m.at)
		}
		t.Error("want app.log.2 alone")
	}
	g.add(missed)
}

// TestFollowLongerFileWhileItsCopyIsRead has no way to tell whether somebody still
// writes a file, so that a copy that was read stays open for a while. Meanwhile the
// log itself turns up, which goes on where the copy ended.
func TestFollowLongerFileWhileItsCopyIsRead(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	disk := &faultyFS{}
	for _, base := range []string{"app.log", "app.log.5", "app.log.6"} {
		disk.set("writers "+base, errors.New("unknown"))
	}
	r := follow(t, Options{Tail: -1, noWatch: true, fs: disk}, name)
	r.untilData("one\n")
	begin, end := logText(100), "the end\n"
	rename(t, name, name+".1")
	writeFile(t, name+".5", begin)
	r.untilData("one\n" + begin)
	writeFile(t, name+".6", begin+end)
	r.untilData("one\n" + begin + end)
	appendTo(t, name, "two\n")
	r.untilData("one\n" + begin + end + "two\n")
}

// TestFollowCopyTruncateWhileWaiting has the live log copied and truncated before
// anything of it was read, as an older file comes first and may still be written.
func TestFollowCopyTruncateWhileWaiting(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	disk := &faultyFS{}
	disk.set("writers app.log", errors.New("unknown"))
	r := follow(t, Options{Tail: -1, noWatch: true, fs: disk, RotateWait: time.Second}, name)
	r.untilData("one\n")
	rename(t, name, name+".1")
	appendTo(t, name, "two\n")
	g := r.only()
	g.checkPath(time.Now())
	if len(g.gens) != 2 {
		t.Fatalf("%d generations", len(g.gens))
	}
	writeFile(t, name+".2", "two\n") // the copy
	if err := os.Truncate(name, 0); err != nil {
		t.Fatal(err)
	}
	appendTo(t, name, "three\n")
	r.untilData("one\ntwo\nthree\n")
}
