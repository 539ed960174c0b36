package ahocorasick

import (
	"bytes"
	"os"
	"testing"
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
		{"size=4MiB/every=never", ordinaryLog(b, 4<<20, 0)},
		{"size=4MiB/every=1000", ordinaryLog(b, 4<<20, 1000)},
		{"size=4MiB/every=100", ordinaryLog(b, 4<<20, 100)},
		{"size=4MiB/every=10", ordinaryLog(b, 4<<20, 10)},
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
				for b.Loop() {
					if dst = impl.append(dst[:0], tt.text); len(dst) != want {
						b.Fatalf("%d occurrences, want %d", len(dst), want)
					}
				}
			})
		}
	}
}

func BenchmarkNew(b *testing.B) {
	ps := literals(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New(ps); err != nil {
			b.Fatal(err)
		}
	}
}
