package annotate

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// describe writes a stamp the way the tables below do: RFC 3339 with an offset
// where the line has one, without where it has none, "~" before a year that the
// line leaves out, the clock alone where it names no day, "" when there is none.
func describe(s Stamp) string {
	switch {
	case !s.Valid:
		return ""
	case s.ClockOnly && s.OffsetSec != 0:
		return "a clock time with an offset"
	case s.ClockOnly:
		return s.Time.Format("15:04:05.999999999")
	case s.HasZone:
		return s.Time.In(time.FixedZone("", s.OffsetSec)).Format("2006-01-02T15:04:05.999999999Z07:00")
	case s.NoYear:
		return "~" + s.Time.Format("2006-01-02T15:04:05.999999999")
	}
	return s.Time.Format("2006-01-02T15:04:05.999999999")
}

var stampLines = []struct{ line, want string }{
	// ISO and its kin
	{"2024-05-06T07:08:09Z x", "2024-05-06T07:08:09Z"},
	{"2024-05-06T07:08:09.123456789+02:00 x", "2024-05-06T07:08:09.123456789+02:00"},
	{"2024-05-06T07:08:09,123-0530 x", "2024-05-06T07:08:09.123-05:30"},
	{"2024-05-06 07:08:09", "2024-05-06T07:08:09"},
	{"2024-05-06 07:08:09.5 ERROR", "2024-05-06T07:08:09.5"},
	{"2024-05-06 07:08:09,884 [7] WARN", "2024-05-06T07:08:09.884"},
	{"2024-05-06 07:08:09.678 +01:00 [ERR] x", "2024-05-06T07:08:09.678+01:00"},
	{"2024-05-06 07:08:09+00 x", "2024-05-06T07:08:09Z"},
	{"2021-03-04 22:47:51 UTC-6041618f.2c10-LOG:  08006: x", "2021-03-04T22:47:51Z"},
	{"2024-05-06 07:08:09 -100 bytes", "2024-05-06T07:08:09"},
	{"2024-05-06 07:08 backup", "2024-05-06T07:08:00"},
	{"2023-10-09T21:33:08.440216Z 0 [ERROR] [MY-010270] x", "2023-10-09T21:33:08.440216Z"},
	{"[2024-08-20 06:44:19] step", "2024-08-20T06:44:19"},
	{"[2016-12-02 23:51:40 Pacific Standard Time] critical/Socket: x", "2016-12-02T23:51:40"},
	{"14|2021-02-26T06:10:57.0483912+00:00|INFO|5|Broker|x", "2021-02-26T06:10:57.0483912Z"},
	{"2020-07-05T01:02:03.000000001Z", "2020-07-05T01:02:03.000000001Z"},
	{"2013-09-03 04:22:10.71 Server 26024 - x", "2013-09-03T04:22:10.71"},
	{"\ufeff2024-05-06 07:08:09 x", "2024-05-06T07:08:09"},
	{"2024-5-6 7:08:09 x", "2024-05-06T07:08:09"},
	{"2024-02-29 00:00:00 leap", "2024-02-29T00:00:00"},
	{"2019-07-15\t05:17:06:884\t1012\t14d0\tMisc\tx", "2019-07-15T05:17:06.884"},
	{"2024-01-02 03:04:05 10.0.0.5 GET / - 443 - 10.0.0.9 - 200 0 64 11", "2024-01-02T03:04:05"},
	{"2015-07-29 17:41:44,747 - WARN [SendWorker:1@588] x", "2015-07-29T17:41:44.747"},
	{"web-1 | 2024-05-06T07:08:09.1Z x", "2024-05-06T07:08:09.1Z"},
	{"ERROR - 2022-01-14 17:05:58 --> Severity", "2022-01-14T17:05:58"},
	{"<34>1 2003-10-11T22:14:15.003Z mx su - ID47 - x", "2003-10-11T22:14:15.003Z"},
	{"app.log:12:2024-05-06 07:08:09 x", "2024-05-06T07:08:09"},
	{"nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 25746 INFO x", "2017-05-16T00:00:00.008"},
	{"- 1117838570 2005.06.03 R02-M1 2005-06-03-15.42.50.363779 x", "2005-06-03T22:42:50Z"},
	{"R02-M1 2005-06-03-15.42.50.363779 x", "2005-06-03T15:42:50.363779"},
	{"[2024.05.06-18.11.42:733][ 12]LogNet: x", "2024-05-06T18:11:42.733"},
	{"2021.09.12 04:33:50 LOG3[207]: x", "2021-09-12T04:33:50"},
	{"[2021/06/02 15:44:08:3120] N: x", "2021-06-02T15:44:08.312"},
	{"2024/01/02 03:04:05 [error] 7#9: *3 x", "2024-01-02T03:04:05"},
	{"2026-07-14 10:18:22:123Z error WSAECONNREFUSED", "2026-07-14T10:18:22.123Z"},
	{"2026-07-14 10:18:22Z:123 error WSAECONNREFUSED", "2026-07-14T10:18:22Z"},
	{"2026-07-14 10:18:22.123Z:5 error WSAECONNREFUSED", "2026-07-14T10:18:22.123Z"},
	{"[2025/08/30 04:02:55.917063100] [debug] x", "2025-08-30T04:02:55.9170631"},
	// day or month first
	{"02.01.2006 15:04:05 x", "2006-01-02T15:04:05"},
	{"12.02.2025 18:40:33 [Gateway-2] x", "2025-02-12T18:40:33"},
	{"2.1.2024, 07:08 x", "2024-01-02T07:08:00"},
	{"[03.12 17:44:09] x", "~2024-12-03T17:44:09"},
	{"[10.30 16:49:06] chrome.exe - x", "~2024-10-30T16:49:06"},
	{"01/02/2024 15:04:05 x", "2024-01-02T15:04:05"},
	{"25/12/2024 15:04:05 x", "2024-12-25T15:04:05"},
	{"1/2/2024 3:04:05 PM x", "2024-01-02T15:04:05"},
	{"1/2/2024 12:04:05 AM x", "2024-01-02T00:04:05"},
	{"1/2/2024, 12:04:05\u202fPM x", "2024-01-02T12:04:05"},
	{"09/27/12 08:14:31 socket select error", "2012-09-27T08:14:31"},
	{"17/06/09 20:10:40 INFO executor", "2017-06-09T20:10:40"},
	{"[E 23-05-04 16:08:31] x", "2023-05-04T16:08:31"},
	{"03-17 16:13:38.811  1702  2395 D x", "~2024-03-17T16:13:38.811"},
	{"[01-02|15:04:05.000] x", "~2024-01-02T15:04:05"},
	{"[18/03 08:14:52.106] x", "~2024-03-18T08:14:52.106"},
	{"02-Jan-2024 15:04:05.123 SEVERE [main] x", "2024-01-02T15:04:05.123"},
	{"10.0.0.9 - - [06/Feb/2020:16:22:05 +0000] \"GET / HTTP/1.1\" 200 10053", "2020-02-06T16:22:05Z"},
	{"[07/Oct/2012 18:25:03] mirror.pl: x", "2012-10-07T18:25:03"},
	{"[7316] 19 Feb 14:22:08.917 # x", "~2024-02-19T14:22:08.917"},
	{"Mon, 02 Jan 2006 15:04:05 GMT x", "2006-01-02T15:04:05Z"},
	{"Mon, 02 Jan 2006 15:04:05 -0700 x", "2006-01-02T15:04:05-07:00"},
	// months in words
	{"Jan  2 15:04:05 host prog[1]: x", "~2024-01-02T15:04:05"},
	{"<34>Oct 11 22:14:15 mymachine su: x", "~2024-10-11T22:14:15"},
	{"Sep 23 04:18:07.000 [warn] x", "~2024-09-23T04:18:07"},
	{"Mon Jan  2 15:04:05 2006 x", "2006-01-02T15:04:05"},
	{"Mon Jan  2 15:04:05 2006 us=203000 x", "2006-01-02T15:04:05"},
	{"[Sun Dec 04 04:47:44.123456 2005] [error] x", "2005-12-04T04:47:44.123456"},
	{"Mon Jan 2 15:04:05 PST 2006 x", "2006-01-02T15:04:05"},
	{"Mon Apr 13 09:44:16.203 warning: x", "~2024-04-13T09:44:16.203"},
	{"Jan 02, 2024 3:04:05 PM com.acme.Main run", "2024-01-02T15:04:05"},
	{"Tuesday, March 4, 2025 7:51:09 AM x", "2025-03-04T07:51:09"},
	{"2024 Jan  2 15:04:05.123 UTC: %SYS-5", "2024-01-02T15:04:05.123Z"},
	{"I0923 02:58:10.410338  5236 x.go:81] x", "~2024-09-23T02:58:10.410338"},
	{"E1014 07:33:41.901355 x", "~2024-10-14T07:33:41.901355"},
	// without separators
	{"20240506T070809Z x", "2024-05-06T07:08:09Z"},
	{"118:20230112:230741.080 failed", "2023-01-12T23:07:41.08"},
	{"20171223-22:15:29:606|Step_LSC|30002312|x", "2017-12-23T22:15:29.606"},
	{"20240506 07:08:09 x", "2024-05-06T07:08:09"},
	{"20240506070809 x", "2024-05-06T07:08:09"},
	{"081109 203615 148 INFO x", "2008-11-09T20:36:15"},
	{"240102  3:04:05 [ERROR] x", "2024-01-02T03:04:05"},
	// since 1970
	{`{"level":"error","ts":1612345678.25,"msg":"x"}`, "2021-02-03T09:47:58.25Z"},
	{`{"ts":1612345678123,"msg":"x"}`, "2021-02-03T09:47:58.123Z"},
	{`{"timestamp": 1612345678123456}`, "2021-02-03T09:47:58.123456Z"},
	{`ts=1612345678123456789 x`, "2021-02-03T09:47:58.123456789Z"},
	{`{"t":{"$date":"2024-05-06T07:08:09.123+02:00"},"s":"I"}`, "2024-05-06T07:08:09.123+02:00"},
	{`{"t":{"$date":1612345678123}}`, "2021-02-03T09:47:58.123Z"},
	{"1612345678.123     45 10.0.0.9 TCP_MISS/503 x", "2021-02-03T09:47:58.123Z"},
	// keys
	{`{"level":"fatal","time":"2023-12-19T16:40:03.217+01:00"}`, "2023-12-19T16:40:03.217+01:00"},
	{`{"@timestamp":"2023-12-19T16:40:03Z"}`, "2023-12-19T16:40:03Z"},
	{`level=error time="2024-05-06T07:08:09Z" msg=x`, "2024-05-06T07:08:09Z"},
	{`time=10:22:33.114 level=ERROR`, "10:22:33.114"},
	// clock alone
	{"10:22:33.114 ERROR [pool-3] x", "10:22:33.114"},
	{"[08:03:22 ERR] x", "08:03:22"},
	{"[05:48:12|Error] x", "05:48:12"},
	{"7732 08:51:16 904 debug2: x", "08:51:16"},
	{"04:51:19:WARNING:Exception: 12:127.0.0.1: x", "04:51:19"},
	{"app_1  | 10:22:33 x", "10:22:33"},
	{"ERROR 10:22:33 x", "10:22:33"},
	{"09:47:36,502 [ERROR] x", "09:47:36.502"},
	{"3:04:05 PM x", "15:04:05"},
	{"10:22:33 -1000 bytes", "10:22:33"},
	{"10:22:33 +0200 offset", "10:22:33"},
	{"10:22:33 UTC+02:00 x", "10:22:33"},
	{"10:22:33 02.01.2024 x", "2024-01-02T10:22:33"},
	// East Asia
	{"2024年1月2日 15:04:05 x", "2024-01-02T15:04:05"},
	{"2024年1月2日 下午 3:04:05 x", "2024-01-02T15:04:05"},
	{"2024年01月02日15时04分05秒 x", "2024-01-02T15:04:05"},
	{"2024/1/2 上午 3:04:05 x", "2024-01-02T03:04:05"},
	{"2024/1/2 下午 12:04:05 x", "2024-01-02T12:04:05"},
	{"2024년 1월 2일 오후 3:04:05 x", "2024-01-02T15:04:05"},
	{"时间：2024-05-06 07:08:09 x", "2024-05-06T07:08:09"},
	// none
	{"", ""},
	{"connect to 10.0.0.5:5432 failed", ""},
	{"version 10.0.19045 started", ""},
	{"GET /2024-05-06/report.html 200", ""},
	{"took 00:01:23 for it", ""},
	{"file app-2024-05-06.log rotated", ""},
	{"eth0 10:22:33:44:55:66 up", ""},
	{"10:22:33:44:55:66 up", ""},
	{"fe80::10:22:33 x", ""},
	{"2024-13-06 07:08:09 x", ""},
	{"2024-02-30 07:08:09 x", ""},
	{"2024-05-06 27:08:09 x", ""},
	{"2024-05-06 is the day", ""},
	{"2026-07-14 10:18:22:123Z:123 error WSAECONNREFUSED", ""},
	{"2024-05-06 07:08:09:12 x", ""},
	{"09:41:07:12 frame dropped", ""},
	{"2026-07-14 10:18:22Zone error WSAECONNREFUSED", ""},
	{"1.2.3.4 5:06:07", ""},
	{"id 1612345678 done", ""},
	{"12345678 rows", ""},
	{"port 10061 opened", ""},
	{"May be 3 of 15:04:05", ""},
	{"E1399 07:33:41 x", ""},
	{strings.Repeat("x ", 60) + "2024-05-06 07:08:09", ""},
}

