package matcher_test

import (
	"bytes"
	"fmt"
	"testing"

	"wsalog/matcher"
)

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := matcher.New(matcher.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// candidateLog returns a log in which every line holds a candidate, with hosts,
// times and ids that change from line to line, and the number of its lines.
func candidateLog(lines int) []byte {
	shapes := []string{
		"2026-07-14 10:22:%02d.%03d ERROR [pool-%d] connect 10.0.%d.5:5432 failed: WSAECONNREFUSED (10061)\n",
		"2026/07/14 10:22:%02d [error] %d#7120: *%d WSARecv() failed (10054: An existing connection was forcibly closed by the remote host) while reading, upstream: \"http://10.0.%d.7:80/\"\n",
		"Jul 14 10:22:%02d host%d sshd[10053]: Accepted publickey for user%d from 10.0.%d.3\n",
		"[%02d:%03d] worker %d: send to peer 10.9.%d.1 failed with error 10060\n",
		"10:22:%02d.%03d INFO listener %d on port 10061 (pool %d) is up\n",
		"%02d/%03d GET /a/%d 200 10054 bytes=10048 id=%d\n",
	}
	var buf bytes.Buffer
	for i := range lines {
		fmt.Fprintf(&buf, shapes[i%len(shapes)], i%60, i%1000, i%97, i%251)
	}
	return buf.Bytes()
}

func BenchmarkCandidates(b *testing.B) {
	const lines = 6000
	m := newMatcher(b)
	log := candidateLog(lines)
	var dst []matcher.Match
	for range 8 { // until what is remembered has room
		dst = m.Append(dst[:0], log, nil)
	}
	want := len(dst)
	b.SetBytes(int64(len(log)))
	b.ReportAllocs()
	for b.Loop() {
		if dst = m.Append(dst[:0], log, nil); len(dst) != want {
			b.Fatalf("%d matches, want %d", len(dst), want)
		}
	}
	b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}
