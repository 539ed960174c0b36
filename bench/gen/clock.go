package main

import (
	"strconv"
	"time"
)

// A clock is the time of the log. It keeps its texts, because a second has many
// lines.
type clock struct {
	second int64 // since 1970
	milli  int
	date   string // 2026-07-14
	slash  string // 2026/07/14
	apache string // 14/Jul/2026
	syslog string // Jul 14
	time   []byte // 10:22:33
}

// start is the first moment of every log.
var start = time.Date(2026, 7, 14, 0, 0, 0, 0, time.UTC).Unix()

const secondsOfDay = 24 * 60 * 60

func newClock() *clock {
	c := &clock{second: start, time: make([]byte, 0, 8)}
	c.newDay()
	c.newSecond()
	return c
}

// advance moves on by some milliseconds.
func (c *clock) advance(ms int) {
	c.milli += ms
	if c.milli < 1000 {
		return
	}
	day := c.second / secondsOfDay
	c.second += int64(c.milli / 1000)
	c.milli %= 1000
	if c.second/secondsOfDay != day {
		c.newDay()
	}
	c.newSecond()
}

func (c *clock) newDay() {
	t := time.Unix(c.second, 0).UTC()
	c.date, c.slash = t.Format("2006-01-02"), t.Format("2006/01/02")
	c.apache, c.syslog = t.Format("02/Jan/2006"), t.Format("Jan _2")
}

func (c *clock) newSecond() {
	s := int(c.second % secondsOfDay)
	b := appendTwo(c.time[:0], s/3600)
	b = appendTwo(append(b, ':'), s/60%60)
	c.time = appendTwo(append(b, ':'), s%60)
}

func appendTwo(b []byte, n int) []byte { return append(b, byte('0'+n/10), byte('0'+n%10)) }

func appendThree(b []byte, n int) []byte {
	return append(b, byte('0'+n/100), byte('0'+n/10%10), byte('0'+n%10))
}

func appendInt(b []byte, n int) []byte { return strconv.AppendUint(b, uint64(n), 10) }
