package source

import "syscall"

func birthOf(st *syscall.Stat_t) int64 {
	return st.Birthtimespec.Sec*1e9 + int64(st.Birthtimespec.Nsec)
}
