package rules

import (
	"sort"
	"strings"
	"sync"
)

// A Text is what wsalog says about a code in one language.
type Text struct {
	Word    string     // short word of an annotation, lower case: "refused"
	Cause   string     // likeliest cause in a few words, follows the word after a colon
	Meaning string     // one sentence
	Causes  []string   // likely causes, likeliest first
	Checks  []string   // what to look at, with commands that exist on Windows
	Notes   []string   // what else a reader should know
	ByCall  []CallText // where the meaning depends on the call, by its name
}

// A CallText is the Detail of one call.
type CallText struct {
	Call    string // in lower case, such as "connect"
	Cause   string // as in Detail
	Meaning string // likewise
}

// Detail returns what is said about the call.
func (c *CallText) Detail() Detail { return Detail{c.Cause, c.Meaning} }

// A Detail is the meaning of a code when a certain call returned it.
type Detail struct {
	Cause   string // replaces Text.Cause in an annotation; may be empty
	Meaning string // one or two sentences; may be empty
}

// noText stands in for what does not exist, so that TextOf never returns nil.
var noText Text

// textTables have a text for each row of the catalogue. They come from
// text/<language>/<part>.toml: see tables.go.
var textTables = [len(langNames)][]Text{English: englishTable[:], Chinese: chineseTable[:]}

// TextOf returns what wsalog says about a code. It never returns nil: a number
// that the catalogue does not hold has an empty Text. The Text is shared and
// must not be modified.
func TextOf(number int, lang Lang) *Text {
	i := sort.Search(len(catalogue), func(i int) bool { return catalogue[i].Number >= number })
	if i == len(catalogue) || catalogue[i].Number != number || int(lang) >= len(textTables) || i >= len(textTables[lang]) {
		return &noText // the last, while a new code waits for go generate
	}
	return &textTables[lang][i]
}

// For returns the meaning of the code when the named call returned it; the name
// may be in any case. Calls of one family share a detail where they have none
// of their own: WSARecv and recv, ConnectEx and connect. What the detail leaves
// empty, and any other call, has the general cause and meaning.
func (t *Text) For(call string) Detail {
	d, _ := t.detail(call)
	if d.Cause == "" {
		d.Cause = t.Cause
	}
	if d.Meaning == "" {
		d.Meaning = t.Meaning
	}
	return d
}

// detail returns what the text says about the call or its family, if anything.
func (t *Text) detail(call string) (Detail, bool) {
	call = strings.ToLower(call)
	d, ok := t.own(call)
	if family := callFamily()[call]; !ok && family != "" {
		d, ok = t.own(family)
	}
	return d, ok
}

// own returns what the text says about a call, whose name is in lower case.
func (t *Text) own(call string) (Detail, bool) {
	for i := range t.ByCall {
		if t.ByCall[i].Call == call {
			return t.ByCall[i].Detail(), true
		}
	}
	return Detail{}, false
}

// callFamily maps a call to the plainer one whose detail holds for it too. The
// message calls are those of datagram sockets; read, write and dial are the
// names under which Go and Java log recv, send and connect.
var callFamily = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"acceptex":                 "accept",
		"wsaaccept":                "accept",
		"connectex":                "connect",
		"dial":                     "connect",
		"wsaconnect":               "connect",
		"wsaconnectbylist":         "connect",
		"wsaconnectbyname":         "connect",
		"wsajoinleaf":              "connect",
		"read":                     "recv",
		"wsarecv":                  "recv",
		"wsarecvdisconnect":        "recv",
		"wsarecvex":                "recv",
		"wsarecvfrom":              "recvfrom",
		"wsarecvmsg":               "recvfrom",
		"transmitfile":             "send",
		"transmitpackets":          "send",
		"write":                    "send",
		"wsasend":                  "send",
		"wsasenddisconnect":        "send",
		"wsasendmsg":               "sendto",
		"wsasendto":                "sendto",
		"wsasocket":                "socket",
		"ioctlsocket":              "wsaioctl",
		"wsapoll":                  "select",
		"wsaasyncgethostbyname":    "gethostbyname",
		"wsaasyncgethostbyaddr":    "gethostbyname",
		"gethostbyaddr":            "gethostbyname",
		"getaddrinfoex":            "getaddrinfo",
		"getaddrinfoexw":           "getaddrinfo",
		"getaddrinfow":             "getaddrinfo",
		"disconnectex":             "shutdown",
		"getoverlappedresult":      "wsagetoverlappedresult",
		"waitformultipleobjects":   "wsawaitformultipleevents",
		"waitformultipleobjectsex": "wsawaitformultipleevents",
	}
})
