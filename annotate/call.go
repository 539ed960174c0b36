package annotate

import "bytes"

// call returns the socket function that the line blames, and where it stands.
// Functions by their own names outweigh words of prose, what stands near the hit
// outweighs what stands far.
func (l *lexer) call() (callID, Span) {
	best, bestScore := callNone, 0
	var span Span
	for k := range l.toks {
		t := &l.toks[k]
		if t.call == callNone || t.url || t.path {
			continue
		}
		score := l.scoreCall(k)
		if score > bestScore {
			best, bestScore, span = t.call, score, Span{t.start, t.end}
		}
	}
	if c, s, score := l.scriptCall(); score > bestScore {
		best, span = c, s
	}
	return best, span
}

// callThreshold is what a candidate must exceed before its distance counts.
const callThreshold = 22

// scoreCall rates token k as the call that failed; 0 or less means that it is
// none.
func (l *lexer) scoreCall(k int) int {
	t := &l.toks[k]
	next := at(l.b, t.end)
	if t.masked && !(t.weight >= weightFunction && next == '(') || l.inHit(t) || l.sayingsOf(k) {
		return 0
	}
	behindIt, bare := l.shapeBehind(k)
	beforeIt, tied := l.shapeBefore(k)
	if beforeIt < 0 {
		return 0
	}
	score := int(t.weight) + behindIt + beforeIt
	if t.weight <= weightNeedsShape {
		if bare && !tied && !l.nounPhrase(k) {
			return 0
		}
		score += 10
	}
	// Options such as connect= or read-timeout are settings.
	if next == '=' || next == '_' || next == '-' && isLetter(at(l.b, t.end+1)) {
		score -= 25
	}
	if score < callThreshold {
		return 0
	}
	d, behind := l.distance(t.start, t.end)
	switch {
	case behind && d <= 2 && len(bytes.TrimLeft(l.gap(k), " ")) == 0:
		score += 14 // Error 10061 connecting to
	case behind:
		d += 12
	}
	return max(1, score+30-min(d/5, 30))
}

// shapeBehind rates what stands behind token k, as in "connect()", "bind:" and
// "recv failed"; bare means that nothing there makes a call of a mere word.
func (l *lexer) shapeBehind(k int) (score int, bare bool) {
	t := &l.toks[k]
	switch at(l.b, t.end) {
	case '(':
		return 22, false
	case ':':
		return 14, t.weight <= weightNeedsShape && t.call != callSocket && t.call != callSelect
	}
	if k+1 == len(l.toks) {
		return 0, true
	}
	if after := &l.toks[k+1]; after.role == roleFailed && after.start-t.end <= 3 && l.blames(k) {
		return 14, false
	}
	return 0, true
}

// shapeBefore rates what stands before token k, as in "failed to connect" and
// "syscall: 'read'"; tied means that it makes a call of a mere word, and a score
// below 0 that it rules one out.
func (l *lexer) shapeBefore(k int) (score int, tied bool) {
	switch prev, syscall := l.before(k); {
	case syscall:
		return 45, true
	case prev == roleTrying:
		return 12, true
	case prev == roleLost && l.toks[k].weight <= weightNeedsShape:
		return -1, false
	}
	return 0, false
}

// isWord reports whether token j exists and is the lower-case word want.
func (l *lexer) isWord(j int, want string) bool {
	return j >= 0 && j < len(l.toks) && l.spells(j, want)
}

// sayingsOf reports whether token k is part of a fixed phrase that says nothing
// about the call: 10057's "a request to send or receive data", .NET's "while
// sending the request", which is any failure of HTTP.
func (l *lexer) sayingsOf(k int) bool {
	switch l.toks[k].call {
	case callSend:
		return l.isWord(k+1, "or") && l.isWord(k+2, "receive") ||
			l.isWord(k+1, "the") && l.isWord(k+2, "request")
	case callRecv:
		return l.isWord(k-1, "or") && l.isWord(k-2, "send")
	}
	return false
}

// blames reports whether the word of failure behind token k speaks of a call: a
// "socket error" or a "connection timed out" does not.
func (l *lexer) blames(k int) bool {
	switch l.toks[k].call {
	case callSocket, callConnect:
		return l.toks[k].weight > weightNeedsShape || l.spells(k+1, "failed")
	}
	return true
}

// before returns the role of the words just before token k and whether they call
// it a system call.
func (l *lexer) before(k int) (prev role, syscall bool) {
	for j := k - 1; j >= 0 && j >= k-3; j-- {
		t := &l.toks[j]
		if t.kind != tokWord || l.toks[j+1].start-t.end > 5 {
			break
		}
		if l.spells(j, "syscall") {
			return roleNone, true
		}
		if hasAny(l.gap(j+1), &partsCalls) {
			break
		}
		if t.role == roleTrying || t.role == roleLost {
			return t.role, false
		}
		if t.call == callShutdown {
			return roleLost, false // shutdown connection to
		}
		if t.role == roleFailed && j == k-2 && l.spells(k-1, "to") {
			return roleTrying, false // failed to connect
		}
		if t.role == roleFailed && j == k-1 {
			return roleTrying, false // error connecting
		}
	}
	return roleNone, false
}

// partsCalls marks the bytes that part a call from what stands before it.
var partsCalls = byteSet(":;,.)]")

// nounPhrase reports whether a noun that may mean a call does so: a connection
// to something, a connection attempt, a socket that was to be created.
func (l *lexer) nounPhrase(k int) bool {
	switch l.toks[k].call {
	case callConnect:
		if k+1 < len(l.toks) && l.toks[k+1].kind == tokNumber { // connection #12 to
			k++
		}
		return k+1 < len(l.toks) && l.toks[k+1].sets&setObject != 0 || bytes.HasPrefix(l.b[l.toks[k].end:], []byte(" à "))
	case callSocket:
		return l.isWord(k-1, "create") || l.isWord(k+1, "function") || l.isWord(k-1, "creating") ||
			l.isWord(k-2, "windows") || l.isWord(k-2, "sockets") || l.isWord(k-3, "sockets")
	case callAccept:
		return l.isWord(k+1, "client") || l.isWord(k+1, "connection") || l.isWord(k+1, "connections")
	case callListen:
		return l.isWord(k+1, "on")
	}
	return false
}
