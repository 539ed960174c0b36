package main

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// A writer invents log lines. Everything it says follows from its seed.
type writer struct {
	*rand.Rand
	now time.Time
}

// A style is a kind of log: how often it is drawn and how it writes a line.
type style struct {
	weight  int
	line    func(w *writer) string
	foreign bool // not English
}

// styles are the logs that wsalog is likely to be pointed at. The weights are a
// guess at a mixed server fleet, with some text that is not English.
var styles = []style{
	{14, access, false}, {10, w3c, false}, {10, syslog, false}, {10, java, false}, {8, jsonLine, false},
	{8, logfmt, false}, {8, dotnet, false}, {6, database, false}, {5, python, false}, {5, proxy, false},
	{4, service, false}, {4, dump, false}, {3, chinese, true}, {2, european, true}, {1, japanese, true},
	{2, metrics, false}, {8, daemons, false},
}

func (w *writer) text(size, foreign int) []byte {
	var deck []int
	for i, s := range styles {
		weight := s.weight
		if s.foreign {
			weight *= foreign
		}
		for range weight {
			deck = append(deck, i)
		}
	}
	var b []byte
	for len(b) < size {
		s := styles[deck[w.IntN(len(deck))]]
		for range 1 + w.IntN(12) { // logs of one kind come in runs
			w.now = w.now.Add(time.Duration(w.IntN(900)) * time.Millisecond)
			b = append(append(b, s.line(w)...), '\n')
		}
	}
	return b
}

func (w *writer) pick(list ...string) string { return list[w.IntN(len(list))] }
func (w *writer) of(list string) string      { return w.pick(strings.Split(list, "|")...) }
func (w *writer) stamp(layout string) string { return w.now.Format(layout) }
func (w *writer) hex(digits int) string      { return w.draw("0123456789abcdef", digits) }
func (w *writer) upperHex(digits int) string { return w.draw("0123456789ABCDEF", digits) }
func (w *writer) number(most int) int        { return w.IntN(1 << (1 + w.IntN(most))) }
func (w *writer) ip() string {
	return fmt.Sprintf("10.%d.%d.%d", w.IntN(256), w.IntN(256), w.IntN(256))
}
func (w *writer) pid() int   { return 300 + w.IntN(32000) }
func (w *writer) port() int  { return 1024 + w.IntN(64000) }
func (w *writer) ms() string { return fmt.Sprintf("%.3f", w.ExpFloat64()/10) }
func (w *writer) host() string {
	return w.of(hosts) + fmt.Sprintf("%02d", w.IntN(40)) + w.of("|.example.internal|.corp.example.com")
}
func (w *writer) draw(set string, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = set[w.IntN(len(set))]
	}
	return string(b)
}

func (w *writer) guid() string {
	return w.hex(8) + "-" + w.hex(4) + "-4" + w.hex(3) + "-a" + w.hex(3) + "-" + w.hex(12)
}

func (w *writer) token() string {
	b := make([]byte, 12+w.IntN(24))
	for i := range b {
		b[i] = byte(w.Uint32())
	}
	return base64.URLEncoding.EncodeToString(b)
}

func (w *writer) path() string {
	p := ""
	for range 1 + w.IntN(4) {
		p += "/" + w.of(nouns)
	}
	return p + w.pick("", fmt.Sprintf("/%d", w.number(20)), "?page="+fmt.Sprint(w.IntN(30)), ".png",
		".js", "/"+w.guid(), "?token="+w.token())
}

// sentence strings together what programs say of their work.
func (w *writer) sentence() string {
	switch w.IntN(8) {
	case 0:
		return fmt.Sprintf("%s %s %s in %d ms", w.of(verbs), w.of(nouns), w.of(nouns), w.number(14))
	case 1:
		return fmt.Sprintf("The %s of the %s was %s by %s", w.of(nouns), w.of(nouns), w.of(verbs), w.host())
	case 2:
		return fmt.Sprintf("could not %s %s: %s", w.of(actions), w.of(nouns), w.of(troubles))
	case 3:
		return fmt.Sprintf("%s: %s %s (%d of %d)", w.of(nouns), w.of(verbs), w.of(nouns), w.number(10),
			w.number(12))
	}
	if w.IntN(2) == 0 {
		words := []string{w.of(nouns)}
		for range 4 + w.IntN(12) { // the first words of the list are the most frequent
			u := w.Float64()
			words = append(words, prose[int(float64(len(prose))*u*u*u)])
		}
		return strings.Join(words, " ")
	}
	return fmt.Sprintf("%s is %s and waits for the %s of %s:%d", w.of(nouns), w.of(verbs), w.of(nouns),
		w.ip(), w.port())
}

