// Command wsalog explains the Windows Sockets errors in logs; see README.md.
package main

import (
	"os"

	"wsalog/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
