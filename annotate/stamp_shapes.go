package annotate

import (
	"bytes"
	"encoding/binary"
)

// yearFirst reads 2006-01-02T15:04:05.999Z and its kin: with blank, tab or
// underscore before the time, with slashes or dots in the date, and Unreal's
// 2006.01.02-15.04.05:999.
func yearFirst(b []byte, i int, f *fields) bool {
	if f.fixedWidth(b, i) {
		return true
	}
	if digits(b, i) != 4 {
		return false
	}
	sep := at(b, i+4)
	if sep != '-' && sep != '/' && sep != '.' {
		return false
	}
	m, j, ok := small(b, i+5)
	if !ok || at(b, j) != sep {
		return false
	}
	d, j, ok := small(b, j+1)
	if !ok || !f.setDate(number(b, i, 4), m, d) {
		return false
	}
	if j, ok = gap(b, j); !ok {
		return false
	}
	_, ok = f.timeOfDay(b, j, false)
	return ok
}

// fixedWidth reads the commonest of yearFirst's stamps, the one with two digits
// in every part, eight bytes at a time. What it declines is read at length. It accepts more
// in one place: a zone Z may have a colon and a number behind it, as in "…22Z:17: failed".
func (f *fields) fixedWidth(b []byte, i int) bool {
	if len(b)-i < 20 {
		return false
	}
	p := b[i : i+20 : i+20]
	sep := p[4]
	if sep != '-' && sep != '/' || p[7] != sep || p[10] != 'T' && p[10] != ' ' {
		return false
	}
	// The separators become digits, so that all bytes can be looked at together.
	date, okDate := pairs(binary.LittleEndian.Uint64(p)&^(0xff<<32|0xff<<56) | '0'<<32 | '0'<<56)
	clock := binary.LittleEndian.Uint64(p[11:])
	const colons = ':'<<16 | ':'<<40
	time, okClock := pairs(clock ^ colons ^ ('0'<<16 | '0'<<40))
	d, okDay := pair(p[8], p[9])
	hh, mm, ss := int(time&0xff), int(time>>24&0xff), int(time>>48&0xff)
	if !(okDate && okDay && okClock) || clock>>16&0xff != ':' || clock>>40&0xff != ':' ||
		hh > 23 || mm > 59 || ss > 60 || !f.setDate(int(date&0xff)*100+int(date>>16&0xff), int(date>>40&0xff), d) {
		return false
	}
	f.hour, f.min, f.sec = hh, mm, ss
	j := f.fraction(b, i+19)
	if at(b, j) == 'Z' && p[19] != ':' && !isAlnum(at(b, j+1)) {
		f.hasZone = true
		return true
	}
	_, ok := f.behindTime(b, j, 0)
	return ok
}

// pairs returns the number that each two of eight digits make, in the byte of the first of
// the two.
func pairs(digits uint64) (uint64, bool) {
	x := digits ^ digitZeros
	return x*10 + x>>8, noDigits(x) == 0
}

// pair reads two digits.
func pair(x, y byte) (int, bool) {
	x -= '0'
	y -= '0'
	return int(x)*10 + int(y), x < 10 && y < 10
}

// clockOnly reads 15:04:05.999 at the line's front or behind a short prefix that
// does not read like prose: "took 00:01:23" is a duration.
func clockOnly(b []byte, i int, f *fields) bool {
	if n := digits(b, i); n > 2 || at(b, i+n) != ':' || !clockPlace(b, i) {
		return false
	}
	f.noDay = true
	end, ok := f.timeOfDay(b, i, true)
	if !ok || at(b, end) == '-' && isDigit(at(b, end+1)) {
		return false
	}
	// Some programs put the date behind the time.
	if at(b, end) == ' ' && isDigit(at(b, end+1)) {
		f.dateBehind(b, end+1)
	}
	return true
}

