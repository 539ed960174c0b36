package annotate

import "bytes"

// An endpoint is where a host and its port stand.
type endpoint struct {
	host, port Span // port is empty where there is none; both are where host is
	six        bool // an IPv6 address with a port, which brackets part
	span       Span // of the whole
}

// peer returns the endpoint that the line blames. Of several endpoints the remote one
// counts, or the one that the words around it or its nearness tie to the error. Where
// bind or listen failed, the local endpoint is the one to blame.
func (l *lexer) peer() endpoint {
	best, bestPort, bestScore := -1, -1, 0
	for k := range l.toks {
		t := &l.toks[k]
		if t.kind == tokNumber || t.kind == tokWord && !l.wordMayBeHost(k) || l.inHit(t) {
			continue
		}
		if t.kind != tokIP4 && t.kind != tokIP6 && l.cannotBeHost(t) {
			continue
		}
		if t.path && (t.kind == tokWord || t.kind == tokName && !l.userAt(k)) {
			continue
		}
		port := l.portOf(k)
		score := l.scorePeer(k, port)
		if score > bestScore || score == bestScore && score > 0 && l.nearer(k, best) {
			best, bestPort, bestScore = k, port, score
		}
	}
	if best < 0 {
		return endpoint{}
	}
	return l.endpoint(best, bestPort)
}

// wordMayBeHost tells at little cost the few plain words that could be a host
// from the many that cannot.
func (l *lexer) wordMayBeHost(k int) bool {
	t := &l.toks[k]
	if t.wordInfo != (wordInfo{}) {
		return false
	}
	switch at(l.b, t.end) {
	case ':':
		if isDigit(at(l.b, t.end+1)) {
			return true
		}
	case ']', '\'', '"', '`':
		return true
	}
	return at(l.b, t.start-1) == '=' || k > 0 && l.toks[k-1].role != roleNone
}

// cannotBeHost reports whether the word or name t is none of a host by itself.
func (l *lexer) cannotBeHost(t *token) bool {
	return t.sets&setNoHost != 0 || t.sets&setFile != 0 && !t.url || !isLabel(l.b[t.start:t.end])
}

// nearer reports whether token k stands nearer to a hit than token j.
func (l *lexer) nearer(k, j int) bool {
	x, _ := l.distance(l.toks[k].start, l.toks[k].end)
	y, _ := l.distance(l.toks[j].start, l.toks[j].end)
	return x < y
}

// endpoint returns that of tokens k and p, p being -1 without a port.
func (l *lexer) endpoint(k, p int) endpoint {
	t := &l.toks[k]
	e := endpoint{host: Span{t.start, t.end}, span: Span{t.start, t.end}}
	if p < 0 {
		return e
	}
	q := &l.toks[p]
	e.port, e.six = Span{q.start, q.end}, t.kind == tokIP6
	if e.six && t.start > 0 && l.b[t.start-1] == '[' {
		e.span.Start--
	}
	if q.start > t.end && q.start-t.end <= 12 {
		e.span.End = q.end
	}
	return e
}

// moved returns the endpoint with its places moved by n bytes.
func (e endpoint) moved(n int) endpoint {
	for _, s := range []*Span{&e.host, &e.port, &e.span} {
		if *s != (Span{}) {
			s.Start, s.End = s.Start+n, s.End+n
		}
	}
	return e
}

// The worth of an endpoint's shape and of what stands around it.
const (
	scorePort    = 50 // address or host with its port
	scoreURL     = 32 // host of a URL
	scoreAddress = 30 // address alone
	scoreName    = 20 // host alone, where the context says that it is one

	scoreRemote  = 40 // behind peer=, upstream:, an arrow
	scoreGlued   = 35 // right behind the system text, as .NET prints it
	scoreVerb    = 30 // behind connect, bind, listen
	scoreTo      = 10 // behind to, on, at
	scoreClient  = -25
	scoreLocal   = -60
	scoreNothing = -1000
)

// scorePeer rates token k, whose port is token p or -1, as the peer.
func (l *lexer) scorePeer(k, p int) int {
	t := &l.toks[k]
	prev, tight := l.prevRole(k)
	score := l.shapeScore(k, p, prev, tight)
	if score < 0 {
		return 0
	}
	if tight {
		switch prev {
		case roleRemote:
			score += scoreRemote
		case roleHost, roleServer:
			score += 15
			if l.nginx() {
				score -= 70 // the names of nginx's own sites
				if p < 0 && prev == roleHost {
					score -= 70
				}
			}
		case roleLocal:
			score += scoreLocal
		case roleClient:
			score += scoreClient
		case roleTo, roleLookup:
			score += scoreTo
		case roleFrom:
			score += 2
		case roleReferer:
			return 0
		case roleVersion:
			if p < 0 {
				return 0
			}
		}
	}
	score += l.arrowScore(k, p) + l.verbScore(k)
	if p >= 0 && l.value(p) == 0 {
		score -= 45
	}
	if score <= 0 {
		return 0
	}
	d, behind := l.distance(t.start, t.end)
	if behind && l.glued(t.start) {
		score += scoreGlued
	}
	return max(1, score-min(d/8, 20))
}

