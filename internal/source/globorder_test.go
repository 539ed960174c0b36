package source

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// TestFollowGlobOrdersMissedGenerations rotates twice between two looks. Under a
// pattern, too, the file in between is a generation of the log, to be read after
// the one before and before its successor, and no other log that joins or comes
// under a name that is followed already, whether the pattern or the log is looked at
// first. In the text, > rotates once.
func TestFollowGlobOrdersMissedGenerations(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, before, between string
		turn                  int // which source is asked first
	}{
		{"new name", "one", "more > two > three", 0},
		{"name followed", "zero > one", "more > two > three", 0},
		{"name followed and asked first", "zero > one", "more > two > three", 1},
		{"names followed, another one new", "zero > one > two", "more > three > four > five", 2},
		{"no successor yet", "one", "more > two >", 0},
		{"no successor yet, asked first", "zero > one", "more > two > >", 1},
		{"number left out", "one", "more > two > > three", 0},
	} {
		for _, expand := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s/%v", c.name, expand), func(t *testing.T) {
				t.Parallel()
				name := t.TempDir() + "/app.log"
				want := play(t, name, c.before)
				r := follow(t, Options{Tail: -1, noWatch: true}, name+"*")
				r.until("what was there", func() bool { return len(r.data) >= len(want) })
				r.data = r.data[:0] // rotated files that are there at the start come in any order
				r.pass()
				want = play(t, name, c.between)
				f := r.f.(*followFeed)
				f.turn, f.lastPoll = c.turn, time.Time{}
				f.globs[0].next = time.Now().Add(time.Hour)
				if expand {
					f.globs[0].next = time.Time{}
				}
				sources := len(f.sources)
				r.untilData(want)
				if n := len(f.sources); n != sources {
					t.Errorf("%d generations of the log joined as others", n-sources)
				}
			})
		}
	}
}

// play writes the words of text to the log called name, a line each, and rotates
// by shifting numbers. It returns what it wrote.
func play(t *testing.T, name, text string) string {
	t.Helper()
	wrote := ""
	for _, word := range strings.Fields(text) {
		if word != ">" {
			appendTo(t, name, word+"\n")
			wrote += word + "\n"
			continue
		}
		for i := 8; i > 0; i-- {
			old := name
			if i > 1 {
				old = fmt.Sprint(name, ".", i-1)
			}
			if _, err := os.Stat(old); err == nil {
				rename(t, old, fmt.Sprint(name, ".", i))
			}
		}
	}
	return wrote
}
