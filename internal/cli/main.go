// Package cli turns flags, environment and files into a run of wsalog. It is
// the only package that reads flags, environment, clock and terminal, prints
// for people, and chooses exit codes.
package cli

import (
	"fmt"
	"os"
)

// Main runs wsalog with args (without the program's name) and returns the exit
// status. It never calls os.Exit.
func Main(args []string, stdin, stdout, stderr *os.File) int {
	fmt.Fprintln(stderr, "wsalog: nothing is wired yet")
	return 2
}