func TestStamp(t *testing.T) {
	ctx := &Context{Year: 2024}
	a := New()
	for _, c := range stampLines {
		if got := describe(a.Stamp([]byte(c.line), ctx)); got != c.want {
			t.Errorf("%q\n got %q\nwant %q", c.line, got, c.want)
		}
	}
}

func TestStampDayOrder(t *testing.T) {
	for _, c := range []struct {
		line     string
		dayFirst bool
		year     int
		want     string
	}{
		{"01/02/2024 10:00:00", true, 0, "2024-02-01T10:00:00"},
		{"01/02/2024 10:00:00", false, 0, "2024-01-02T10:00:00"},
		{"01/25/2024 10:00:00", true, 0, "2024-01-25T10:00:00"},
		{"01-02-2024 10:00:00", true, 0, "2024-02-01T10:00:00"},
		{"01/02 10:00:00", true, 2023, "~2023-02-01T10:00:00"},
		{"19/06/14 10:22:05 : x", true, 2014, "2014-06-19T10:22:05"},
		{"19/06/14 10:22:05 : x", true, 2019, "2019-06-14T10:22:05"},
		{"Feb 29 10:00:00 x", false, 0, "~0000-02-29T10:00:00"},
		{"Jan 1 10:00:00 x", false, 0, "~0000-01-01T10:00:00"},
	} {
		got := describe(New().Stamp([]byte(c.line), &Context{Year: c.year, DayFirst: c.dayFirst}))
		if got != c.want {
			t.Errorf("%q, day first %v, year %d: got %q, want %q", c.line, c.dayFirst, c.year, got, c.want)
		}
	}
}

