package source

import (
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
)

// An input is one thing to open: the outcome of expanding the arguments.
type input struct {
	name  string // as people see it
	named bool   // the user named this very file; it is read even if it is binary
	err   error  // why there is nothing to open
}

// errIsFolder tells what to do with a folder.
var errIsFolder = error(note("is-folder"))

// expand turns arguments into inputs, in the order of the arguments; what one
// glob or folder holds is sorted.
func expand(args []string, opts Options) []input {
	var in []input
	for _, arg := range args {
		in = append(in, expandOne(arg, opts)...)
	}
	return in
}

func expandOne(arg string, opts Options) []input {
	if arg == StdinName {
		return []input{{name: arg, named: true}}
	}
	st, err := os.Stat(arg)
	switch {
	case err == nil && st.IsDir():
		if !opts.Recursive {
			return []input{{name: arg, err: note("read-failed", arg, errIsFolder)}}
		}
		return walk(arg, nil)
	case err == nil || !hasMeta(arg) || existsLiterally(arg):
		return []input{{name: arg, named: true}} // opening it tells what is wrong
	}
	matches, err := globFiles(arg, opts.Recursive, foldsCase)
	if err != nil {
		return []input{{name: arg, err: err}}
	}
	if len(matches) == 0 {
		return []input{{name: arg, err: note("no-match", arg)}}
	}
	return matches
}

// hasMeta reports whether arg may be a pattern.
func hasMeta(arg string) bool { return strings.ContainsAny(arg, "*?[{") }

// existsLiterally also finds dangling links, whose error should be about the link.
func existsLiterally(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// foldsCase is set where names of files that differ in case alone are the same.
const foldsCase = runtime.GOOS == "windows" || runtime.GOOS == "darwin"

// globFiles returns the files that match pattern, sorted by name; with foldCase
// set, capital letters match small ones. Folders that match are walked when
// recursive is set and left out otherwise, as people mean the files when they
// write logs/*.
func globFiles(pattern string, recursive, foldCase bool) ([]input, error) {
	opts := []doublestar.GlobOption{doublestar.WithNoFollow()}
	if foldCase {
		opts = append(opts, doublestar.WithCaseInsensitive())
	}
	names, err := doublestar.FilepathGlob(pattern, opts...)
	if err != nil {
		return nil, note("bad-glob", pattern, err)
	}
	slices.Sort(names)
	var in []input
	for _, name := range names {
		if st, err := os.Stat(name); err == nil && st.IsDir() {
			if recursive {
				in = walk(name, in)
			}
			continue
		}
		in = append(in, input{name: name, named: true})
	}
	return in, nil
}

// walk appends the regular files below dir. Links are not followed below it: a
// link to a parent would never end. Pipes and devices are left alone, since
// opening one can block or have effects.
func walk(dir string, in []input) []input {
	entries, err := os.ReadDir(dir)
	if err != nil {
		in = append(in, input{name: dir, err: note("folder-failed", err)})
	}
	for _, e := range entries {
		name := joinName(dir, e.Name())
		switch {
		case e.IsDir():
			in = walk(name, in)
		case e.Type().IsRegular():
			in = append(in, input{name: name})
		case e.Type()&fs.ModeSymlink != 0:
			if st, err := os.Stat(name); err == nil && st.Mode().IsRegular() {
				in = append(in, input{name: name})
			}
		}
	}
	return in
}

// joinName keeps dir as the user wrote it, so that "./logs" stays "./logs".
func joinName(dir, base string) string {
	if dir == "" || os.IsPathSeparator(dir[len(dir)-1]) {
		return dir + base
	}
	return dir + string(filepath.Separator) + base
}
