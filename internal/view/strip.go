package view

import "bytes"

// Mark opens a note in a pipe or file.
const Mark = "  « "

// Strip removes the note from a line of annotated output and returns the line as
// the log has it. The line may end in \n, \r\n or nothing; its end is kept. A
// line without a note comes back as it is, since a View gives an empty note to
// each line whose own text holds the mark. The result shares no memory with
// line when a note was removed from before a line end.
func Strip(line []byte) []byte {
	text, end := splitEnd(line)
	at := bytes.LastIndex(text, []byte(Mark))
	if at < 0 {
		return line
	}
	if len(end) == 0 {
		return line[:at]
	}
	return append(append(make([]byte, 0, at+len(end)), line[:at]...), end...)
}

// splitEnd parts a line from its terminator. A lone carriage return is content.
func splitEnd(line []byte) (text, end []byte) {
	n := len(line)
	switch {
	case n == 0 || line[n-1] != '\n':
		return line, nil
	case n > 1 && line[n-2] == '\r':
		return line[:n-2], line[n-2:]
	}
	return line[:n-1], line[n-1:]
}

// indexMark finds the mark in p, or returns -1. It looks for the mark's rarest
// byte, which neither ASCII nor East Asian UTF-8 holds.
func indexMark(p []byte) int {
	const lead = 0xc2 // first byte of «
	tries := 0
	for at := 0; ; {
		i := bytes.IndexByte(p[at:], lead)
		if i < 0 {
			return -1
		}
		if i += at; i >= 2 && i+3 <= len(p) && string(p[i-2:i+3]) == Mark {
			return i - 2
		}
		at = i + 1
		if tries++; tries > 64 && tries > at/32 { // text full of that byte
			if i = bytes.Index(p[max(at-2, 0):], []byte(Mark)); i >= 0 {
				i += max(at-2, 0)
			}
			return i
		}
	}
}
