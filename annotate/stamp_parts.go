package annotate

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// digits returns the length of the run of digits at b[i].
func digits(b []byte, i int) int {
	n := 0
	for i+n < len(b) && isDigit(b[i+n]) {
		n++
	}
	return n
}

// number returns the value of the n digits at b[i], with n at most 9.
func number(b []byte, i, n int) int {
	v := 0
	for _, c := range b[i : i+n] {
		v = v*10 + int(c-'0')
	}
	return v
}

// small reads a number of one or two digits and returns its end, or ok false.
func small(b []byte, i int) (v, end int, ok bool) {
	switch digits(b, i) {
	case 1:
		return int(b[i] - '0'), i + 1, true
	case 2:
		return number(b, i, 2), i + 2, true
	}
	return 0, i, false
}

// skipLetters returns the end of the run of letters at b[i].
func skipLetters(b []byte, i int) int {
	for i < len(b) && isLetter(b[i]) {
		i++
	}
	return i
}

// gap returns where the time begins after a date that ends at b[i].
func gap(b []byte, i int) (int, bool) {
	switch at(b, i) {
	case 'T', 't', '_', '-', ':', '|', '\t':
		i++
	case ',':
		i++
		if at(b, i) == ' ' {
			i++
		}
	case ' ':
		i++
		switch at(b, i) {
		case ' ':
			i++
		case '-', '@':
			if at(b, i+1) == ' ' {
				i += 2
			}
		}
	default:
		if at(b, i) < 0x80 {
			return i, false
		}
	}
	return i, true
}

// timeOfDay reads hours, minutes, seconds, fraction, AM or PM and zone at b[i].
// Seconds may be missing behind a date, that is, when needSec is false.
func (f *fields) timeOfDay(b []byte, i int, needSec bool) (end int, ok bool) {
	i, half := halfDay(b, i)
	h, i, ok := small(b, i)
	sep := at(b, i)
	if !ok || h > 23 || sep != ':' && sep != '.' || digits(b, i+1) != 2 {
		return i, false
	}
	f.hour, f.min = h, number(b, i+1, 2)
	i += 3
	hasSec := at(b, i) == sep && digits(b, i+1) == 2
	if hasSec {
		f.sec = number(b, i+1, 2)
		i = f.fraction(b, i+3)
	} else if needSec || sep == '.' {
		return i, false
	}
	if f.min > 59 || f.sec > 60 {
		return i, false
	}
	return f.behindTime(b, i, half)
}

// behindTime reads AM or PM, unless a half of the day stood before the time, and the zone.
func (f *fields) behindTime(b []byte, i int, half byte) (end int, ok bool) {
	if half == 0 {
		i, half = amPM(b, i)
	}
	if half != 0 {
		if f.hour > 12 && half == 'a' {
			return i, false
		}
		f.hour = f.hour%12 + map12(half)
	}
	i = f.zoneAt(b, i)
	c := at(b, i)
	return i, !isAlnum(c) && (c != ':' || !isDigit(at(b, i+1)))
}

// map12 returns the hours that a half of the day adds; 13:05 PM stays what it is.
func map12(half byte) int {
	if half == 'p' {
		return 12
	}
	return 0
}

// fraction reads a fraction of a second. Unreal and Windows Update part it with a
// colon, which then needs three digits to tell it from one more pair.
func (f *fields) fraction(b []byte, i int) int {
	c := at(b, i)
	if c != '.' && c != ',' && c != ':' {
		return i
	}
	n, nsec := billionths(b, i+1)
	if n == 0 || c == ':' && n < 3 {
		return i
	}
	f.nsec = nsec
	return i + 1 + n
}

// billionths returns the length of the run of digits at b[i] and what it is worth as a
// fraction of 1e9.
func billionths(b []byte, i int) (n, value int) {
	if i+8 <= len(b) {
		x := binary.LittleEndian.Uint64(b[i:]) ^ digitZeros
		if n = bits.TrailingZeros64(noDigits(x)) / 8; n < 8 {
			x &= 1<<(8*n) - 1
			x = (x*10 + x>>8) & 0x00FF00FF00FF00FF
			x = (x*100 + x>>16) & 0x0000FFFF0000FFFF
			return n, int(uint32(x*10000+x>>32)) * 10
		}
	}
	n = digits(b, i)
	kept := min(n, 9)
	value = number(b, i, kept)
	for range 9 - kept {
		value *= 10
	}
	return n, value
}

