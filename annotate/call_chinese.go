package annotate

import "bytes"

// chineseVerbs holds the Chinese words for calls, with what must follow the ones
// that system texts use as well.
var chineseVerbs = []struct {
	verb  string
	call  callID
	after []string
}{
	{"连接", callConnect, []string{"服务", "到", "失败", "数据库", "错误", "异常", "超时", "至", "远程", "目标", "主机", " ", "："}},
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
			if l.isMasked(start, end) || !follows(l.b, end, verb.after) && !leadsToName(l.b[end:]) {
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

// leadsToName reports whether a few Chinese words and then a name or an address
// follow: the verb has an object.
func leadsToName(b []byte) bool {
	for i := 0; i < len(b) && i <= 30; i++ {
		if isAlnum(b[i]) || b[i] == ' ' && isAlnum(at(b, i+1)) {
			return true
		}
		if b[i] < 0x80 {
			return false
		}
		if _, stop := eat(b, i, "的", "，", "。", "：", "（", "、"); stop {
			return false
		}
	}
	return false
}

func (l *lexer) isMasked(start, end int) bool {
	for _, s := range l.mask {
		if start < s.End && s.Start < end {
			return true
		}
	}
	return false
}
