package cli

import (
	"fmt"
	"strconv"
	"strings"

	"wsalog/rules"
)

// A page is all that wsalog knows about a code, in one language. Its JSON form is
// a contract with scripts.
type page struct {
	Query    string   `json:"query,omitempty"`
	How      string   `json:"how,omitempty"`  // how the question led here
	Call     string   `json:"call,omitempty"` // the socket function of a pasted line
	Peer     string   `json:"peer,omitempty"`
	Code     int      `json:"code"`
	Name     string   `json:"name"`
	Aliases  []string `json:"aliases,omitempty"`
	Part     string   `json:"part"`
	Class    string   `json:"class"`
	Severity string   `json:"severity"`
	TwinOf   int      `json:"twin_of,omitempty"` // a Win32 twin: the WinSock code it stands for

	Word    string   `json:"word"`
	Cause   string   `json:"cause"`
	Meaning string   `json:"meaning"`
	ByCall  []byCall `json:"by_call,omitempty"`
	Causes  []string `json:"causes"`
	Checks  []string `json:"checks"`
	Notes   []string `json:"notes,omitempty"`

	Functions []pageFunction `json:"functions,omitempty"`
	Kin       kin            `json:"kin"`
	Numbers   numbers        `json:"spellings"`
	Messages  []message      `json:"messages,omitempty"`
	Related   []int          `json:"related,omitempty"` // Win32 numbers that stand in for it
	SeeAlso   []seeAlso      `json:"see_also,omitempty"`
}

type byCall struct {
	Call    string `json:"call"`
	Cause   string `json:"cause,omitempty"`
	Meaning string `json:"meaning,omitempty"`
}

type pageFunction struct {
	Name string `json:"name"`
	Note string `json:"note,omitempty"`
}

// kin are the names of the same condition in other systems.
type kin struct {
	Posix     string `json:"posix,omitempty"`
	DotNet    string `json:"dotnet,omitempty"`
	Libuv     int    `json:"libuv,omitempty"`
	LibuvName string `json:"libuv_name,omitempty"`
	LibuvEAI  int    `json:"libuv_getaddrinfo,omitempty"`
}

// numbers are the spellings that are computed from the number.
type numbers struct {
	Decimal         int    `json:"decimal"`
	Hex             string `json:"hex"`
	Hresult         string `json:"hresult"`
	HresultSigned   int32  `json:"hresult_signed"`
	HresultUnsigned uint32 `json:"hresult_unsigned"`
	OpenSSL         string `json:"openssl,omitempty"`
	APR             int    `json:"apr,omitempty"`
}

type message struct {
	Lang string `json:"lang"`
	Text string `json:"text"`
}

type seeAlso struct {
	Code int    `json:"code"`
	Name string `json:"name"`
	Word string `json:"word"`
}

// newPage gathers what is known about a finding.
func newPage(f finding, lang rules.Lang) *page {
	number := f.number
	p := &page{Query: f.query, How: f.how, Call: f.call, Peer: f.peer}
	if twin, ok := rules.LookupRelated(number); ok {
		c, _ := rules.Lookup(twin.Twin)
		p.fill(c, lang)
		p.Code, p.Name, p.Aliases, p.TwinOf = twin.Number, twin.Name, nil, twin.Twin
		p.Kin, p.Related, p.Functions = kin{}, nil, nil
		p.SeeAlso = append([]seeAlso{seeAlsoOf(twin.Twin, lang)}, p.SeeAlso...)
	} else {
		c, _ := rules.Lookup(number)
		p.fill(c, lang)
	}
	p.spell(&rules.Code{Number: number})
	for _, m := range rules.Phrases() {
		if m.Code == number || m.Also == number {
			p.Messages = append(p.Messages, message{m.Lang, m.Text})
		}
	}
	return p
}

