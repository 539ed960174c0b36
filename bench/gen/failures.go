package main

import (
	"fmt"
	"strings"

	"wsalog/rules"
)

// failures are lines that report an error, in every spelling. Beside the fields of
// ordinary lines they name the error: {name} {enum} {dec} {hex} {lowhex} {hex8}
// {hr} {hrlow} {hrsigned} {hrunsigned} {apr} {openssl} and {en} {zh} {de} {fr}
// {es} {ja} {ru} for the system text. A failure stands on the first line of its
// record unless lines says how many of its lines report it.
var failures = map[string][]failure{
	"mixed": {
		{text: `{iso} ERROR [pool-{pool}] connect {host}:{port} failed: {name} ({dec})`},
		{text: `{iso} WARN  [pool-{pool}] send to {host}:{port} failed with {name}`},
		{text: `{iso} ERROR [net] WSAGetLastError() returned {dec} for {host}:{port}`},
		{text: `{slash} [error] {pid}#{pid}: *{seq} connect() failed ({dec}: {en}) while connecting to upstream, client: {client}, server: {dns}.example.com, request: "{method} {path} HTTP/1.1", upstream: "http://{host}:{port}{path}"`},
		{text: "{iso} +02:00 [ERR] Orders.Worker.Payments Payment {order} failed\nSystem.Net.Sockets.SocketException ({dec}): {en}\n   at System.Net.Sockets.Socket.Receive(Span`1 buffer)", lines: 1},
		{text: "{iso} +02:00 [ERR] Orders.Worker.Files Unable to read data from the transport connection: {en}.\n ---> System.Net.Sockets.SocketException ({dec}): {en}\n   at Orders.Worker.Files.Upload.RunAsync()", lines: 2},
		{text: `{iso} +02:00 [WRN] Orders.Worker.Amqp Broker lost: SocketErrorCode={enum} NativeErrorCode={dec}, reconnect in {ms} ms`},
		{text: `{comma} ERROR [http-nio-8080-exec-{pool}] com.example.{service}.{class} - java.io.IOException: {en}`},
		{text: `time={exact}+02:00 level=ERROR msg="dial tcp {host}:{port}: connectex: {en}" service={service}`},
		{text: `{comma} ERROR worker[{pid}] {service}.tasks: [WinError {dec}] {en}`},
		{text: `{comma} ERROR worker[{pid}] {service}.http: ('Connection aborted.', ConnectionResetError({dec}, '{en}', None, {dec}, None))`, only: []int{10054}},
		{text: `{isot} ERROR agent::net: request to {host}:{port} failed: {en} (os error {dec})`},
		{text: `{iso} CEST [{pid}] FATAL:  connection to server at "{host}", port {port} failed: Connection refused ({hex8}/{dec})`, only: []int{10061}},
		{text: `{plain} write UDPv4: Connection reset by peer ({name}) (fd={small},code={dec})`, only: []int{10054}},
		{text: `{iso} ERROR [loader] socket call failed, hr={hr}`},
		{text: `{iso} ERROR [backup] agent on {server}: {en} ({hr})`},
		{text: `{iso} ERROR [com] connect failed, HRESULT {hrlow}`},
		{text: `{iso} ERROR [com] socket connect to {host} failed: HRESULT={hrsigned}`},
		{text: `{iso} ERROR [com] socket error {hrunsigned} on {host}:{port}`},
		{text: `{iso} ERROR [browser] bind() returned an error: {en} ({lowhex})`},
		{text: `{iso} ERROR [game] socket send failed, WSAGetLastError() = {hex}`},
		{text: `svn: E{apr}: Unable to connect to a repository at URL 'svn://{dns}.example.com/trunk': {en}`},
		{text: `{iso} ERROR [tls] error:{openssl}:system library:BIO_connect:Unknown error:crypto/bio/bio_sock2.c:{line}:`},
		{text: `{iso} FEHLER [dienst] {host}:{port}: {de}`},
		{text: `{iso} ERREUR [service] {host}:{port} : {fr}`},
		{text: `{iso} ERROR [servicio] {host}:{port}: {es}`},
		{text: `{iso} ERROR [受信] {host}:{port} {ja}`},
		{text: `{iso} ОШИБКА [сервис] {host}:{port}: {ru}`},
		{text: `{iso} [错误] [网关] 连接 {host}:{port} 失败：{zh}`},
		{text: `{plain} 10.0.0.11 GET {path} - 443 - {client} {wagent} - 200 0 {dec} {ms}`},
	},
	"iis": {
		{text: `{plain} 10.0.0.11 {method} {path} - 443 - {client} {wagent} - 200 0 {dec} {ms}`},
		{text: `{plain} 10.0.0.11 POST {path} id={order} 443 {user} {client} {wagent} https://{dns}.example.com/ 500 0 {dec} {ms}`},
	},
	"short": {
		{text: `{clock} E {name}`},
		{text: `{clock} E {host}:{port} {name}`},
		{text: `{clock} E connect error {dec}`},
		{text: `{clock} E recv failed: {dec}`},
		{text: `{clock} E socket hr={hr}`},
		{text: `{clock} E {en}`},
	},
	"long": {
		{text: `{"time":"{isot}","level":"ERROR","service":"{service}","msg":"connect {host}:{port} failed: {name} ({dec})","data":{"id":"{uuid}"{filler}}}`},
		{text: `{iso} ERROR [{service}] [WinError {dec}] {en}, body of order {order}: {"id":"{uuid}"{filler}}`},
		{text: `{iso} ERROR [{service}] order {order}: {"id":"{uuid}"{filler}} could not be sent: {en}`},
	},
	"chinese": {
		{text: `{iso} [错误] [网关] 连接 {host}:{port} 失败，错误代码：{dec}`},
		{text: `{iso} [错误] [物流] 调用 http://{host}:{port}/track 出错：{zh}`},
		{text: `{iso} [错误] [行情] 套接字接收失败 {name}，{small} 秒后重连`},
		{text: `{iso} [错误] [支付] 连接失败 WSAGetLastError()={dec}：{zh}`},
		{text: `{iso} [错误] [报表] 网络异常，HRESULT {hr}`},
	},
}

