//go:build unix && !linux

package source

import (
	"os"
	"syscall"
)

func (diskFS) stat(path string) (fileStat, error) {
	st, err := os.Stat(path)
	if err != nil {
		return fileStat{}, err
	}
	return fromInfo(st), nil
}

func (f diskFile) stat() (fileStat, error) {
	st, err := f.Stat()
	if err != nil {
		return fileStat{}, err
	}
	return fromInfo(st), nil
}

func fromInfo(st os.FileInfo) fileStat {
	s := fileStat{
		size:     st.Size(),
		modified: st.ModTime().UnixNano(),
		regular:  st.Mode().IsRegular(),
		folder:   st.IsDir(),
	}
	if sys, ok := st.Sys().(*syscall.Stat_t); ok {
		s.id = identity{device: uint64(sys.Dev), number: uint64(sys.Ino), birth: birthOf(sys)}
	}
	return s
}

// path, writers and data implement file where the system has no call for it that
// would be worth its code: siblings are then found by their identity, rotated
// files are given up when they stay quiet, and holes are read as the zeros they are.
func (f diskFile) path() string         { return "" }
func (f diskFile) writers() writers     { return unknownWriters }
func (f diskFile) data(off int64) int64 { return off }
func (f diskFile) doomed() bool         { return false }
