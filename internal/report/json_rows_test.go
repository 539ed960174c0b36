package report

import (
	"encoding/json"
	"strings"
	"testing"

	"wsalog/internal/stats"
)

// TestStateWritesItselfAsItsTypeSays compares what writes a State with what the
// tags of its type ask for, below and past the caps.
func TestStateWritesItselfAsItsTypeSays(t *testing.T) {
	odd := stats.HeavyState{Entries: []stats.EntryState{{Name: "a\b\f\x7f\u2028\u202e<&>\"\\", Codes: [][2]int64{{1, 2}, {3, 4}},
		Resets: []int64{5}, Sample: &stats.Sample{File: "f", Line: 3, Text: "\t\x00\u0085é", Cut: true}}, {Codes: [][2]int64{}}},
		Missed: 9, Cells: []byte{1, 2, 3}, Distinct: []byte("dd"), PerCode: []stats.CodeNames{{Code: 10054, Distinct: []byte("d")}}}
	full := outage().Table().State()
	strange := *full
	strange.Peers = odd
	for _, s := range []*stats.State{full, stats.New(stats.Options{}).State(), &strange} {
		want, err := marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(jsonState{s}.appendTo(nil)); got != string(want) {
			n := 0
			for n < len(got) && n < len(want) && got[n] == want[n] {
				n++
			}
			t.Errorf("from byte %d on:\n got %.200s\nwant %.200s", n, got[max(0, n-40):], want[max(0, n-40):])
		}
	}
}

func TestCodesStandInTheOrderOfTheirDigits(t *testing.T) {
	list := []stats.CodeCount{{Code: 995, N: 1}, {Code: 10061, N: 2}, {Code: 6, N: 3}, {Code: 10054, N: 4}, {Code: 87, N: 5}, {Code: 1000, N: 6}}
	m := make(map[string]int64)
	want := "{"
	for _, key := range strings.Fields("1000 10054 10061 6 87 995") {
		if len(want) > 1 {
			want += ","
		}
		for _, c := range list {
			if js, _ := json.Marshal(c.Code); string(js) == key {
				m[key] = c.N
				n, _ := json.Marshal(c.N)
				want += `"` + key + `":` + string(n)
			}
		}
	}
	want += "}"
	if byMap, _ := json.Marshal(m); string(byMap) != want {
		t.Fatalf("a map encodes as %s", byMap)
	}
	if got := string(appendCodes(nil, list)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
