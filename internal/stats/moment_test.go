package stats

import (
	"math/rand/v2"
	"testing"
)

// TestMomentWriterWritesAsMomentsDo goes over neighbours and far places on all axes.
func TestMomentWriterWritesAsMomentsDo(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	zones := []Zone{{}, {true, 0}, {true, 7200}, {true, -16200}, {true, -30}, {true, 3661}}
	var w MomentWriter
	m := Moment{}
	for range 20_000 {
		switch r.IntN(8) {
		case 0:
			m.Axis = Axis(r.IntN(int(axes)))
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
		if got := string(w.AppendJSON(nil, &m)); got != string(want) {
			t.Fatalf("%+v: got %s, want %s", m, got, want)
		}
	}
}
