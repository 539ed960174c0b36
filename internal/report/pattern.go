package report

import (
	"fmt"
	"slices"

	"wsalog/internal/stats"
)

// pattern says in a few words what is peculiar about a peer.
func pattern(p *stats.PeerRow, o *Options, w *words) string {
	if len(p.Codes) == 0 {
		return ""
	}
	top := p.Codes[0]
	s := w.mixed
	switch {
	case top.N*100 >= p.Hits*99:
		s = fmt.Sprintf(w.only, o.word(top.Code))
	case top.N*100 >= p.Hits*80:
		s = fmt.Sprintf(w.mostly, o.word(top.Code))
	}
	if gap, spread, ok := steadyGap(p.Resets); ok {
		s += w.comma + fmt.Sprintf(w.steady, thousands(gap), thousands(spread))
	}
	return s
}

// The bounds of what counts as a steady gap between cuts.
const (
	minGaps     = 6  // gaps that must be seen
	minGap      = 20 // seconds; shorter ones are retries
	steadyShare = 80 // percent of the gaps that must be near the middle one
)

// steadyGap tells whether cuts come at a steady gap, as they do when a device
// between the two ends drops idle connections. times are in seconds, ascending.
// It returns the middle gap and the largest distance of the gaps near it.
func steadyGap(times []int64) (gap, spread int64, ok bool) {
	if len(times) < minGaps+1 {
		return 0, 0, false
	}
	var few [32]int64 // more than a peer keeps
	gaps := few[:0]
	for i := 1; i < len(times); i++ {
		gaps = append(gaps, times[i]-times[i-1])
	}
	slices.Sort(gaps)
	gap = gaps[len(gaps)/2]
	if gap < minGap {
		return 0, 0, false
	}
	near := 0
	for _, g := range gaps {
		if d := max(g-gap, gap-g); d <= max(2, gap/20) {
			near++
			spread = max(spread, d)
		}
	}
	return gap, spread, near*100 >= len(gaps)*steadyShare
}