// digitZeros holds eight digits zero.
const digitZeros = 0x3030303030303030

// noDigits returns a number whose lowest bit stands in the first byte of x above 9; it is 0
// where all are below.
func noDigits(x uint64) uint64 { return (x + 0x7676767676767676 | x) & 0x8080808080808080 }

// amPM reads AM or PM behind a time, also behind the narrow blank that newer
// Windows and Java put there, and returns 'a', 'p' or 0.
func amPM(b []byte, i int) (end int, half byte) {
	j := i
	switch {
	case at(b, j) == ' ':
		j++
	case at(b, j) == narrowBlank[0] && bytes.HasPrefix(b[j:], narrowBlank):
		j += len(narrowBlank)
	}
	c := at(b, j) | 0x20
	if (c == 'a' || c == 'p') && at(b, j+1)|0x20 == 'm' && !isAlnum(at(b, j+2)) {
		return j + 2, c
	}
	return i, 0
}

var narrowBlank = []byte("\u202f")

// zoneAt reads a zone behind a time. A blank before an offset is accepted where
// the offset has minutes, so that a number that happens to follow is none. A bare
// clock time has no offset: it would move it into another day.
func (f *fields) zoneAt(b []byte, i int) int {
	j := i
	if at(b, j) == ' ' {
		j++
	}
	switch c := at(b, j); c {
	case 'Z', 'z':
		if j == i && !isAlnum(at(b, j+1)) {
			f.hasZone = true
			return j + 1
		}
	case 'U', 'G':
		name := b[j:min(j+3, len(b))]
		if (string(name) == "UTC" || string(name) == "GMT") && !isAlnum(at(b, j+3)) {
			if k := j + 3; at(b, k) == '+' || at(b, k) == '-' {
				if f.noDay {
					return i
				}
				if end, ok := f.offset(b, k, k); ok {
					return end
				}
			}
			f.hasZone = true
			return j + 3
		}
	case '+', '-':
		if f.noDay {
			return i
		}
		if end, ok := f.offset(b, j, i); ok {
			return end
		}
	}
	return i
}

// offset reads +hh:mm, +hhmm or, right behind the time at b[i], +hh.
func (f *fields) offset(b []byte, j, i int) (end int, ok bool) {
	var h, m int
	switch n := digits(b, j+1); {
	case n == 2 && at(b, j+3) == ':' && digits(b, j+4) == 2:
		h, m, end = number(b, j+1, 2), number(b, j+4, 2), j+6
	case n == 4:
		h, m, end = number(b, j+1, 2), number(b, j+3, 2), j+5
	case n == 2 && j == i:
		h, end = number(b, j+1, 2), j+3
	default:
		return i, false
	}
	if h > 14 || m%15 != 0 || m > 45 || isAlnum(at(b, end)) || at(b, end) == ':' && isDigit(at(b, end+1)) {
		return i, false
	}
	f.hasZone, f.zone = true, h*3600+m*60
	if b[j] == '-' {
		f.zone = -f.zone
	}
	return end, true
}

// monthAt reads an English month, short or in full, and returns its number.
func monthAt(b []byte, i int) (month, end int, ok bool) {
	if i+3 > len(b) || !isLetter(b[i+1]) || !isLetter(b[i+2]) {
		return 0, i, false
	}
	key := uint32(b[i]|0x20)<<16 | uint32(b[i+1]|0x20)<<8 | uint32(b[i+2]|0x20)
	for m, k := range monthKeys {
		if key != k {
			continue
		}
		end = i + 3
		name := monthNames[m]
		for j := 3; isLetter(at(b, end)); j++ {
			if j >= len(name) || b[end]|0x20 != name[j] {
				return 0, i, false
			}
			end++
		}
		return m + 1, end, true
	}
	return 0, i, false
}

var monthNames = [...]string{
	"january", "february", "march", "april", "may", "june",
	"july", "august", "september", "october", "november", "december",
}

// monthKeys holds the first three letters of each month as one number.
var monthKeys = func() (t [12]uint32) {
	for m, name := range monthNames {
		t[m] = uint32(name[0])<<16 | uint32(name[1])<<8 | uint32(name[2])
	}
	return t
}()
