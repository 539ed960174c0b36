package report

import (
	"strconv"

	"wsalog/internal/stats"
)

// A momentWriter writes many moments fast: neighbours share their date and zone. The
// zero value is ready; one goroutine uses it.
type momentWriter struct {
	begun bool
	axis  stats.Axis
	day   int64 // of the latest moment, since the axis begins
	zone  stats.Zone
	date  []byte // as it is written before the time of day, with the quote
	tail  []byte // the zone and the quote
}

const milliADay = 1000 * secondsADay

// append appends what MarshalJSON of m returns.
func (w *momentWriter) append(dst []byte, m *stats.Moment) []byte {
	if m.Axis == stats.AxisLine {
		return strconv.AppendInt(dst, m.At, 10)
	}
	ms := m.At % milliADay
	if ms < 0 {
		ms += milliADay
	}
	if day := (m.At - ms) / milliADay; !w.begun || day != w.day || m.Axis != w.axis {
		w.begun, w.axis, w.day = true, m.Axis, day
		midnight := stats.Moment{Axis: m.Axis, At: m.At - ms}.String()
		w.date = append(append(w.date[:0], '"'), midnight[:len(midnight)-len("15:04:05")]...)
	}
	if m.Zone != w.zone || w.tail == nil {
		w.zone, w.tail = m.Zone, append(append(w.tail[:0], m.Zone.String()...), '"')
	}
	dst = appendClock(append(dst, w.date...), ms/1000)
	if ms %= 1000; ms != 0 {
		dst = appendFraction(dst, int(ms)*1_000_000)
	}
	return append(dst, w.tail...)
}
