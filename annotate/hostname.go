package annotate

import "bytes"

// isDomain reports whether t is a dotted name that ends like a host's.
func (t *token) isDomain() bool { return t.sets&setDomain != 0 }

// isLabel reports whether w could be the name of a host at all.
func isLabel(w []byte) bool {
	letter := false
	for _, c := range w {
		letter = letter || isLetter(c)
	}
	return letter && len(w) <= 253
}

// looksLikeMachine reports whether t, a name without dots, is built like a machine's,
// such as srv-app02, and not like the name of a thread or a job.
func (l *lexer) looksLikeMachine(t *token) bool {
	digit := false
	for _, c := range l.b[t.start:t.end] {
		if c == '.' || c == '_' {
			return false
		}
		digit = digit || isDigit(c)
	}
	dash := bytes.IndexByte(l.b[t.start:t.end], '-')
	return digit && dash > 0 && l.known(t.start, t.start+dash).parts&partWork == 0
}

// hasDigitOrDash reports whether a single word looks like a host's name rather
// than a word of prose.
func hasDigitOrDash(w []byte) bool {
	for _, c := range w {
		if isDigit(c) || c == '-' {
			return true
		}
	}
	return false
}
