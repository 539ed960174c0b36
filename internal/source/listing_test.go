package source

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestNames(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	if err := os.Mkdir(at("sub"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b.log", "a.log", filepath.Join("sub", "c.log")} {
		if err := os.WriteFile(at(name), nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{StdinName, at("*"), at("nothing*")}
	if got, want := Names(args, false), []string{at("a.log"), at("b.log")}; !slices.Equal(got, want) {
		t.Errorf("names %q, want %q", got, want)
	}
	want := []string{at("a.log"), at("b.log"), at(filepath.Join("sub", "c.log"))}
	if got := Names(args, true); !slices.Equal(got, want) {
		t.Errorf("names %q, want %q", got, want)
	}
}
