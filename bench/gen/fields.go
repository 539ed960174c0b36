package main

import "wsalog/rules"

// fields are the changing parts that templates may name. Numbers of error lines
// stay out of the range of WinSock codes, so that the ledger is exact.
var fields = map[string]field{
	// time
	"iso":    func(b []byte, g *generator) []byte { return g.milli(g.stamp(b, g.date, ' '), '.') },
	"comma":  func(b []byte, g *generator) []byte { return g.milli(g.stamp(b, g.date, ' '), ',') },
	"isot":   func(b []byte, g *generator) []byte { return append(g.exact(b), 'Z') },
	"micro":  func(b []byte, g *generator) []byte { return appendThree(g.exact(b), g.below(1000)) },
	"exact":  func(b []byte, g *generator) []byte { return g.exact(b) },
	"plain":  func(b []byte, g *generator) []byte { return g.stamp(b, g.date, ' ') },
	"slash":  func(b []byte, g *generator) []byte { return g.stamp(b, g.slash, ' ') },
	"apache": func(b []byte, g *generator) []byte { return append(g.stamp(b, g.apache, ':'), " +0200"...) },
	"syslog": func(b []byte, g *generator) []byte { return g.stamp(b, g.syslog, ' ') },
	"clock":  func(b []byte, g *generator) []byte { return g.milli(append(b, g.time...), '.') },

	// places
	"client": func(b []byte, g *generator) []byte {
		n := g.below(3 * 254)
		return appendInt(append(b, documentation[n%3]...), 1+n/3)
	},
	"host": func(b []byte, g *generator) []byte {
		n := g.below(8 * 250)
		b = append(appendInt(append(b, "10.0."...), n%8), '.')
		return appendInt(b, 1+n/8)
	},
	"eport":  number(49152, 65535), // a port that a client is given
	"port":   oneOf("80", "443", "1433", "3306", "5432", "5672", "6379", "8080", "8443", "9092", "9200", "27017"),
	"decoy":  number(rules.First, rules.Last),
	"server": oneOf("web01", "web02", "app01", "app02", "app03", "sql01", "mq01", "edge-7", "files02"),
	"dns":    oneOf("shop", "api", "auth", "payments", "reports", "search", "cdn", "mail"),

	// ids and amounts
	"pid":   number(1200, 9800),
	"pool":  number(1, 64),
	"small": number(0, 99),
	"ms":    number(1, 950),
	"bytes": func(b []byte, g *generator) []byte { return appendInt(b, int(g.next()>>(46+uint(g.below(10))))) },
	"line":  number(12, 980),
	"seq":   func(b []byte, g *generator) []byte { g.serial++; return appendInt(b, g.serial) },
	"order": number(200000, 999999),
	"hex":   func(b []byte, g *generator) []byte { return appendHex(b, g.next(), 8) },
	"trace": func(b []byte, g *generator) []byte { return appendHex(b, g.next(), 16) },
	"uuid":  appendUUID,

	// words
	"level":   oneOf("INFO ", "INFO ", "INFO ", "INFO ", "INFO ", "DEBUG", "DEBUG", "DEBUG", "WARN "),
	"method":  oneOf("GET", "GET", "GET", "GET", "GET", "POST", "POST", "PUT", "DELETE", "HEAD"),
	"status":  oneOf("200", "200", "200", "200", "200", "200", "201", "204", "301", "304", "304", "400", "401", "404", "500", "502"),
	"path":    oneOf("/", "/health", "/api/orders", "/api/stock", "/api/price", "/img/logo.png", "/css/site.css", "/login", "/search", "/cart/items", "/v2/users/me", "/robots.txt", "/js/app.min.js"),
	"agent":   oneOf("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36", "curl/8.7.1", "okhttp/4.12.0", "python-requests/2.32.3", "Go-http-client/1.1", "Prometheus/2.53.0"),
	"wagent":  oneOf("Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36", "curl/8.7.1", "okhttp/4.12.0", "PowerShell/7.4.3"),
	"win32":   appendWin32,
	"service": oneOf("orders", "billing", "catalog", "gateway", "session", "mailer", "indexer", "audit"),
	"class":   oneOf("OrderService", "StockCache", "PriceFeed", "SessionStore", "MailQueue", "AuditWriter"),
	"table":   oneOf("orders", "order_items", "customers", "prices", "stock", "sessions"),
	"user":    oneOf("deploy", "backup", "alice", "bob", "carol", "svc-web", "svc-sql"),
	"filler":  appendFiller,
}

// appendWin32 writes the Win32 status of an IIS row: nearly always 0, a file that is
// not there or a client that must log on now and then, and in one row of 200 the 64
// of a client that has gone.
func appendWin32(b []byte, g *generator) []byte {
	switch n := g.below(200); {
	case n < 1:
		return append(b, "64"...)
	case n < 5:
		return append(b, '5')
	case n < 11:
		return append(b, '2')
	}
	return append(b, '0')
}

// documentation are the networks reserved for examples (RFC 5737).
var documentation = [3]string{"192.0.2.", "198.51.100.", "203.0.113."}

func number(from, to int) field {
	return func(b []byte, g *generator) []byte { return appendInt(b, g.between(from, to)) }
}

func oneOf(words ...string) field {
	return func(b []byte, g *generator) []byte { return append(b, words[g.below(len(words))]...) }
}

func (g *generator) stamp(b []byte, date string, between byte) []byte {
	b = append(append(b, date...), between)
	return append(b, g.time...)
}

// exact is the time as RFC 3339 writes it, without its offset.
func (g *generator) exact(b []byte) []byte { return g.milli(g.stamp(b, g.date, 'T'), '.') }

func (g *generator) milli(b []byte, point byte) []byte {
	return appendThree(append(b, point), g.clock.milli)
}

func appendHex(b []byte, v uint64, digits int) []byte {
	for i := digits - 1; i >= 0; i-- {
		b = append(b, "0123456789abcdef"[v>>(4*uint(i))&15])
	}
	return b
}

func appendUUID(b []byte, g *generator) []byte {
	hi, lo := g.next(), g.next()
	b = append(appendHex(b, hi>>32, 8), '-')
	b = append(appendHex(b, hi>>16, 4), '-')
	b = append(appendHex(b, hi, 4), '-')
	b = append(appendHex(b, lo>>48, 4), '-')
	return appendHex(b, lo, 12)
}

// appendFiller writes what makes lines long: members of a JSON object, 1 to 7
// KiB of them.
func appendFiller(b []byte, g *generator) []byte {
	for end := len(b) + g.between(1<<10, 7<<10); len(b) < end; {
		m := &g.members[g.below(len(g.members))]
		b = m.append(b, g)
		b = b[:len(b)-1] // members stand in one line
	}
	return b
}