func (p *page) fill(c *rules.Code, lang rules.Lang) {
	p.Code, p.Name, p.Aliases = c.Number, c.Name, c.Aliases
	p.Part, p.Class, p.Severity = c.Part.String(), c.Class.String(), c.Severity.String()
	p.Kin = kin{c.Posix, c.DotNet, c.Libuv, c.LibuvName, c.LibuvEAI}
	t := rules.TextOf(c.Number, lang)
	p.Word, p.Cause, p.Meaning, p.Causes, p.Checks, p.Notes = t.Word, t.Cause, t.Meaning, t.Causes, t.Checks, t.Notes
	for _, d := range t.ByCall {
		p.ByCall = append(p.ByCall, byCall{d.Call, d.Cause, d.Meaning})
	}
	for _, r := range rules.FunctionsOf(c.Number) {
		p.Functions = append(p.Functions, pageFunction{Name: r.Function, Note: rules.NoteIn(r.Note, lang)})
	}
	for _, r := range rules.RelatedCodes() {
		if r.Twin == c.Number {
			p.Related = append(p.Related, r.Number)
		}
	}
	for _, n := range c.SeeAlso {
		p.SeeAlso = append(p.SeeAlso, seeAlsoOf(n, lang))
	}
}

func seeAlsoOf(n int, lang rules.Lang) seeAlso {
	c, ok := rules.Lookup(n)
	if !ok {
		return seeAlso{Code: n}
	}
	return seeAlso{n, c.Name, rules.TextOf(n, lang).Word}
}

func (p *page) spell(c *rules.Code) {
	p.Numbers = numbers{Decimal: c.Number, Hex: c.Hex(), Hresult: c.HresultHex(),
		HresultSigned: c.HresultSigned(), HresultUnsigned: c.Hresult()}
	if c.Number >= rules.First {
		p.Numbers.OpenSSL, p.Numbers.APR = fmt.Sprintf("%08X", c.OpenSSL()), c.APR()
	}
}

// spellings lists every way in which a log may spell the code but for the system
// texts.
func (p *page) spellings() []string {
	list := append([]string{p.Name}, p.Aliases...)
	n := p.Numbers
	list = append(list, strconv.Itoa(n.Decimal), n.Hex, n.Hresult, strconv.Itoa(int(n.HresultSigned)), strconv.FormatUint(uint64(n.HresultUnsigned), 10))
	if n.OpenSSL != "" {
		list = append(list, "OpenSSL "+n.OpenSSL, "APR E"+strconv.Itoa(n.APR))
	}
	return list
}

// kinNames lists the names of the same condition elsewhere.
func (p *page) kinNames() []string {
	var list []string
	if p.Kin.Posix != "" {
		list = append(list, "POSIX "+p.Kin.Posix)
	}
	if p.Kin.DotNet != "" {
		list = append(list, ".NET SocketError."+p.Kin.DotNet)
	}
	if p.Kin.Libuv != 0 {
		list = append(list, fmt.Sprintf("libuv %s (%d)", p.Kin.LibuvName, p.Kin.Libuv))
	}
	if p.Kin.LibuvEAI != 0 {
		list = append(list, fmt.Sprintf("libuv getaddrinfo (%d)", p.Kin.LibuvEAI))
	}
	return list
}

// functionNames lists the functions that report the code: first those of which
// there is no more to say, then those with the same note together.
func (p *page) functionNames(w words) []string {
	var plain, notes []string
	noted := make(map[string][]string)
	for _, f := range p.Functions {
		if f.Note == "" {
			plain = append(plain, f.Name)
			continue
		}
		if noted[f.Note] == nil {
			notes = append(notes, f.Note)
		}
		noted[f.Note] = append(noted[f.Note], f.Name)
	}
	var list []string
	if len(plain) > 0 {
		list = append(list, strings.Join(plain, ", "))
	}
	for _, note := range notes {
		list = append(list, strings.Join(noted[note], ", ")+w.say("brackets", note))
	}
	return list
}

// messageTexts lists the system texts for people: of each language the longest.
// The JSON form holds all of them, those too that went through a wrong encoding.
func (p *page) messageTexts() []string {
	longest := make(map[string]string)
	var langs []string
	for _, m := range p.Messages {
		if m.Lang == "mojibake" {
			continue
		}
		if longest[m.Lang] == "" {
			langs = append(langs, m.Lang)
		}
		if text := strings.TrimSpace(m.Text); len(text) > len(longest[m.Lang]) {
			longest[m.Lang] = text
		}
	}
	list := make([]string, len(langs))
	for i, l := range langs {
		list[i] = l + ": " + longest[l]
	}
	return list
}
