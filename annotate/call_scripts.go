package annotate

import "bytes"

// scriptVerbs holds the words for calls in scripts other than Latin, with what
// must follow the ones that system texts use as well.
var scriptVerbs = []struct {
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
	{"接続エラー", callConnect, nil}, {"接続に失敗", callConnect, nil}, {"への接続", callConnect, nil}, {"接続失敗", callConnect, nil},
	{"バインド", callBind, nil},
	{"受信中", callRecv, nil}, {"受信エラー", callRecv, nil}, {"受信に失敗", callRecv, nil},
	{"送信中", callSend, nil}, {"送信エラー", callSend, nil}, {"送信に失敗", callSend, nil},
	{"연결 실패", callConnect, nil}, {"연결 오류", callConnect, nil}, {"연결하는 중", callConnect, nil},
	{"바인드", callBind, nil},
	{"수신 오류", callRecv, nil}, {"수신 실패", callRecv, nil},
	{"송신 오류", callSend, nil}, {"송신 실패", callSend, nil}, {"전송 실패", callSend, nil},
	{"подключения к", callConnect, nil}, {"подключиться к", callConnect, nil}, {"подключение к", callConnect, nil},
	{"соединения с ", callConnect, nil}, {"соединение с ", callConnect, nil}, {"соединиться с", callConnect, nil},
}

// scriptCall looks for such a verb outside the hits.
func (l *lexer) scriptCall() (callID, Span, int) {
	best, bestScore := callNone, 0
	var span Span
	if !l.wide {
		return best, span, 0
	}
	for v := range scriptVerbs {
		verb := &scriptVerbs[v]
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

// leadsToName reports whether a few words in the script and then a name or an address
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
