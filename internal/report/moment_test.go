package report

import (
	"math/rand/v2"
	"testing"

	"wsalog/internal/stats"
)

// TestMomentWriterWritesAsMomentsDo goes over neighbours and far places on all axes.
func TestMomentWriterWritesAsMomentsDo(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	zones := []stats.Zone{{}, {Known: true}}
	for _, offset := range []int{7200, -16200, -30, 3661} {
		zones = append(zones, stats.Zone{Known: true, OffsetSec: offset})
	}
	var w momentWriter
	m := stats.Moment{}
	for range 20_000 {
		switch r.IntN(8) {
		case 0:
			m.Axis = []stats.Axis{stats.AxisTime, stats.AxisClock, stats.AxisLine}[r.IntN(3)]
		case 1:
			m.Zone = zones[r.IntN(len(zones))]
		case 2:
			m.At = r.Int64N(600_000_000_000_000) - 300_000_000_000_000 // some 9500 years to both sides
		case 3:
			m.At = r.Int64N(3 * milliADay)
		case 4:
			m.At -= m.At % 1000
		default:
			m.At += r.Int64N(milliADay) - milliADay/4
		}
		want, _ := m.MarshalJSON()
		if got := string(w.append(nil, &m)); got != string(want) {
			t.Fatalf("%+v: got %s, want %s", m, got, want)
		}
	}
}
