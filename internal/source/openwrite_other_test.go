//go:build !windows

package source

import "os"

// openToWrite opens a log as programs do.
func openToWrite(path string, flags int) (*os.File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_WRONLY|flags, 0o644)
}
