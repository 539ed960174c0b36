package source

import (
	"io"
	"os"
)

// A fileSystem is what following needs of the machine. Tests put one between
// that fails on purpose.
type fileSystem interface {
	// open opens a file for reading; other programs may rename and delete it.
	open(path string) (file, error)
	// stat looks at what path leads to now, through links.
	stat(path string) (fileStat, error)
	// names lists a folder, in any order.
	names(dir string) ([]string, error)
}

// A file is an open file.
type file interface {
	io.ReaderAt
	Stat() (os.FileInfo, error) // for os.SameFile
	stat() (fileStat, error)
	// path is where the file lies now, also after it was renamed; empty when it
	// was deleted or the system cannot tell.
	path() string
	// writers tells whether another descriptor can still write the file.
	writers() writers
	// data returns the offset of the first bytes at or after off that are no
	// hole; off where the system cannot tell.
	data(off int64) int64
	// doomed reports whether the file was deleted but keeps its name taken until
	// everyone has closed it, as happens on Windows.
	doomed() bool
	Close() error
}

// An identity tells one file from another, whatever their names. The time of
// birth tells a file from an earlier one whose number it got.
type identity struct {
	device uint64
	number uint64
	birth  int64 // nanoseconds since 1970; 0 where it is not known or not reliable
}

// same reports whether a and b name one file. Some servers and Wine forget the
// device now and then, which is no reason to take the file for another one.
func (a identity) same(b identity) bool {
	return a == b || (a.device == 0 || b.device == 0) && a.number == b.number && a.birth == b.birth
}

// A fileStat is what is known of a file.
type fileStat struct {
	id       identity
	size     int64
	modified int64 // nanoseconds since 1970
	regular  bool
	folder   bool
}

// writers says whether somebody can still write a file.
type writers uint8

const (
	unknownWriters writers = iota
	noWriters
	someWriters
)

// diskFS is the machine's own file system.
type diskFS struct{}

func (diskFS) open(path string) (file, error) {
	f, err := OpenShared(path)
	if err != nil {
		return nil, err
	}
	return diskFile{f}, nil
}

func (diskFS) names(dir string) ([]string, error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	return d.Readdirnames(-1)
}

// A diskFile is a file of diskFS.
type diskFile struct{ *os.File }
