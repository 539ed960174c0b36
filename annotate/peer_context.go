package annotate

import "bytes"

// prevRole returns the role of the word that governs token k and whether it does
// so closely, with nothing but marks such as = : " ( between.
func (l *lexer) prevRole(k int) (role, bool) {
	for j := k - 1; j >= 0 && j >= k-3; j-- {
		t := &l.toks[j]
		if gap := l.gap(j + 1); len(gap) > 6 || hasAny(gap, &partsRoles) {
			return roleNone, false
		}
		if t.kind != tokWord && t.kind != tokName {
			return roleNone, false
		}
		if t.role != roleNone {
			return t.role, true
		}
		if t.end-t.start != 1 && t.sets&setBetween == 0 {
			return roleNone, false
		}
	}
	return roleNone, false
}

// partsRoles marks the bytes that part a role from what follows.
var partsRoles = byteSet(";)]}|,")

// verbScore rates the verb that token k may be the object of: "connect to X",
// "bind on address X", "dial tcp X".
func (l *lexer) verbScore(k int) int {
	from := false
	for j := k - 1; j >= 0 && j >= k-6; j-- {
		t := &l.toks[j]
		switch t.role {
		case roleFrom:
			from = true // connect to A from B: B is this end
		case roleLocal, roleClient:
			return 0
		}
		if t.kind == tokIP4 || t.kind == tokIP6 {
			if !from {
				return 0
			}
			continue
		}
		if t.masked {
			return 0
		}
		if j == k-1 && isPosix(l.text(j)) && k >= 2 && l.toks[j-1].call != callNone {
			return scoreVerb + 15 // libuv's "connect ECONNREFUSED 10.0.0.1:80"
		}
		switch t.call {
		case callConnect:
			if from && t.weight > weightNeedsShape {
				return -30
			}
			if t.weight <= weightNeedsShape {
				return 10
			}
			return scoreVerb
		case callBind, callListen:
			return scoreVerb
		case callSend, callSendto, callAccept, callRecv, callRecvfrom, callGetaddrinfo, callGethostbyname:
			return scoreTo
		}
	}
	return 0
}

// isPosix reports whether w is spelled like ECONNREFUSED.
func isPosix(w []byte) bool { return len(w) > 4 && w[0] == 'E' && plainWord(w, 'A', 'Z') }

// arrowScore rates token k as an end of "A->B": B is the remote one.
func (l *lexer) arrowScore(k, p int) int {
	if hasArrow(l.gap(k)) && k > 0 && l.isEnd(k-1) {
		return scoreRemote
	}
	last := max(k, p)
	if last+1 < len(l.toks) && hasArrow(l.gap(last+1)) && l.isAddress(last+1) {
		return -30
	}
	return 0
}

// isEnd reports whether token k can end an endpoint.
func (l *lexer) isEnd(k int) bool { return l.toks[k].kind != tokWord }

func (l *lexer) isAddress(k int) bool {
	return l.toks[k].kind == tokIP4 || l.toks[k].kind == tokIP6 || l.toks[k].kind == tokName
}

func hasArrow(gap []byte) bool {
	if len(gap) < 2 { // a blank, nearly always
		return false
	}
	return bytes.Contains(gap, []byte("->")) || bytes.Contains(gap, []byte("→")) ||
		bytes.Contains(gap, []byte("=>")) || bytes.Contains(gap, []byte(`-\u003e`))
}

// glued reports whether b[i] follows a hit, or the sentence around it, at once.
func (l *lexer) glued(i int) bool {
	for _, s := range l.mask {
		if i < s.End || i-s.End > 4 {
			continue
		}
		if !bytes.ContainsAny(l.b[s.End:i], ":=,;") {
			return true
		}
	}
	return false
}

// nginx reports whether the line is of nginx's kind, whose server: and host:
// name the site that was asked for and not the endpoint that failed.
func (l *lexer) nginx() bool {
	return bytes.Contains(l.b, []byte(", client: ")) || bytes.Contains(l.b, []byte(", server: "))
}

