//go:build !windows

package cli

// systemLanguage is known from the environment alone.
func systemLanguage() string { return "" }
