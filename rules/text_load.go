package rules

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2"
)

// textFiles holds text/<language>/<part>.toml: one table per code, as Text and
// Detail describe it.
//
//go:embed text/*/*.toml
var textFiles embed.FS

// partTexts are the texts of one part in one language, parsed when the first of
// them is asked for: a run that explains one code pays for one file.
type partTexts struct {
	once  sync.Once
	texts map[int]*Text
	err   error
}

var allTexts [len(langNames)][len(partNames)]partTexts

// noText stands in for what does not exist, so that TextOf never returns nil.
var noText Text

// TextOf returns what wsalog says about a code. It never returns nil: a number
// that the catalogue does not hold has an empty Text. The Text is shared and
// must not be modified.
func TextOf(number int, lang Lang) *Text {
	c, ok := Lookup(number)
	if !ok || int(lang) >= len(langNames) {
		return &noText
	}
	texts, _ := loadTexts(lang, c.Part)
	if t := texts[number]; t != nil {
		return t
	}
	return &noText
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
	d, ok := t.ByCall[call]
	if !ok {
		d, ok = t.ByCall[callFamily()[call]]
	}
	return d, ok
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

func loadTexts(lang Lang, part Part) (map[int]*Text, error) {
	p := &allTexts[lang][part]
	p.once.Do(func() {
		name := path.Join("text", lang.String(), part.String()+".toml")
		data, err := textFiles.ReadFile(name)
		if err != nil {
			p.err = err
			return
		}
		p.texts, p.err = parseTexts(name, data, part)
	})
	return p.texts, p.err
}

// parseTexts reads one file of texts. An error names the file and, where it is
// known, the line.
func parseTexts(name string, data []byte, part Part) (map[int]*Text, error) {
	var tables map[string]*Text
	dec := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	if err := dec.Decode(&tables); err != nil {
		return nil, fmt.Errorf("%s: %w", at(name, err), err)
	}
	texts := make(map[int]*Text, len(tables))
	for key, t := range tables {
		number, err := strconv.Atoi(key)
		if err != nil {
			return nil, fmt.Errorf("%s: table [%s]: the key of a table is the number of a code", name, key)
		}
		c, ok := Lookup(number)
		if !ok {
			return nil, fmt.Errorf("%s: table [%s]: no such code in the catalogue", name, key)
		}
		if c.Part != part {
			return nil, fmt.Errorf("%s: table [%s]: %s belongs into %s.toml", name, key, c.Name, c.Part)
		}
		texts[number] = t
	}
	return texts, nil
}

// at adds the line to a file name if the error of the TOML reader knows it.
func at(name string, err error) string {
	var unknown *toml.StrictMissingError
	var bad *toml.DecodeError
	switch {
	case errors.As(err, &unknown) && len(unknown.Errors) > 0:
		bad = &unknown.Errors[0]
	case !errors.As(err, &bad):
		return name
	}
	line, _ := bad.Position()
	return fmt.Sprintf("%s:%d", name, line)
}
