package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"wsalog/internal/view"
)

var update = flag.Bool("update", false, "rewrite expected outputs")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"wsalog":   main,
		"longline": longLine,
		"headline": headLine,
	})
}

// TestScript runs testdata/script: one file for each promise to users.
func TestScript(t *testing.T) {
	files, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	samples, err := filepath.Abs("samples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("SAMPLES", samples)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"bytes":    writeBytes,
			"notlines": notLines,
		},
	})
}

// longLine is a program for scripts: it writes a line of so many bytes with an
// error in its middle and one at its end.
func longLine() {
	n, err := strconv.Atoi(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	w := bufio.NewWriterSize(os.Stdout, 1<<20)
	half := bytes.Repeat([]byte("lorem ipsum "), n/24)
	w.Write(half)
	w.WriteString("WSAECONNREFUSED ")
	w.Write(half)
	w.WriteString("WSAECONNRESET\nnext line\n")
	w.Flush()
}

// headLine is a program for scripts: it runs its arguments, reads one line of
// what they print, closes the pipe and exits as they do.
func headLine() { os.Exit(readOneLine(os.Args[1:])) }

// writeBytes is a script command: bytes FILE QUOTED... writes Go-quoted text,
// since txtar holds text only.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: bytes file quoted...")
	}
	var data []byte
	for _, a := range args[1:] {
		s, err := strconv.Unquote(`"` + a + `"`)
		ts.Check(err)
		data = append(data, s...)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o666))
}

// notLines is a script command: notlines FILE says that FILE, without the notes,
// is byte for byte the second argument.
func notLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: notlines annotated original")
	}
	got := withoutNotes([]byte(ts.ReadFile(args[0])))
	if want := ts.ReadFile(args[1]); string(got) != want {
		ts.Fatalf("%s without its notes is not %s", args[0], args[1])
	}
}

// withoutNotes removes what wsalog added.
func withoutNotes(p []byte) []byte {
	var out []byte
	for _, line := range bytes.SplitAfter(p, []byte("\n")) {
		out = append(out, view.Strip(line)...)
	}
	return out
}
