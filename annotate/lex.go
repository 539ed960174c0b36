package annotate

// A line is searched for peer and call in a window around its first hit.
const (
	windowBefore = 1024
	windowAfter  = 768
	maxTokens    = 320
)

// The kinds of tokens.
type tokenKind uint8

const (
	tokWord   tokenKind = iota // letters, digits and _, beginning with a letter
	tokName                    // a word with dots or dashes: perhaps a host
	tokNumber                  // digits only
	tokIP4
	tokIP6
)

// A token is a word, number or address of a line.
type token struct {
	start, end int
	kind       tokenKind
	url        bool // the host of a URL
	path       bool // part of a file path, or behind an @
	masked     bool // part of a hit or of the sentence that holds it
	wordInfo
}

// A lexer cuts a line into tokens. Its slices are reused from line to line.
type lexer struct {
	b     []byte
	toks  []token
	spans []Span // of the hits, within b
	mask  []Span // the hits with the sentences around them
	wide  bool   // the line holds Cyrillic or East Asian letters
}

// tokenByte marks the bytes that words and names are made of.
var tokenByte = func() (t [256]uint8) {
	for c := range 256 {
		switch {
		case c >= 'A' && c <= 'Z':
			t[c] = byteUpper
		case isLetter(byte(c)):
			t[c] = byteLower
		case isDigit(byte(c)):
			t[c] = byteDigit
		case c == '.' || c == '-':
			t[c] = byteDot
		case c == '_':
			t[c] = byteJoin
		}
	}
	return t
}()

const (
	byteLower = 1 << iota
	byteUpper
	byteDigit
	byteDot
	byteJoin
	byteCamel // not of a byte: a capital stood behind a letter
)

// run cuts l.b into tokens.
func (l *lexer) run() {
	b := l.b
	l.toks, l.wide = l.toks[:0], false
	for i := 0; i < len(b) && len(l.toks) < maxTokens; {
		c := b[i]
		if !isAlnum(c) {
			if c == ':' && at(b, i+1) == ':' && (i == 0 || !isAlnum(b[i-1])) {
				if end, ok := scanIP6(b, i); ok {
					i = l.add(token{start: i, end: end, kind: tokIP6})
					continue
				}
			}
			l.wide = l.wide || c >= 0xd0
			i++
			continue
		}
		if c == 'u' && i > 0 && b[i-1] == '\\' && isHex4(b, i+1) {
			i += 5 // JSON's \u003e
			continue
		}
		if isHexDigit(c) {
			if end, ok := scanIP6(b, i); ok {
				i = l.add(token{start: i, end: end, kind: tokIP6})
				continue
			}
		}
		i = l.word(i)
	}
}

// word adds the word, name, number or IPv4 address at b[i] and returns where to
// go on.
func (l *lexer) word(i int) int {
	b := l.b
	j := i
	var seen, last uint8
	for ; j < len(b); j++ {
		kind := tokenByte[b[j]]
		if kind == 0 {
			break
		}
		if kind == byteUpper && last&(byteUpper|byteLower) != 0 {
			seen |= byteCamel
		}
		seen |= kind
		last = kind
	}
	for !isAlnum(b[j-1]) {
		j--
	}
	t := token{start: i, end: j}
	switch n := digits(b, i); {
	case i+n == j:
		t.kind = tokNumber
	case n > 0 && isIP4(b[i:j]):
		t.kind = tokIP4
	case seen&byteDot == 0:
		t.wordInfo = lookUp(b[i:j])
		if seen&(byteCamel|byteJoin) != 0 && t.wordInfo == (wordInfo{}) {
			t.wordInfo = compound(b[i:j])
		}
	default:
		// A dash may part an address from what follows, as in 10.0.0.1-10.0.0.9.
		t.kind = tokName
		t.wordInfo = dotted(b[i:j])
	}
	if t.kind != tokNumber && hasScheme(b, j) {
		return l.url(j + 3)
	}
	return l.add(t)
}

// dotted looks up the last part of names such as Socket.connect.
func dotted(w []byte) wordInfo {
	for i := len(w) - 1; i >= 0; i-- {
		if w[i] == '.' {
			info := lookUp(w[i+1:])
			if info == (wordInfo{}) {
				info = compound(w[i+1:])
			}
			if info.call == callNone {
				return wordInfo{}
			}
			return wordInfo{call: info.call, weight: info.weight}
		}
	}
	return lookUp(w)
}

