package source

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// TestFollowOneOfSeveralLongerFiles meets a copy of a log whose name leads nowhere,
// and then, in one look, the log itself and a later copy of it: both go on where
// the first copy ended, and one of them is to be read.
func TestFollowOneOfSeveralLongerFiles(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "one\n")
	r := follow(t, Options{Tail: -1, Poll: time.Hour, noWatch: true}, name)
	r.untilData("one\n")
	look := func() {
		r.f.(*followFeed).lastPoll = time.Time{}
		r.pass()
	}
	begin, end := logText(100), "the end\n"
	rename(t, name, name+".1")
	writeFile(t, name+".5", begin)
	look()
	look()
	r.untilData("one\n" + begin)
	writeFile(t, name+".6", begin+end)
	writeFile(t, name+".7", begin+end)
	look()
	look()
	r.untilData("one\n" + begin + end)
	look()
	r.untilData("one\n" + begin + end)
}

// TestFollowLearnsNamesWithoutPaths rotates to names that are unusual, on a system
// that does not tell where an open file has gone, and faster than it is looked.
func TestFollowLearnsNamesWithoutPaths(t *testing.T) {
	t.Parallel()
	name := writeFile(t, t.TempDir()+"/app.log", "0\n")
	disk := &faultyFS{}
	disk.set("path app.log", errors.New("unknown"))
	r := follow(t, Options{Tail: -1, Poll: time.Hour, noWatch: true, fs: disk}, name)
	r.untilData("0\n")
	want := "0\n"
	for round := range 3 {
		for i := range 1 + round*3 { // the first round shows one name
			rename(t, name, fmt.Sprintf("%s.r%d", name, 10*round+i))
			want += fmt.Sprintf("%d\n", 10*round+i)
			appendTo(t, name, fmt.Sprintf("%d\n", 10*round+i))
		}
		r.f.(*followFeed).lastPoll = time.Time{}
		r.untilData(want)
	}
}