func TestStampNeedsNoContext(t *testing.T) {
	if got := describe(New().Stamp([]byte("2024-05-06 07:08:09 x"), nil)); got != "2024-05-06T07:08:09" {
		t.Errorf("got %q", got)
	}
}

func TestDaysFromEpochMatchesTimePackage(t *testing.T) {
	for day := time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() < 2101; day = day.AddDate(0, 0, 1) {
		want := day.Unix() / 86400
		if got := daysFromEpoch(day.Year(), int(day.Month()), day.Day()); got != want {
			t.Fatalf("%v: got %d, want %d", day, got, want)
		}
	}
}

// FuzzStamp checks that no line makes Stamp panic and that what an Annotator saw
// before does not change its answer.
func FuzzStamp(f *testing.F) {
	for i, c := range stampLines {
		f.Add(c.line, stampLines[(i*7+3)%len(stampLines)].line)
	}
	ctx := &Context{Year: 2024, DayFirst: true}
	f.Fuzz(func(t *testing.T, line, before string) {
		want := New().Stamp([]byte(line), ctx)
		a := New()
		a.Stamp([]byte(before), ctx)
		if got := a.Stamp([]byte(line), ctx); !cmp.Equal(got, want) {
			t.Errorf("%q gives %v, after %q %v", line, want, before, got)
		}
		if want.Valid && want.Time.IsZero() && !want.ClockOnly {
			t.Errorf("%q: valid, but the zero time", line)
		}
	})
}

