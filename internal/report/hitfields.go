package report

import (
	"fmt"
	"strconv"
	"strings"

	"wsalog/rules"
)

// Fields selects the names under which a HitStream writes a hit.
type Fields uint8

// The field names.
const (
	FieldsPlain Fields = iota // wsalog's own short names
	FieldsOTel                // OpenTelemetry attributes, flat dotted keys
	FieldsECS                 // Elastic Common Schema, flat dotted keys
)

// ParseFields reads the name of a set of field names.
func ParseFields(s string) (Fields, error) {
	switch s {
	case "", "plain":
		return FieldsPlain, nil
	case "otel":
		return FieldsOTel, nil
	case "ecs":
		return FieldsECS, nil
	}
	return 0, fmt.Errorf("unknown fields %q: use plain, otel or ecs", s)
}

// hitKeys names the members of a hit; an empty name leaves the member out.
type hitKeys struct {
	file, line, offset, time         string
	code, name, part, class          string
	severity, group, also            string
	forms, spans, confidence, rule   string
	peer, host, ip, port, call       string
	summary, text, bytes             string
	textOffset, truncated, codeTwin  string
	codeAsString, summaryAlwaysInEng bool
}

// Sources of the foreign names: the OpenTelemetry semantic conventions
// (error.type, network.peer.*, server.*, log.file.*) and the ECS reference. What
// neither has a name for stands under winsock.*. OTel's error.message is not
// used because it is deprecated; severity_text and log.level are not used
// because they belong to whoever wrote the line.
var hitKeySets = [...]hitKeys{
	FieldsPlain: {
		file: "file", line: "line", offset: "offset", time: "time",
		code: "code", name: "name", part: "part", class: "class", severity: "severity", also: "also",
		forms: "forms", spans: "spans", confidence: "confidence", rule: "rule",
		peer: "peer", call: "call", summary: "summary",
		text: "text", bytes: "bytes", textOffset: "text_offset", truncated: "truncated", codeTwin: "twin",
	},
	FieldsOTel: {
		file: "log.file.path", line: "log.file.record_number", offset: "log.file.record_offset", time: "timestamp",
		code: "winsock.error.code", name: "error.type", part: "winsock.error.part", class: "winsock.error.class",
		severity: "winsock.error.severity", group: "winsock.error.group", also: "winsock.error.also",
		forms: "winsock.error.form", spans: "winsock.error.spans",
		confidence: "winsock.error.confidence", rule: "winsock.error.rule",
		host: "server.address", ip: "network.peer.address", port: "network.peer.port", call: "winsock.call",
		summary: "winsock.error.message", summaryAlwaysInEng: true,
		text: "body", bytes: "winsock.line.bytes", textOffset: "winsock.line.text_offset",
		truncated: "winsock.line.truncated", codeTwin: "winsock.error.twin",
	},
	FieldsECS: {
		file: "log.file.path", line: "winsock.line.number", offset: "log.offset", time: "@timestamp",
		code: "error.code", codeAsString: true, name: "error.type", part: "winsock.error.part",
		class: "winsock.error.class", severity: "winsock.error.severity", group: "event.reason",
		also: "winsock.error.also", forms: "winsock.error.form", spans: "winsock.error.spans",
		confidence: "winsock.error.confidence", rule: "winsock.error.rule",
		host: "destination.domain", ip: "destination.ip", port: "destination.port", call: "winsock.call",
		summary: "error.message", text: "message", bytes: "winsock.line.bytes",
		textOffset: "winsock.line.text_offset", truncated: "winsock.line.truncated", codeTwin: "winsock.error.twin",
	},
}

// groupOf sorts a code into the few kinds of trouble that dashboards tell apart.
func groupOf(c *rules.Code) string {
	switch c.Number {
	case 10061, 10112:
		return "refused"
	case 10052, 10053, 10054, 10058, 10101:
		return "reset"
	case 10060:
		return "timeout"
	case 10048, 10049:
		return "address"
	case 10050, 10051, 10064, 10065:
		return "unreachable"
	case 8, 10024, 10055, 10067:
		return "resources"
	case 10013:
		return "permission"
	case 10004, 995, 996, 997, 10035, 10036, 10037, 10102, 10103, 10110, 10111:
		return "flow"
	}
	switch c.Part {
	case rules.Database:
		return "dns"
	case rules.QosIPsec:
		return "qos"
	}
	if c.Class == rules.ProgramBug {
		return "usage"
	}
	return "system"
}

// twinOf returns the name of a Win32 relative and the WinSock code that it
// stands for.
func twinOf(number int) (name string, twin int) {
	if r, ok := rules.LookupRelated(number); ok {
		return r.Name, r.Twin
	}
	return "", 0
}

// splitPeer cuts a peer into host and port; port is -1 when the peer has none.
// isIP tells an address from a name.
func splitPeer(peer string) (host string, port int, isIP bool) {
	host, port = peer, -1
	if strings.HasPrefix(peer, "[") {
		end := strings.IndexByte(peer, ']')
		if end < 0 {
			return peer, -1, false
		}
		host = peer[1:end]
		if rest := peer[end+1:]; strings.HasPrefix(rest, ":") {
			port = parsePort(rest[1:])
		}
		return host, port, true
	}
	switch first := strings.IndexByte(peer, ':'); {
	case first < 0:
	case strings.IndexByte(peer[first+1:], ':') >= 0:
		return peer, -1, true // an IPv6 address without brackets has no port
	default:
		if p := parsePort(peer[first+1:]); p >= 0 {
			host, port = peer[:first], p
		}
	}
	return host, port, dotted(host)
}

// dotted reports whether s looks like an IPv4 address.
func dotted(s string) bool {
	dots := 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '.':
			dots++
		case s[i] < '0' || s[i] > '9':
			return false
		}
	}
	return dots == 3
}

func parsePort(s string) int {
	if len(s) == 0 || len(s) > 5 {
		return -1
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return -1
		}
		n = n*10 + int(s[i]-'0')
	}
	if n > 65535 {
		return -1
	}
	return n
}

// appendCode appends a code as a number, or as a string where the schema wants
// keywords.
func (k *hitKeys) appendCode(dst []byte, code int) []byte {
	dst = appendKey(dst, k.code)
	if !k.codeAsString {
		return strconv.AppendInt(dst, int64(code), 10)
	}
	dst = append(dst, '"')
	dst = strconv.AppendInt(dst, int64(code), 10)
	return append(dst, '"')
}
