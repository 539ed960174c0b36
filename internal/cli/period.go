package cli

import (
	"math"
	"strconv"
	"strings"
	"time"

	"wsalog/internal/pipeline"
)

// period reads --since and --until, in the zone of --tz; nil means all times.
func (a *app) period() (*pipeline.TimeWindow, error) {
	zone, err := a.zone()
	if err != nil {
		return nil, err
	}
	since, until := a.settings.text("since"), a.settings.text("until")
	if since == "" && until == "" {
		return nil, nil
	}
	now := a.now().In(zone)
	var w pipeline.TimeWindow
	for _, side := range []struct {
		flag, text string
		at         *time.Time
	}{{"--since", since, &w.From}, {"--until", until, &w.To}} {
		if side.text == "" {
			continue
		}
		t, ok := parseTime(side.text, now)
		if !ok {
			return nil, a.usage("period.time", side.flag, side.text)
		}
		*side.at = t.In(zone) // lines that name no zone are read as being in this one
	}
	if !w.From.IsZero() && !w.To.IsZero() && !w.From.Before(w.To) {
		return nil, a.usage("period.order", w.From.Format(time.RFC3339), w.To.Format(time.RFC3339))
	}
	return &w, nil
}

// zone reads --tz: a name of the zone database, "local" or "utc".
func (a *app) zone() (*time.Location, error) {
	switch name := a.settings.text("tz"); strings.ToLower(name) {
	case "", "local":
		return a.now().Location(), nil
	case "utc", "z":
		return time.UTC, nil
	default:
		if zone, ok := offsetZone(name); ok {
			return zone, nil
		}
		zone, err := time.LoadLocation(name)
		if err != nil {
			return nil, a.usage("period.zone", name)
		}
		return zone, nil
	}
}

// offsetZone reads a distance from UTC, which holds in summer and winter: where
// the machine's own zone has it now and then, time.Parse would return that zone.
func offsetZone(name string) (*time.Location, bool) {
	t, err := time.ParseInLocation("-07:00", name, time.UTC)
	return t.Location(), err == nil
}

// timeLayouts are the ways of writing a time that names its day; the zone is
// that of now unless the text names its own.
var timeLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02",
}

// parseTime reads a time: RFC 3339, a date, a clock time of today, a duration
// before now (90s, 30m, 2h, 7d), now, today or yesterday.
func parseTime(s string, now time.Time) (time.Time, bool) {
	s = strings.TrimSpace(s)
	midnight := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	switch strings.ToLower(s) {
	case "now":
		return now, true
	case "today":
		return midnight, true
	case "yesterday":
		return midnight.AddDate(0, 0, -1), true
	}
	for _, layout := range timeLayouts {
		if t, err := time.ParseInLocation(layout, s, now.Location()); err == nil {
			return t, true
		}
	}
	for _, layout := range []string{"15:04:05.999999999", "15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), now.Location()), true
		}
	}
	if d, ok := parseAge(s); ok {
		return now.Add(-d), true
	}
	return time.Time{}, false
}

// parseAge reads a duration as Go does, and with days and weeks, up to 292 years.
func parseAge(s string) (time.Duration, bool) {
	unit := time.Duration(0)
	switch {
	case strings.HasSuffix(s, "d"):
		unit = 24 * time.Hour
	case strings.HasSuffix(s, "w"):
		unit = 7 * 24 * time.Hour
	}
	if unit > 0 {
		n, err := strconv.ParseFloat(s[:len(s)-1], 64)
		if ok := err == nil && n >= 0 && n*float64(unit) < math.MaxInt64; !ok {
			return 0, false
		}
		return time.Duration(n * float64(unit)), true
	}
	d, err := time.ParseDuration(s)
	return d, err == nil && d >= 0
}
