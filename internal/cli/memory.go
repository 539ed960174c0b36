package cli

import "runtime/debug"

// Memory settings of the garbage collector. A start-up makes a few megabytes of
// tables that stay, so the first collections find nothing; a long run with full
// tables is held below the 64 MiB that wsalog promises.
const (
	gcPercent   = 200
	memoryLimit = 44 << 20 // of the Go heap; the rest is stacks, code and the system's share
)

// boundMemory applies the settings unless the user made their own with GOGC or
// GOMEMLIMIT.
func (a *app) boundMemory() {
	if a.env("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	if a.env("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
}
