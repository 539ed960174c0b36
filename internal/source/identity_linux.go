package source

import (
	"io/fs"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

const statxMask = unix.STATX_TYPE | unix.STATX_INO | unix.STATX_SIZE | unix.STATX_MTIME | unix.STATX_BTIME

func (diskFS) stat(path string) (fileStat, error) {
	var st unix.Statx_t
	err := retry(func() error { return unix.Statx(unix.AT_FDCWD, path, 0, statxMask, &st) })
	if err != nil {
		return fileStat{}, &fs.PathError{Op: "stat", Path: path, Err: err}
	}
	return fromStatx(&st), nil
}

func (f diskFile) stat() (fileStat, error) {
	var st unix.Statx_t
	err := retry(func() error { return unix.Statx(int(f.Fd()), "", unix.AT_EMPTY_PATH, statxMask, &st) })
	if err != nil {
		return fileStat{}, &fs.PathError{Op: "stat", Path: f.Name(), Err: err}
	}
	return fromStatx(&st), nil
}

// retry repeats a system call that a signal interrupted.
func retry(call func() error) error {
	for {
		if err := call(); err != unix.EINTR {
			return err
		}
	}
}

func fromStatx(st *unix.Statx_t) fileStat {
	s := fileStat{
		id:       identity{device: uint64(st.Dev_major)<<32 | uint64(st.Dev_minor), number: st.Ino},
		size:     int64(st.Size),
		modified: st.Mtime.Sec*1e9 + int64(st.Mtime.Nsec),
		regular:  st.Mode&unix.S_IFMT == unix.S_IFREG,
		folder:   st.Mode&unix.S_IFMT == unix.S_IFDIR,
	}
	if st.Mask&unix.STATX_BTIME != 0 {
		s.id.birth = st.Btime.Sec*1e9 + int64(st.Btime.Nsec)
	}
	return s
}

// path implements file by asking the kernel for the descriptor's name (proc(5)).
func (f diskFile) path() string {
	name, err := os.Readlink("/proc/self/fd/" + strconv.Itoa(int(f.Fd())))
	if err != nil || !strings.HasPrefix(name, "/") || strings.HasSuffix(name, " (deleted)") {
		return ""
	}
	return name
}

// writers implements file with a read lease (fcntl(2), F_SETLEASE), which the
// kernel grants only while no descriptor can write the file. It is given back at
// once; who opens the file for writing in between waits for that moment.
func (f diskFile) writers() writers {
	_, err := unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_RDLCK)
	switch err {
	case nil:
		unix.FcntlInt(f.Fd(), unix.F_SETLEASE, unix.F_UNLCK)
		return noWriters
	case unix.EAGAIN:
		return someWriters
	}
	return unknownWriters // not our file and no CAP_LEASE, or a network file system
}

// doomed implements file.
func (f diskFile) doomed() bool { return false }

// data implements file (lseek(2), SEEK_DATA). The position itself is not used by
// anything else.
func (f diskFile) data(off int64) int64 {
	if n, err := unix.Seek(int(f.Fd()), off, unix.SEEK_DATA); err == nil && n > off {
		return n
	}
	return off
}
