package cli

import (
	"strings"
	"testing"

	"github.com/hinshun/vt10x"

	"wsalog/annotate"
	"wsalog/internal/report"
	"wsalog/internal/stats"
	"wsalog/internal/term"
)

// TestTableLeavesNothingOnNarrowerScreen draws the table, breaks its rows as a
// terminal does that is made narrower, and erases it.
func TestTableLeavesNothingOnNarrowerScreen(t *testing.T) {
	w := newWorld()
	w.words, w.settings = english, newSettings(w.tree().Flags(), 0, english)
	w.app.words = english
	width, height := 80, 24
	w.size = func() (int, int) { return width, height }
	format, err := report.FormatByName("text")
	if err != nil {
		t.Fatal(err)
	}
	c := stats.New(stats.Options{})
	r := &run{app: w.app, follow: true, began: w.now()}
	l := &liveReport{collector: c, run: r, targets: []target{{format: format}}, changed: true,
		profile: term.Profile{Terminal: true, Rewrite: true, Width: width, Height: height}}
	if err := l.Batch(&annotate.Batch{Source: &annotate.Source{Name: "a.log"}, Lines: 3}); err != nil {
		t.Fatal(err)
	}
	if err := l.draw(); err != nil {
		t.Fatal(err)
	}
	screen := vt10x.New(vt10x.WithSize(width, height))
	if _, err := screen.Write([]byte("above\r\n" + strings.ReplaceAll(w.out.String(), "\n", "\r\n"))); err != nil {
		t.Fatal(err)
	}
	if at := screen.Cursor(); at.Y != 1 || at.X != 0 {
		t.Fatalf("the cursor is parked at %d,%d:\n%s", at.X, at.Y, screen)
	}
	w.out.Reset()
	width = 40
	if err := l.draw(); err != nil || w.out.Len() == 0 {
		t.Fatalf("a new size draws nothing (%v)", err)
	}
	w.out.Reset()
	l.erase()
	// Below the first row stands more now than was drawn.
	if _, err := screen.Write([]byte("\x1b7\x1b[12;1Hrest of a broken row\x1b8" + w.out.String())); err != nil {
		t.Fatal(err)
	}
	if rest := strings.TrimSpace(screen.String()); rest != "above" {
		t.Errorf("left on the screen:\n%s", rest)
	}
}
