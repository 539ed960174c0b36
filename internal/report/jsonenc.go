package report

import (
	"strconv"
	"time"
	"unicode/utf8"

	"wsalog/annotate"
)

const hexDigits = "0123456789abcdef"

// appendJSON appends s as a JSON string. Control characters (C0, DEL, C1), line
// separators and bidirectional controls are escaped, so that the output cannot
// steer a terminal that shows it; bytes that are not UTF-8 become U+FFFD.
func appendJSON[T string | []byte](dst []byte, s T) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if plainASCII[c] {
				i++
				continue
			}
			dst = append(dst, s[from:i]...)
			dst = appendEscaped(dst, c)
			i++
			from = i
			continue
		}
		r, n := decodeRune(s, i)
		if r == utf8.RuneError && n == 1 || steers(r) {
			dst = append(dst, s[from:i]...)
			dst = appendU(dst, r)
			from = i + n
		}
		i += n
	}
	dst = append(dst, s[from:]...)
	return append(dst, '"')
}

// appendValidJSON is appendJSON for text that is known to be UTF-8.
func appendValidJSON(dst, s []byte) []byte {
	dst = append(dst, '"')
	for i := 0; ; {
		n := i
		for n < len(s) && !checked[s[n]] {
			n++
		}
		dst = append(dst, s[i:n]...)
		if n == len(s) {
			return append(dst, '"')
		}
		if s[n] < utf8.RuneSelf {
			dst = appendEscaped(dst, s[n])
			i = n + 1
			continue
		}
		r, size := utf8.DecodeRune(s[n:])
		if i = n + size; steers(r) {
			dst = appendU(dst, r)
		} else {
			dst = append(dst, s[n:i]...)
		}
	}
}

// checked marks the bytes of UTF-8 that a JSON string may not hold as they are, or
// that a character begins with which it may not hold.
var checked = func() (t [256]bool) {
	for c := range t {
		t[c] = c < utf8.RuneSelf && !plainASCII[c]
	}
	for r := rune(utf8.RuneSelf); r <= 0xFFFF; r++ {
		if steers(r) {
			t[string(r)[0]] = true
		}
	}
	return t
}()

func decodeRune[T string | []byte](s T, i int) (rune, int) {
	var b [utf8.UTFMax]byte
	n := copy(b[:], s[i:])
	return utf8.DecodeRune(b[:n])
}

// steers reports whether a character above ASCII changes how the text around it
// is shown instead of showing itself.
func steers(r rune) bool {
	switch {
	case r < 0xA0: // C1 controls
		return true
	case r == 0x061C, r == 0x200E, r == 0x200F, r == 0xFEFF:
		return true
	case r >= 0x2028 && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
		return true
	}
	return false
}

// plainASCII marks the bytes that a JSON string may hold as they are.
var plainASCII = func() (t [utf8.RuneSelf]bool) {
	for c := 0x20; c < 0x7F; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

func appendEscaped(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	}
	return appendU(dst, rune(c))
}

// appendU appends r, which lies in the basic plane, as \uXXXX.
func appendU(dst []byte, r rune) []byte {
	return append(dst, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
}

// A stampWriter writes stamps. It remembers the day that it wrote last.
type stampWriter struct {
	day  int64  // since 1970
	date []byte // of day, as it is written; empty when there is none
}

const secondsADay = 24 * 60 * 60

// append appends a stamp as JSON: RFC 3339 with the zone that the log wrote,
// without a zone where it wrote none, and the time of day alone where it wrote no
// date.
func (w *stampWriter) append(dst []byte, s *annotate.Stamp) []byte {
	sec := s.Time.Unix()
	if s.HasZone {
		sec += int64(s.OffsetSec)
	}
	second := sec % secondsADay
	if second < 0 {
		second += secondsADay
	}
	if day := (sec - second) / secondsADay; day != w.day || len(w.date) == 0 {
		w.day, w.date = day, appendDate(w.date[:0], time.Unix(sec, 0).UTC())
	}
	dst = append(append(dst, '"'), w.date[1:]...)
	dst = appendClock(dst, second)
	if ns := s.Time.Nanosecond(); ns != 0 {
		dst = appendFraction(dst, ns)
	}
	if s.HasZone {
		dst = appendZone(dst, s.OffsetSec)
	}
	return append(dst, '"')
}

// appendDate appends what stands before the time of day, behind a byte that makes
// it never empty.
func appendDate(dst []byte, t time.Time) []byte {
	switch dst = append(dst, ' '); {
	case t.Year() > 0:
		return t.AppendFormat(dst, "2006-01-02T")
	case t.YearDay() > 1:
		return t.AppendFormat(dst, "--01-02T")
	}
	return dst
}

// appendClock appends the time of day of a second.
func appendClock(dst []byte, second int64) []byte {
	h, m, s := second/3600, second/60%60, second%60
	return append(dst, byte('0'+h/10), byte('0'+h%10), ':', byte('0'+m/10), byte('0'+m%10), ':', byte('0'+s/10), byte('0'+s%10))
}

// appendFraction appends nanoseconds as a decimal fraction without zeros at its end.
func appendFraction(dst []byte, ns int) []byte {
	dst = append(dst, '.')
	for unit := 100_000_000; ns > 0; unit /= 10 {
		dst = append(dst, byte('0'+ns/unit))
		ns %= unit
	}
	return dst
}

// appendZone appends an offset in seconds east of UTC as RFC 3339 has it.
func appendZone(dst []byte, sec int) []byte {
	if sec == 0 {
		return append(dst, 'Z')
	}
	sign := byte('+')
	if sec < 0 {
		sign, sec = '-', -sec
	}
	h, m := sec/3600, sec/60%60
	return append(dst, sign, byte('0'+h/10), byte('0'+h%10), ':', byte('0'+m/10), byte('0'+m%10))
}

// appendKey appends ,"key": where key needs no escaping.
func appendKey(dst []byte, key string) []byte {
	dst = append(dst, ',', '"')
	dst = append(dst, key...)
	return append(dst, '"', ':')
}

func appendIntKey(dst []byte, key string, v int64) []byte {
	return strconv.AppendInt(appendKey(dst, key), v, 10)
}

func appendStringKey(dst []byte, key, v string) []byte {
	return appendJSON(appendKey(dst, key), v)
}
