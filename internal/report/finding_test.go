package report

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"wsalog/internal/stats"
	"wsalog/rules"
)

// story makes a table from what tell writes into a log of a day.
func story(tell func(l *logMaker)) *stats.Table {
	c := stats.New(stats.Options{})
	l := newLog(c, "app.log")
	// The period of a log is known from its stamped lines; these two hits stand
	// at its ends.
	l.add(day, 10057, "send", "", "")
	tell(l)
	l.add(day.Add(24*time.Hour-time.Second), 10057, "send", "", "")
	return c.Table()
}

func ids(list []Finding) string {
	var s []string
	for _, f := range list {
		s = append(s, f.ID)
	}
	return strings.Join(s, " ")
}

func TestFindings(t *testing.T) {
	at := func(h, m, s int) time.Time {
		return day.Add(time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second)
	}
	for _, c := range []struct {
		name string
		tell func(l *logMaker)
		want string // ids
		say  string // in English
	}{
		{"restart", func(l *logMaker) {
			for i := range 100 {
				l.add(at(10, 22, i*5), 10061, "connect", "10.0.0.5:5432", "")
			}
		}, "service-down", "from 10:22:00 to 10:30:15 and not outside"},
		{"never ran", func(l *logMaker) {
			for i := range 96 {
				l.add(at(0, i*15, 1), 10061, "connect", "10.0.0.5:5432", "")
			}
		}, "service-down", "all through the log"},
		{"too few", func(l *logMaker) {
			for i := range 9 {
				l.add(at(10, i, 0), 10061, "connect", "10.0.0.5:5432", "")
				l.add(at(10, i, 0), 11001, "getaddrinfo", "db", "")
			}
		}, "", ""},
		{"idle", func(l *logMaker) {
			for i := range 40 {
				l.add(at(1, 0, i*240+i%2), 10054, "recv", "10.0.0.9:443", "")
			}
		}, "idle-timeout", "gap of 241 ± 2 s"},
		{"resets at random", func(l *logMaker) {
			r := rand.New(rand.NewPCG(1, 2))
			for range 200 {
				l.add(at(0, 0, r.IntN(80000)), 10054, "recv", "10.0.0.9:443", "")
			}
		}, "", ""},
		{"retry storm", func(l *logMaker) {
			for i := range 400 {
				l.add(at(10, 0, i), 10061, "connect", fmt.Sprintf("10.0.0.%d:80", i%60), "")
			}
			for i := range 8 {
				l.add(at(10, 5, i), 10048, "connect", "", "")
			}
		}, "ports-used-up", "8 times, first at 10:05:00"},
		{"10048 before the storm", func(l *logMaker) {
			for i := range 400 {
				l.add(at(10, 0, i), 10061, "connect", fmt.Sprintf("10.0.0.%d:80", i%60), "")
			}
			for i := range 8 {
				l.add(at(3, 5, i), 10048, "connect", "", "")
			}
		}, "", ""},
		{"bind", func(l *logMaker) {
			l.add(at(1, 0, 0), 10013, "bind", "0.0.0.0:50051", "")
			l.add(at(1, 0, 1), 10048, "bind", "0.0.0.0:80", "")
		}, "port-excluded port-in-use", "excludedportrange"},
		{"dns down", func(l *logMaker) {
			for i := range 30 {
				l.add(at(4, 0, i), 11001+i%2, "getaddrinfo", fmt.Sprintf("host%d.example.internal", i), "")
			}
		}, "dns-down", "30 look-ups of 30 names"},
		{"one wrong name", func(l *logMaker) {
			for i := range 30 {
				l.add(at(4, i*20, 0), 11001, "getaddrinfo", "db-old.example.internal", "")
			}
		}, "name-unknown", "The name db-old.example.internal"},
		{"way out", func(l *logMaker) {
			for i := range 30 {
				l.add(at(4, 0, i), 10060, "connect", fmt.Sprintf("10.0.%d.1:443", i%10), "")
				l.add(at(4, 0, i), 10065, "connect", fmt.Sprintf("10.0.%d.1:443", i%10), "")
			}
		}, "no-route way-out", "30 times there was no way"},
		{"dead host", func(l *logMaker) {
			for i := range 30 {
				l.add(at(4, i*3, 0), 10060, "connect", "10.0.3.1:1433", "")
			}
		}, "no-answer", "10.0.3.1:1433 gave no answer 30 times"},
		{"handles", func(l *logMaker) {
			for i := range 6 {
				l.add(at(4, i, 0), 10038, "recv", "", "")
				l.add(at(4, i, 0), 10024, "socket", "", "")
			}
			l.add(at(5, 0, 0), 10093, "socket", "", "")
		}, "closed-handle handles-used-up not-started", "6 calls used a handle"},
	} {
		tab := story(c.tell)
		got := Findings(tab, Options{})
		if ids(got) != c.want {
			t.Errorf("%s: found %q, want %q: %+v", c.name, ids(got), c.want, got)
			continue
		}
		if len(got) > 0 && !strings.Contains(got[0].Text, c.say) {
			t.Errorf("%s: says %q, want %q in it", c.name, got[0].Text, c.say)
		}
		for _, lang := range []rules.Lang{rules.English, rules.Chinese} {
			for _, f := range Findings(tab, Options{Lang: lang}) {
				if strings.Contains(f.Text, "%!") || f.Hits == 0 || len(f.Codes) == 0 {
					t.Errorf("%s: %+v", c.name, f)
				}
			}
		}
	}
}

func TestFindingsOfAnOutage(t *testing.T) {
	if got := ids(Findings(outage().Table(), Options{})); got != "service-down idle-timeout ports-used-up" {
		t.Errorf("found %q", got)
	}
	for _, tab := range []*stats.Table{lineNumbers().Table(), stats.New(stats.Options{}).Table()} {
		if got := Findings(tab, Options{}); len(got) != 0 {
			t.Errorf("found %+v", got)
		}
	}
}
