package annotate

import "bytes"

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
	sets wordSet
}

// A lexer cuts a line into tokens. Its slices are reused from line to line.
type lexer struct {
	b     []byte
	low   []byte // b folded, with maxWord bytes behind it that mean nothing
	toks  []token
	spans []Span // of the hits, within b
	mask  []Span // the hits with the sentences around them

	around Span // all of mask
	wide   bool // the line holds Cyrillic or East Asian letters
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

	byteLetter = byteLower | byteUpper
	byteAlnum  = byteLetter | byteDigit
)

// behindWords can be read behind every folded line.
var behindWords [maxWord]byte

// run cuts l.b into tokens.
func (l *lexer) run() {
	b := l.b
	l.low = append(appendFolded(l.low[:0], b), behindWords[:]...)
	if l.toks == nil {
		l.toks = make([]token, 0, maxTokens+1) // a URL adds two
	}
	l.toks, l.wide = l.toks[:0], false
	l.around = Span{len(b), 0}
	for _, s := range l.mask {
		l.around = Span{min(s.Start, l.around.Start), max(s.End, l.around.End)}
	}
	for i := 0; i < len(b) && len(l.toks) < maxTokens; {
		c := b[i]
		switch {
		case tokenByte[c]&byteAlnum != 0:
			if c == 'u' && i > 0 && b[i-1] == '\\' && isHex4(b, i+1) {
				i += 5 // JSON's \u003e
				continue
			}
			i = l.word(i)
			continue
		case c == ':' && at(b, i+1) == ':' && (i == 0 || !isAlnum(b[i-1])):
			if end, ok := scanIP6(b, i); ok {
				l.add(i, end, tokIP6)
				i = end
				continue
			}
		case c >= 0xd0:
			l.wide = true
		}
		i++
	}
}

// word adds the word, name, number or address at b[i] and returns where to go on.
func (l *lexer) word(i int) int {
	b := l.b
	first, inner := tokenByte[b[i]], uint8(0)
	j := i + 1
	for ; j < len(b); j++ {
		kind := tokenByte[b[j]]
		if kind == 0 {
			break
		}
		inner |= kind
	}
	if j-i <= 4 && j < len(b) && b[j] == ':' && isHexDigit(b[i]) {
		if end, ok := scanIP6(b, i); ok {
			l.add(i, end, tokIP6)
			return end
		}
	}
	seen := first | inner
	if seen&(byteDot|byteJoin) != 0 {
		for !isAlnum(b[j-1]) {
			j--
		}
	}
	kind := tokName
	switch {
	case seen&byteLetter == 0 && digits(b, i) == j-i:
		l.add(i, j, tokNumber)
		return j
	case seen&byteLetter == 0 && isIP4(b[i:j]):
		kind = tokIP4
	case seen&byteDot == 0:
		kind = tokWord
	}
	if hasScheme(b, j) {
		return l.url(j + 3)
	}
	t := l.add(i, j, kind)
	switch kind {
	case tokWord:
		k := l.known(i, j)
		t.wordInfo, t.sets = k.wordInfo, k.sets
		if inner&(byteUpper|byteJoin) != 0 && t.wordInfo == (wordInfo{}) {
			t.wordInfo = l.compound(i, j)
		}
	case tokName:
		// A dash may part an address from what follows, as in 10.0.0.1-10.0.0.9.
		t.wordInfo, t.sets = l.dotted(i, j)
	}
	return j
}

// known returns what is known about the word l.b[start:end], whatever its case.
func (l *lexer) known(start, end int) *knownWord {
	if end-start > maxWord {
		return &words.words[0]
	}
	return words.find(l.low[start:], end-start)
}

// dotted looks up a name: the last part of such as Socket.connect, or the whole where
// it has no dots.
func (l *lexer) dotted(start, end int) (wordInfo, wordSet) {
	dot := bytes.LastIndexByte(l.b[start:end], '.')
	if dot < 0 {
		k := l.known(start, end)
		return k.wordInfo, k.sets
	}
	last := start + dot + 1
	k := l.known(last, end)
	info := k.wordInfo
	if info == (wordInfo{}) {
		info = l.compound(last, end)
	}
	if info.call == callNone { // else it has no role
		info = wordInfo{}
	}
	return info, l.ending(k, start, end, last)
}

// ending tells whether l.b[start:end] is named like a file or like a host, by its last
// part, which begins at l.b[last] and is k.
func (l *lexer) ending(k *knownWord, start, end, last int) wordSet {
	switch w := l.b[start:end]; {
	case k.parts&partFile != 0:
		return setFile
	case last == start+1 || bytes.IndexByte(w, '_') > 0:
		return 0
	case k.parts&partDomain != 0 || end-last == 2 && isLower(l.b[last]) && isLower(l.b[last+1]):
		return setDomain
	}
	return 0
}

func isLower(c byte) bool { return c-'a' < 26 }

// compound recognises calls in the parts of snake_case and CamelCase words.
func (l *lexer) compound(begin, end int) wordInfo {
	w := l.b[begin:end]
	if len(w) < 6 {
		return wordInfo{}
	}
	start, camel := 0, false
	for i := 1; i <= len(w); i++ {
		if i == len(w) || w[i] == '_' {
			if start > 0 || i < len(w) {
				k := l.known(begin+start, begin+i)
				if k.call != callNone && k.weight > weightNeedsShape {
					return wordInfo{call: k.call, weight: weightWord}
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
		if n := len(w) - len(e.end); n > 1 && w[n] < 'a' && equalFold(w[n:], e.end) {
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
			l.push(i+1, e, tokIP6).url = true
			l.urlPort(e + 1)
		}
		return max(end, i+1)
	}
	j := i
	for j < slash && tokenByte[b[j]] != 0 {
		j++
	}
	if j > i && isAlnum(b[j-1]) {
		t := l.push(i, j, tokName)
		if t.url = true; isIP4(b[i:j]) {
			t.kind = tokIP4
		} else {
			_, t.sets = l.dotted(i, j)
		}
		l.urlPort(j)
	}
	return max(end, i)
}

// urlPort adds the port of a URL whose host ends at b[i].
func (l *lexer) urlPort(i int) {
	if n := digits(l.b, i+1); at(l.b, i) == ':' && n > 0 {
		l.add(i+1, i+1+n, tokNumber)
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

// add stores a token and tells whether it is part of a path.
func (l *lexer) add(start, end int, kind tokenKind) *token {
	t := l.push(start, end, kind)
	if start == 0 {
		return t
	}
	switch l.b[start-1] {
	case '/', '@':
		t.path = true
	case '\\':
		// Two backslashes behind a blank begin the name of a server.
		t.path = !(start > 1 && l.b[start-2] == '\\' && (start == 2 || l.b[start-3] == ' '))
	}
	return t
}

// push stores a token in place: one that is made elsewhere and copied waits for its
// parts to be written.
func (l *lexer) push(start, end int, kind tokenKind) *token {
	n := len(l.toks)
	l.toks = l.toks[:n+1]
	t := &l.toks[n]
	*t = token{start: start, end: end, kind: kind}
	if start < l.around.End && l.around.Start < end {
		t.masked = l.isMasked(start, end)
	}
	return t
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

// spells reports whether token k is the lower-case word want, without underscores, in
// whatever case.
func (l *lexer) spells(k int, want string) bool {
	t := &l.toks[k]
	return string(l.low[t.start:t.end]) == want
}
