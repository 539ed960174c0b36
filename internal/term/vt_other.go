//go:build !windows

package term

// EnableVT has nothing to do outside Windows: terminals obey escape sequences.
func EnableVT(uintptr) (restore func(), ok bool) { return func() {}, true }

func codePage() int { return 0 }
