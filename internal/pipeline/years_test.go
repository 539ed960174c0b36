package pipeline

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// A log that runs over New Year, cut into blocks in many ways and searched by
// several workers, has the years that its last change implies.
func TestYearsRollOver(t *testing.T) {
	t.Parallel()
	winter := "Nov 30 10:00:00 h a: ERR1\nDec 31 23:59:59 h a: ERR1\nJan  1 00:00:01 h a: ERR1\n" +
		"Dec 31 23:59:59 h a: late ERR1\nJan  2 00:00:00 h a: ERR1\n"
	january := time.Date(2026, 1, 2, 0, 0, 5, 0, time.UTC)
	for _, tt := range []struct {
		name, data string
		changed    time.Time
		want       string
	}{
		{"over New Year", winter, january, "2025-11-30 2025-12-31 2026-01-01 2025-12-31 2026-01-02"},
		{"written on after it was opened", winter, time.Date(2025, 12, 31, 23, 59, 59, 0, time.UTC),
			"2025-11-30 2025-12-31 2026-01-01 2025-12-31 2026-01-02"},
		{"last line in another zone", "Dec 31 12:00:00 h a: ERR1\nJan  3 00:00:01 h a: ERR1\n", january,
			"2025-12-31 2026-01-03"},
		{"within one year", "Mar  1 10:00:00 h a: ERR1\nJul 14 10:00:00 h a: ERR1\n",
			time.Date(2025, 7, 14, 11, 0, 0, 0, time.UTC), "2025-03-01 2025-07-14"},
		{"all of the old year", "Jul  1 10:00:00 h a: ERR1\nDec 30 10:00:00 h a: ERR1\n", january,
			"2025-07-01 2025-12-30"},
		{"months apart", "Jun 30 10:00:00 h a: ERR1\nDec 30 10:00:00 h a: ERR1\nJan  1 10:00:00 h a: ERR1\n", january,
			"2025-06-30 2025-12-30 2026-01-01"},
		{"unknown change", winter, time.Time{}, "2024-11-30 2024-12-31 2025-01-01 2024-12-31 2025-01-02"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			want := strings.Fields(tt.want)
			window := &TimeWindow{From: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}
			check := func(how string, cfg Config, feed *scriptFeed, repeat int) {
				t.Helper()
				cfg.Year = 2024
				for i := range feed.steps {
					feed.steps[i].changed = tt.changed
				}
				got := play(t, cfg, feed)
				if len(got.records) != len(want)*repeat {
					t.Fatalf("%s: %d records %v", how, len(got.records), got.records)
				}
				for i, r := range got.records {
					if !strings.Contains(r, want[i/repeat]) {
						t.Fatalf("%s: record %d: %s, want %s", how, i, r, want[i/repeat])
					}
				}
			}
			for at := range tt.data {
				check(fmt.Sprint("split at ", at), Config{}, split([]byte(tt.data), at), 1)
			}
			// Each line so often that blocks hold lines of one month only.
			var many strings.Builder
			for line := range strings.Lines(tt.data) {
				many.WriteString(strings.Repeat(line, 300))
			}
			for _, w := range []*TimeWindow{nil, window} {
				check("blocks", Config{BlockSize: 512, Workers: 4, Window: w}, whole([]byte(many.String())), 300)
				check("one block", Config{Workers: 4, Window: w}, whole([]byte(tt.data)), 1)
			}
		})
	}
}

// What --since keeps must not depend on where blocks end either.
func TestWindowOverNewYear(t *testing.T) {
	t.Parallel()
	data := []byte("Jun 30 10:00:00 h a: old\nDec 31 10:00:00 h a: last\n\tmore\nJan  1 10:00:00 h a: new\n")
	cfg := Config{Window: &TimeWindow{
		From: time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC), To: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}}
	for at := range data {
		feed := split(data, at)
		for i := range feed.steps {
			feed.steps[i].changed = time.Date(2026, 1, 1, 10, 0, 0, 0, time.UTC)
		}
		if got, want := play(t, cfg, feed).inside.String(), "Dec 31 10:00:00 h a: last\n\tmore\n"; got != want {
			t.Fatalf("split at %d: %q, want %q", at, got, want)
		}
	}
}
