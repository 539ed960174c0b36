package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// A wholeFile is an output file that takes its name when it is complete: until
// then, and when the program dies, what stood under the name stays.
type wholeFile struct {
	*os.File
	name string      // as the user gave it
	path string      // what name leads to through symbolic links; "" where there is no "whole"
	mode os.FileMode // of the file that is replaced, 0 when there is none
}

// createWhole begins a file in the folder where name leads to.
func createWhole(name string) (*wholeFile, error) {
	w := &wholeFile{name: name, path: linkTarget(name)}
	create := os.FileMode(0o666) // less the umask
	// The name is asked for, not the path: what links of /dev/fd spell for a pipe is
	// no path at all.
	switch st, err := os.Stat(name); {
	case err != nil:
	case !st.Mode().IsRegular(): // a device or pipe has no "whole"
		w.path = ""
		if w.File, err = os.OpenFile(name, os.O_WRONLY, 0); err != nil {
			return nil, w.trouble(err)
		}
		return w, nil
	default: // what nobody else may read stays so while it is written
		w.mode = st.Mode().Perm()
		create = w.mode | 0o200
	}
	var err error
	for range 100 { // until a name is free
		temp := filepath.Join(filepath.Dir(w.path), fmt.Sprintf(".wsalog-%d.tmp", rand.Uint64()))
		w.File, err = os.OpenFile(temp, os.O_RDWR|os.O_CREATE|os.O_EXCL, create)
		if !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	if err != nil {
		return nil, w.trouble(err)
	}
	return w, nil
}

// linkTarget is the file that a name leads to, which need not exist yet.
func linkTarget(name string) string {
	if path, err := filepath.EvalSymlinks(name); err == nil {
		return path
	}
	for range 40 { // as many links as systems follow
		next, err := os.Readlink(name)
		if err != nil {
			break
		}
		if !filepath.IsAbs(next) {
			next = filepath.Join(filepath.Dir(name), next)
		}
		name = next
	}
	return name
}

// trouble words an error about the file that the user named, not about the one
// that is written in its stead.
func (f *wholeFile) trouble(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return &writeError{f.name, err}
}

// commit closes the file and gives it its name.
func (f *wholeFile) commit() error {
	if f.path == "" {
		return f.Close()
	}
	var err error
	if f.mode != 0 {
		err = f.Chmod(f.mode)
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), f.path)
	}
	if err != nil {
		return f.trouble(err)
	}
	return nil
}

// abandon removes what was written so far.
func (f *wholeFile) abandon() {
	_ = f.Close()
	if f.path != "" {
		_ = os.Remove(f.Name())
	}
}

// replaces reports whether a file bears the name already.
func (f *wholeFile) replaces() bool { return f.mode != 0 }

// writeWhole writes a file that takes its name when it is complete. made, unless
// nil, is told of the file before anything is written.
func writeWhole(name string, made func(os.FileInfo), write func(io.Writer) error) error {
	f, err := createWhole(name)
	if err != nil {
		return err
	}
	if st, e := f.Stat(); e == nil && made != nil {
		made(st)
	}
	if err = write(f); err == nil {
		err = f.commit()
	}
	if err != nil {
		f.abandon()
		return err
	}
	return nil
}