// compound recognises calls in the parts of snake_case and CamelCase words.
func compound(w []byte) wordInfo {
	if len(w) < 6 {
		return wordInfo{}
	}
	start, camel := 0, false
	for i := 1; i <= len(w); i++ {
		if i == len(w) || w[i] == '_' {
			if start > 0 || i < len(w) {
				if info := lookUp(w[start:i]); info.call != callNone && info.weight > weightNeedsShape {
					return wordInfo{call: info.call, weight: weightWord}
				}
			}
			start = i + 1
			continue
		}
		if w[i] >= 'A' && w[i] <= 'Z' && isLetter(w[i-1]) {
			camel = true
		}
	}
	if !camel {
		return wordInfo{}
	}
	for i := range callEndings {
		e := &callEndings[i]
		if n := len(w) - len(e.end); n > 1 && equalFold(w[n:], e.end) && w[n] < 'a' {
			return wordInfo{call: e.call, weight: weightWord}
		}
	}
	if len(w) > 7 && equalFold(w[:7], "wsarecv") {
		return wordInfo{call: callRecv, weight: weightVerb}
	}
	if len(w) > 7 && equalFold(w[:7], "wsasend") {
		return wordInfo{call: callSend, weight: weightVerb}
	}
	return wordInfo{}
}

// equalFold compares w to a lower-case word, ignoring the case of w.
func equalFold(w []byte, low string) bool {
	if len(w) != len(low) {
		return false
	}
	for i := range w {
		if lower(w[i]) != low[i] {
			return false
		}
	}
	return true
}

// url adds the host of a URL, whose authority begins at b[i], and its port, and
// skips the rest.
func (l *lexer) url(i int) int {
	b := l.b
	end := i
	for end < len(b) && !urlEnd[b[end]] {
		end++
	}
	slash := i
	for j := i; j < end; j++ {
		if slash = j; b[j] == '/' || b[j] == '?' {
			break
		}
		slash = j + 1
		if b[j] == '@' {
			i = j + 1
		}
	}
	if at(b, i) == '[' {
		if e, ok := scanIP6(b, i+1); ok {
			l.add(token{start: i + 1, end: e, kind: tokIP6, url: true})
			l.urlPort(e + 1)
		}
		return max(end, i+1)
	}
	j := i
	for j < slash && tokenByte[b[j]] != 0 {
		j++
	}
	if j > i && isAlnum(b[j-1]) {
		kind := tokName
		if isIP4(b[i:j]) {
			kind = tokIP4
		}
		l.add(token{start: i, end: j, kind: kind, url: true})
		l.urlPort(j)
	}
	return max(end, i)
}

// urlPort adds the port of a URL whose host ends at b[i].
func (l *lexer) urlPort(i int) {
	if n := digits(l.b, i+1); at(l.b, i) == ':' && n > 0 {
		l.add(token{start: i + 1, end: i + 1 + n, kind: tokNumber})
	}
}

// urlEnd marks the bytes that end a URL in running text.
var urlEnd = func() (t [256]bool) {
	for c := range t {
		t[c] = c <= ' ' || c >= 0x80
	}
	for _, c := range "\"'<>|\\^`{},;)" {
		t[c] = true
	}
	return t
}()

func hasScheme(b []byte, i int) bool {
	return at(b, i) == ':' && at(b, i+1) == '/' && at(b, i+2) == '/'
}

// add stores a token and returns its end.
func (l *lexer) add(t token) int {
	if t.start > 0 && !t.url {
		switch c := l.b[t.start-1]; c {
		case '/', '@':
			t.path = true
		case '\\':
			// Two backslashes behind a blank begin the name of a server.
			t.path = !(t.start > 1 && l.b[t.start-2] == '\\' && (t.start == 2 || l.b[t.start-3] == ' '))
		}
	}
	for _, s := range l.mask {
		if t.start < s.End && s.Start < t.end {
			t.masked = true
			break
		}
	}
	l.toks = append(l.toks, t)
	return t.end
}

// gap returns the text between token k and the one before it.
func (l *lexer) gap(k int) []byte {
	if k == 0 {
		return l.b[:l.toks[0].start]
	}
	return l.b[l.toks[k-1].end:l.toks[k].start]
}

// text returns token k's bytes.
func (l *lexer) text(k int) []byte { return l.b[l.toks[k].start:l.toks[k].end] }