// shapeScore rates the endpoint itself; below 0 it is none.
func (l *lexer) shapeScore(k, p int, prev role, tight bool) int {
	t := &l.toks[k]
	w := l.text(k)
	switch {
	case t.kind == tokIP4 || t.kind == tokIP6:
		if p < 0 && (l.notAddress(k) || string(w) == "0.0.0.0") {
			return scoreNothing
		}
		if p >= 0 {
			return scorePort
		}
		return scoreAddress
	case t.url && p >= 0:
		return scorePort
	case t.url:
		return scoreURL
	case p >= 0 && l.plausibleName(k, p, prev, tight):
		return scorePort
	case p < 0 && l.bareName(k, prev, tight):
		return scoreName
	}
	return scoreNothing
}

// notAddress reports whether four numbers with dots are a network or a version.
func (l *lexer) notAddress(k int) bool {
	t := &l.toks[k]
	if at(l.b, t.end) == '/' && isDigit(at(l.b, t.end+1)) {
		return true
	}
	if t.start > 1 && l.b[t.start-1] == '/' && isAlnum(l.b[t.start-2]) && !l.isDomainBefore(t.start-1) {
		return true
	}
	c := at(l.b, t.end)
	return c == '-' && isAlnum(at(l.b, t.end+1)) && !isDigit(at(l.b, t.end+1))
}

// isDomainBefore reports whether a dotted host name ends before l.b[end], as in Java's
// host/address.
func (l *lexer) isDomainBefore(end int) bool {
	start := end
	for start > 0 && tokenByte[l.b[start-1]] != 0 {
		start--
	}
	_, sets := l.dotted(start, end)
	return sets&setDomain != 0
}

// plausibleName reports whether name:number is a host with its port, not a file
// with a line or a class with a number.
func (l *lexer) plausibleName(k, p int, prev role, tight bool) bool {
	t := &l.toks[k]
	w := l.text(k)
	if t.isDomain() || l.spells(k, "localhost") {
		return true
	}
	if t.role != roleNone || t.call != callNone {
		return false
	}
	colon := at(l.b, t.end) == ':' && l.toks[p].start == t.end+1
	if tight && prev != roleNone && prev != roleFailed && prev != roleTrying {
		switch prev {
		case roleHost, roleServer, roleRemote, roleTo, roleFrom, roleClient, roleLocal, roleLookup:
			if colon || prev != roleFrom && prev != roleTo || l.isQuoted(k) {
				return true
			}
		}
	}
	if colon && l.callBefore(k) == callConnect && len(l.gap(k)) <= 4 { // also "connecter à"
		return true
	}
	if colon && l.isWord(k-1, "a") && l.callBefore(k-1) == callConnect { // conectar a
		return true
	}
	if at(l.b, t.start-1) == '[' && at(l.b, t.end) == ']' {
		return true
	}
	if colon && t.kind == tokName && l.looksLikeMachine(t) && l.value(p) >= 1000 {
		return true
	}
	return colon && at(l.b, t.start-1) == '(' && l.glued(t.start) || l.isQuoted(k) && hasDigitOrDash(w)
}

// bareName reports whether the words before a name say that it is a host.
func (l *lexer) bareName(k int, prev role, tight bool) bool {
	t := &l.toks[k]
	w := l.text(k)
	if t.role != roleNone || t.call != callNone && t.kind == tokWord {
		return false
	}
	if t.start > 1 && l.b[t.start-1] == '\\' && l.b[t.start-2] == '\\' && !t.path {
		return t.isDomain()
	}
	domain := t.isDomain()
	gap := l.gap(k)
	// A function whose argument is a name: gethostbyname("printer").
	if c := l.callBefore(k); (c == callGethostbyname || c == callGetaddrinfo) && len(gap) <= 3 {
		return domain || l.isQuoted(k)
	}
	if l.userAt(k) {
		return domain
	}
	if !tight {
		// Right behind the name of the error.
		return domain && l.glued(t.start) && bytes.Equal(gap, []byte(" "))
	}
	switch prev {
	case roleHost, roleRemote, roleServer:
		if bytes.Contains(gap, []byte(`":`)) {
			return domain && prev == roleRemote // a field of a JSON object
		}
		return domain || l.isQuoted(k) || prev != roleServer && bytes.IndexByte(gap, '=') >= 0 && hasDigitOrDash(w)
	case roleLookup:
		return domain || l.isQuoted(k)
	case roleTo:
		return domain || l.isQuoted(k) && t.kind != tokWord
	case roleFrom:
		return domain
	}
	return false
}

// userAt reports whether token k is the host of user@host behind a verb such as
// connect; elsewhere that is an address of mail.
func (l *lexer) userAt(k int) bool {
	return at(l.b, l.toks[k].start-1) == '@' && l.verbScore(k) >= scoreVerb
}

// isQuoted reports whether quotes of one kind stand right around token k, or
// around it and its port.
func (l *lexer) isQuoted(k int) bool {
	t := &l.toks[k]
	q := at(l.b, t.start-1)
	if q != '\'' && q != '"' && q != '`' {
		return false
	}
	end := t.end
	if at(l.b, end) == ':' {
		end += 1 + digits(l.b, end+1)
	}
	return at(l.b, end) == q
}
