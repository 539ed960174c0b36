package matcher

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"wsalog/matcher/ahocorasick"
)

// everyTable returns both tables with the automata of the same literals. What those
// find has to be renamed by numbers.
func everyTable(tb testing.TB) (tables []*ahocorasick.Table, autos []*ahocorasick.Automaton, numbers [][]int32) {
	tb.Helper()
	m, err := New(Options{})
	if err != nil {
		tb.Fatal(err)
	}
	for _, ascii := range []bool{true, false} {
		texts, ids := m.lx.textsOf(ascii)
		if len(texts) < 1000 {
			tb.Fatalf("%d literals, want at least 1000", len(texts))
		}
		autos, numbers = append(autos, newAutomaton(folded(texts))), append(numbers, ids)
	}
	return []*ahocorasick.Table{m.lx.ascii, m.lx.wide()}, autos, numbers
}

// TestLongLinesAreSearchedAlike compares what a line gives below and above the length
// from which on automata search it.
func TestLongLinesAreSearchedAlike(t *testing.T) {
	m, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	line := bytes.Join(labelledLines(t), []byte(" "))
	var s ahocorasick.Scratch
	for _, text := range [][]byte{line, bytes.Map(func(r rune) rune { return min(r, 0x7f) }, line)} {
		if len(text) < longLine {
			t.Fatalf("%d bytes, want %d", len(text), longLine)
		}
		want := m.lx.ascii.Append(nil, text, &s)
		if !isASCII(text) {
			want = m.lx.wide().Append(want, text, &s)
		}
		got := m.lx.search(nil, text, &s)
		order := func(a, b ahocorasick.Occurrence) int {
			return cmp.Or(cmp.Compare(a.End, b.End), cmp.Compare(a.Pattern, b.Pattern))
		}
		slices.SortFunc(want, order)
		slices.SortFunc(got, order)
		if len(want) < 1000 || !slices.Equal(got, want) {
			t.Errorf("%d occurrences, want %d (at least 1000)", len(got), len(want))
		}
	}
}

func TestTablesFindWhatAutomataFind(t *testing.T) {
	tables, autos, numbers := everyTable(t)
	var s ahocorasick.Scratch
	for i, table := range tables {
		var one []byte
		same := func(text []byte) int {
			want := autos[i].Append(nil, text)
			for k := range want {
				want[k].Pattern = numbers[i][want[k].Pattern]
			}
			if got := table.Append(nil, text, &s); !slices.Equal(got, want) {
				t.Errorf("table %d finds in %.200q %v, want %v", i, text, got, want)
			}
			return len(want)
		}
		for _, line := range labelledLines(t) {
			same(line)
			one = append(append(one, line...), ' ')
		}
		if n := same(one); n < 1000 {
			t.Errorf("%d occurrences in all lines, want at least 1000", n)
		}
	}
}

// BenchmarkCollect searches one line after the other for all literals in ASCII: with
// everything in the caches, and with other memory read between two lines, as the log is
// read that stands between two candidates. The median is that of single lines; it judges
// best where the machine has other work.
func BenchmarkCollect(b *testing.B) {
	tables, autos, _ := everyTable(b)
	var s ahocorasick.Scratch
	impls := []struct {
		name   string
		append func(dst []ahocorasick.Occurrence, line []byte) []ahocorasick.Occurrence
	}{
		{"table", func(dst []ahocorasick.Occurrence, line []byte) []ahocorasick.Occurrence {
			return tables[0].Append(dst, line, &s)
		}},
		{"automaton", autos[0].Append},
	}
	lines, other := labelledLines(b), make([]byte, 64<<20)
	for _, between := range []int{0, 100, 1000} {
		for _, impl := range impls {
			b.Run(fmt.Sprintf("between=%dKiB/impl=%s", between, impl.name), func(b *testing.B) {
				var dst []ahocorasick.Occurrence
				var times []time.Duration
				at, n, sum := 0, 0, byte(0)
				for b.Loop() {
					for range between << 10 / 64 {
						at = (at + 64) % len(other)
						sum += other[at]
					}
					line := lines[n*7%len(lines)]
					n++
					for _, c := range line { // who searches a line has just read it
						sum += c
					}
					start := time.Now()
					dst = impl.append(dst[:0], line)
					times = append(times, time.Since(start))
				}
				other[0] = sum // so that nothing of it is left out
				slices.Sort(times)
				b.ReportMetric(float64(times[len(times)/2].Nanoseconds()), "median-ns/line")
			})
		}
	}
}
