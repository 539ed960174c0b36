// Package survey learns in one pass over text what several parts of the pipeline
// ask of it: how many line ends there are, whether all is ASCII, and where a line
// begins with #.
package survey

import (
	"bytes"

	"wsalog/internal/charset"
)

// A Found is what a pass has found.
type Found struct {
	// End is where the pass stopped: at the first '#' that stands just behind a line
	// end and behind the offset where the pass began, or at the end of the text.
	End   int
	Lines int  // bytes 0x0A before End
	ASCII bool // none of the bytes before End is above 0x7F
}

// Text looks at b from an offset on, which must be within b or its length. It may be
// called from several goroutines.
func Text(b []byte, from int) Found { return text(b, from, rest) }

// On is Text from behind the first byte on: at is not 0, and a '#' there counts if it
// follows a line end.
func On(b []byte, at int) Found { return rest(b, at) }

const marker = '#'

// text is Text with rest for all behind the first byte, where '#' would not count.
func text(b []byte, from int, rest func(b []byte, at int) Found) Found {
	if from == len(b) {
		return Found{End: from, ASCII: true}
	}
	f := rest(b, from+1)
	if b[from] == '\n' {
		f.Lines++
	}
	f.ASCII = f.ASCII && b[from] < 0x80
	return f
}

// restPortable looks at b from at on, which is not 0, for every processor. It is made
// of searches for one byte, of which the standard library has quick ones.
func restPortable(b []byte, at int) Found {
	end := hash(b, at)
	return Found{End: end, Lines: bytes.Count(b[at:end], []byte{'\n'}), ASCII: charset.FirstNonASCII(b[at:end]) < 0}
}

// hash returns the offset of the first '#' at or behind at that follows a line end, or
// len(b). It goes from # to # since logs with a # on each line would send
// bytes.Index into its slow path.
func hash(b []byte, at int) int {
	for ; at < len(b); at++ {
		i := bytes.IndexByte(b[at:], marker)
		if i < 0 {
			break
		}
		if at += i; b[at-1] == '\n' {
			return at
		}
	}
	return len(b)
}
