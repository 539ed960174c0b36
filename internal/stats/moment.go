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

// String returns the zone as it stands behind a moment.
func (z Zone) String() string { return string(z.append(nil)) }

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