func access(w *writer) string {
	return fmt.Sprintf(`%s - %s [%s] "%s %s HTTP/1.1" %d %d "%s" "Mozilla/5.0 (%s) %s/%d.%d"`,
		w.ip(), w.of("-|-|alice|robot"), w.stamp("02/Jan/2006:15:04:05 -0700"),
		w.of("GET|GET|GET|POST|PUT|HEAD"), w.path(),
		[]int{200, 200, 200, 204, 301, 304, 404, 500, 502}[w.IntN(9)], w.number(18), w.pick("-",
			"https://www.example.com"+w.path()),
		w.of("Windows NT 10.0; Win64; x64|X11; Linux x86_64|Macintosh; Intel Mac OS X 10_15_7"),
		w.of("Firefox|Chrome|Safari|curl"), w.IntN(140), w.IntN(10))
}

func w3c(w *writer) string {
	return fmt.Sprintf("%s %s %s %s - %s %s %s %s %d 0 0 %d", w.stamp("2006-01-02 15:04:05"), w.ip(),
		w.of("GET|GET|POST"), w.path(), w.of("80|443"),
		w.pick("-", `CORP\svc-web`), w.ip(), w.of("Mozilla/5.0+(Windows+NT+10.0)|curl/8.5.0|-"),
		[]int{200, 200, 302, 401, 500}[w.IntN(5)], w.number(14))
}

func syslog(w *writer) string {
	return fmt.Sprintf("%s %s %s[%d]: %s", w.stamp("Jan _2 15:04:05"), w.host(),
		w.of("sshd|systemd|CRON|kernel|dhclient|postfix/smtp|ntpd"), w.pid(),
		w.pick(w.sentence(), fmt.Sprintf("session opened for user %s from %s port %d ssh2",
			w.of("root|backup|deploy"), w.ip(), w.port()),
			fmt.Sprintf("[%5d.%06d] %s: link becomes ready, 0x%s", w.number(18), w.IntN(1000000),
				w.of("eth0|ens192|br-3"), w.hex(8))))
}

func java(w *writer) string {
	if w.IntN(5) == 0 {
		return fmt.Sprintf("\tat com.example.%s.%s.%s(%s.java:%d)", w.of(nouns), w.title(),
			w.of(actions), w.title(), w.number(11))
	}
	return fmt.Sprintf("%s %-5s [%s-%d] c.e.%s.%s - %s", w.stamp("2006-01-02 15:04:05,000"),
		w.of("INFO|INFO|DEBUG|WARN|ERROR"), w.of("main|pool-3-thread|http-nio-8080-exec|scheduler"),
		w.IntN(30), w.of(nouns), w.title(), w.sentence())
}

func (w *writer) title() string {
	n := w.of(nouns)
	return strings.ToUpper(n[:1]) + n[1:] + w.of("Service|Handler|Client|Manager|Impl|Exception")
}

func jsonLine(w *writer) string {
	return fmt.Sprintf(`{"level":"%s","ts":"%s","logger":"%s","msg":"%s","traceId":"%s","duration_ms":%d,"peer":"%s:%d"}`,
		w.of("info|info|debug|warn|error"),
		w.stamp(time.RFC3339Nano), w.of(nouns), w.sentence(), w.hex(32), w.number(16), w.ip(), w.port())
}

func logfmt(w *writer) string {
	return fmt.Sprintf(`time=%s level=%s msg="%s" %s=%d %s=%s id=%s`, w.stamp(time.RFC3339),
		w.of("INFO|WARN|DEBUG"), w.sentence(), w.of(nouns), w.number(24), w.of(nouns), w.of(verbs),
		w.guid())
}

func dotnet(w *writer) string {
	return w.pick(fmt.Sprintf("[%s %s] %s {SourceContext: \"Example.%s\", RequestId: \"%s:%s\"}",
		w.stamp("15:04:05"), w.of("INF|DBG|WRN|ERR"), w.sentence(), w.title(), w.upperHex(13),
		w.upperHex(8)),
		fmt.Sprintf(`%s,%s,Information,%d,C:\Program Files\Example\%s.exe,%s`,
			w.stamp("1/2/2006 3:04:05 PM"), w.host(), w.number(14), w.title(), w.sentence()),
		fmt.Sprintf("   at Example.%s.%s(%s request) in D:\\build\\src\\%s.cs:line %d", w.title(),
			w.title(), w.title(), w.title(), w.number(11)))
}

