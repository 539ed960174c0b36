package pipeline

import (
	"strings"
	"testing"
	"time"

	"wsalog/annotate"
)

func TestTimeWindowContains(t *testing.T) {
	t.Parallel()
	east := time.FixedZone("", 8*3600)
	at := func(s string) time.Time {
		v, err := time.Parse("2006-01-02 15:04:05", s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	in := func(z *time.Location, s string) time.Time {
		v := at(s)
		return time.Date(v.Year(), v.Month(), v.Day(), v.Hour(), v.Minute(), v.Second(), 0, z)
	}
	day := TimeWindow{From: in(east, "2026-07-14 10:00:00"), To: in(east, "2026-07-14 11:00:00")}
	night := TimeWindow{From: in(east, "2026-07-14 22:00:00"), To: in(east, "2026-07-15 02:00:00")}
	for _, c := range []struct {
		w    TimeWindow
		s    annotate.Stamp
		want bool
	}{
		{day, annotate.Stamp{Time: at("2026-07-14 10:00:00")}, true},
		{day, annotate.Stamp{Time: at("2026-07-14 09:59:59")}, false},
		{day, annotate.Stamp{Time: at("2026-07-14 11:00:00")}, false},
		{day, annotate.Stamp{Time: at("2026-07-14 02:30:00"), HasZone: true}, true},
		{day, annotate.Stamp{Time: at("2026-07-14 10:30:00"), HasZone: true}, false},
		{day, annotate.Stamp{Time: at("0000-01-01 10:30:00"), ClockOnly: true}, true},
		{day, annotate.Stamp{Time: at("0000-01-01 11:30:00"), ClockOnly: true}, false},
		{night, annotate.Stamp{Time: at("0000-01-01 23:30:00"), ClockOnly: true}, true},
		{night, annotate.Stamp{Time: at("0000-01-01 01:30:00"), ClockOnly: true}, true},
		{night, annotate.Stamp{Time: at("0000-01-01 12:30:00"), ClockOnly: true}, false},
		{TimeWindow{}, annotate.Stamp{Time: at("1999-01-01 00:00:00")}, true},
		{TimeWindow{From: day.From}, annotate.Stamp{Time: at("2030-01-01 00:00:00")}, true},
		{TimeWindow{To: day.To}, annotate.Stamp{Time: at("1999-01-01 00:00:00")}, true},
	} {
		if got := c.w.contains(c.s); got != c.want {
			t.Errorf("%v in %v: %v", c.s, c.w, got)
		}
	}
}

func TestWindowDropsRecordsAndTellsWhatIsOutside(t *testing.T) {
	t.Parallel()
	log := "preamble ERR9\n" +
		"2026-07-14 09:00:00 early ERR1\n  below it ERR2\n" +
		"2026-07-14 10:00:00 in ERR3\n  below it " + strings.Repeat("and far away ", 60) + "ERR4\n" +
		"2026-07-14 11:00:00 late ERR5\n" +
		"2026-07-14 10:30:00 out of order ERR6\nno line end"
	at := func(h int) time.Time { return time.Date(2026, 7, 14, h, 0, 0, 0, time.UTC) }
	mid := log[strings.Index(log, "2026-07-14 10"):strings.Index(log, "2026-07-14 11")]
	end := log[strings.Index(log, "2026-07-14 10:30"):]
	for _, c := range []struct {
		w     TimeWindow
		want  string
		codes string
	}{
		{TimeWindow{From: at(10), To: at(11)}, mid + end, "10003 10004 10006"},
		{TimeWindow{To: at(10)}, log[:strings.Index(log, mid)], "10009 10001 10002"},
		{TimeWindow{From: at(12)}, "", ""},
		{TimeWindow{}, log, "10009 10001 10002 10003 10004 10005 10006"},
	} {
		for _, most := range []int{0, 1, 50} {
			for _, workers := range []int{1, 3} {
				feed := whole([]byte(log))
				feed.most, feed.slow = most, most == 1
				got := play(t, Config{Window: &c.w, Workers: workers, BlockSize: 512, LineLimit: 100}, feed)
				if got.inside.String() != c.want {
					t.Errorf("%v, reads of %d: inside is %q\nwant %q", c.w, most, got.inside.String(), c.want)
				}
				var codes []string
				for _, r := range got.records {
					codes = append(codes, strings.Fields(r)[2])
				}
				if strings.Join(codes, " ") != c.codes {
					t.Errorf("%v, reads of %d: hits %v, want %s", c.w, most, codes, c.codes)
				}
				if got.all.String() != log {
					t.Errorf("%v: bytes were dropped", c.w)
				}
			}
		}
	}
}
