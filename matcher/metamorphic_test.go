package matcher_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A change alters what surrounds a verdict and must not alter the verdict.
type change struct {
	name  string
	apply func(line string) string
}

var (
	addressShape = regexp.MustCompile(`\b(10|192|172|198|203)\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\b`)
	clockShape   = regexp.MustCompile(`\b([01]\d|2[0-3]):([0-5]\d):([0-5]\d)\b`)
	dateShape    = regexp.MustCompile(`\b20[0-2]\d-([01]\d)-([0-3]\d)\b`)
	numberShape  = regexp.MustCompile(`\b[2-9]\d{3,5}\b`)
)

func inJSON(line string) string {
	msg, err := json.Marshal(line)
	if err != nil {
		panic(err)
	}
	return `{"level":"info","ts":"2026-07-14T10:22:33.114Z","logger":"app","msg":` + string(msg) + `,"seq":41}`
}

var changes = []change{
	{"json", inJSON},
	{"json twice", func(l string) string { return inJSON(inJSON(l)) }},
	{"syslog", func(l string) string { return "<14>Jul 14 10:22:33 node7 app[4711]: " + l }},
	{"logfmt", func(l string) string { return `time=2026-07-14T10:22:33Z level=info msg=` + strconv.Quote(l) }},
	{"container", func(l string) string { return "web-1  | " + l }},
	{"kubernetes", func(l string) string { return "2026-07-14T10:22:33.114512Z stdout F " + l }},
	{"quotes", func(l string) string { return `"` + l + `"` }},
	{"indent", func(l string) string { return "\t    " + l }},
	{"file prefix", func(l string) string { return "logs/app.log:" + l }},
	{"colour", func(l string) string { return "\x1b[31m" + l + "\x1b[0m" }},
	{"time", func(l string) string {
		return dateShape.ReplaceAllString(clockShape.ReplaceAllString(l, "23:59:58"), "2019-12-31")
	}},
	{"address", func(l string) string { return addressShape.ReplaceAllString(l, "172.31.$3.9") }},
	{"ids", func(l string) string {
		return numberShape.ReplaceAllStringFunc(l, func(n string) string {
			if strings.Contains(l, "HResult") || strings.Contains(l, "0x"+n) || strings.Contains(l, "rror: "+n) {
				return n
			}
			if len(n) == 4 && n >= "2714" && n <= "2799" || strings.Contains(l, "-"+n) || len(n) == 6 && n >= "730000" && n < "732000" {
				return n
			}
			return strings.Repeat("8", len(n))
		})
	}},
	{"trailing blanks", func(l string) string { return l + "   " }},
	{"host", func(l string) string { return strings.ReplaceAll(l, "example.com", "corp.example.net") }},
	{"no date", func(l string) string { return strings.TrimLeft(dateShape.ReplaceAllString(l, ""), " ") }},
}

// TestMetamorphic changes time stamps, hosts, ids and wrappings of every labelled
// line: at least 995 of 1000 verdicts stay what they were.
func TestMetamorphic(t *testing.T) {
	m := newMatcher(t)
	pairs, broken := 0, 0
	for _, file := range labelledFiles(t) {
		for _, l := range readLabelled(t, file) {
			if l.Context != "" {
				continue // a wrapped row is no row
			}
			before := codesOf(m, l.Line, "")
			for _, c := range changes {
				changed := c.apply(l.Line)
				if changed == l.Line {
					continue
				}
				pairs++
				if after := codesOf(m, changed, ""); !slices.Equal(before, after) {
					broken++
					t.Logf("%s (%s): %v became %v: %s", l.ID, c.name, before, after, changed)
				}
			}
		}
	}
	t.Logf("%d of %d pairs kept their verdict", pairs-broken, pairs)
	if broken*1000 > pairs*5 {
		t.Errorf("%d of %d verdicts changed", broken, pairs)
	}
}