func TestStampsDoNotDependOnOrder(t *testing.T) {
	ctx := &Context{Year: 2024}
	for _, before := range stampLines {
		a := New()
		for _, c := range stampLines {
			a.Stamp([]byte(before.line), ctx)
			if got := describe(a.Stamp([]byte(c.line), ctx)); got != c.want {
				t.Fatalf("%q after %q: got %q, want %q", c.line, before.line, got, c.want)
			}
		}
	}
}

func BenchmarkStamp(b *testing.B) {
	for _, c := range []struct{ name, line string }{
		{"iso", "2024-05-06T07:08:09.123Z ERROR connect failed"},
		{"bracket", "[2024-05-06 07:08:09,123] ERROR connect failed"},
		{"syslog", "Jan  2 15:04:05 host prog[1]: connect failed"},
		{"nginx", "2024/01/02 03:04:05 [error] 7#9: *3 connect() failed"},
		{"apache", `10.0.0.9 - - [06/Feb/2020:16:22:05 +0000] "GET / HTTP/1.1" 200 10053`},
		{"json", `{"level":"error","ts":1612345678.25,"msg":"connect failed"}`},
		{"clock", "10:22:33.114 ERROR [pool-3] connect failed"},
		{"none", "   at System.Net.Sockets.Socket.DoConnect(EndPoint endPointSnapshot, SocketAddress socketAddress)"},
	} {
		b.Run("shape="+c.name, func(b *testing.B) {
			a, line, ctx := New(), []byte(c.line), &Context{Year: 2024}
			b.ReportAllocs()
			for b.Loop() {
				if a.Stamp(line, ctx).Valid == (c.name == "none") {
					b.Fatal("wrong answer")
				}
			}
		})
	}
}

