package block

import "bytes"

// fieldsHeader begins the line of a W3C log that names its columns. It may come
// back anywhere in a file, since the web server writes it at each start.
const fieldsHeader = "#Fields:"

// startsHeader reports whether b begins with a #Fields: header.
func (n Newline) startsHeader(b []byte) bool {
	if n == Byte {
		return len(b) >= len(fieldsHeader) && string(b[:len(fieldsHeader)]) == fieldsHeader
	}
	if len(b) < 2*len(fieldsHeader) {
		return false
	}
	low, high := 0, 1
	if n == BE {
		low, high = 1, 0
	}
	for i := range len(fieldsHeader) {
		if b[2*i+low] != fieldsHeader[i] || b[2*i+high] != 0 {
			return false
		}
	}
	return true
}

// nextHeader returns the offset of the first line after the first one in b that
// is a #Fields: header, or len(b), in UTF-16. Elsewhere Span.survey looks for it.
//
// It walks from # to # rather than calling bytes.Index: logs with a # on each
// line would send that into its slow path.
func (n Newline) nextHeader(b []byte) int {
	for from := 1; from < len(b); {
		i := bytes.IndexByte(b[from:], '#')
		if i < 0 {
			break
		}
		at := from + i
		if n == BE {
			at--
		}
		if n.endsLine(b, at) && n.startsHeader(b[at:]) {
			return at
		}
		from += i + 1
	}
	return len(b)
}

// endsLine reports whether a line end of UTF-16 stands just before offset at.
func (n Newline) endsLine(b []byte, at int) bool {
	if at < 2 || at%2 != 0 {
		return false
	}
	if n == LE {
		return b[at-2] == '\n' && b[at-1] == 0
	}
	return b[at-1] == '\n' && b[at-2] == 0
}
