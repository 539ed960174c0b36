package cli

import (
	"strings"
	"testing"
	"time"
)

func TestParseTime(t *testing.T) {
	zone := time.FixedZone("", 2*3600)
	now := time.Date(2026, 7, 14, 12, 30, 0, 0, zone)
	tests := []struct{ text, want string }{
		{"2026-07-14T10:00:00Z", "2026-07-14T12:00:00+02:00"},
		{"2026-07-14T10:00:00.5+02:00", "2026-07-14T10:00:00.5+02:00"},
		{"2026-07-14 10:00", "2026-07-14T10:00:00+02:00"},
		{"2026-07-14", "2026-07-14T00:00:00+02:00"},
		{"10:18", "2026-07-14T10:18:00+02:00"},
		{"10:18:05", "2026-07-14T10:18:05+02:00"},
		{"2h", "2026-07-14T10:30:00+02:00"},
		{"1h30m", "2026-07-14T11:00:00+02:00"},
		{"7d", "2026-07-07T12:30:00+02:00"},
		{"1w", "2026-07-07T12:30:00+02:00"},
		{"now", "2026-07-14T12:30:00+02:00"},
		{"today", "2026-07-14T00:00:00+02:00"},
		{"Yesterday", "2026-07-13T00:00:00+02:00"},
	}
	for _, test := range tests {
		got, ok := parseTime(test.text, now)
		if text := got.In(zone).Format(time.RFC3339Nano); !ok || text != test.want {
			t.Errorf("%q: %s %v, want %s", test.text, text, ok, test.want)
		}
	}
	for _, bad := range []string{"", "soon", "25:00", "-2h", "-1d", "NaNd", "99999999d", "99999w", "106752d", "2026-13-01"} {
		if got, ok := parseTime(bad, now); ok {
			t.Errorf("%q is read as %v", bad, got)
		}
	}
}

// TestOffsetIsNoZone: a distance from UTC is not the machine's own zone, which may
// have another distance in the other half of the year.
func TestOffsetIsNoZone(t *testing.T) {
	own := time.Date(0, 1, 1, 0, 0, 0, 0, time.Local).Format("-07:00") // what time.Parse compares with
	for _, name := range []string{own, "+00:00", "+02:00", "-07:30"} {
		zone, ok := offsetZone(name)
		if !ok || zone == time.Local {
			t.Errorf("%s is read as %v (%v)", name, zone, ok)
			continue
		}
		for _, month := range []time.Month{time.January, time.July} {
			if got := time.Date(2026, month, 1, 0, 0, 0, 0, zone).Format("-07:00"); got != name {
				t.Errorf("%s is %s in %v", name, got, month)
			}
		}
	}
	if zone, ok := offsetZone("Europe/Berlin"); ok {
		t.Errorf("a name is read as %v", zone)
	}
}

func TestDistance(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"WSAECONREFUSED", "WSAECONNREFUSED", 1},
		{"kitten", "sitting", 3}, {"错误", "错码", 1},
	}
	for _, test := range tests {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("%q %q: %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

// TestCloserSkipsPastedLogs: what differs in length by more than the limit is not
// compared letter by letter.
func TestCloserSkipsPastedLogs(t *testing.T) {
	if d, ok := closer("WSAECONREFUSED", "WSAECONNREFUSED", 1); !ok || d != 1 {
		t.Errorf("one letter: %d %v", d, ok)
	}
	if d, ok := closer("kitten", "sitting", 2); ok {
		t.Errorf("beyond the limit: %d", d)
	}
	long := strings.Repeat("x", 1<<20)
	if n := testing.AllocsPerRun(1, func() { closer(long, "WSAECONNRESET", len(long)/3) }); n != 0 {
		t.Errorf("compared with %v allocations", n)
	}
}

func TestCodeRange(t *testing.T) {
	for text, want := range map[string][2]int{"10050-10065": {10050, 10065}, "10050..10051": {10050, 10051}, "6-8": {6, 8}} {
		if from, to, ok := codeRange(text); !ok || from != want[0] || to != want[1] {
			t.Errorf("%q: %d %d %v", text, from, to, ok)
		}
	}
	for _, bad := range []string{"10061", "-4078", "10065-10050", "a-b", ""} {
		if _, _, ok := codeRange(bad); ok {
			t.Errorf("%q is read as a range", bad)
		}
	}
}
