package source

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// stat opens the file, since what a folder says about it is old: NTFS brings the
// entry up to date when the last handle is closed.
func (diskFS) stat(path string) (fileStat, error) {
	f, err := OpenShared(path)
	if err == nil {
		defer f.Close()
		return diskFile{f}.stat()
	}
	// A folder cannot be opened like a file.
	if st, statErr := os.Stat(path); statErr == nil && st.IsDir() {
		return fileStat{folder: true, modified: st.ModTime().UnixNano()}, nil
	}
	return fileStat{}, err
}

// stat leaves out the time of birth. NTFS gives a new file that of the file which
// had its name shortly before ("tunneling"), and Wine and some servers call the
// last change the creation. The number needs no help: NTFS counts its uses in it.
func (f diskFile) stat() (fileStat, error) {
	var info windows.ByHandleFileInformation
	h := windows.Handle(f.Fd())
	if err := windows.GetFileInformationByHandle(h, &info); err != nil {
		return fileStat{}, &fs.PathError{Op: "stat", Path: f.Name(), Err: err}
	}
	kind, err := windows.GetFileType(h)
	folder := info.FileAttributes&windows.FILE_ATTRIBUTE_DIRECTORY != 0
	return fileStat{
		id: identity{
			device: uint64(info.VolumeSerialNumber),
			number: uint64(info.FileIndexHigh)<<32 | uint64(info.FileIndexLow),
		},
		size:     int64(info.FileSizeHigh)<<32 | int64(info.FileSizeLow),
		modified: info.LastWriteTime.Nanoseconds(),
		regular:  !folder && err == nil && kind == windows.FILE_TYPE_DISK,
		folder:   folder,
	}, nil
}

// path implements file.
func (f diskFile) path() string {
	buf := make([]uint16, 1024)
	n, err := windows.GetFinalPathNameByHandle(windows.Handle(f.Fd()), &buf[0], uint32(len(buf)), 0)
	if err != nil || int(n) >= len(buf) {
		return ""
	}
	name := windows.UTF16ToString(buf[:n])
	name = strings.TrimPrefix(name, `\\?\`)
	if rest, ok := strings.CutPrefix(name, `UNC\`); ok {
		name = `\\` + rest
	}
	return filepath.Clean(name)
}

// writers cannot be found out without shutting out a writer for a moment.
func (f diskFile) writers() writers { return unknownWriters }

// doomed implements file. Current versions of Windows free the name of a deleted
// file at once on NTFS; older ones and network file systems do not, and then the
// program whose log this is could not make a new one.
func (f diskFile) doomed() bool {
	var info struct { // FILE_STANDARD_INFO
		allocated, size int64
		links           uint32
		deleted, folder bool
	}
	err := windows.GetFileInformationByHandleEx(windows.Handle(f.Fd()), windows.FileStandardInfo,
		(*byte)(unsafe.Pointer(&info)), uint32(unsafe.Sizeof(info)))
	return err == nil && info.deleted
}

// data implements file; sparse files are rare on Windows and are read as zeros.
func (f diskFile) data(off int64) int64 { return off }
