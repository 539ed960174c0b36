//go:build !purego && gc && amd64

package survey

import "golang.org/x/sys/cpu"

// surveyAVX2 looks at blocks of 128 bytes of b from at on, which is not 0, and stops
// before the first one with a '#' that follows a line end, or where fewer bytes are
// left. n is how far it came; lines counts the line ends on its way, and high tells of
// bytes above 0x7F there.
//
//go:noescape
func surveyAVX2(b []byte, at int) (n, lines int, high bool)

func rest(b []byte, at int) Found {
	if !cpu.X86.HasAVX2 {
		return restPortable(b, at)
	}
	n, lines, high := surveyAVX2(b, at)
	f := restPortable(b, at+n) // at most one block
	f.Lines += lines
	f.ASCII = f.ASCII && !high
	return f
}
