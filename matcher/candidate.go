package matcher

import (
	"strings"

	"wsalog/matcher/fold"
	"wsalog/rules"
)

// A candidate is a spelling at a place where it may stand, not judged yet.
type candidate struct {
	code, also int
	form       rules.Form
	variety    string
	related    bool
	start, end int // in the line
}

// spelled turns an occurrence of a spelling at line[start:end] into a candidate.
// It reports false where the literal is part of something longer.
func spelled(line []byte, s *rules.Spelling, start, end int) (candidate, bool) {
	c := candidate{s.Code, s.Also, s.Form, s.Variety, s.Related, start, end}
	switch s.Form {
	case rules.FormName:
		return c, nameStands(line, start, end, s.Variety == rules.NameWSA)
	case rules.FormEnum:
		return c, string(line[start:end]) == s.Text && nameStands(line, start, end, false)
	case rules.FormDecimal:
		return c, numberStands(line, start, end)
	case rules.FormHex:
		return hexCandidate(c, line)
	case rules.FormHresult:
		if s.Text[0] == '2' {
			return hresultNumber(c, line)
		}
		return hresultHex(c, line)
	case rules.FormLibuv:
		return c, !digitAt(line, end) && !wordAt(line, start-1) && !digitAt(line, start-1)
	case rules.FormOffset:
		return offsetCandidate(c, line)
	}
	return c, phraseStands(line, start)
}

func byteAt(line []byte, i int) byte {
	if i < 0 || i >= len(line) {
		return ' '
	}
	return line[i]
}

