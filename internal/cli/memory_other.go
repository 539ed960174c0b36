//go:build !linux

package cli

// adviseLarge does nothing: other systems choose by themselves, or have no large pages for a heap.
func adviseLarge([]byte) {}
