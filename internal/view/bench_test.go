package view

import (
	"io"
	"strings"
	"testing"
	"time"

	"wsalog/annotate"
	"wsalog/internal/term"
)

// BenchmarkPass is the way of what holds no hit, in batches as the pipeline makes
// them.
func BenchmarkPass(b *testing.B) {
	line := "10:22:31.114 INFO  [pool-1] client 10.0.0.7:52114 connected to the upstream server\n"
	const size, batches = 1 << 20, 64
	text := strings.Repeat(line, size/len(line))
	for _, name := range []string{"pipe", "pipe/cold", "screen"} {
		o := sampleOptions()
		if name == "screen" {
			o.Profile, o.Footer, o.Now = terminal(120), true, time.Now
		}
		b.Run(name, func(b *testing.B) {
			list := make([]*annotate.Batch, batches)
			for i := range list {
				list[i] = list[0] // as in the pipeline, the same blocks are used again and again
				if i == 0 || name == "pipe/cold" {
					list[i] = &annotate.Batch{Source: appSource, Bytes: []byte(text), FirstLine: 1, Lines: 1}
				}
			}
			b.SetBytes(batches * int64(len(text)))
			for b.Loop() {
				v := New(io.Discard, o)
				for _, x := range list {
					if err := v.Batch(x); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// BenchmarkFlood is a log of nothing but hits; one operation is a million lines.
func BenchmarkFlood(b *testing.B) {
	text := strings.Repeat("10:22:33.114 ERROR [pool-3] connect 10.0.0.5:5432 failed: WSAECONNREFUSED (10061)\n", 10_000)
	for _, mode := range []string{"pipe", "only", "folded", "unfolded", "color"} {
		o := sampleOptions()
		if mode != "pipe" && mode != "only" {
			o.Profile, o.Footer, o.Now = terminal(160), true, time.Now
			o.NoFold = mode != "folded"
		}
		o.OnlyHits = mode == "only"
		if mode == "color" {
			o.Profile.Colors = term.Color256
			o.Theme = painted(o.Profile)
		}
		b.Run(mode, func(b *testing.B) {
			x := batch(text)
			for b.Loop() {
				v := New(io.Discard, o)
				for range 100 {
					if err := v.Batch(x); err != nil {
						b.Fatal(err)
					}
				}
				if err := v.Close(annotate.Totals{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(1e6*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mlines/s")
		})
	}
}

func TestHitsDoNotAllocate(t *testing.T) {
	text := strings.Repeat("10:22:33.114 ERROR [pool-3] connect 10.0.0.5:5432 failed: WSAECONNREFUSED (10061)\n", 1000)
	for _, screen := range []bool{false, true} {
		o := sampleOptions()
		if screen {
			o.Profile = terminal(160)
		}
		x, v := batch(text), New(io.Discard, o)
		if n := testing.AllocsPerRun(20, func() { _ = v.Batch(x) }); n > 20 {
			t.Errorf("screen %v: %v allocations for a thousand lines", screen, n)
		}
	}
}
