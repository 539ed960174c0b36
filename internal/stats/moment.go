package stats

import (
	"strconv"
	"time"
)

// A Zone is the offset that the stamps of a run name. It is known when all name
// the same one.
type Zone struct {
	Known     bool
	OffsetSec int
}

// A Moment is a place on an axis.
type Moment struct {
	Axis Axis
	At   int64
	Zone Zone
}

// Time returns the moment on the log's clock, expressed in UTC. On AxisClock the
// year is 0; on AxisLine the result means nothing.
func (m Moment) Time() time.Time {
	if m.Axis == AxisClock {
		return time.UnixMilli(m.At + yearZero).UTC()
	}
	return time.UnixMilli(m.At).UTC()
}

// MarshalJSON writes a time as RFC 3339, without offset where the zone is not
// known and without a date where there is none, and a line as a number.
func (m Moment) MarshalJSON() ([]byte, error) {
	if m.Axis == AxisLine {
		return strconv.AppendInt(nil, m.At, 10), nil
	}
	return append(m.append([]byte{'"'}), '"'), nil
}

// String returns the moment as MarshalJSON writes it, without quotes.
func (m Moment) String() string {
	if m.Axis == AxisLine {
		return strconv.FormatInt(m.At, 10)
	}
	return string(m.append(nil))
}

func (m Moment) append(b []byte) []byte {
	t := m.Time()
	switch {
	case m.Axis == AxisTime:
		b = t.AppendFormat(b, "2006-01-02T15:04:05.999")
	case t.YearDay() > 1:
		b = t.AppendFormat(b, "--01-02T15:04:05.999")
	default:
		b = t.AppendFormat(b, "15:04:05.999")
	}
	return m.Zone.append(b)
}

func (z Zone) append(b []byte) []byte {
	if !z.Known {
		return b
	}
	if z.OffsetSec == 0 {
		return append(b, 'Z')
	}
	at := time.Time{}.In(time.FixedZone("", z.OffsetSec))
	return at.AppendFormat(b, "-07:00")
}

// A MomentWriter writes many moments fast: neighbours share their date and zone. The
// zero value is ready; one goroutine uses it.
type MomentWriter struct {
	begun bool
	axis  Axis
	day   int64 // of the latest moment, since the axis begins
	zone  Zone
	date  []byte // as it is written before the time of day, with the quote
	tail  []byte // the zone and the quote
}

const milliADay = 24 * 3600_000

// AppendJSON appends what MarshalJSON returns.
func (w *MomentWriter) AppendJSON(b []byte, m *Moment) []byte {
	if m.Axis == AxisLine {
		return strconv.AppendInt(b, m.At, 10)
	}
	day := floorDiv(m.At, milliADay)
	if !w.begun || day != w.day || m.Axis != w.axis {
		w.begun, w.axis, w.day = true, m.Axis, day
		midnight := Moment{Axis: m.Axis, At: day * milliADay}
		date := midnight.append(append(w.date[:0], '"'))
		w.date = date[:len(date)-len("15:04:05")]
	}
	if m.Zone != w.zone || w.tail == nil {
		w.zone, w.tail = m.Zone, append(m.Zone.append(w.tail[:0]), '"')
	}
	ms := int(m.At - day*milliADay)
	s := ms / 1000
	h, minute := s/3600, s/60%60
	s, ms = s%60, ms%1000
	b = append(b, w.date...)
	b = append(b, byte('0'+h/10), byte('0'+h%10), ':', byte('0'+minute/10), byte('0'+minute%10), ':',
		byte('0'+s/10), byte('0'+s%10))
	switch {
	case ms == 0:
	case ms%100 == 0:
		b = append(b, '.', byte('0'+ms/100))
	case ms%10 == 0:
		b = append(b, '.', byte('0'+ms/100), byte('0'+ms/10%10))
	default:
		b = append(b, '.', byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10))
	}
	return append(b, w.tail...)
}
