package report

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"wsalog/annotate"
	"wsalog/internal/stats"
	"wsalog/matcher"
	"wsalog/rules"
)

// A logMaker fills a Collector with lines.
type logMaker struct {
	c    *stats.Collector
	src  *annotate.Source
	line int64
}

func newLog(c *stats.Collector, name string) *logMaker {
	return &logMaker{c: c, src: &annotate.Source{Name: name}}
}

// add adds one line about code, stamped at, zone +02:00.
func (l *logMaker) add(at time.Time, code int, call, peer, text string) {
	s := annotate.Stamp{Time: at.Add(-2 * time.Hour), Valid: !at.IsZero(), HasZone: true, OffsetSec: 7200}
	l.addStamped(s, code, call, peer, text)
}

func (l *logMaker) addStamped(s annotate.Stamp, code int, call, peer, text string) {
	word := fmt.Sprint(code)
	if text == "" {
		text = fmt.Sprintf("%s ERROR [pool-%d] %s %s failed: %d", s.Time.Format("15:04:05.000"), l.line%7, call, peer, code)
	}
	r := annotate.Record{Text: []byte(text), Stamp: s, Call: call, Peer: peer}
	at := strings.Index(text, word)
	if at >= 0 {
		r.Hits = []annotate.Hit{{Code: code, Forms: []rules.Form{rules.FormDecimal}, Confidence: matcher.High,
			Spans: []annotate.Span{{Start: at, End: at + len(word)}}}}
	} else {
		r.Hits = []annotate.Hit{{Code: code, Forms: []rules.Form{rules.FormName}, Confidence: matcher.Low}}
	}
	if i := strings.Index(text, peer); peer != "" && i >= 0 {
		r.PeerSpan = annotate.Span{Start: i, End: i + len(peer)}
	}
	l.line++
	_ = l.c.Batch(&annotate.Batch{Source: l.src, FirstLine: l.line, Lines: 1, Records: []annotate.Record{r},
		Bytes: r.Text, RawLen: int64(len(text) + 1), Encoding: "UTF-8"})
}

// skip adds lines without records.
func (l *logMaker) skip(n int64) {
	l.line += n
	_ = l.c.Batch(&annotate.Batch{Source: l.src, FirstLine: l.line - n + 1, Lines: n, RawLen: n * 61, Encoding: "UTF-8"})
}

var day = time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC)

// outage is a day on which a database restarts and a firewall drops idle
// connections.
func outage() *stats.Collector {
	c := stats.New(stats.Options{})
	r := rand.New(rand.NewPCG(1, 1))
	app, web := newLog(c, "logs/app.log"), newLog(c, "logs/web.log")
	for i := range 24 * 60 {
		at := day.Add(time.Duration(i)*time.Minute + 3*time.Second)
		app.skip(97)
		switch {
		case i >= 622 && i < 641:
			for range 40 {
				app.add(at.Add(time.Duration(r.IntN(55000))*time.Millisecond), 10061, "connect", "10.0.0.5:5432", "")
			}
		case i%37 == 0:
			app.add(at, 10061, "connect", fmt.Sprintf("10.0.1.%d:8080", i%50), "")
		}
		if i >= 640 && i < 650 {
			app.add(at, 10048, "connect", "", "")
		}
		if i%4 == 0 {
			web.add(at, 10054, "recv", "10.0.0.9:443", "")
		}
		if i%90 == 10 {
			web.add(at, 10060, "connect", "10.0.3.1:1433", "")
		}
		if i%6 == 0 {
			web.add(at, 10035, "recv", "", "")
		}
	}
	_ = c.Batch(&annotate.Batch{Source: web.src, FirstLine: 1 << 20, Rejects: map[string]int{"port": 96, "pid": 22},
		Events: []annotate.SourceEvent{{Kind: annotate.LongLine}}})
	rel := annotate.Record{Text: []byte("WinError 64"), Hits: []annotate.Hit{{Code: 64, Related: true}}}
	_ = c.Batch(&annotate.Batch{Source: web.src, FirstLine: 1<<20 + 1, Lines: 1, Records: []annotate.Record{rel}, RawLen: 12})
	return c
}

// hardNames are names that break careless writers.
var hardNames = []string{
	`a,b"c.log`, "new\nline.log", "<script>alert(1)</script>", "</script><img src=x onerror=alert(2)>",
	"数据库服务器:1433", "emoji 😀👨‍👩‍👧 peer:80", "bidi \u202egol.txt\u2066", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\tTab", "\rCR",
	"pipe | and `tick` and *star* _x_ [l](javascript:alert(3))", "\x1b[31mred\x1b[0m\x07", "bad\xff\xfeutf8", "--></svg><b>", "' onmouseover='alert(4)", "\" autofocus onfocus=\"alert(5)",
	"{{.}} ${x} %s \\", "very long " + strings.Repeat("x", 3000), "网" + strings.Repeat("络", 400), "&amp;&lt;b&gt;",
}

// hard is a table full of hard names: as files, peers, calls and texts.
func hard() *stats.Collector {
	c := stats.New(stats.Options{})
	for i, name := range hardNames {
		l := newLog(c, name)
		for j := range 3 + len(hardNames) - i {
			at := day.Add(time.Duration(i*61+j) * time.Minute)
			l.add(at, []int{10061, 10054, 10060, 11001, 10013}[i%5], "connect", name, "10061 10054 10060 11001 10013 "+name+" end")
		}
		l.add(time.Time{}, 10035, "recv", name, name+" 10035")
	}
	src := &annotate.Source{Name: "gone <b>"}
	_ = c.Batch(&annotate.Batch{Source: src, Rejects: map[string]int{"<i>port</i>": 3},
		Events: []annotate.SourceEvent{{Kind: annotate.Ended, Err: fmt.Errorf("open <u>: | denied")}}})
	_ = c.Close(annotate.Totals{Timeouts: map[string]int{"slow|rule": 1}})
	return c
}

// lineNumbers is a log without stamps.
func lineNumbers() *stats.Collector {
	c := stats.New(stats.Options{})
	l := newLog(c, "-")
	for i := range 40 {
		l.skip(int64(i))
		l.addStamped(annotate.Stamp{}, 10054+6*(i%2), "recv", "", "")
	}
	return c
}

// fixtures are the tables that goldens are made of.
func fixtures(t testing.TB) map[string]*stats.Table {
	t.Helper()
	return map[string]*stats.Table{
		"outage": outage().Table(), "hard": hard().Table(), "lines": lineNumbers().Table(),
		"empty": stats.New(stats.Options{}).Table(),
	}
}
