package source

import (
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// openToWrite opens a log as programs do whose logs can be rotated on Windows:
// others may rename and delete it.
func openToWrite(path string, flags int) (*os.File, error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	access := uint32(windows.GENERIC_WRITE)
	if flags&os.O_APPEND != 0 {
		access = windows.FILE_APPEND_DATA | windows.SYNCHRONIZE | windows.FILE_READ_ATTRIBUTES
	}
	h, err := windows.CreateFile(name, access,
		windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE|windows.FILE_SHARE_DELETE,
		nil, windows.OPEN_ALWAYS, windows.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	return os.NewFile(uintptr(h), path), nil
}
