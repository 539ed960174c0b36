package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// A wholeFile is an output file that takes its name when it is complete: until
// then, and when the program dies, what stood under the name stays.
type wholeFile struct {
	*os.File
	name string
}

// createWhole begins a file in the folder of name.
func createWhole(name string) (*wholeFile, error) {
	if st, err := os.Stat(name); err == nil && !st.Mode().IsRegular() {
		f, err := os.OpenFile(name, os.O_WRONLY, 0) // a device or pipe has no "whole"
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", name, err)
		}
		return &wholeFile{File: f}, nil
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".wsalog-*.tmp")
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", name, err)
	}
	return &wholeFile{f, name}, nil
}

// commit closes the file and gives it its name.
func (f *wholeFile) commit() error {
	if f.name == "" {
		return f.Close()
	}
	mode := os.FileMode(0o644)
	if st, err := os.Stat(f.name); err == nil {
		mode = st.Mode().Perm()
	}
	temp := f.Name()
	err := f.Chmod(mode)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(temp, f.name)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", f.name, err)
	}
	return nil
}

// abandon removes what was written so far.
func (f *wholeFile) abandon() {
	_ = f.Close()
	if f.name != "" {
		_ = os.Remove(f.Name())
	}
}

// writeWhole writes a file that takes its name when it is complete.
func writeWhole(name string, write func(io.Writer) error) error {
	f, err := createWhole(name)
	if err != nil {
		return &plainError{err.Error()}
	}
	if err = write(f); err == nil {
		err = f.commit()
	}
	if err != nil {
		f.abandon()
		return &plainError{err.Error()}
	}
	return nil
}
