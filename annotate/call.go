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
	if c, s, score := l.chineseCall(); score > bestScore {
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
	function := t.weight >= weightFunction
	if t.masked && !(function && next == '(') {
		return 0
	}
	if l.inHit(t) {
		return 0
	}
	if l.sayingsOf(k) {
		return 0
	}
	score := int(t.weight)
	bare := true // nothing around says that it is a call
	var after role
	var tight bool
	if k+1 < len(l.toks) {
		after, tight = l.toks[k+1].role, l.toks[k+1].start-t.end <= 3
	}
	switch {
	case next == '(':
		score += 22
		bare = false
	case next == ':':
		score += 14
		bare = t.weight <= weightNeedsShape && t.call != callSocket
	case tight && after == roleFailed && l.blames(k):
		score += 14
		bare = false
	}
	switch prev, word := l.before(k); {
	case prev == roleTrying:
		score += 12
		bare = false
	case word == "syscall":
		score += 45
		bare = false
	case prev == roleLost && t.weight <= weightNeedsShape:
		return 0
	case word == "select" && t.call == callSelect:
		return 0
	}
	bare = bare && !l.nounPhrase(k)
	if t.weight <= weightNeedsShape && bare {
		return 0
	}
	if t.weight <= weightNeedsShape {
		score += 10
	}
	// "connected", "reader" and the like are other words; options such as
	// connect= or read_timeout=5 are settings.
	if next == '=' || next == '_' || next == '-' && isLetter(at(l.b, t.end+1)) {
		score -= 25
	}
	if score < callThreshold {
		return 0
	}
	d, behind := l.distance(t.start, t.end)
	switch {
	case behind && d <= 2 && l.onOneSide(k):
		score += 14 // Error 10061 connecting to
	case behind:
		d += 12
	}
	return max(1, score+30-min(d/5, 30))
}

// sayingsOf reports whether token k is part of a fixed phrase that says nothing
// about the call: 10057's "a request to send or receive data", .NET's "while
// sending the request", which is any failure of HTTP.
func (l *lexer) sayingsOf(k int) bool {
	word := func(j int, want string) bool {
		return j >= 0 && j < len(l.toks) && equalFold(l.text(j), want)
	}
	switch l.toks[k].call {
	case callSend:
		return word(k+1, "or") && word(k+2, "receive") || word(k+1, "the") && word(k+2, "request")
	case callRecv:
		return word(k-1, "or") && word(k-2, "send")
	}
	return false
}

// onOneSide reports whether only blanks part token k from what stands before it.
func (l *lexer) onOneSide(k int) bool { return len(bytes.TrimLeft(l.gap(k), " ")) == 0 }

// blames reports whether the word of failure behind token k speaks of a call: a
// "socket error" or a "connection timed out" does not.
func (l *lexer) blames(k int) bool {
	switch l.toks[k].call {
	case callSocket, callConnect:
		return l.toks[k].weight > weightNeedsShape || equalFold(l.text(k+1), "failed")
	}
	return true
}

// before returns the role and, for the few that matter, the text of the words
// just before token k.
func (l *lexer) before(k int) (role, string) {
	for j := k - 1; j >= 0 && j >= k-3; j-- {
		t := &l.toks[j]
		if t.kind != tokWord || l.toks[j+1].start-t.end > 5 {
			break
		}
		if equalFold(l.text(j), "syscall") {
			return roleNone, "syscall"
		}
		if bytes.ContainsAny(l.gap(j+1), ":;,.)]") {
			break
		}
		if t.role == roleTrying || t.role == roleLost {
			return t.role, ""
		}
		if t.role == roleFailed && j == k-2 && equalFold(l.text(k-1), "to") {
			return roleTrying, "" // failed to connect
		}
		if t.role == roleFailed && j == k-1 {
			return roleTrying, "" // error connecting
		}
	}
	return roleNone, ""
}

// nounPhrase reports whether a noun that may mean a call does so: a connection
// to something, a connection attempt, a socket that was to be created.
func (l *lexer) nounPhrase(k int) bool {
	t := &l.toks[k]
	word := func(j int, want string) bool {
		return j >= 0 && j < len(l.toks) && equalFold(l.text(j), want)
	}
	switch t.call {
	case callConnect:
		return word(k+1, "to") || word(k+1, "attempt") || word(k+1, "zu") || word(k+1, "mit")
	case callSocket:
		return word(k-1, "create") || word(k+1, "function") || word(k-1, "creating") || word(k-2, "windows") ||
			word(k-2, "sockets") || word(k-3, "sockets")
	case callListen:
		return word(k+1, "on")
	}
	return false
}

// chineseVerbs holds the Chinese words for calls, with what must follow the ones
// that system texts use as well.
var chineseVerbs = []struct {
	verb  string
	call  callID
	after []string
}{
	{"连接", callConnect, []string{"服务器", "服务", "到", "失败", "数据库", "错误", "异常", "超时", "至", "远程", "目标", "主机", " ", "："}},
	{"連線", callConnect, []string{"失敗", "到", "錯誤", "伺服器", " "}},
	{"绑定", callBind, nil},
	{"監聽", callListen, nil},
	{"监听", callListen, nil},
	{"接收", callRecv, []string{"数据", "失败", "错误", "超时", "异常", " "}},
	{"读取", callRecv, []string{"数据", "失败", "错误", "超时", "异常", " "}},
	{"发送", callSend, []string{"数据", "失败", "错误", "超时", "异常", "心跳", "请求", "消息", "报文", " "}},
	{"解析", callGetaddrinfo, []string{"主机", "域名", "地址"}},
}

// chineseCall looks for a Chinese verb outside the hits.
func (l *lexer) chineseCall() (callID, Span, int) {
	best, bestScore := callNone, 0
	var span Span
	if !l.wide {
		return best, span, 0
	}
	for v := range chineseVerbs {
		verb := &chineseVerbs[v]
		for from := 0; ; {
			i := bytes.Index(l.b[from:], []byte(verb.verb))
			if i < 0 {
				break
			}
			start := from + i
			end := start + len(verb.verb)
			from = end
			if l.isMasked(start, end) || !follows(l.b, end, verb.after) {
				continue
			}
			d, _ := l.distance(start, end)
			if score := 35 + 30 - min(d/5, 30); score > bestScore {
				best, bestScore, span = verb.call, score, Span{start, end}
			}
		}
	}
	return best, span, bestScore
}

// follows reports whether one of words stands at b[i]; no words mean any.
func follows(b []byte, i int, words []string) bool {
	if len(words) == 0 || i >= len(b) {
		return true
	}
	_, ok := eat(b, i, words...)
	return ok
}

func (l *lexer) isMasked(start, end int) bool {
	for _, s := range l.mask {
		if start < s.End && s.Start < end {
			return true
		}
	}
	return false
}
