package rules

import "fmt"

// A Part is the section of the catalogue that a code belongs to: the four parts
// of the document that wsalog began with, and two of our own.
type Part uint8

// The parts in the order in which reports list them.
const (
	CRuntime  Part = iota // C run-time numbers that WinSock shifts by 10000
	Berkeley              // Berkeley sockets errors under their Windows names
	Extension             // errors that only Windows Sockets has
	Database              // answers of the name and service databases
	QosIPsec              // quality of service and IPsec
	Win32                 // plain Win32 codes that WinSock shares
)

var partNames = [...]string{"c-runtime", "berkeley", "extension", "database", "qos-ipsec", "win32"}

// String returns the name used in flags and JSON.
func (p Part) String() string { return nameOf(partNames[:], int(p)) }

// ParsePart is the inverse of Part.String.
func ParsePart(s string) (Part, error) {
	i, err := indexOf(partNames[:], s, "part")
	return Part(i), err
}

// Parts lists all parts in report order.
func Parts() []Part { return []Part{CRuntime, Berkeley, Extension, Database, QosIPsec, Win32} }

// A Class says where the cause of an error usually lies.
type Class uint8

// The classes, mildest first.
const (
	Normal       Class = iota // part of normal work, no fault
	Transient                 // passes by itself or with less load
	Config                    // a setting is wrong
	ProgramBug                // the program misuses the API
	Remote                    // the other end decided
	LocalNetwork              // this machine's network or its way out
	Fatal                     // the socket system itself is broken
)

var classNames = [...]string{"normal", "transient", "config", "program-bug", "remote", "local-network", "fatal"}

// String returns the name used in flags and JSON.
func (c Class) String() string { return nameOf(classNames[:], int(c)) }

// ParseClass is the inverse of Class.String.
func ParseClass(s string) (Class, error) {
	i, err := indexOf(classNames[:], s, "class")
	return Class(i), err
}

// Classes lists all classes, mildest first.
func Classes() []Class {
	return []Class{Normal, Transient, Config, ProgramBug, Remote, LocalNetwork, Fatal}
}

// A Severity says how loud a code is. Info codes are listed apart in reports
// and never trip --fail-on.
type Severity uint8

// The severities, mildest first.
const (
	Info Severity = iota
	Warn
	Error
)

var severityNames = [...]string{"info", "warn", "error"}

// String returns the name used in flags and JSON.
func (s Severity) String() string { return nameOf(severityNames[:], int(s)) }

// ParseSeverity is the inverse of Severity.String.
func ParseSeverity(s string) (Severity, error) {
	i, err := indexOf(severityNames[:], s, "severity")
	return Severity(i), err
}

// A Form is a way of spelling a code in a log.
type Form uint8

// The forms.
const (
	FormName    Form = iota // WSAECONNREFUSED and its aliases
	FormDecimal             // 10061
	FormHex                 // 0x274D
	FormHresult             // 0x8007274D, -2147014835, 2147952461
	FormMessage             // words of the Windows system text
	FormEnum                // SocketError.ConnectionRefused
	FormLibuv               // -4078
	FormOffset              // APR 730061, OpenSSL 8000274D, Oracle 61
)

var formNames = [...]string{"name", "decimal", "hex", "hresult", "message", "enum", "libuv", "offset"}

// String returns the name used in rules, flags and JSON.
func (f Form) String() string { return nameOf(formNames[:], int(f)) }

// ParseForm is the inverse of Form.String.
func ParseForm(s string) (Form, error) {
	i, err := indexOf(formNames[:], s, "form")
	return Form(i), err
}

// Forms lists all forms.
func Forms() []Form {
	return []Form{FormName, FormDecimal, FormHex, FormHresult, FormMessage, FormEnum, FormLibuv, FormOffset}
}

// A Lang is a language that wsalog speaks to people.
type Lang uint8

// The languages.
const (
	English Lang = iota
	Chinese
)

var langNames = [...]string{"en", "zh"}

// String returns the tag used in flags.
func (l Lang) String() string { return nameOf(langNames[:], int(l)) }

// ParseLang accepts the tags of Lang.String.
func ParseLang(s string) (Lang, error) {
	i, err := indexOf(langNames[:], s, "language")
	return Lang(i), err
}

func nameOf(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("unknown(%d)", i)
}

func indexOf(names []string, s, what string) (int, error) {
	for i, n := range names {
		if n == s {
			return i, nil
		}
	}
	return 0, fmt.Errorf("unknown %s %q: use one of %v", what, s, names)
}
