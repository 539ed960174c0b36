// Package compare measures the automaton against public Go packages of the same
// kind on the same text. It is a module of its own, so that wsalog does not depend
// on them:
//
//	cd matcher/ahocorasick/_compare && go test -bench .
package compare

import (
	"bytes"
	"os"
	"testing"
	"time"

	bobusumisu "github.com/BobuSumisu/aho-corasick"
	cloudflare "github.com/cloudflare/ahocorasick"
	petar "github.com/petar-dambovaliev/aho-corasick"

	ours "wsalog/matcher/ahocorasick"
)

// patterns are the literals, folded and each once: not all packages fold, and not
// all report equal patterns twice.
func patterns(tb testing.TB) [][]byte {
	data, err := os.ReadFile("../../bytescan/testdata/literals.txt")
	if err != nil {
		tb.Fatal(err)
	}
	var list [][]byte
	seen := map[string]bool{}
	for line := range bytes.Lines(data) {
		p := asciiLower(bytes.TrimSuffix(line, []byte("\n"))[1:])
		if !seen[string(p)] {
			seen[string(p)] = true
			list = append(list, p)
		}
	}
	if len(list) < 1000 {
		tb.Fatalf("%d literals, want at least 1000", len(list))
	}
	return list
}

// text is 256 KiB of folded log, with a literal before one line in a hundred.
func text(tb testing.TB, list [][]byte) []byte {
	data, err := os.ReadFile("../../bytescan/testdata/ordinary.log")
	if err != nil {
		tb.Fatal(err)
	}
	data = asciiLower(data)
	var out []byte
	for n := 0; len(out) < 256<<10; {
		for line := range bytes.Lines(data) {
			if n++; n%100 == 0 {
				out = append(append(out, list[n/100%len(list)]...), ' ')
			}
			out = append(out, line...)
		}
	}
	return out
}

func asciiLower(b []byte) []byte {
	out := bytes.Clone(b)
	for i, c := range out {
		if 'A' <= c && c <= 'Z' {
			out[i] = c + 'a' - 'A'
		}
	}
	return out
}

func oursOf(tb testing.TB, list [][]byte) *ours.Automaton {
	ps := make([]ours.Pattern, len(list))
	for i, p := range list {
		ps[i] = ours.Pattern{Bytes: p}
	}
	a, err := ours.New(ps)
	if err != nil {
		tb.Fatal(err)
	}
	return a
}

func bobuOf(list [][]byte) *bobusumisu.Trie {
	return bobusumisu.NewTrieBuilder().AddPatterns(list).Build()
}

func petarOf(list [][]byte, dfa bool) petar.AhoCorasick {
	builder := petar.NewAhoCorasickBuilder(petar.Opts{MatchKind: petar.StandardMatch, DFA: dfa})
	return builder.BuildByte(list)
}

func BenchmarkSearch(b *testing.B) {
	list := patterns(b)
	haystack := text(b, list)
	a := oursOf(b, list)
	want := len(a.Append(nil, haystack))
	distinct := map[int32]bool{}
	for _, o := range a.Append(nil, haystack) {
		distinct[o.Pattern] = true
	}
	run := func(name string, want int, count func() int) {
		b.Run("impl="+name, func(b *testing.B) {
			b.SetBytes(int64(len(haystack)))
			b.ReportAllocs()
			best := time.Hour // the mean says little on a machine with other work
			for b.Loop() {
				start := time.Now()
				if got := count(); got != want {
					b.Fatalf("%d occurrences, want %d", got, want)
				}
				best = min(best, time.Since(start))
			}
			b.ReportMetric(float64(len(haystack))/1e6/best.Seconds(), "best-MB/s")
		})
	}
	var dst []ours.Occurrence
	run("ours", want, func() int {
		dst = a.Append(dst[:0], haystack)
		return len(dst)
	})
	trie := bobuOf(list)
	run("BobuSumisu", want, func() int { return len(trie.Match(haystack)) })
	// It tells which patterns occur, not where.
	matcher := cloudflare.NewMatcher(list)
	run("cloudflare", len(distinct), func() int { return len(matcher.Match(haystack)) })
	for name, dfa := range map[string]bool{"petar-dambovaliev-nfa": false, "petar-dambovaliev-dfa": true} {
		ac := petarOf(list, dfa)
		run(name, want, func() int {
			n := 0
			for it := ac.IterOverlappingByte(haystack); it.Next() != nil; n++ {
			}
			return n
		})
	}
}

func BenchmarkNew(b *testing.B) {
	list := patterns(b)
	for name, build := range map[string]func(){
		"ours":                  func() { oursOf(b, list) },
		"BobuSumisu":            func() { bobuOf(list) },
		"cloudflare":            func() { cloudflare.NewMatcher(list) },
		"petar-dambovaliev-nfa": func() { petarOf(list, false) },
		"petar-dambovaliev-dfa": func() { petarOf(list, true) },
	} {
		b.Run("impl="+name, func(b *testing.B) {
			b.ReportAllocs()
			best := time.Hour
			for b.Loop() {
				start := time.Now()
				build()
				best = min(best, time.Since(start))
			}
			b.ReportMetric(float64(best.Microseconds()), "best-µs")
		})
	}
}
