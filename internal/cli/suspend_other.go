//go:build !unix

package cli

// onSuspend has nothing to watch where there is no Ctrl-Z.
func onSuspend(before, after func()) (stop func()) { return func() {} }