func isDigit(b byte) bool  { return b >= '0' && b <= '9' }
func isLetter(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

func isBlank(b byte) bool { return b == ' ' || b == '\t' }

func digitAt(line []byte, i int) bool { return isDigit(byteAt(line, i)) }

// wordAt reports whether line[i] belongs to an identifier.
func wordAt(line []byte, i int) bool {
	b := byteAt(line, i)
	return isDigit(b) || isLetter(b) || b == '_'
}

// escapeAt reports whether the letter at i is the second half of \n, \r or \t.
func escapeAt(line []byte, i int) bool {
	b := byteAt(line, i)
	return (b == 'n' || b == 'r' || b == 't') && byteAt(line, i-1) == '\\'
}

// colourAt reports whether the letter at i ends a terminal colour sequence.
func colourAt(line []byte, i int) bool {
	if byteAt(line, i) != 'm' {
		return false
	}
	for i--; isDigit(byteAt(line, i)) || byteAt(line, i) == ';'; i-- {
	}
	return byteAt(line, i) == '['
}

// nameStands reports whether a name is a word of its own. The names that only
// WinSock has may carry a prefix such as ERR_.
func nameStands(line []byte, start, end int, wsa bool) bool {
	if wordAt(line, end) {
		return false
	}
	if !wordAt(line, start-1) || escapeAt(line, start-1) || colourAt(line, start-1) {
		return true
	}
	return wsa && byteAt(line, start-1) == '_'
}

// sentenceAt reports whether a sentence begins at i: some programs drop the line
// break between a number and its text, as in "10061Connection refused".
func sentenceAt(line []byte, i int) bool {
	b := byteAt(line, i)
	if b < 'A' || b > 'Z' {
		return false
	}
	for n := i + 1; n <= i+3; n++ {
		if b := byteAt(line, n); b < 'a' || b > 'z' {
			return false
		}
	}
	return true
}

// gluedWords are the words that programs print right before a number.
var gluedWords = []string{"error", "err", "errno", "code", "winerror", "wsa", "rc", "errorcode", "error_", "err_", "code_", "errno_", "wsa_"}

// numberStands reports whether the digits line[start:end] are a number of their
// own: no part of a longer number, word, version, IP address or fraction.
func numberStands(line []byte, start, end int) bool {
	if wordAt(line, end) && !sentenceAt(line, end) || digitJoin(line, end, 1) {
		return false
	}
	if digitJoin(line, start-1, -1) {
		return false
	}
	if !wordAt(line, start-1) || escapeAt(line, start-1) || colourAt(line, start-1) {
		return true
	}
	from := start
	for from > 0 && (isLetter(line[from-1]) || line[from-1] == '_') && start-from < 12 {
		from--
	}
	for _, w := range gluedWords {
		if fold.Equal(line[from:start], w) {
			return true
		}
	}
	return start-from == 1 && line[from] == 'E' && !wordAt(line, from-1)
}

// digitJoin reports whether line[i] joins the number to more digits, as a point,
// comma or hyphen between digits does. step is the direction away from it.
func digitJoin(line []byte, i, step int) bool {
	switch byteAt(line, i) {
	case '.':
		return digitAt(line, i+step)
	case '-':
		return digitAt(line, i+step) && !digitAt(line, i+6*step)
	}
	return false
}

// hexStart moves start over 0x, &H and zeros in front of hexadecimal digits, and
// says whether a prefix was there.
func hexStart(line []byte, start int) (int, bool) {
	i := start
	for i > 0 && line[i-1] == '0' {
		i--
	}
	if b := byteAt(line, i-1) | 0x20; b == 'x' && byteAt(line, i-2) == '0' {
		return i - 2, true
	}
	if b := byteAt(line, i-1) | 0x20; b == 'h' && byteAt(line, i-2) == '&' {
		return i - 2, true
	}
	if byteAt(line, i-1) == '$' && !wordAt(line, i-2) { // Pascal
		return i - 1, true
	}
	return i, false
}

func hexDigitAt(line []byte, i int) bool {
	b := byteAt(line, i)
	return isDigit(b) || b|0x20 >= 'a' && b|0x20 <= 'f'
}

// hexCandidate completes the spellings 0x274D and 0000274D.
func hexCandidate(c candidate, line []byte) (candidate, bool) {
	if line[c.end-1]|0x20 == 'h' {
		c.start, _ = hexStart(line, c.start)
		return c, !wordAt(line, c.end) && !wordAt(line, c.start-1)
	}
	if hexTail(line, c.end) {
		return c, false
	}
	if c.variety == rules.HexPrefixed {
		return c, !wordAt(line, c.start-1) || escapeAt(line, c.start-1)
	}
	var prefixed bool
	if c.start, prefixed = hexStart(line, c.start); prefixed || byteAt(line, c.end)|0x20 == 'h' {
		c.variety = rules.HexPrefixed
	}
	return c, !wordAt(line, c.start-1) || escapeAt(line, c.start-1)
}

// hexTail reports whether what follows hexadecimal digits makes them part of
// something longer. A C suffix L or U or the h of assemblers does not.
func hexTail(line []byte, end int) bool {
	if b := byteAt(line, end) | 0x20; b == 'l' || b == 'u' || b == 'h' {
		return wordAt(line, end+1)
	}
	return wordAt(line, end) || byteAt(line, end) == '-' && hexDigitAt(line, end+1)
}

// hresultHex completes 8007274D with its 0x, also sign-extended to 64 bits.
func hresultHex(c candidate, line []byte) (candidate, bool) {
	if hexTail(line, c.end) {
		return c, false
	}
	start, prefixed := hexStart(line, c.start)
	if !prefixed && start >= 8 && fold.Equal(line[start-8:start], "ffffffff") {
		start, prefixed = hexStart(line, start-8)
	}
	c.start = start
	if prefixed && c.variety == rules.HresultBare {
		c.variety = rules.HresultHex
	}
	b := byteAt(line, start-1)
	return c, !wordAt(line, start-1) && b != '-' || escapeAt(line, start-1) || colourAt(line, start-1)
}

// hresultNumber completes the ten digits of an HRESULT as a signed (with its
// minus) or unsigned number.
func hresultNumber(c candidate, line []byte) (candidate, bool) {
	unsigned := line[c.start+4] == '9' // 2147 9… against -2147 0…
	if !unsigned {
		if c.start == 0 || line[c.start-1] != '-' {
			return c, false
		}
		c.start--
	}
	return c, numberStands(line, c.start, c.end) || !wordAt(line, c.end) && !wordAt(line, c.start-1)
}

// offsetCandidate checks E730061 and checks 8000274D.
func offsetCandidate(c candidate, line []byte) (candidate, bool) {
	if c.variety == rules.OffsetAPR {
		if byteAt(line, c.start-1) == 'E' && !wordAt(line, c.start-2) {
			return c, !wordAt(line, c.end)
		}
		return c, numberStands(line, c.start, c.end)
	}
	if hexTail(line, c.end) {
		return c, false
	}
	c.start, _ = hexStart(line, c.start)
	return c, !wordAt(line, c.start-1)
}

// phraseStands reports whether a phrase begins at a word's start. Its end is open:
// programs glue endpoints to it and cut it.
func phraseStands(line []byte, start int) bool {
	if !isLetter(line[start]) {
		return true
	}
	return !isLetter(byteAt(line, start-1)) || escapeAt(line, start-1) || colourAt(line, start-1)
}

// shortCandidate reads the number behind a short cue that ends at i, and adds where it
// stands to reads.
func shortCandidate(line []byte, cue *rules.ShortCue, i int, reads *[]stretch) (candidate, bool) {
	limit := min(len(line), i+16)
	for i < limit && !isDigit(line[i]) {
		b := line[i]
		hex := cue.Hex && hexDigitAt(line, i) && hexDigitAt(line, i+1) && hexDigitAt(line, i+2) && hexDigitAt(line, i+3)
		if hex {
			break
		}
		if isLetter(b) && !glueWord(line, &i) {
			if strings.HasPrefix(cue.Text, "wsa") {
				return failedNumber(line, i, reads)
			}
			return candidate{}, false
		}
		if !isLetter(b) {
			i++
		}
	}
	end := i
	for hexDigitAt(line, end) && end-i < 5 {
		end++
	}
	if end == i || wordAt(line, end) || byteAt(line, end) == '.' && digitAt(line, end+1) {
		return candidate{}, false
	}
	*reads = append(*reads, stretch{i, end})
	return shortNumber(line[i:end], cue, i, end)
}

// failureReach is how many bytes behind the name of a function its failure may stand.
const failureReach = 80

// failedNumber reads the number behind "failed" or "error" that a function of WinSock
// whose name ends at i came to, as in "WSAIoctl(SIO_RCVALL, 4) on socket 3 failed: 87".
// What stands behind a comma outside brackets is said of something else.
func failedNumber(line []byte, i int, reads *[]stretch) (candidate, bool) {
	depth := 0
	for limit := min(len(line), i+failureReach); i < limit; i++ {
		switch line[i] {
		case '(':
			depth++
		case ')':
			depth--
		case ',', ';', '|':
			if depth <= 0 {
				return candidate{}, false
			}
		}
		for _, w := range [...]string{"failed", "error"} {
			if end := i + len(w); end <= limit && fold.Equal(line[i:end], w) {
				return shortCandidate(line, &rules.ShortCue{Text: w}, end, reads)
			}
		}
	}
	return candidate{}, false
}

// glueWord moves *i over a word that programs print between a cue and its number.
func glueWord(line []byte, i *int) bool {
	for _, w := range []string{"code", "is", "no", "number", "was", "of", "status", "with", "error"} {
		end := *i + len(w)
		if end <= len(line) && fold.Equal(line[*i:end], w) && !wordAt(line, end) {
			*i = end
			return true
		}
	}
	return false
}

func shortNumber(digits []byte, cue *rules.ShortCue, start, end int) (candidate, bool) {
	c := candidate{form: rules.FormDecimal, variety: rules.DecimalShort, start: start, end: end}
	n := atoi(digits)
	if cue.Oracle {
		c.form, c.variety, c.code = rules.FormOffset, rules.OffsetOracle, n+10000
		_, ok := rules.Lookup(c.code)
		return c, ok && n > 0 && n < 10000
	}
	if n >= rules.First {
		return c, false // a spelling of its own
	}
	if _, ok := rules.Lookup(n); ok {
		c.code = n
		return c, true
	}
	if _, ok := rules.LookupRelated(n); ok {
		c.code, c.related = n, true
		return c, true
	}
	if v, ok := hexValue(digits); ok && cue.Hex && len(digits) == 4 {
		if _, ok := rules.Lookup(int(v)); ok && v >= rules.First {
			c.code, c.form, c.variety = int(v), rules.FormHex, rules.HexBare
			return c, true
		}
	}
	return c, false
}