// TestBillionths compares fractions that are read eight bytes at once with ones that are read
// digit by digit.
func TestBillionths(t *testing.T) {
	t.Parallel()
	for n := range 12 {
		for _, behind := range []string{"", "Z", " 0000000", "/:;\x80\xff09999", "\xb0\xb1123456"} {
			b := []byte("x" + "907856341290"[:n] + behind)
			digits, value := billionths(b, 1)
			want := 0
			for i := range 9 {
				if want *= 10; i < n {
					want += int(b[1+i] - '0')
				}
			}
			if digits != n || value != want {
				t.Errorf("%q: %d digits worth %d, want %d worth %d", b, digits, value, n, want)
			}
		}
	}
}

// TestTimeBehindOtherDigits checks that a stamp is read whole or not at all: what only
// begins like two digits is none.
func TestTimeBehindOtherDigits(t *testing.T) {
	t.Parallel()
	const stamp = "2026-07-14 05:16:27 "
	want := New().Stamp([]byte(stamp), nil)
	for i := len("2026-"); i < len(stamp)-1; i++ {
		for _, c := range []byte("/;x\x00\xb0\xff") {
			b := []byte(stamp)
			b[i] = c
			if got := New().Stamp(b, nil); got == want {
				t.Errorf("%q is read as %q", b, stamp)
			}
		}
	}
}
