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
	groups, double, hasDigit := 0, -1, false
	j := i
	for {
		if at(b, j) == ':' && at(b, j+1) == ':' {
			if double >= 0 {
				return i, false
			}
			double, j = groups, j+2
			if at(b, j) == ':' && digits(b, j+1) > 1 {
				return j, groups == 0 // :::3000 is the unspecified address and a port
			}
			if !isHexDigit(at(b, j)) {
				break
			}
		}
		k := j
		for k < len(b) && k < j+5 && isHexDigit(b[k]) {
			hasDigit = hasDigit || isDigit(b[k])
			k++
		}
		n := k - j
		if n == 0 || n > 4 {
			return i, false
		}
		groups++
		loopback := groups == 1 && double == 0 && n == 1 && b[j] == '1'
		j = k
		if loopback && at(b, j) == ':' && digits(b, j+1) >= 2 {
			break // ::1:3132 is the loopback address and a port
		}
		switch {
		case at(b, j) != ':':
		case at(b, j+1) == ':':
			continue
		case isHexDigit(at(b, j+1)):
			j++
			continue
		}
		break
	}
	if double < 0 && groups != 8 || groups > 8 || groups == 0 && !quoted(b, i) {
		return i, false
	}
	if c := at(b, j); isAlnum(c) || c == '.' || c == '_' {
		// The tail of ::ffff:10.0.0.1 is an IPv4 address.
		t := j
		for t > i && isHexDigit(b[t-1]) {
			t--
		}
		e := j
		for e < len(b) && tokenByte[b[e]] != 0 {
			e++
		}
		if c != '.' || !isIP4(b[t:e]) {
			return i, false
		}
		return e, double >= 0
	}
	if !hasDigit && groups > 0 {
		return i, false
	}
	if at(b, j) == '%' {
		for k := j + 1; ; k++ {
			if !isAlnum(at(b, k)) {
				if k > j+1 {
					j = k
				}
				break
			}
		}
	}
	return j, true
}

// quoted reports whether a bracket or a quote stands before b[i].
func quoted(b []byte, i int) bool {
	return i > 0 && (b[i-1] == '[' || b[i-1] == '\'' || b[i-1] == '"')
}
