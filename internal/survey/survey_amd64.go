//go:build !purego && gc && amd64

package survey

import "golang.org/x/sys/cpu"

// surveyAVX2 looks at blocks of 64 bytes and stops before the first one that has a line end
// with '#' behind it, or where fewer than 65 bytes are left. n is a multiple of 64;
// lines counts the line ends in b[:n], and high tells of bytes above 0x7F there.
//
//go:noescape
func surveyAVX2(b []byte) (n, lines int, high bool)

func text(b []byte, from int) Found {
	if !cpu.X86.HasAVX2 {
		return textPortable(b, from)
	}
	return textAVX2(b, from)
}

// textAVX2 is Text with surveyAVX2. What that leaves is at most one block and a byte.
func textAVX2(b []byte, from int) Found {
	n, lines, high := surveyAVX2(b[from:])
	f := textPortable(b, from+n)
	f.Lines += lines
	f.ASCII = f.ASCII && !high
	return f
}

// implName says which implementation Text uses.
func implName() string {
	if cpu.X86.HasAVX2 {
		return "avx2"
	}
	return "portable"
}