// portOf returns the token that holds the port of token k, or -1.
func (l *lexer) portOf(k int) int {
	t := &l.toks[k]
	if k+1 < len(l.toks) && l.isPort(k+1) {
		gap := l.gap(k + 1)
		switch string(gap) {
		case ":", "]:", "：":
			if c := at(l.b, l.toks[k+1].end); c == ':' && isDigit(at(l.b, l.toks[k+1].end+1)) {
				return -1 // a clock time or file:line:column
			}
			return k + 1
		case "',", "', ", "\",", "\", ", ",":
			if t.kind != tokWord {
				return k + 1
			}
		case ", ":
			if at(l.b, t.start-1) == '(' && at(l.b, l.toks[k+1].end) == ')' {
				return k + 1
			}
		case "/":
			if t.kind == tokIP4 && l.value(k+1) > 32 {
				return k + 1
			}
		case "[":
			if at(l.b, l.toks[k+1].end) == ']' && (t.kind == tokIP4 || t.isDomain()) {
				return k + 1 // RPC's host[port]
			}
		case "\" ", "' ":
			if t.isDomain() {
				return k + 1
			}
		case " ":
			if l.looseport(k) {
				return k + 1
			}
		}
	}
	if t.kind == tokWord && !l.isQuoted(k) && at(l.b, t.start-1) != '=' {
		if k == 0 || t.role != roleNone || !governs(l.toks[k-1].role) {
			return -1
		}
	}
	return l.portBeyond(k)
}

// governs reports whether a host can follow a word of role r.
func governs(r role) bool {
	return r == roleHost || r == roleTo || r == roleServer || r == roleRemote
}

// looseport reports whether the number behind address k is its port, as in
// "connect to address 10.0.0.1 5432: refused".
func (l *lexer) looseport(k int) bool {
	t, n := &l.toks[k], &l.toks[k+1]
	if t.kind != tokIP4 && t.kind != tokIP6 {
		return false
	}
	if k == 0 || !governs(l.toks[k-1].role) {
		return at(l.b, n.end) == ':' && at(l.b, n.end+1) == ' ' && n.end-n.start >= 4
	}
	switch at(l.b, n.end) {
	case ':', ';', ')', '.', ',', 0:
		return true
	}
	return false
}

// portBeyond looks for "port N" behind token k, and before it for "port N on".
func (l *lexer) portBeyond(k int) int {
	for j := k + 1; j < len(l.toks) && j <= k+9; j++ {
		t := &l.toks[j]
		if t.kind == tokIP4 || t.kind == tokIP6 || t.isDomain() || t.url {
			// The address that the name resolved to may stand between.
			if at(l.b, t.start-1) == '(' && at(l.b, t.end) == ')' {
				continue
			}
			break
		}
		if t.role == rolePort && j+1 < len(l.toks) {
			n := j + 1
			if l.spells(n, "some") && n+1 < len(l.toks) { // Rust's Some(8443)
				n++
			}
			if l.isPort(n) && len(l.gap(n)) <= 4 {
				return n
			}
		}
		if t.role == roleLocal || t.role == roleClient || t.role == roleFailed || t.masked {
			break
		}
		// <ipv6> 50112, as SQL Server writes it.
		if t.sets&setIPVersion != 0 && j == k+1 && j+1 < len(l.toks) && l.isPort(j+1) {
			return j + 1
		}
	}
	if k >= 3 && l.toks[k-1].role == roleTo && l.toks[k-3].role == rolePort && l.isPort(k-2) {
		return k - 2
	}
	return -1
}

// isPort reports whether token k is a number from 0 to 65535 outside the hits, and not
// the hour of a time of day.
func (l *lexer) isPort(k int) bool {
	t := &l.toks[k]
	hour := t.end-t.start == 2 && at(l.b, t.end) == ':' && at(l.b, t.end+3) == ':'
	return t.kind == tokNumber && t.end-t.start <= 5 && l.value(k) <= 65535 && !l.inHit(t) && !hour
}

// value returns the number that token k, of at most 9 digits, spells.
func (l *lexer) value(k int) int {
	t := &l.toks[k]
	return number(l.b, t.start, t.end-t.start)
}

// callBefore returns the call that the token before token k names.
func (l *lexer) callBefore(k int) callID {
	if k == 0 {
		return callNone
	}
	return l.toks[k-1].call
}
