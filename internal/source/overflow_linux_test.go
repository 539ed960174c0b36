package source

import (
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestFollowSurvivesOverflow lets the queue of notifications run over: nobody
// takes any for a while, and the kernel drops what is too much. It happens in a
// process of its own, since all followers of a process share the queue.
func TestFollowSurvivesOverflow(t *testing.T) {
	t.Parallel()
	const env = "WSALOG_TEST_OVERFLOW"
	if b, _ := os.ReadFile("/proc/sys/fs/inotify/max_queued_events"); strings.TrimSpace(string(b)) != "16384" {
		t.Skipf("the queue holds %q events", b)
	}
	if os.Getenv(env) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestFollowSurvivesOverflow$", "-test.v")
		cmd.Env = append(os.Environ(), env+"=1")
		out, err := cmd.CombinedOutput()
		if err != nil || !strings.Contains(string(out), "--- PASS") {
			t.Fatalf("%v\n%s", err, out)
		}
		if n := strings.Count(string(out), "queue overflow"); n != 1 {
			t.Errorf("told %d times, want once:\n%s", n, out)
		}
		return
	}
	dir := t.TempDir()
	name := writeFile(t, dir+"/app.log", "one\n")
	r := follow(t, Options{Tail: -1, Poll: 100 * time.Millisecond}, name)
	r.untilData("one\n")

	set, stuck, release := make(chan bool), make(chan bool), make(chan bool)
	var calls atomic.Int32
	cancel := newWatcher().subscribe(dir+"/noise", func() {
		switch calls.Add(1) {
		case 1: // the watch is set
			close(set)
		case 2: // the first event; the library waits until it is taken
			close(stuck)
			<-release
		}
	})
	defer cancel()
	<-set
	writeFile(t, dir+"/noise", "some")
	<-stuck
	a, b := writeFile(t, dir+"/a", ""), writeFile(t, dir+"/b", "")
	for range 20_000 { // the kernel joins equal events that follow one another
		appendTo(t, a, "x")
		appendTo(t, b, "x")
	}
	appendTo(t, name, "two\n")
	rename(t, name, name+".1")
	appendTo(t, name, "three\n")
	r.untilData("one\ntwo\nthree\n")
	close(release)
	// The first event behind the queue that overflowed comes when that is drained.
	for drained := calls.Load(); calls.Load() == drained; r.pass() {
		appendTo(t, dir+"/noise", "more")
	}
	// Notifications work again: without them an hour would pass until the next look.
	feed := r.f.(*followFeed)
	feed.opts.Poll, feed.lastPoll = time.Hour, time.Now()
	appendTo(t, name, "four\n")
	r.untilData("one\ntwo\nthree\nfour\n")
}
