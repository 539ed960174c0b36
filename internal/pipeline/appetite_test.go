package pipeline

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"wsalog/annotate"
)

// Lines that are all hits must not blow up what the jobs hold: blocks shrink
// while they come, and grow again behind them.
func TestDenseLinesMakeSmallBlocks(t *testing.T) {
	t.Parallel()
	dense := strings.Repeat("ERR1\n", 120_000)
	plain := strings.Repeat(benchLine, 40_000)
	input := []byte(plain + dense + plain)
	const inFlight = 2 * (2 + 3) // jobs that were read before the first dense one was searched
	above, before, behind := 0, 0, 0
	r := &recorder{onBatch: func(b *annotate.Batch) error {
		if len(b.Records) > 2*manyRecords {
			above++
		}
		switch {
		case b.Offset < int64(len(plain)):
			before = max(before, len(b.Bytes))
		case b.Offset > int64(len(plain)+len(dense)):
			behind = max(behind, len(b.Bytes))
		}
		return nil
	}}
	if _, err := Run(context.Background(), Config{Matcher: wordFinder{}, Workers: 2}, whole(input), r); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(r.all.Bytes(), input) || len(r.records) != 120_000 {
		t.Fatalf("output of %d bytes, %d records", r.all.Len(), len(r.records))
	}
	if above > inFlight {
		t.Errorf("%d batches hold more than %d records", above, 2*manyRecords)
	}
	if least := DefaultBlockSize / 2; before < least || behind < least {
		t.Errorf("blocks of plain lines are only %d and %d bytes long", before, behind)
	}
}
