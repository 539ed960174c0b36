package matcher_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"wsalog/matcher"
)

// decoys are generators of lines that hold numbers in range and no error.
var decoys = []struct {
	name string
	line func(r *rand.Rand, n int) string
}{
	{"numbers among words", func(r *rand.Rand, n int) string {
		words := []string{"alpha", "river", "stone", "blue", "paper", "seven", "music", "table", "green", "window", "garden", "cloud", "silver"}
		var b strings.Builder
		for range 3 + r.IntN(6) {
			b.WriteString(words[r.IntN(len(words))])
			fmt.Fprintf(&b, " %d ", n)
		}
		return b.String()
	}},
	{"nginx access log", func(r *rand.Rand, n int) string {
		return fmt.Sprintf(`10.0.%d.%d - - [14/Jul/2026:10:22:%02d +0000] "GET /item/%d?page=%d HTTP/1.1" %d %d "-" "Mozilla/5.0 (Windows NT 10.0)" %d`,
			r.IntN(256), r.IntN(256), r.IntN(60), n, n, []int{200, 304, 404, 500}[r.IntN(4)], n, n)
	}},
	{"ps", func(r *rand.Rand, n int) string {
		return fmt.Sprintf("root  %8d %6d  0 10:%02d ?        00:00:%02d [kworker/%d:%d]", n, n, r.IntN(60), r.IntN(60), r.IntN(8), r.IntN(4))
	}},
	{"netstat -ano", func(r *rand.Rand, n int) string {
		return fmt.Sprintf("  TCP    0.0.0.0:%d          10.0.0.%d:%d         %s       %d", n, r.IntN(256), n, []string{"LISTENING", "ESTABLISHED", "TIME_WAIT", "CLOSE_WAIT"}[r.IntN(4)], n)
	}},
	{"tasklist", func(r *rand.Rand, n int) string {
		return fmt.Sprintf("svchost.exe                  %6d Services                   0     %d K", n, n)
	}},
	{"DCOM events", func(r *rand.Rand, n int) string {
		return fmt.Sprintf("%5d Jul 14 10:22  Error       Microsoft-Windows... %12d The application-specific permission settings do not grant Local Activation permission", n, n)
	}},
	{"event list", func(r *rand.Rand, n int) string {
		return fmt.Sprintf("Warning\t7/14/2026 10:22:%02d AM\tMicrosoft-Windows-DistributedCOM\t%d\tNone", r.IntN(60), n)
	}},
	{"wc -l and ls -l", func(r *rand.Rand, n int) string {
		return fmt.Sprintf("-rw-r--r-- 1 user users %7d Jul 14 10:22 report-%d.txt", n, n)
	}},
	{"json counters", func(r *rand.Rand, n int) string {
		return fmt.Sprintf(`{"level":"info","msg":"flush","rows":%d,"took_ms":%d,"batch":%d,"offset":%d,"heap":%d}`, n, n, n, n, n)
	}},
	{"test runner", func(r *rand.Rand, n int) string {
		return fmt.Sprintf("ok  \texample.com/pkg/a%d\t%d.%02ds  (%d tests, %d assertions)", r.IntN(90), r.IntN(60), r.IntN(99), n, n)
	}},
	{"CSV", func(r *rand.Rand, n int) string {
		return fmt.Sprintf("2026-07-14,%d,blue,%d,%d,19.99,EUR", n, n, n)
	}},
}

// TestDecoys finds no error in lines that only hold numbers in range: at default
// confidence not one.
func TestDecoys(t *testing.T) {
	m := newMatcher(t)
	r := rand.New(rand.NewPCG(1, 2))
	const lines = 20_000
	for _, d := range decoys {
		var b strings.Builder
		for range lines {
			n := 10000 + r.IntN(1040)
			b.WriteString(d.line(r, n))
			b.WriteByte('\n')
		}
		log := []byte(b.String())
		shown, hits, seen := 0, 0, 0
		for _, x := range m.Append(nil, log, nil) {
			seen++
			if x.Verdict != matcher.Rejected && x.Confidence >= matcher.Medium {
				hits++
				if shown++; shown <= 3 {
					t.Errorf("%s: %d (rule %s) in %q", d.name, x.Code, x.Rule, log[x.LineStart:x.LineEnd])
				}
			}
		}
		if seen == 0 && d.name != "test runner" {
			t.Errorf("%s: no candidate was looked at, so the test proves nothing", d.name)
		}
		if hits > 0 {
			t.Errorf("%s: %d false hits among %d candidates", d.name, hits, seen)
		}
	}
}
