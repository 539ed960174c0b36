package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The varieties of forms: spellings of one form that are judged differently.
// A rule names them behind a colon, as in "name:eai".
const (
	NameWSA       = "wsa"     // WSAECONNREFUSED: belongs to WinSock alone
	NameSE        = "se"      // SE_ECONNREFUSED, Unreal Engine
	NameSocket    = "socket"  // SOCKET_ECONNREFUSED, PHP
	NameEAI       = "eai"     // EAI_AGAIN, also POSIX
	NameUser      = "user"    // a spelling that a user's rule file adds
	NamePlain     = "plain"   // HOST_NOT_FOUND, ERROR_IO_PENDING
	DecimalWhole  = "whole"   // 10061
	DecimalShort  = "short"   // 997 behind a cue such as "WinError"
	DecimalColumn = "column"  // the sc-win32-status column of a W3C log
	HexPrefixed   = "0x"      // 0x274D, 0x0000274D
	HexBare       = "bare"    // 274D, 0000274D
	HresultHex    = "hex"     // 0x8007274D of a code that only WinSock has
	HresultBare   = "bare"    // 8007274D without 0x
	HresultNumber = "number"  // -2147014835 or 2147952461
	HresultWin32  = "win32"   // any spelling of the six codes shared with Win32
	MessageText   = "text"    // words that only this system text has
	MessageShort  = "short"   // words that other texts may have too
	EnumMember    = "member"  // ConnectionRefused
	LibuvNumber   = "number"  // -4078
	LibuvEAI      = "eai"     // -3008, the same on every system
	OffsetAPR     = "apr"     // 730061
	OffsetOpenSSL = "openssl" // 8000274D
	OffsetOracle  = "oracle"  // Windows Error: 61
)

var varieties = [...][]string{
	FormName:    {NameWSA, NameSE, NameSocket, NameEAI, NamePlain, NameUser},
	FormDecimal: {DecimalWhole, DecimalShort, DecimalColumn},
	FormHex:     {HexPrefixed, HexBare},
	FormHresult: {HresultHex, HresultBare, HresultNumber, HresultWin32},
	FormMessage: {MessageText, MessageShort},
	FormEnum:    {EnumMember},
	FormLibuv:   {LibuvNumber, LibuvEAI},
	FormOffset:  {OffsetAPR, OffsetOpenSSL, OffsetOracle},
}

// Varieties lists the varieties of a form.
func Varieties(f Form) []string { return varieties[f] }

func knownVariety(form, variety string) bool {
	f, err := ParseForm(form)
	if err != nil || variety == "" {
		return err == nil
	}
	for _, v := range varieties[f] {
		if v == variety {
			return true
		}
	}
	return false
}

// A Spelling is one literal by which a code can be recognised in a log.
type Spelling struct {
	Text    string // ASCII letters match in either case
	Code    int
	Also    int // a second code that the text fits as well, or 0
	Form    Form
	Variety string
	Related bool // Code is a Win32 twin of a WinSock error, not one itself
	CueOnly bool // too common to search for; looked for only on lines that hold another spelling
}

// A RelatedCode is a Win32 code that stands in for a WinSock error in
// asynchronous I/O. It is shown and never counted.
type RelatedCode struct {
	Number int
	Name   string
	Twin   int // the WinSock code it stands in for
}

// Sources: winerror.h; Python's asyncio proactor and Windows' own network stack
// return these numbers where the blocking calls return the twin.
var relatedCodes = [...]RelatedCode{
	{64, "ERROR_NETNAME_DELETED", 10054},
	{121, "ERROR_SEM_TIMEOUT", 10060},
	{1225, "ERROR_CONNECTION_REFUSED", 10061},
	{1231, "ERROR_NETWORK_UNREACHABLE", 10051},
	{1232, "ERROR_HOST_UNREACHABLE", 10065},
	{1236, "ERROR_CONNECTION_ABORTED", 10053},
}

// RelatedCodes returns the Win32 twins in number order.
func RelatedCodes() []RelatedCode { return relatedCodes[:] }

func isRelated(n int) bool {
	_, ok := LookupRelated(n)
	return ok
}

// LookupRelated finds a Win32 twin by its number.
func LookupRelated(n int) (*RelatedCode, bool) {
	for i := range relatedCodes {
		if relatedCodes[i].Number == n {
			return &relatedCodes[i], true
		}
	}
	return nil, false
}

// Spellings returns every literal of every code. Decimal numbers below 10000 and
// bare hexadecimal ones without a letter are not among them: they are read behind
// the literals of ShortCues.
func Spellings() []Spelling { return spellingTable[:] }

// spell makes the spellings of the codes and phrases: what tables.go holds, so that
// no start has to.
func spell(phrases []Phrase) []Spelling {
	var list []Spelling
	for i := range catalogue {
		list = appendNames(list, &catalogue[i])
		list = appendNumbers(list, &catalogue[i])
	}
	for _, r := range relatedCodes {
		list = append(list,
			Spelling{Text: r.Name, Code: r.Number, Form: FormName, Variety: NamePlain, Related: true},
			Spelling{Text: fmt.Sprintf("%08X", hresultBase|uint32(r.Number)), Code: r.Number, Form: FormHresult, Variety: HresultWin32, Related: true})
	}
	return appendMessages(list, phrases)
}

