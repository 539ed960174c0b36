package source

import (
	"os"

	"golang.org/x/sys/unix"
)

// probeWatch reports whether the process can have what fsnotify opens.
func probeWatch() bool {
	kq, err := unix.Kqueue()
	if err != nil {
		return false
	}
	unix.Close(kq)
	return true
}

// crowded reports whether watching a folder costs too much: kqueue needs a
// descriptor for every file in it.
func crowded(dir string) bool {
	d, err := os.Open(dir)
	if err != nil {
		return true
	}
	defer d.Close()
	names, _ := d.Readdirnames(65)
	return len(names) > 64
}