// dateBehind reads a date of four-digit year that follows the time.
func (f *fields) dateBehind(b []byte, i int) {
	n := digits(b, i)
	sep := at(b, i+n)
	if sep != '.' && sep != '/' && sep != '-' {
		return
	}
	if n == 4 {
		m, j, ok := small(b, i+5)
		if !ok || at(b, j) != sep {
			return
		}
		if d, _, ok := small(b, j+1); ok && f.setDate(number(b, i, 4), m, d) {
			f.noDay = false
		}
		return
	}
	x, j, ok := small(b, i)
	if !ok {
		return
	}
	y, j, ok := small(b, j+1)
	if !ok || at(b, j) != sep || digits(b, j+1) != 4 {
		return
	}
	m, d := f.order(x, y, sep)
	if f.setDate(number(b, j+1, 4), m, d) {
		f.noDay = false
	}
}

// order tells month from day: dots mean day first, a value above 12 decides,
// then the Context.
func (f *fields) order(x, y int, sep byte) (m, d int) {
	if sep == '.' || x > 12 || f.dayFirst && y <= 12 {
		return y, x
	}
	return x, y
}

// clockPlace reports whether a bare clock time at b[i] is a line's stamp.
func clockPlace(b []byte, i int) bool {
	if i > 0 && b[i-1] == ':' || i > 48 {
		return false
	}
	words, j := 0, i
	for j > 0 && b[j-1] == ' ' {
		j--
	}
	if j == 0 {
		return true
	}
	for _, c := range b[:j] {
		if c == ' ' {
			words++
		}
	}
	switch c := b[j-1]; {
	case c == '[' || c == '(' || c == '|' || c == ']' || c == '>' || c == '<' || c == '!':
		return true
	case c == '=' || c == '"' || c == '\'':
		return words <= 2 && keyBefore(b, i) && !(j >= 2 && b[j-2] == 't') // t=00:00:02 is a duration
	case c == ':':
		return words <= 2 && keyBefore(b, i) || words == 0 && plainWord(b[:j-1], 'A', 'Z')
	case c >= 0x80:
		return words <= 2
	}
	// A process number or a level.
	k := bytes.LastIndexByte(b[:j], ' ') + 1
	return words <= 2 && (plainWord(b[k:j], '0', '9') || plainWord(b[k:j], 'A', 'Z'))
}

// plainWord reports whether w holds bytes from lo to hi only.
func plainWord(w []byte, lo, hi byte) bool {
	for _, c := range w {
		if c < lo || c > hi {
			return false
		}
	}
	return len(w) > 0
}

// dayFirst reads dates that begin with one or two digits: 02.01.2006, 01/02/2006,
// 02/Jan/2006:15:04:05, 02-Jan-2006, 06-01-02, and 01-02 or 02.01 without a year.
func dayFirst(b []byte, i int, f *fields) bool {
	x, j, ok := small(b, i)
	sep := at(b, j)
	if !ok || sep != '.' && sep != '/' && sep != '-' {
		return false
	}
	j++
	if isLetter(at(b, j)) {
		m, k, ok := monthAt(b, j)
		if !ok || at(b, k) != sep {
			return false
		}
		y, k, ok := yearAt(b, k+1)
		return ok && f.setDate(y, m, x) && f.timeAfter(b, k)
	}
	y, j, ok := small(b, j)
	if !ok {
		return false
	}
	if at(b, j) != sep || !isDigit(at(b, j+1)) || sep == '-' && at(b, j+3) == ':' {
		// Without a year only fixed-width dates count: 1.2 10:11 is no date.
		if j-i != 5 || !f.noYearDate(x, y, sep) {
			return false
		}
		k, ok := gap(b, j)
		if !ok {
			return false
		}
		_, ok = f.timeOfDay(b, k, true)
		return ok
	}
	switch n := digits(b, j+1); n {
	case 4:
		m, d := f.order(x, y, sep)
		return f.setDate(number(b, j+1, 4), m, d) && f.timeAfter(b, j+5)
	case 2:
		return j-i == 5 && f.shortDate(x, y, number(b, j+1, 2), sep) && f.timeAfter(b, j+3)
	}
	return false
}

// noYearDate stores a date of two parts. Dashes are Android's and most loggers'
// month-day; dots are day.month unless that cannot be.
func (f *fields) noYearDate(x, y int, sep byte) bool {
	m, d := x, y
	if x > 12 || sep == '.' && y <= 12 || sep == '/' && f.dayFirst && y <= 12 {
		m, d = y, x
	}
	return f.setDay(m, d)
}

