package pipeline

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
)

// Lines without stamps inherit the same ones wherever blocks are cut, in logs
// with few stamps too.
func TestStampsAreInheritedOverBlocks(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(13, 14))
	for round := range 3 {
		var b bytes.Buffer
		for i := range 60 {
			fmt.Fprintf(&b, "2026-07-14 10:%02d:00 stamp\n", i)
			for range r.IntN(1400) {
				switch r.IntN(60) {
				case 0:
					b.WriteString("   hit ERR1\n")
				default:
					b.WriteString("no time in this one\n"[r.IntN(12):])
				}
			}
		}
		data := b.Bytes()
		want := play(t, Config{BlockSize: 1 << 24}, whole(data))
		without := 0
		for _, s := range want.records {
			if !bytes.HasSuffix([]byte(s), []byte("~")) {
				without++
			}
		}
		if len(want.records) < 200 || without < 10 {
			t.Fatalf("round %d: %d records, %d without a stamp: the log proves little", round, len(want.records), without)
		}
		for _, size := range []int{512, 9000, 14_000, 30_000, 100_000} {
			got := play(t, Config{BlockSize: size, Workers: 2}, whole(data))
			if d := firstDiff(got.records, want.records); d != "" {
				t.Fatalf("round %d, block %d: %s", round, size, d)
			}
		}
	}
}