func appendNames(list []Spelling, c *Code) []Spelling {
	add := func(text, variety string) {
		list = append(list, Spelling{Text: text, Code: c.Number, Form: FormName, Variety: variety})
	}
	for _, n := range append([]string{c.Name}, c.Aliases...) {
		switch {
		case strings.HasPrefix(n, "WSA"), strings.HasPrefix(n, "WSWSA"):
			add(n, NameWSA)
		case strings.HasPrefix(n, "SOCKET_"):
			add(n, NameSocket)
		case strings.HasPrefix(n, "EAI_"):
			add(n, NameEAI)
		default:
			add(n, NamePlain)
		}
	}
	if rest, ok := strings.CutPrefix(c.Name, "WSA"); ok && !strings.HasPrefix(rest, "_") {
		add("SE_"+rest, NameSE)
	}
	if c.DotNet != "" {
		list = append(list, Spelling{Text: c.DotNet, Code: c.Number, Form: FormEnum, Variety: EnumMember, CueOnly: true})
	}
	return list
}

func appendNumbers(list []Spelling, c *Code) []Spelling {
	add := func(text string, form Form, variety string) {
		list = append(list, Spelling{Text: text, Code: c.Number, Form: form, Variety: variety})
	}
	hr := [3]string{HresultHex, HresultBare, HresultNumber}
	if c.Number < First {
		hr = [3]string{HresultWin32, HresultWin32, HresultWin32}
		if c.Number > 900 {
			list = append(list, Spelling{Text: strconv.Itoa(c.Number), Code: c.Number, Form: FormDecimal, Variety: DecimalShort, CueOnly: true})
		}
	} else {
		hex := fmt.Sprintf("%X", c.Number)
		add(strconv.Itoa(c.Number), FormDecimal, DecimalWhole)
		add("0x"+hex, FormHex, HexPrefixed)
		add("0x0"+hex, FormHex, HexPrefixed) // five digits, as some masks of printf give
		add("0000"+hex, FormHex, HexBare)    // 0x in front is seen at the match
		if strings.ContainsAny(hex, "ABCDEF") {
			add(hex, FormHex, HexBare) // digits alone are too common to search for
		} else {
			add(hex+"h", FormHex, HexPrefixed)
		}
		add(fmt.Sprintf("%08X", c.OpenSSL()), FormOffset, OffsetOpenSSL)
		add(strconv.Itoa(c.APR()), FormOffset, OffsetAPR)
	}
	add(fmt.Sprintf("%08X", c.Hresult()), FormHresult, hr[1]) // likewise
	add(strconv.FormatUint(uint64(c.Hresult()), 10), FormHresult, hr[2])
	add(strconv.FormatUint(-uint64(int64(c.HresultSigned())), 10), FormHresult, hr[2]) // without its minus
	if c.Libuv != 0 {
		add(strconv.Itoa(c.Libuv), FormLibuv, LibuvNumber)
	}
	if c.LibuvEAI != 0 {
		add(strconv.Itoa(c.LibuvEAI), FormLibuv, LibuvEAI)
	}
	return list
}

func appendMessages(list []Spelling, phrases []Phrase) []Spelling {
	for _, p := range phrases {
		s := Spelling{Text: p.Text, Code: p.Code, Also: p.Also, Form: FormMessage, Variety: MessageText, Related: isRelated(p.Code)}
		if p.NeedsSocket {
			s.Variety = MessageShort
		}
		list = append(list, s)
		if s.Variety == MessageText && slices.Contains(urlEncoded[:], p.Code) && isASCII(p.Text) {
			s.Text = strings.ReplaceAll(p.Text, " ", "%20")
			list = append(list, s)
			s.Text = strings.ReplaceAll(p.Text, " ", "+")
			list = append(list, s)
		}
	}
	return list
}

// urlEncoded are the codes whose texts are looked for in URLs as well, those in ASCII:
// beacons and web hooks carry them. More would cost every start for the sake of few.
var urlEncoded = [...]int{10048, 10053, 10054, 10060, 10061}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// Escape returns text with every character above ASCII as a JSON escape, as it
// stands in logs that were encoded by ensure_ascii printers.
func Escape(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r < 0x80:
			b.WriteRune(r)
		case r > 0xFFFF:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xD800+r>>10, 0xDC00+r&0x3FF)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// Entities returns text with every character above ASCII as a numeric HTML entity.
func Entities(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < 0x80 {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	return b.String()
}

// ShortCues are literals behind which a code may stand as a short number (995),
// as bare hexadecimal (2740) or, for Oracle, without its 10000. They stand in
// lower case and match in either case.
func ShortCues() []ShortCue { return shortCues[:] }

// A ShortCue is a literal behind which a number of a certain kind is read.
type ShortCue struct {
	Text   string
	Hex    bool // four bare hexadecimal digits may follow
	Oracle bool // the number lacks 10000
}

var shortCues = [...]ShortCue{
	{Text: "winerror"}, {Text: "win32 error"}, {Text: "os error"}, {Text: "socketexception ("}, {Text: "win32exception ("},
	{Text: "nativeerrorcode"}, {Text: "getlasterror", Hex: true}, {Text: "last error", Hex: true}, {Text: "lasterror", Hex: true},
	{Text: "winsock error", Hex: true}, {Text: "socket error", Hex: true}, {Text: "wsa error", Hex: true}, {Text: "wsaerror", Hex: true},
	{Text: "windows error: ", Oracle: true},
	// No number needs to follow these: what else such a line spells is worth a look.
	{Text: "socketerror"}, {Text: "socketexception"},
	{Text: "wsarecv"}, {Text: "wsasend"}, {Text: "wsaget"}, {Text: "wsaioctl"}, {Text: "wsawait"}, {Text: "acceptex"}, {Text: "connectex"},
}
