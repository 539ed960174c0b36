package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"wsalog/matcher"
)

// realMatcher is the matcher that the program uses.
var realMatcher = sync.OnceValues(func() (*matcher.Matcher, error) { return matcher.New(matcher.Options{}) })

// realLog returns lines of printers that the matcher knows, with decoys.
func realLog(lines int) []byte {
	kinds := []string{
		"2026-07-14 10:22:%02d.114 ERROR [pool-3] connect 10.0.0.5:5432 failed: WSAECONNREFUSED (10061)\n",
		"2026-07-14 10:22:%02d.871 WARN  [pool-4] recv() returned 10054\r\n",
		"2026-07-14 10:22:%02d.900 INFO  [pool-1] port 10061 opened\n",
		"System.Net.Sockets.SocketException (10060): A connection attempt failed\n   at line %02d\n",
		"   ---> inner exception 0x80072746 at %02d\n",
		"dial tcp 10.0.0.9:%02d: connectex: No connection could be made because the target machine actively refused it.\n",
		"2026-07-14 10:22:%02d 连接失败: 由于目标计算机积极拒绝，无法连接。\n",
	}
	var b strings.Builder
	r := rand.New(rand.NewPCG(11, 12))
	for i := range lines {
		if k := r.IntN(4 * len(kinds)); k < len(kinds) {
			fmt.Fprintf(&b, kinds[k], i%60)
		} else {
			fmt.Fprintf(&b, "2026-07-14 10:22:%02d.000 INFO  request %d served in 10054 ms\n", i%60, r.IntN(20000))
		}
	}
	return []byte(b.String())
}

// Invariant 3 with the real matcher and annotator.
func TestInvariant3WithTheRealMatcher(t *testing.T) {
	t.Parallel()
	m, err := realMatcher()
	if err != nil {
		t.Fatal(err)
	}
	data := realLog(3000)
	want := play(t, Config{Matcher: m, BlockSize: 1 << 24}, whole(data))
	if len(want.records) < 200 {
		t.Fatalf("only %d records", len(want.records))
	}
	for _, size := range []int{512, 3000, 40_000} {
		for _, workers := range []int{1, 3} {
			got := play(t, Config{Matcher: m, BlockSize: size, Workers: workers}, whole(data))
			if n := m.Timeouts(); len(n) > 0 {
				t.Fatalf("patterns ran out of time, which changes verdicts: %v", n)
			}
			if d := firstDiff(got.records, want.records); d != "" {
				t.Fatalf("block %d, %d workers: %s", size, workers, d)
			}
			if !bytes.Equal(got.all.Bytes(), data) {
				t.Fatalf("block %d, %d workers: output differs", size, workers)
			}
			if fmt.Sprint(got.totals.Rejected) != fmt.Sprint(want.totals.Rejected) {
				t.Fatalf("rejected %v, want %v", got.totals.Rejected, want.totals.Rejected)
			}
		}
	}
}

// BenchmarkRealMatcher searches a log with a hit on one line of a thousand, once
// with and once without time stamps.
func BenchmarkRealMatcher(b *testing.B) {
	m, err := realMatcher()
	if err != nil {
		b.Fatal(err)
	}
	line := "INFO  [pool-3] request served in some milliseconds, everything is fine here\n"
	hit := "ERROR [pool-3] connect 10.0.0.5:5432 failed: WSAECONNREFUSED (10061)\n"
	for _, stamp := range []string{"", "2026-07-14 10:22:33.114 "} {
		text := strings.Repeat(stamp+line, 999) + stamp + hit
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("stamps=%v/workers=%d", stamp != "", workers), func(b *testing.B) {
				const total = 64 << 20
				b.SetBytes(total)
				b.ReportAllocs()
				for b.Loop() {
					s := &meter{}
					cfg := Config{Matcher: m, Workers: workers}
					feed := &loopFeed{text: []byte(text), left: total}
					if _, err := Run(context.Background(), cfg, feed, s); err != nil || s.records < 1000*total/int64(len(text))/1000 {
						b.Fatal(err, s.records)
					}
				}
			})
		}
	}
}
