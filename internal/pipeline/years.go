package pipeline

import (
	"time"

	"wsalog/annotate"
)

const (
	// monthsBack is how far the month must fall for a new year to have begun.
	monthsBack = 6
	// ahead is how far a stamp can be ahead of the clock of the file system: as
	// much as two zones can be apart.
	ahead = 26 * time.Hour
)

// years counts the years of a source whose stamps name none. They are read with
// the year in which the file was changed last, in which its last line was
// written; the first one may be from the year before.
type years struct {
	changed time.Time // the file's last change; zero when unknown
	month   time.Month
	first   int // years from the file's to that of the first stamp: 0 or -1
	passed  int // years from the file's to that of the last stamp
}

// adjust moves a stamp without a year to the year that its place in the log
// implies. Stamps must come in the order of the log.
func (y *years) adjust(s *annotate.Stamp) {
	if !s.Valid || !s.NoYear || s.ClockOnly || s.Time.Year() == 0 {
		return
	}
	month := s.Time.Month()
	if y.month == 0 && !y.changed.IsZero() && s.Time.After(y.changed.Add(ahead)) {
		y.first, y.passed = -1, -1
	}
	passed := y.passed
	switch {
	case y.month != 0 && y.month-month > monthsBack:
		y.passed++
		passed = y.passed
		y.month = month
	case y.month != 0 && month-y.month > monthsBack && passed > y.first:
		passed-- // a late line of the old year
	default:
		y.month = month
	}
	if passed != 0 {
		s.Time = s.Time.AddDate(passed, 0, 0)
	}
}
