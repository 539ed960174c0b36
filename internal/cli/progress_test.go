package cli

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hinshun/vt10x"

	"wsalog/annotate"
	"wsalog/internal/term"
)

// A lockedBuffer may be written by a progress bar while a test looks at it.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// TestComplaintsStandAboveTheBar says something while the bar is drawn, and again
// when it is gone.
func TestComplaintsStandAboveTheBar(t *testing.T) {
	w := newWorld()
	var out lockedBuffer
	w.app.words, w.stderr = english, &out
	w.settings = newSettings(w.tree().Flags(), 0, english)
	w.facts[stderrStream] = term.Facts{Terminal: true, Width: 80, Height: 24}
	r := &run{app: w.app, began: w.now().Add(-time.Hour)}
	r.notices.app = w.app
	bar := r.progress()
	bar.quiet, bar.total = false, 1000
	if err := bar.Batch(&annotate.Batch{RawLen: 10}); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(10 * time.Second); out.String() == ""; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the bar is not drawn")
		}
	}
	r.notices.say("the first complaint")
	bar.end()
	r.notices.say("the second complaint")
	screen := vt10x.New(vt10x.WithSize(80, 24))
	if _, err := screen.Write([]byte(strings.ReplaceAll(out.String(), "\n", "\r\n"))); err != nil {
		t.Fatal(err)
	}
	want := "wsalog: the first complaint\nwsalog: the second complaint"
	var rows []string
	for _, row := range strings.Split(strings.TrimSpace(screen.String()), "\n") {
		rows = append(rows, strings.TrimRight(row, " "))
	}
	if got := strings.Join(rows, "\n"); got != want {
		t.Errorf("on the screen:\n%s\nwant:\n%s", got, want)
	}
}
