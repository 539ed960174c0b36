package annotate

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestJoinFindsWhatMarkFinds cuts logs anywhere and marks their batches by
// themselves first: hits begin the same events as when they are marked in order.
func TestJoinFindsWhatMarkFinds(t *testing.T) {
	kinds := []string{"error E1\n", "   at E2\n", "\tE1\n", "at x\n", "plain\n", "\n", "Caused by: E2\n", "  x\n", "SomeError: x E1\n"}
	begun := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		var b strings.Builder
		for range 120 {
			b.WriteString(kinds[r.IntN(len(kinds))])
		}
		lines := strings.SplitAfter(strings.TrimSuffix(b.String(), "\n"), "\n")
		var inOrder, ahead Events
		for from := 0; from < len(lines); {
			to := min(from+1+r.IntN(12), len(lines))
			one, two := eventBatch(lines, from, to), eventBatch(lines, from, to)
			if r.IntN(20) == 0 {
				one.Events = []SourceEvent{{Kind: Rotated}}
				two.Events = one.Events
			}
			inOrder.Mark(one)
			var own Events
			two.FirstLine = 0
			own.Ahead(two)
			two.FirstLine = one.FirstLine
			ahead.Join(two, &own)
			got, want := eventsOf(two), eventsOf(one)
			if got != want {
				t.Fatalf("seed %d, lines %d to %d: events %s, want %s", seed, from, to, got, want)
			}
			begun += strings.Count(want, "true")
			from = to
		}
	}
	if begun < 1000 {
		t.Fatalf("only %d events", begun)
	}
}

func eventBatch(lines []string, from, to int) *Batch {
	b := &Batch{FirstLine: int64(from) + 1, Lines: int64(to - from), Bytes: []byte(strings.Join(lines[from:to], ""))}
	at := 0
	for i, l := range lines[from:to] {
		if n := strings.IndexByte(l, 'E'); n >= 0 && n+1 < len(l) && (l[n+1] == '1' || l[n+1] == '2') {
			b.Records = append(b.Records, Record{LineInBatch: i, Start: at, Text: []byte(strings.TrimSuffix(l, "\n")),
				Hits: []Hit{{Code: int(l[n+1])}}})
		}
		at += len(l)
	}
	return b
}

func eventsOf(b *Batch) string {
	var s strings.Builder
	for i := range b.Records {
		fmt.Fprint(&s, b.Records[i].Hits[0].NewEvent, " ")
	}
	return s.String()
}