func database(w *writer) string {
	return fmt.Sprintf("%s UTC [%d] %s: %s", w.stamp("2006-01-02 15:04:05.000"), w.pid(),
		w.of("LOG|LOG|STATEMENT|ERROR|DETAIL"),
		w.pick(w.sentence(),
			fmt.Sprintf("duration: %s ms  statement: SELECT id, %s FROM %s WHERE %s_id = %d ORDER BY 1",
				w.ms(), w.of(nouns), w.of(nouns), w.of(nouns), w.number(20)),
			fmt.Sprintf("checkpoint complete: wrote %d buffers (%d.%d%%); lsn=%s/%s", w.number(14),
				w.IntN(100), w.IntN(10), w.upperHex(2), w.upperHex(8))))
}

func python(w *writer) string {
	if w.IntN(4) == 0 {
		return fmt.Sprintf(`  File "/opt/%s/%s.py", line %d, in %s`, w.of(nouns), w.of(nouns),
			w.number(11), w.of(actions))
	}
	return fmt.Sprintf("%s:%s:%s.%s:%s", w.of("INFO|WARNING|ERROR"), w.stamp("2006-01-02 15:04:05,000"),
		w.of(nouns), w.of(nouns), w.sentence())
}

func proxy(w *writer) string {
	return fmt.Sprintf(`%s %s haproxy[%d]: %s:%d [%s] %s~ %s/%s %d/%d/%d/%d/%d %d %d - - ---- %d/%d/%d/%d/0 0/0 "GET %s HTTP/2.0"`,
		w.stamp("Jan _2 15:04:05"), w.host(), w.pid(), w.ip(), w.port(),
		w.stamp("02/Jan/2006:15:04:05.000"), w.of(nouns), w.of(nouns), w.host(), w.IntN(9), w.IntN(9),
		w.IntN(9), w.number(10), w.number(12), 200, w.number(20), w.IntN(900), w.IntN(900),
		w.IntN(90), w.IntN(90), w.path())
}

func service(w *writer) string {
	return fmt.Sprintf("%s\t%s\t%s\t0x%s\t%s", w.stamp("2006-01-02T15:04:05.000-07:00"),
		w.of("Information|Warning|Audit Success"), w.title(), w.upperHex(8), w.sentence())
}

func dump(w *writer) string {
	if w.IntN(2) == 0 {
		return fmt.Sprintf("%08x  %s %s  |%s|", w.IntN(1<<20)*16, w.hex(16), w.hex(16),
			w.draw("abcdefgh........ 0123", 16))
	}
	return fmt.Sprintf("thread 0x%s rip=%016x rsp=00007ff%s flags=0x%s handle=0x%x", w.hex(4),
		w.Uint64(), w.hex(9), w.hex(8), w.number(12))
}

func metrics(w *writer) string {
	return fmt.Sprintf(`%s_%s_total{host="%s",code="%d"} %d %d`, w.of(nouns), w.of(verbs), w.host(),
		200+w.IntN(4), w.number(30), w.now.UnixMilli())
}

func chinese(w *writer) string {
	return fmt.Sprintf("%s [%s] %s%s%s，耗时 %d 毫秒，编号 %d", w.stamp("2006-01-02 15:04:05.000"),
		w.of("信息|警告|错误|INFO"), w.of(zhNouns), w.of(zhVerbs), w.of(zhNouns), w.number(12), w.number(24))
}

func european(w *writer) string {
	return fmt.Sprintf("%s %s", w.stamp("02.01.2006 15:04:05"), w.pick(
		fmt.Sprintf("Der Auftrag %d für %s wurde geprüft und an den Drucker übergeben", w.number(20),
			w.host()),
		fmt.Sprintf("La tâche %d a été terminée après %d secondes, résultat envoyé à %s", w.number(20),
			w.number(9), w.host()),
		fmt.Sprintf("Задание %d выполнено за %d секунд, ответ отправлен на %s", w.number(20),
			w.number(9), w.ip()),
		fmt.Sprintf("Se guardó la página %d después de %d intentos", w.number(20), w.number(5)),
		fmt.Sprintf("A sessão %d foi fechada; não há mais pedidos", w.number(20))))
}

func japanese(w *writer) string {
	return fmt.Sprintf("%s %s", w.stamp("2006/01/02 15:04:05"), w.pick(
		fmt.Sprintf("ユーザー %d の処理を開始しました（番号 %d）", w.number(20), w.number(12)),
		fmt.Sprintf("データの書き込みが完了しました: %d 件", w.number(12)),
		fmt.Sprintf("작업 %d 을(를) 완료했습니다. 파일 %d 개를 저장합니다", w.number(20), w.number(6))))
}
