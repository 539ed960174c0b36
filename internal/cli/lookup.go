package cli

import (
	"slices"
	"strconv"
	"strings"

	"wsalog/rules"
)

// A finding is one code that answers a question to explain.
type finding struct {
	query  string
	number int    // of a catalogue code or of a Win32 twin
	how    string // how the question led here, when it is not plain; in the user's language
	call   string // the socket function of a pasted log line
	peer   string // and its peer
}

// lookup finds what query means: a spelling of a code first, then words. The
// findings stand in order of likelihood; none means unknown.
func (a *app) lookup(query string) []finding {
	q := strings.Trim(strings.TrimSpace(query), "\"'`“”‘’")
	for _, find := range []func(string) []finding{a.byNumber, a.byHex, a.byName, a.byKin} {
		if list := find(strings.Trim(q, " ()[]<>,.;:#")); len(list) > 0 {
			return withQuery(list, query)
		}
	}
	return nil
}

func withQuery(list []finding, query string) []finding {
	for i := range list {
		list[i].query = query
	}
	return list
}

// known reports whether a number is a code or a Win32 twin.
func known(n int) bool {
	_, code := rules.Lookup(n)
	_, twin := rules.LookupRelated(n)
	return code || twin
}

// byNumber reads decimal numbers: codes, HRESULTs, APR's and libuv's.
func (a *app) byNumber(q string) []finding {
	q = strings.ReplaceAll(q, "−", "-")
	q = strings.TrimPrefix(q, "+")
	if len(q) == 7 && (q[0] == 'E' || q[0] == 'e') { // as Subversion prints APR's
		q = q[1:]
	}
	n, err := strconv.ParseInt(q, 10, 64)
	if err != nil {
		return nil
	}
	switch {
	case n >= 0 && n < 1<<20 && known(int(n)):
		return []finding{{number: int(n)}}
	case n < 0 && n >= -1<<31:
		if list := a.byWrapped(uint64(uint32(n))); list != nil {
			return list
		}
		return a.byLibuv(int(n))
	case n >= 1<<31:
		return a.byWrapped(uint64(n))
	}
	for i := range rules.Codes() {
		if c := &rules.Codes()[i]; c.Number >= rules.First && int64(c.APR()) == n {
			return []finding{{number: c.Number, how: a.words.say("how.apr", n, c.Number)}}
		}
	}
	if n >= 0x1000 && n < rules.First { // four digits that may be bare hexadecimal
		return a.byHex(q)
	}
	return nil
}

// byWrapped reads a 32-bit number that wraps a code: an HRESULT of a Win32
// error, or what OpenSSL makes of one.
func (a *app) byWrapped(n uint64) []finding {
	code := int(n & 0xFFFF)
	if !known(code) {
		return nil
	}
	switch n >> 16 {
	case 0x8007:
		return []finding{{number: code, how: a.words.say("how.hresult", code, n)}}
	case 0x8000:
		return []finding{{number: code, how: a.words.say("how.openssl", code, n)}}
	}
	return nil
}

func (a *app) byLibuv(n int) []finding {
	var list []finding
	for i := range rules.Codes() {
		switch c := &rules.Codes()[i]; n {
		case c.Libuv:
			list = append(list, finding{number: c.Number, how: a.words.say("how.libuv", n, c.LibuvName)})
		case c.LibuvEAI:
			list = append(list, finding{number: c.Number, how: a.words.say("how.libuv-eai", n)})
		}
	}
	return socketsFirst(list)
}

// socketsFirst puts codes that only WinSock has before those of Win32.
func socketsFirst(list []finding) []finding {
	slices.SortStableFunc(list, func(x, y finding) int {
		return boolInt(x.number < rules.First) - boolInt(y.number < rules.First)
	})
	return list
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// byHex reads hexadecimal numbers, with 0x or h or bare where digits and letters
// leave no doubt.
func (a *app) byHex(q string) []finding {
	lower := strings.ToLower(q)
	digits, marked := strings.CutPrefix(lower, "0x")
	if !marked {
		digits, marked = strings.CutSuffix(lower, "h")
	}
	n, err := strconv.ParseUint(digits, 16, 64)
	if err != nil || n > 0xFFFFFFFF || !marked && len(digits) != 4 && len(digits) != 8 {
		return nil
	}
	if n > 0xFFFF {
		return a.byWrapped(n)
	}
	if !known(int(n)) || !marked && n < rules.First {
		return nil
	}
	return []finding{{number: int(n), how: a.words.say("how.hex", n, int(n))}}
}

// byName finds the names that wsalog knows as a code's own, with or without what
// languages put before them.
func (a *app) byName(q string) []finding {
	upper := strings.ToUpper(q)
	for _, prefix := range []string{"WINDOWS.", "SYSCALL.", "WINSOCK."} {
		upper = strings.TrimPrefix(upper, prefix)
	}
	if c, ok := rules.ByName(upper); ok {
		f := finding{number: c.Number}
		switch {
		case upper == c.Name:
		case strings.HasPrefix(upper, "EAI_"):
			f.how = a.words.say("how.eai", upper, c.Name)
		default:
			f.how = a.words.say("how.alias", upper, c.Name)
		}
		return []finding{f}
	}
	if rest, ok := strings.CutPrefix(upper, "SE_"); ok {
		if c, ok := rules.ByName("WSA" + rest); ok {
			return []finding{{number: c.Number, how: a.words.say("how.alias", upper, c.Name)}}
		}
	}
	for _, r := range rules.RelatedCodes() {
		if upper == r.Name {
			return []finding{{number: r.Number}}
		}
	}
	return nil
}

// hostNotFound is WSAHOST_NOT_FOUND.
const hostNotFound = 11001

// byKin finds names that other systems have for the same condition: POSIX,
// libuv, .NET. They are answered with the Windows code, saying so.
func (a *app) byKin(q string) []finding {
	if i := strings.LastIndex(q, "SocketError."); i >= 0 {
		q = q[i+len("SocketError."):]
	}
	upper, own := strings.CutPrefix(strings.ToUpper(q), "UV_")
	if upper == "" {
		return nil
	}
	var posix, libuv, dotnet []finding
	for i := range rules.Codes() {
		c := &rules.Codes()[i]
		if c.LibuvName == upper {
			libuv = append(libuv, finding{number: c.Number, how: a.words.say("how.libuv-name", upper, c.Name)})
		}
		switch {
		case c.Posix == upper || c.Name == "WSA"+upper:
			posix = append(posix, finding{number: c.Number, how: a.words.say("how.posix", upper, c.Name)})
		case c.DotNet != "" && strings.EqualFold(c.DotNet, q):
			dotnet = append(dotnet, finding{number: c.Number, how: a.words.say("how.dotnet", c.DotNet, c.Name)})
		}
	}
	if upper == "ENOTFOUND" { // Node's own name for what getaddrinfo answers
		return []finding{{number: hostNotFound, how: a.words.say("how.libuv-name", upper, "WSAHOST_NOT_FOUND")}}
	}
	if len(posix) > 0 && !own {
		return socketsFirst(posix)
	}
	return append(dotnet, socketsFirst(libuv)...)
}
