// Package rules is what wsalog knows: the catalogue of codes, their texts, the
// distinctive words of the Windows system texts, and the context rules by which
// an ambiguous spelling is judged. It is data and the parser of users' rules; it
// searches no log, compiles no rule's pattern and imports nothing of the project.
//
// Everything it returns is shared and must not be modified; all functions are
// safe for use by several goroutines.
package rules

import (
	"sort"
	"strings"
	"sync"
)

// A Code is one row of the catalogue.
type Code struct {
	Number    int      // as WSAGetLastError returns it
	Name      string   // canonical name, such as WSAECONNREFUSED
	Aliases   []string // other names in upper case, documented or seen in logs
	Part      Part
	Class     Class
	Severity  Severity
	Posix     string // the POSIX name of the same condition, if there is one
	DotNet    string // member of System.Net.Sockets.SocketError, if there is one
	Libuv     int    // libuv's number on Windows, 0 if libuv has none
	LibuvName string // the POSIX-like name that libuv prints for Libuv
	LibuvEAI  int    // libuv's number for the same answer of getaddrinfo, or 0
	SeeAlso   []int  // codes that a reader is likely to confuse with this one
}

// First and Last bound the range of numbers that only WinSock uses.
const (
	First = 10004
	Last  = 11033
)

// Codes returns the catalogue in number order.
func Codes() []Code { return catalogue[:] }

// Lookup finds a code by number.
func Lookup(number int) (*Code, bool) {
	i := sort.Search(len(catalogue), func(i int) bool { return catalogue[i].Number >= number })
	if i < len(catalogue) && catalogue[i].Number == number {
		return &catalogue[i], true
	}
	return nil, false
}

// ByName finds a code by its canonical name or an alias, in any case.
func ByName(name string) (*Code, bool) {
	c, ok := names()[strings.ToUpper(name)]
	return c, ok
}

var names = sync.OnceValue(func() map[string]*Code {
	m := make(map[string]*Code, 2*len(catalogue))
	for i := range catalogue {
		c := &catalogue[i]
		for _, n := range append([]string{c.Name}, c.Aliases...) {
			m[n] = c
		}
	}
	return m
})
