package matcher

import (
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"
)

// mark stands for the candidate in a window; private use, so that no log holds
// it by accident.
const mark = '\uE000'

// Reach of a window around its candidate, in bytes of the line.
const (
	reachBefore = 160
	reachAfter  = 100
)

// appendWindow appends the candidate's window to dst: the text around line[start:end]
// in lower case, the candidate as one mark, other digit runs as 0, white space
// as one blank, JSON and XML escapes undone, terminal colours dropped, wide and
// typographic punctuation as ASCII, random ids as x0. It returns the index of the mark. Equal windows get equal verdicts, whatever
// hosts, times and ids the line names.
func appendWindow(dst []rune, line []byte, start, end int) ([]rune, int) {
	from := max(0, start-reachBefore)
	for from < start && !utf8.RuneStart(line[from]) {
		from++
	}
	dst = appendFolded(dst, line[from:start])
	dst = maskIDs(dst, 0)
	at := len(dst)
	dst = append(dst, mark)
	to := min(len(line), end+reachAfter)
	return maskIDs(appendFolded(dst, line[end:to]), at+1), at
}

// Marks of a random id: letters and digits that change places often.
const (
	idRuns   = 3 // runs of digits, at least
	idLength = 6 // letters and runs, at least
)

// maskIDs shortens the random ids in window[from:] to one shape, so that lines
// which differ in nothing else have equal windows.
func maskIDs(window []rune, from int) []rune {
	out := from
	for i := from; i < len(window); {
		word, runs := i, 0
		for i < len(window) && (window[i] == '0' || window[i] >= 'a' && window[i] <= 'z') {
			if window[i] == '0' {
				runs++
			}
			i++
		}
		if runs >= idRuns && i-word >= idLength {
			window[out], window[out+1] = 'x', '0'
			out += 2
		} else {
			if out != word { // until the first id, all stands where it belongs
				copy(window[out:], window[word:i])
			}
			out += i - word
		}
		if i < len(window) {
			window[out] = window[i]
			out, i = out+1, i+1
		}
	}
	return window[:out]
}

// plainOf maps a byte to what stands for it in a window; 0 for those that need a
// closer look.
var plainOf = func() (t [256]byte) {
	for b := range utf8.RuneSelf {
		switch c := byte(b); {
		case isDigit(c):
			t[b] = '0'
		case c >= 'A' && c <= 'Z':
			t[b] = c + 'a' - 'A'
		case c == '\\' || c == '&' || c == 0x1B:
		case c <= ' ':
			t[b] = ' '
		default:
			t[b] = c
		}
	}
	return t
}()

// appendFolded appends the plain form of s, which has at most as many runes as s has
// bytes.
func appendFolded(dst []rune, s []byte) []rune {
	dst = slices.Grow(dst, len(s))
	for i := 0; i < len(s); {
		n := len(dst)
		out, last := dst[n:n+len(s)-i], rune(-1)
		if n > 0 {
			last = dst[n-1]
		}
		n = 0
		for ; i < len(s); i++ {
			r := rune(plainOf[s[i]])
			if r == 0 {
				break
			}
			if r != last || r != '0' && r != ' ' { // they count once
				out[n] = r
				n++
			}
			last = r
		}
		dst = dst[:len(dst)+n]
		if i < len(s) {
			dst, i = appendUnusual(dst, s, i)
		}
	}
	return dst
}

// appendUnusual appends what stands for s[i], which takes a closer look, and returns
// the place behind it.
func appendUnusual(dst []rune, s []byte, i int) ([]rune, int) {
	switch s[i] {
	case '\\':
		return appendEscape(dst, s, i)
	case '&':
		return appendEntity(dst, s, i)
	case 0x1B:
		return dst, skipColour(s, i+1)
	}
	r, size := utf8.DecodeRune(s[i:])
	return append(dst, foldRune(r)), i + size
}

// appendOnce appends r unless it is there already: digit runs and white space
// count once.
func appendOnce(dst []rune, r rune) []rune {
	if n := len(dst); n > 0 && dst[n-1] == r {
		return dst
	}
	return append(dst, r)
}

// foldRune lowers letters and makes wide and typographic punctuation ASCII.
func foldRune(r rune) rune {
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		return unicode.ToLower(r - 0xFF01 + '!')
	case r == '‘' || r == '’' || r == '`':
		return '\''
	case r == '“' || r == '”' || r == '„' || r == '«' || r == '»':
		return '"'
	case r == '　' || r == 0xA0:
		return ' '
	case r == '【':
		return '['
	case r == '】':
		return ']'
	case r < 0x600:
		return unicode.ToLower(r)
	}
	return r
}

