package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestNotes wants each sentence of the code in the table, each of the table in the
// code, and as many arguments as gaps.
func TestNotes(t *testing.T) {
	t.Parallel()
	if len(NoteIDs()) != len(sentences) || len(sentences) == 0 {
		t.Fatalf("%d ids", len(NoteIDs()))
	}
	code := ""
	for _, name := range sourceFiles(t) {
		if name != "note.go" {
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			code += string(b)
		}
	}
	code += `"open-failed"` // only note.go makes it
	for _, id := range NoteIDs() {
		if !strings.Contains(code, `"`+id+`"`) {
			t.Errorf("%s: nobody tells it", id)
		}
	}
	for _, m := range regexp.MustCompile(`note\("([a-z-]+)"`).FindAllStringSubmatch(code, -1) {
		if sentences[m[1]] == "" {
			t.Errorf("%s has no sentence", m[1])
		}
	}
}

// sourceFiles returns the names of the package's files without tests.
func sourceFiles(t *testing.T) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := e.Name(); strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		t.Fatal("no files")
	}
	return names
}

func TestNoteIsAnError(t *testing.T) {
	t.Parallel()
	n := note("packed-cut", "a.gz", "gzip", int64(7), io.ErrUnexpectedEOF)
	want := "read a.gz: the gzip data is cut off; 7 bytes could be read: unexpected EOF"
	if n.Error() != want || n.String() != want || !errors.Is(n, io.ErrUnexpectedEOF) {
		t.Errorf("%v", n)
	}
	if ev := trouble(n); ev.Note != n || ev.Err != error(n) || ev.Text != want {
		t.Errorf("event %+v", ev)
	}
	if nested := note("read-failed", "logs", errIsFolder); !errors.Is(nested, errIsFolder) ||
		nested.Error() != "read logs: is a folder; -r reads the files in it" {
		t.Errorf("%v", nested)
	}
	_, err := os.Open("missing")
	if ev := trouble(err); ev.Note == nil || ev.Text != ev.Note.String() || !errors.Is(ev.Note, fs.ErrNotExist) {
		t.Errorf("event %+v, note %v", ev, ev.Note)
	}
	if ev := trouble(errors.New("something")); ev.Note != nil || ev.Text != "something" {
		t.Errorf("event %+v", ev)
	}
}

// checkNote is called for the events of all scenarios.
func checkNote(e Event) error {
	if e.Note == nil {
		return fmt.Errorf("event %q has no parts", e.Text)
	}
	if s := e.Note.String(); s != e.Text || strings.Contains(s, "%!") {
		return fmt.Errorf("event %q has the note %q", e.Text, s)
	}
	return nil
}
