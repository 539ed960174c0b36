package cli

import (
	"os"
	"path/filepath"
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
