package annotate

import "bytes"

// compact reads dates without separators: 20060102T150405Z, Zabbix's
// 20060102:150405.999, 20060102-15:04:05:999, 20060102150405 and, with the
// century left out, 060102 15:04:05 or 060102 150405.
func compact(b []byte, i int, f *fields) bool {
	n := digits(b, i)
	var y, j int
	switch n {
	case 6:
		y, j = 2000+number(b, i, 2), i+2
	case 8, 14:
		y, j = number(b, i, 4), i+4
	default:
		return false
	}
	if !f.setDate(y, number(b, j, 2), number(b, j+2, 2)) {
		return false
	}
	if n == 14 {
		return atFront(b, i) && f.sixDigits(b, j+4)
	}
	j += 4
	sep := at(b, j)
	if n == 6 && sep != ' ' || sep != ' ' && sep != 'T' && sep != ':' && sep != '-' && sep != '_' {
		return false
	}
	for j++; at(b, j) == ' '; j++ {
	}
	if digits(b, j) == 6 {
		return f.sixDigits(b, j)
	}
	_, ok := f.timeOfDay(b, j, true)
	return ok
}

// sixDigits reads hhmmss, a fraction and a zone.
func (f *fields) sixDigits(b []byte, i int) bool {
	f.hour, f.min, f.sec = number(b, i, 2), number(b, i+2, 2), number(b, i+4, 2)
	if f.hour > 23 || f.min > 59 || f.sec > 60 {
		return false
	}
	j := f.fraction(b, i+6)
	j = f.zoneAt(b, j)
	return !isAlnum(at(b, j))
}

// epoch reads seconds, milli-, micro- or nanoseconds since 1970 where the line
// begins with them or a key says that they are a time.
func epoch(b []byte, i int, f *fields) bool {
	n := digits(b, i)
	if !keyBefore(b, i) && !atFront(b, i) {
		return false
	}
	switch n {
	case 10, 13, 16, 19:
	default:
		return false
	}
	// Ten digits of seconds, then the fraction: in two parts, since int may have
	// 32 bits.
	high, low := number(b, i, 5), number(b, i+5, 5)
	if high < 1e4 || high >= 4e4 {
		return false
	}
	f.nsec = number(b, i+10, n-10)
	for range 19 - n {
		f.nsec *= 10
	}
	end := i + n
	if c := at(b, end); n == 10 && c == '.' {
		end = f.fraction(b, end)
	}
	c := at(b, end)
	if isAlnum(c) || c == '-' || (c == ':' || c == '.') && isDigit(at(b, end+1)) {
		return false
	}
	v := int64(high)*1e5 + int64(low)
	f.year, f.month, f.day = 1970, 1, 1+int(v/86400)
	f.sec, f.hasZone = int(v%86400), true
	return true
}

// atFront reports whether at most a bracket, or a dash and a blank, precede b[i].
func atFront(b []byte, i int) bool {
	return i == 0 || i == 1 && b[0] == '[' || i == 2 && b[0] == '-' && b[1] == ' '
}

// keyBefore reports whether the value at b[i] belongs to a key that names a time,
// as in "ts":1612345678 or time="15:04:05".
func keyBefore(b []byte, i int) bool {
	j := i
	for j > 0 && (b[j-1] == '"' || b[j-1] == '\'' || b[j-1] == ':' || b[j-1] == '=' || b[j-1] == ' ' ||
		b[j-1] == '[' || b[j-1] == '\\') {
		j--
	}
	if j == i {
		return false
	}
	k := j
	for k > 0 && (isLetter(b[k-1]) || b[k-1] == '_' || b[k-1] == '@' || b[k-1] == '$') {
		k--
	}
	var low [16]byte
	if j-k > len(low) || !bytes.ContainsAny(b[j:i], ":=") {
		return false
	}
	for n, c := range b[k:j] {
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		low[n] = c
	}
	switch string(low[:j-k]) {
	case "ts", "t", "@t", "time", "timestamp", "@timestamp", "_timestamp", "__timestamp", "date", "$date", "datetime",
		"epoch", "epochsecond", "timemillis", "eventtime", "event_time", "unixtime", "unix_time",
		"logtime", "log_time", "asctime", "systemtime", "when", "timecreated", "timegenerated":
		return true
	}
	return false
}
