package annotate

func isHexDigit(c byte) bool { return isDigit(c) || c|0x20-'a' < 6 }

func isHex4(b []byte, i int) bool {
	for j := i; j < i+4; j++ {
		if !isHexDigit(at(b, j)) {
			return false
		}
	}
	return true
}

// isIP4 reports whether w is an IPv4 address.
func isIP4(w []byte) bool {
	part, n, dots := 0, 0, 0
	for _, c := range w {
		switch {
		case isDigit(c):
			part, n = part*10+int(c-'0'), n+1
			if n > 3 || part > 255 {
				return false
			}
		case c == '.' && n > 0:
			part, n = 0, 0
			dots++
		default:
			return false
		}
	}
	return dots == 3 && n > 0
}

// scanIP6 returns the end of the IPv6 address at b[i], with its zone. It stops
// before a port that is written behind ::1 or :: without brackets. Names such as
// Cafe::Add need a digit to pass for an address.
func scanIP6(b []byte, i int) (end int, ok bool) {
	j, groups, double, ok := scanGroups(b, i)
	if !ok || !double && groups != 8 || groups > 8 || groups == 0 && !quoted(b, i) && at(b, j) != ':' {
		return i, false
	}
	c, next := at(b, j), at(b, j+1)
	if isAlnum(c) || c == '_' || c == '.' && isAlnum(next) {
		return scanMapped(b, i, j, double)
	}
	hasDigit := groups == 0
	for _, c := range b[i:j] {
		hasDigit = hasDigit || isDigit(c)
	}
	if c == '%' && isAlnum(next) {
		for j++; isAlnum(at(b, j)); j++ {
		}
	}
	return j, hasDigit
}

// scanGroups reads groups of hexadecimal digits parted by colons and returns
// their number and whether a double colon stands among them.
func scanGroups(b []byte, i int) (end, groups int, double, ok bool) {
	for j := i; ; {
		if at(b, j) == ':' && at(b, j+1) == ':' {
			if double {
				return i, 0, false, false
			}
			double = true
			j += 2
			if at(b, j) == ':' && digits(b, j+1) > 1 {
				return j, groups, true, groups == 0 // :::3000 is :: and a port
			}
			if !isHexDigit(at(b, j)) {
				return j, groups, true, true
			}
		}
		k := j
		for k < len(b) && k < j+5 && isHexDigit(b[k]) {
			k++
		}
		if k == j || k > j+4 {
			return i, 0, false, false
		}
		groups++
		loopback := k == i+3 && b[j] == '1' // the whole is ::1
		switch j = k; {
		case at(b, j) != ':' || loopback && digits(b, j+1) >= 2: // ::1:3132 is ::1 and a port
			return j, groups, double, true
		case isHexDigit(at(b, j+1)):
			j++
		case at(b, j+1) != ':':
			return j, groups, double, true
		}
	}
}

// scanMapped returns the end of an address such as ::ffff:10.0.0.1, whose last
// group of hexadecimal digits ends at b[j].
func scanMapped(b []byte, i, j int, double bool) (end int, ok bool) {
	start, end := j, j
	for start > i && isHexDigit(b[start-1]) {
		start--
	}
	for end < len(b) && tokenByte[b[end]] != 0 {
		end++
	}
	for end > j && !isAlnum(b[end-1]) {
		end--
	}
	return end, double && isIP4(b[start:end])
}

// quoted reports whether a bracket or a quote stands before b[i].
func quoted(b []byte, i int) bool {
	return i > 0 && (b[i-1] == '[' || b[i-1] == '\'' || b[i-1] == '"')
}
