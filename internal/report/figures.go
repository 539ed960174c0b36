package report

import (
	"fmt"
	"strings"
	"time"

	"wsalog/internal/stats"
	"wsalog/internal/term"
)

// thousands writes n with commas.
func thousands(n int64) string { return term.Thousands(n) }

// counted puts n into the form for many, or for one.
func counted(many, one string, n int64) string { return term.Counted(one, many, n) }

// percent writes a share with as many digits as it takes to tell it from 0.
func percent(n, of int64) string {
	if of == 0 {
		return "-"
	}
	p := 100 * float64(n) / float64(of)
	switch {
	case n == 0:
		return "0%"
	case p >= 99.95 && n < of:
		return ">99.9%"
	case p >= 1:
		return fmt.Sprintf("%.1f%%", p)
	case p >= 0.01:
		return fmt.Sprintf("%.2f%%", p)
	}
	return "<0.01%"
}

// size writes a number of bytes.
func size(n int64) string {
	units := [...]string{"B", "KiB", "MiB", "GiB", "TiB"}
	v, i := float64(n), 0
	for v >= 1024 && i < len(units)-1 {
		v /= 1024
		i++
	}
	if i == 0 {
		return fmt.Sprintf("%d B", n)
	}
	return fmt.Sprintf("%.1f %s", v, units[i])
}

// clock writes moments of one table, with a date only where days differ.
type clock struct {
	manyDays  bool
	manyYears bool
}

func clockFor(r stats.Range) clock {
	if !r.OK || r.First.Axis == stats.AxisLine {
		return clock{}
	}
	a, b := r.First.Time(), r.Last.Time()
	return clock{
		manyDays:  !sameDay(a, b),
		manyYears: a.Year() != b.Year(),
	}
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// at writes a moment to the second.
func (c clock) at(m stats.Moment) string { return c.write(m, "15:04:05") }

// short writes a moment to the minute.
func (c clock) short(m stats.Moment) string { return c.write(m, "15:04") }

func (c clock) write(m stats.Moment, timeOfDay string) string {
	switch {
	case m.Axis == stats.AxisLine:
		return thousands(m.At)
	case m.Axis == stats.AxisClock && m.Time().YearDay() > 1:
		return m.Time().Format("01-02 " + timeOfDay)
	case m.Axis == stats.AxisClock:
		return m.Time().Format(timeOfDay)
	case c.manyYears:
		return m.Time().Format("2006-01-02 " + timeOfDay)
	case c.manyDays:
		return m.Time().Format("01-02 " + timeOfDay)
	}
	return m.Time().Format(timeOfDay)
}

// period writes a range with its date and zone, as 2026-07-14 00:00:00 → 23:59:59 (+02:00).
func period(r stats.Range, arrow string) string {
	if !r.OK {
		return ""
	}
	if r.First.Axis == stats.AxisLine {
		return thousands(r.First.At) + " " + arrow + " " + thousands(r.Last.At)
	}
	a, b := r.First.Time(), r.Last.Time()
	from, to := "2006-01-02 15:04:05", "2006-01-02 15:04:05"
	if r.First.Axis == stats.AxisClock {
		from, to = "15:04:05", "15:04:05"
		if a.YearDay() > 1 || b.YearDay() > 1 {
			from, to = "01-02 15:04:05", "01-02 15:04:05"
		}
	}
	if sameDay(a, b) {
		to = "15:04:05"
	}
	s := a.Format(from) + " " + arrow + " " + b.Format(to)
	if z := zone(r.First.Zone); z != "" {
		s += " (" + z + ")"
	}
	return s
}

// zone writes an offset as +02:00, or nothing when it is not known.
func zone(z stats.Zone) string {
	if !z.Known {
		return ""
	}
	return time.Time{}.In(time.FixedZone("", z.OffsetSec)).Format("-07:00")
}

// secondsOf writes a duration with one decimal below a minute.
func secondsOf(d time.Duration) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", d.Seconds()), ".0")
}