// A failure is a template for each code that has what the text names.
type failure struct {
	text  string
	lines int   // lines of the record that report the error; 0 means 1
	only  []int // the codes that this program prints so; nil means all
}

// A fault is a failure made out for one code.
type fault struct {
	template
	code int
	hits int // lines that report it
}

// A deck holds the faults of one failure, as often as their weights.
type deck struct {
	faults []fault
	draw   []uint16 // indexes of faults
}

// newDecks makes out the failures of a style for every code that fits.
func newDecks(style string) []deck {
	list := failures[style]
	switch style {
	case "oneline":
		list = failures["long"]
	case "services":
		list = failures["mixed"]
	}
	decks := make([]deck, len(list))
	for i, f := range list {
		codes := rules.Codes()
		for j := range codes {
			if c := &codes[j]; c.Number >= rules.First && f.fits(c) {
				decks[i].add(f, c)
			}
		}
	}
	return decks
}

func (f failure) fits(c *rules.Code) bool {
	for _, n := range f.only {
		if n == c.Number {
			return true
		}
	}
	return f.only == nil
}

func (d *deck) add(f failure, c *rules.Code) {
	text, ok := spell(f.text, c)
	if !ok {
		return
	}
	w := weights[c.Number]
	if w == 0 {
		w = rareWeight
	}
	for range w {
		d.draw = append(d.draw, uint16(len(d.faults)))
	}
	d.faults = append(d.faults, fault{compile(text), c.Number, max(f.lines, 1)})
}

// spell fills in the error; false when the code lacks a spelling that the text
// names.
func spell(text string, c *rules.Code) (string, bool) {
	put := map[string]string{
		"name": c.Name, "enum": c.DotNet, "dec": fmt.Sprint(c.Number),
		"hex": c.Hex(), "lowhex": fmt.Sprintf("0x%x", c.Number), "hex8": fmt.Sprintf("0x%08X", c.Number),
		"hr": c.HresultHex(), "hrlow": strings.ToLower(c.HresultHex()),
		"hrsigned": fmt.Sprint(c.HresultSigned()), "hrunsigned": fmt.Sprint(c.Hresult()),
		"apr": fmt.Sprint(c.APR()), "openssl": fmt.Sprintf("%08X", c.OpenSSL()),
	}
	for lang, byCode := range texts {
		put[lang] = byCode[c.Number]
	}
	for key, value := range put {
		if field := "{" + key + "}"; strings.Contains(text, field) {
			if value == "" {
				return "", false
			}
			text = strings.ReplaceAll(text, field, value)
		}
	}
	return text, true
}
