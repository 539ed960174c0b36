package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestUnplacedFileIsRemoved lets a file fail to take its name, because a folder
// has taken it meanwhile, and looks for what is left.
func TestUnplacedFileIsRemoved(t *testing.T) {
	w := newWorld()
	w.words = english
	dir := t.TempDir()
	name := filepath.Join(dir, "out.txt")
	f, err := createWhole(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(name, 0o777); err != nil {
		t.Fatal(err)
	}
	r := &run{app: w.app, outputs: []*wholeFile{f}}
	err = r.finish(false)
	if err == nil || !strings.Contains(err.Error(), "write to another file") {
		t.Errorf("error %v names no remedy", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// TestOutputToDescriptor writes to a pipe by the name that shells give it in
// -O >(gzip >x.gz).
func TestOutputToDescriptor(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("links of descriptors lead to no path on Linux alone")
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	err = writeWhole(fmt.Sprintf("/dev/fd/%d", w.Fd()), nil, func(out io.Writer) error {
		_, err := io.WriteString(out, "text")
		return err
	})
	w.Close()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || string(got) != "text" {
		t.Errorf("got %q, %v", got, err)
	}
}
