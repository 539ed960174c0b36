package pipeline

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"wsalog/annotate"
	"wsalog/internal/source"
)

// A loopFeed hands out the same bytes again and again, as fast as a file in the
// page cache would come.
type loopFeed struct {
	text []byte
	left int64
	off  int64
}

func (f *loopFeed) Next(ctx context.Context, buf []byte) (source.Piece, error) {
	if f.left == 0 {
		return source.Piece{}, io.EOF
	}
	n := int(min(int64(len(buf)), f.left))
	at := int(f.off % int64(len(f.text)))
	for i := 0; i < n; at = 0 {
		i += copy(buf[i:n], f.text[at:])
	}
	p := source.Piece{Name: "loop", N: n, Offset: f.off, End: f.left == int64(n)}
	f.off += int64(n)
	f.left -= int64(n)
	return p, nil
}
func (f *loopFeed) Ready() bool  { return f.left > 0 }
func (f *loopFeed) Close() error { return nil }

// A meter counts what it is given.
type meter struct {
	bytes, lines, records int64
}

func (m *meter) Batch(b *annotate.Batch) error {
	m.bytes += int64(len(b.Bytes) - b.Scanned)
	m.lines += b.Lines
	m.records += int64(len(b.Records))
	return nil
}
func (m *meter) Idle() error                 { return nil }
func (m *meter) Close(annotate.Totals) error { return nil }

var benchLine = "2026-07-14 10:22:33.114 ERROR [pool-3] connect 10.0.0.5:5432 failed, will try again\n"

// BenchmarkPipeline is the pipeline's own cost: nothing is found.
func BenchmarkPipeline(b *testing.B) {
	plain := strings.Repeat(benchLine, 4000)
	texts := map[string]string{
		"ascii": plain,
		"utf8":  plain + "连接失败，网络错误\n",
	}
	for _, name := range []string{"ascii", "utf8"} {
		for _, workers := range []int{1, 2} {
			for _, size := range []int{64 << 10, 256 << 10, 1 << 20} {
				b.Run(fmt.Sprintf("text=%s/workers=%d/block=%dK", name, workers, size>>10), func(b *testing.B) {
					const total = 256 << 20
					b.SetBytes(total)
					b.ReportAllocs()
					for b.Loop() {
						m := &meter{}
						cfg := Config{Matcher: noFinder{}, Workers: workers, BlockSize: size}
						feed := &loopFeed{text: []byte(texts[name]), left: total}
						if _, err := Run(context.Background(), cfg, feed, m); err != nil || m.bytes != total {
							b.Fatal(err, m.bytes)
						}
					}
				})
			}
		}
	}
}

// BenchmarkPipelineHits has a hit on one line of a hundred.
func BenchmarkPipelineHits(b *testing.B) {
	text := []byte(strings.Repeat(benchLine, 99) + "2026-07-14 10:22:33.115 ERROR it is ERR1\n")
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			const total = 64 << 20
			b.SetBytes(total)
			b.ReportAllocs()
			for b.Loop() {
				m := &meter{}
				cfg := Config{Matcher: wordFinder{}, Workers: workers}
				if _, err := Run(context.Background(), cfg, &loopFeed{text: text, left: total}, m); err != nil || m.records == 0 {
					b.Fatal(err)
				}
			}
		})
	}
}

// Nothing allocates per block when warm: a run over many blocks allocates no more
// than one over few.
func TestNothingAllocatesPerBlock(t *testing.T) {
	text := []byte(strings.Repeat(benchLine, 99) + "2026-07-14 10:22:33.115 ERROR it is ERR1, not DECOYS\n")
	utf16 := make([]byte, 0, 2*len(text))
	for _, c := range text {
		utf16 = append(utf16, c, 0)
	}
	for name, text := range map[string][]byte{"utf-8": text, "utf-16": utf16} {
		for _, workers := range []int{1, 2} {
			allocs := func(blocks int64) float64 {
				return testing.AllocsPerRun(2, func() {
					cfg := Config{Matcher: wordFinder{}, Workers: workers, BlockSize: 64 << 10}
					feed := &loopFeed{text: text, left: blocks * 64 << 10}
					m := &meter{}
					if _, err := Run(context.Background(), cfg, feed, m); err != nil || m.records == 0 {
						t.Fatal(err, m.records)
					}
				})
			}
			few, many := allocs(100), allocs(300)
			if perBlock := (many - few) / 200; perBlock > 0.2 {
				t.Errorf("%s, %d workers: %.2f allocations per block (%.0f for 100 blocks, %.0f for 300)",
					name, workers, perBlock, few, many)
			}
		}
	}
}

// BenchmarkSmallInput is what a run over one short line costs.
func BenchmarkSmallInput(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		m := &meter{}
		cfg := Config{Matcher: noFinder{}, Workers: 4}
		if _, err := Run(context.Background(), cfg, &loopFeed{text: []byte(benchLine), left: 80}, m); err != nil {
			b.Fatal(err)
		}
	}
}
