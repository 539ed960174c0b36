//go:build unix && !linux && !darwin

package source

import "syscall"

// birthOf knows no time of birth: some of these systems report one that is a
// time of change on some of their file systems.
func birthOf(*syscall.Stat_t) int64 { return 0 }
