package bytescan

import (
	"bytes"
	"fmt"
	"os"
	"testing"
	"time"
)

// ordinaryLog returns size bytes of invented log text. Before one line in every (0:
// none) stands a literal, each in its turn.
func ordinaryLog(tb testing.TB, size, every int) []byte {
	tb.Helper()
	data, err := os.ReadFile("testdata/ordinary.log")
	if err != nil {
		tb.Fatal(err)
	}
	lits := literals(tb)
	var text []byte
	for n := 0; len(text) < size; {
		for line := range bytes.Lines(data) {
			if n++; every > 0 && n%every == 0 {
				text = append(append(text, lits[n/every%len(lits)].Bytes...), ' ')
			}
			if text = append(text, line...); len(text) >= size {
				break
			}
		}
	}
	return text[:size]
}

// places counts the occurrences that Next finds, at most one for each line, as the
// matcher does.
func places(s *Scanner, text []byte) int {
	n := 0
	for p := s.Next(text, 0); p >= 0; p = s.Next(text, p) {
		n++
		if end := bytes.IndexByte(text[p:], '\n'); end >= 0 {
			p += end + 1
		} else {
			break
		}
	}
	return n
}

// repeat fills 256 KiB.
func repeat(text string) []byte { return bytes.Repeat([]byte(text), 256<<10/len(text)) }

// loop runs f as often as the benchmark wants and reports, besides the mean, the
// throughput of the fastest run: on a machine with other work the mean says little.
func loop(b *testing.B, size int, f func()) {
	b.SetBytes(int64(size))
	best := time.Hour
	for b.Loop() {
		start := time.Now()
		f()
		best = min(best, time.Since(start))
	}
	b.ReportMetric(float64(size)/1e6/best.Seconds(), "best-MB/s")
}

func BenchmarkNext(b *testing.B) {
	lits := literals(b)
	texts := []struct {
		name string
		text []byte
	}{
		{"size=256KiB/density=0", ordinaryLog(b, 256<<10, 0)},
		{"size=4MiB/density=0.001", ordinaryLog(b, 4<<20, 1000)},
		{"size=256KiB/density=0.01", ordinaryLog(b, 256<<10, 100)},
		{"size=256KiB/density=0.1", ordinaryLog(b, 256<<10, 10)},
		{"size=100/density=0", ordinaryLog(b, 100, 0)},
		{"size=256KiB/density=0.001", ordinaryLog(b, 256<<10, 1000)},
		{"size=256KiB/density=dots", repeat(".")},
		{"size=256KiB/density=digits", repeat("20261001101010110 101101 1767316110045 ")},
		{"size=256KiB/density=chinese", repeat("订单已经处理完成，正在关闭连接。")},
	}
	for _, name := range Impls() {
		s := New(lits, Options{Decimals: winsock, Impl: name})
		for _, tt := range texts {
			if name == "twin" && len(tt.text) > 1<<20 {
				continue
			}
			want := places(New(lits, Options{Decimals: winsock, Impl: "portable"}), tt.text)
			b.Run(fmt.Sprintf("impl=%s/%s", name, tt.name), func(b *testing.B) {
				loop(b, len(tt.text), func() {
					if got := places(s, tt.text); got != want {
						b.Fatalf("%d lines, want %d", got, want)
					}
				})
			})
		}
	}
}

func BenchmarkNew(b *testing.B) {
	lits := literals(b)
	b.ReportAllocs()
	best := time.Hour
	for b.Loop() {
		start := time.Now()
		if New(lits, Options{Decimals: winsock}) == nil {
			b.Fatal("declined")
		}
		best = min(best, time.Since(start))
	}
	b.ReportMetric(float64(best.Microseconds()), "best-µs")
}