// shortDate stores a date of three two-digit parts. Where both ends could be the
// year, the Context's year decides, then the separator: dots put the year last,
// dashes first; slashes put it first when the first part is no month.
func (f *fields) shortDate(x, y, z int, sep byte) bool {
	known := f.ctxYear % 100
	yearIsFirst := sep == '-' || x > 31 || sep == '/' && x > 12 && (z <= 12 || f.ctxYear == 0)
	switch {
	case sep == '.' && x <= 31:
		yearIsFirst = false
	case f.ctxYear != 0 && z == known && x != known && x <= 31:
		yearIsFirst = false
	case f.ctxYear != 0 && x == known && z != known && y <= 12:
		yearIsFirst = true
	}
	if yearIsFirst {
		return f.setDate(2000+x, y, z)
	}
	m, d := f.order(x, y, sep)
	return f.setDate(2000+z, m, d)
}

// yearAt reads a year of four digits, or of two with the century left out.
func yearAt(b []byte, i int) (y, end int, ok bool) {
	switch digits(b, i) {
	case 4:
		return number(b, i, 4), i + 4, true
	case 2:
		return 2000 + number(b, i, 2), i + 2, true
	}
	return 0, i, false
}

// timeAfter reads the time behind a full date that ends at b[i].
func (f *fields) timeAfter(b []byte, i int) bool {
	j, ok := gap(b, i)
	if !ok {
		return false
	}
	_, ok = f.timeOfDay(b, j, false)
	return ok
}

// dayName reads 02 Jan 2006 15:04:05 and Redis's 02 Jan 15:04:05.999.
func dayName(b []byte, i int, f *fields) bool {
	d, j, ok := small(b, i)
	if !ok || at(b, j) != ' ' {
		return false
	}
	m, j, ok := monthAt(b, j+1)
	if !ok || at(b, j) != ' ' {
		return false
	}
	if digits(b, j+1) == 4 {
		return f.setDate(number(b, j+1, 4), m, d) && f.timeAfter(b, j+5)
	}
	if !f.setDay(m, d) {
		return false
	}
	_, ok = f.timeOfDay(b, j+1, true)
	return ok
}

// monthFirst reads syslog's Jan  2 15:04:05, ctime's with the year behind the
// time, Cisco's and Java's with the year before it.
func monthFirst(b []byte, i int, f *fields) bool {
	m, j, ok := monthAt(b, i)
	if !ok || at(b, j) != ' ' {
		return false
	}
	for j++; at(b, j) == ' '; j++ {
	}
	d, j, ok := small(b, j)
	if !ok {
		return false
	}
	k := j
	if at(b, k) == ',' {
		k++
	}
	if at(b, k) == ' ' && digits(b, k+1) == 4 {
		return f.setDate(number(b, k+1, 4), m, d) && f.timeAfter(b, k+5)
	}
	if at(b, j) != ' ' || !f.setDay(m, d) {
		return false
	}
	j, ok = f.timeOfDay(b, j+1, true)
	if !ok {
		return false
	}
	f.yearBehind(b, j)
	return true
}

// yearBehind reads ctime's year, also behind the name of a zone.
func (f *fields) yearBehind(b []byte, i int) {
	if at(b, i) != ' ' {
		return
	}
	i++
	if k := skipLetters(b, i); k > i && k-i <= 4 && at(b, k) == ' ' {
		i = k + 1
	}
	if digits(b, i) != 4 || isAlnum(at(b, i+4)) || at(b, i+4) == '-' || at(b, i+4) == '.' {
		return
	}
	if y := number(b, i, 4); y >= 1970 && y <= 2099 && f.setDate(y, f.month, f.day) {
		f.noYear = false
	}
}

// glog reads I0102 15:04:05.999999, the mark of Google's loggers.
func glog(b []byte, i int, f *fields) bool {
	switch at(b, i) {
	case 'I', 'W', 'E', 'F', 'D':
	default:
		return false
	}
	if digits(b, i+1) != 4 || at(b, i+5) != ' ' {
		return false
	}
	if !f.setDay(number(b, i+1, 2), number(b, i+3, 2)) {
		return false
	}
	j := i + 6
	if at(b, j) == ' ' {
		j++
	}
	_, ok := f.timeOfDay(b, j, true)
	return ok
}
