package source

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// A slowFS takes a while to open a file, as servers far away and busy systems do.
type slowFS struct {
	diskFS
	wait time.Duration
}

func (f slowFS) open(path string) (file, error) {
	time.Sleep(f.wait)
	return f.diskFS.open(path)
}

// TestFollowGlobAfterSlowJoins has files join that take long to open: the next
// look for files must not be put off for that, as it would be ten times as long.
func TestFollowGlobAfterSlowJoins(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	r := follow(t, Options{Tail: -1, fs: slowFS{wait: 200 * time.Millisecond}}, filepath.Join(dir, "*.log"))
	want := ""
	for i := range 5 {
		text := fmt.Sprintf("line %d\n", i)
		writeFile(t, fmt.Sprintf("%s/%d.log", dir, i), text)
		want += text
	}
	r.untilData(want)
	feed := r.f.(*followFeed)
	// Each was opened twice, which took two seconds.
	if wait := time.Until(feed.globs[0].next); wait > 8*time.Second {
		t.Errorf("the next look comes %v later", wait)
	}
}
