package ahocorasick

import (
	"bytes"
	"os"
	"testing"
	"time"
)

// literals reads the snapshot of code literals that the prefilter is judged with.
func literals(tb testing.TB) []Pattern {
	tb.Helper()
	data, err := os.ReadFile("../bytescan/testdata/literals.txt")
	if err != nil {
		tb.Fatal(err)
	}
	var ps []Pattern
	for line := range bytes.Lines(data) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		ps = append(ps, Pattern{Bytes: line[1:], Fold: line[0] == '~'})
	}
	if len(ps) < 1000 {
		tb.Fatalf("%d literals, want at least 1000", len(ps))
	}
	return ps
}

// ordinaryLog returns invented log text of about size bytes. Before one line in
// every (0: none) stands a literal, each in its turn.
func ordinaryLog(tb testing.TB, size, every int) []byte {
	tb.Helper()
	data, err := os.ReadFile("../bytescan/testdata/ordinary.log")
	if err != nil {
		tb.Fatal(err)
	}
	ps := literals(tb)
	var text []byte
	for n := 0; len(text) < size; {
		for line := range bytes.Lines(data) {
			if n++; every > 0 && n%every == 0 {
				text = append(append(text, ps[n/every%len(ps)].Bytes...), ' ')
			}
			if text = append(text, line...); len(text) >= size {
				break
			}
		}
	}
	return text
}

func BenchmarkAppend(b *testing.B) {
	a, err := New(literals(b))
	if err != nil {
		b.Fatal(err)
	}
	var all []byte
	for _, p := range literals(b) {
		all = append(append(all, p.Bytes...), ' ')
	}
	texts := []struct {
		name string
		text []byte
	}{
		{"size=256KiB/every=never", ordinaryLog(b, 256<<10, 0)},
		{"size=256KiB/every=1000", ordinaryLog(b, 256<<10, 1000)},
		{"size=256KiB/every=100", ordinaryLog(b, 256<<10, 100)},
		{"size=256KiB/every=10", ordinaryLog(b, 256<<10, 10)},
		{"size=100/every=1", ordinaryLog(b, 100, 1)[:100]},
		{"size=33KiB/every=all", all}, // nothing but occurrences
	}
	impls := []struct {
		name   string
		append func(dst []Occurrence, haystack []byte) []Occurrence
	}{
		{"gate", a.Append},
		{"plain", a.plain},
	}
	for _, impl := range impls {
		for _, tt := range texts {
			want := len(a.plain(nil, tt.text))
			b.Run("impl="+impl.name+"/"+tt.name, func(b *testing.B) {
				b.SetBytes(int64(len(tt.text)))
				var dst []Occurrence
				best := time.Hour // the mean says little on a machine with other work
				for b.Loop() {
					start := time.Now()
					if dst = impl.append(dst[:0], tt.text); len(dst) != want {
						b.Fatalf("%d occurrences, want %d", len(dst), want)
					}
					best = min(best, time.Since(start))
				}
				b.ReportMetric(float64(len(tt.text))/1e6/best.Seconds(), "best-MB/s")
			})
		}
	}
}

func BenchmarkNew(b *testing.B) {
	ps := literals(b)
	b.ReportAllocs()
	best := time.Hour
	for b.Loop() {
		start := time.Now()
		if _, err := New(ps); err != nil {
			b.Fatal(err)
		}
		best = min(best, time.Since(start))
	}
	b.ReportMetric(float64(best.Microseconds()), "best-µs")
}
