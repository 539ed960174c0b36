package cli

import (
	"slices"
	"sync"
	"testing"

	"wsalog/internal/term"
)

func TestConsoleIsPutBackInReverse(t *testing.T) {
	var undone []stream
	asked := map[stream]int{}
	c := &console{
		detect: func(s stream) (term.Facts, func()) {
			asked[s]++
			return term.Facts{Terminal: true, Width: 80, Height: 24}, func() { undone = append(undone, s) }
		},
		size: func(stream) (int, int) { return 100, 30 },
	}
	c.look(stdoutStream)
	c.look(stderrStream)
	if f := c.look(stdoutStream); f.Width != 100 || f.Height != 30 || !f.Terminal {
		t.Errorf("a second look tells %+v", f)
	}
	if asked[stdoutStream] != 1 || asked[stderrStream] != 1 {
		t.Errorf("asked %v", asked)
	}
	var all sync.WaitGroup
	for range 4 { // the end of the program and a signal may meet
		all.Go(c.restore)
	}
	all.Wait()
	if want := []stream{stderrStream, stdoutStream}; !slices.Equal(undone, want) {
		t.Errorf("undone %v, want %v", undone, want)
	}
}
