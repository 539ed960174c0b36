package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"wsalog/internal/source"
	"wsalog/internal/stats"
)

// stampedLog returns lines with stamps of several kinds, in disorder and with gaps, as where
// several programs write to one log.
func stampedLog(rng *rand.Rand) []byte {
	var log bytes.Buffer
	for log.Len() < 60_000 {
		switch n := rng.IntN(1000); {
		case n < 500:
			fmt.Fprintf(&log, "2026-%02d-%02d 10:%02d:%02d ", 1+n%12, 1+n%28, n%60, n/9)
		case n < 700:
			fmt.Fprintf(&log, "10:%02d:%02d.%03d ", n%60, n/12, n)
		case n < 900:
			fmt.Fprintf(&log, "Jul %2d 10:%02d:%02d host ", 1+n%28, n%60, n/15)
		case n > 996:
			for range rng.IntN(200) {
				log.WriteString("   at some.place(in.code)\n")
			}
		}
		if log.WriteString("all is well here"); rng.IntN(40) == 0 {
			log.WriteString(", but ERR7 failed")
		}
		log.WriteByte('\n')
	}
	return log.Bytes()
}

// periods counts a log that is cut in some way and returns what is known of its time.
func periods(t *testing.T, cfg Config, feed source.Feed) string {
	t.Helper()
	c := stats.New(stats.Options{})
	cfg.Matcher = wordFinder{}
	if _, err := Run(context.Background(), cfg, feed, c); err != nil {
		t.Fatal(err)
	}
	table := c.Table()
	return fmt.Sprint(table.Hits, table.Period, table.Files[0].Period, c.State().Files)
}

// TestPeriodsDoNotDependOnCuts reads logs in blocks and pieces of many sizes.
func TestPeriodsDoNotDependOnCuts(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 3))
		log := stampedLog(rng)
		feed := func(most int) source.Feed {
			return &scriptFeed{steps: []step{{data: log, last: true}}, most: most}
		}
		want := periods(t, Config{BlockSize: 1 << 24, Year: 2026}, feed(0))
		for _, size := range []int{512, 2000, 9000, 30_000} {
			for _, most := range []int{0, 700} {
				if got := periods(t, Config{BlockSize: size, Workers: 3, Year: 2026}, feed(most)); got != want {
					t.Fatalf("seed %d, blocks of %d, reads of %d:\n%s, want\n%s", seed, size, most, got, want)
				}
			}
		}
	}
}

// TestFirstStampFollowsTheLog reads the first date in the order of day and month that a later
// one tells, and looks no further than the first lines, however they arrive.
func TestFirstStampFollowsTheLog(t *testing.T) {
	t.Parallel()
	text := "no time\n"
	for _, tt := range []struct{ name, log, want string }{
		{"day first", text + "03/02/2026 10:00:00 a\n20/02/2026 10:00:00 z\n", "2026-02-03T10:00:00 2026-02-20T10:00:00"},
		{"month first", text + "03/02/2026 10:00:00 a\n03/20/2026 10:00:00 z\n", "2026-03-02T10:00:00 2026-03-20T10:00:00"},
		{"in the last line that counts", strings.Repeat(text, firstLines-1) + "2026-02-03 10:00:00 a\n2026-02-04 10:00:00 z\n",
			"2026-02-03T10:00:00 2026-02-04T10:00:00"},
		{"too late", strings.Repeat(text, firstLines) + "2026-02-03 10:00:00 a\n2026-02-04 10:00:00 z\n",
			"2026-02-04T10:00:00 2026-02-04T10:00:00"},
		{"far from the end", "2026-02-03 10:00:00 a\n2026-02-04 10:00:00 z\n" + strings.Repeat(text, farLines),
			"2026-02-03T10:00:00 2026-02-03T10:00:00"},
		{"not too far", "2026-02-03 10:00:00 a\n2026-02-04 10:00:00 z\n" + strings.Repeat(text, farLines-1),
			"2026-02-03T10:00:00 2026-02-04T10:00:00"},
	} {
		for _, most := range []int{0, 60} {
			c := stats.New(stats.Options{})
			feed := &scriptFeed{steps: []step{{data: []byte(tt.log), last: true}}, most: most}
			if _, err := Run(context.Background(), Config{Matcher: wordFinder{}}, feed, c); err != nil {
				t.Fatal(err)
			}
			p := c.Table().Files[0].Period
			if got := p.First.String() + " " + p.Last.String(); got != tt.want {
				t.Errorf("%s, reads of %d: %s, want %s", tt.name, most, got, tt.want)
			}
		}
	}
}