// appendEscape undoes one run of backslashes at s[i] with what it escapes.
func appendEscape(dst []rune, s []byte, i int) ([]rune, int) {
	n := i
	for n < len(s) && s[n] == '\\' {
		n++
	}
	if n == len(s) {
		return append(dst, '\\'), n
	}
	switch c := s[n]; {
	case c == 'n' || c == 'r' || c == 't':
		return appendOnce(dst, ' '), n + 1
	case c == '"' || c == '\'' || c == '/':
		return append(dst, rune(c)), n + 1
	case c == 'u' && n+5 <= len(s):
		if v, ok := hexValue(s[n+1 : n+5]); ok {
			if v == 0x1B {
				return dst, skipColour(s, n+5)
			}
			return append(dst, foldRune(v)), n + 5
		}
	case c == 'x' && n+3 <= len(s) && string(s[n+1:n+3]) == "1b":
		return dst, skipColour(s, n+3)
	}
	return append(dst, '\\'), n
}

func hexValue(s []byte) (rune, bool) {
	var v rune
	for _, b := range s {
		switch {
		case b >= '0' && b <= '9':
			v = v<<4 | rune(b-'0')
		case b|0x20 >= 'a' && b|0x20 <= 'f':
			v = v<<4 | rune(b|0x20-'a'+10)
		default:
			return 0, false
		}
	}
	return v, true
}

var entities = [...]struct {
	text string
	r    rune
}{{"&quot;", '"'}, {"&apos;", '\''}, {"&#39;", '\''}, {"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&#10;", ' '}, {"&#13;", ' '}}

func appendEntity(dst []rune, s []byte, i int) ([]rune, int) {
	for _, e := range entities {
		if len(s)-i >= len(e.text) && string(s[i:i+len(e.text)]) == e.text {
			return append(dst, e.r), i + len(e.text)
		}
	}
	return append(dst, '&'), i + 1
}

// skipColour returns the place after the rest of a control sequence whose escape
// byte ended at i.
func skipColour(s []byte, i int) int {
	if i >= len(s) || s[i] != '[' {
		return i
	}
	for i++; i < len(s); i++ {
		if s[i] >= 0x40 && s[i] <= 0x7E {
			return i + 1
		}
	}
	return i
}

// hashWindow mixes the runes of a window, two at a time, so that 128 bits stand for it
// in the memo.
func hashWindow(window []rune, seed uint64) [2]uint64 {
	const p, q = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F
	a, b := seed^p, seed*q+uint64(len(window))
	mix := func(x uint64) {
		a = (bits.RotateLeft64(a, 31) ^ x) * p
		b = (bits.RotateLeft64(b, 29) ^ x) * q
	}
	for ; len(window) >= 2; window = window[2:] {
		mix(uint64(window[0])<<32 | uint64(window[1]))
	}
	if len(window) > 0 {
		mix(uint64(window[0]))
	}
	return [2]uint64{a ^ a>>32, b ^ b>>32}
}

// unescape appends line to dst with its \uXXXX escapes and numeric entities undone,
// and to places the offset in line of every byte appended, with one more for the
// end.
func unescape(dst []byte, places []int32, line []byte) ([]byte, []int32) {
	for i := 0; i < len(line); {
		if r, next := escapedRune(line, i); next > i {
			from := len(dst)
			dst = utf8.AppendRune(dst, r)
			for range len(dst) - from {
				places = append(places, int32(i))
			}
			i = next
			continue
		}
		// A run of backslashes that escapes nothing is copied whole: to look behind
		// each of them would take the square of its length.
		next := i + 1
		for line[i] == '\\' && next < len(line) && line[next] == '\\' {
			next++
		}
		for ; i < next; i++ {
			dst, places = append(dst, line[i]), append(places, int32(i))
		}
	}
	return dst, append(places, int32(len(line)))
}

// escapedRune reads the escape or entity at line[i] and returns the character and
// the place behind it, or i where there is none.
func escapedRune(line []byte, i int) (rune, int) {
	switch line[i] {
	case '\\':
		n := i
		for n < len(line) && line[n] == '\\' {
			n++
		}
		if n+5 <= len(line) && line[n] == 'u' {
			if v, ok := hexValue(line[n+1 : n+5]); ok {
				return v, n + 5
			}
		}
	case '&':
		end := i + 2
		for end < len(line) && isDigit(line[end]) && end-i < 8 {
			end++
		}
		if end > i+2 && end < len(line) && line[i+1] == '#' && line[end] == ';' {
			return rune(atoi(line[i+2 : end])), end + 1
		}
	}
	return 0, i
}

// atoi reads an ASCII decimal number, -1 when s is none or too long.
func atoi(s []byte) int {
	if len(s) == 0 || len(s) > 9 {
		return -1
	}
	n := 0
	for _, b := range s {
		if !isDigit(b) {
			return -1
		}
		n = n*10 + int(b-'0')
	}
	return n
}
