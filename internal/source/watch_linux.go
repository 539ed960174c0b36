package source

import "golang.org/x/sys/unix"

// probeWatch reports whether the process can have what fsnotify opens: an
// inotify instance (their number per user is limited), an epoll instance, a pipe.
func probeWatch() bool {
	in, err := unix.InotifyInit1(unix.IN_CLOEXEC)
	if err != nil {
		return false
	}
	defer unix.Close(in)
	ep, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return false
	}
	defer unix.Close(ep)
	var p [2]int
	if unix.Pipe2(p[:], unix.O_CLOEXEC) != nil {
		return false
	}
	unix.Close(p[0])
	unix.Close(p[1])
	return true
}

// crowded reports whether watching a folder costs too much. Here it never does.
func crowded(string) bool { return false }
