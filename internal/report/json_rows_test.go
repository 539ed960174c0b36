package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
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
	c := outage()
	strange := c.State()
	strange.Peers = odd
	for name, s := range map[string]*stats.State{
		"outage": c.State(), "nothing": stats.New(stats.Options{}).State(), "strange": strange,
	} {
		sameState(t, name, byRows(s), s)
	}
	sameState(t, "table", c.Table().StateRows(), c.State())
}

// sameState compares the rows of a State, as they are written, with a State.
func sameState(t *testing.T, name string, rows *stats.StateRows, s *stats.State) {
	t.Helper()
	want, err := marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	p := &jsonPage{}
	jsonState(p, rows)
	page, err := p.end()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.TrimSuffix(string(page), "\n}\n")
	if got != string(want) {
		n := 0
		for n < len(got) && n < len(want) && got[n] == want[n] {
			n++
		}
		t.Errorf("%s, from byte %d on:\n got %.200s\nwant %.200s", name, n, got[max(0, n-40):], want[max(0, n-40):])
	}
}

// byRows gives a State by rows.
func byRows(s *stats.State) *stats.StateRows {
	heavy := func(h *stats.HeavyState) stats.HeavyRows {
		return stats.HeavyRows{Entries: listed(h.Entries), Rest: func() stats.HeavyState { return *h }}
	}
	r := &stats.StateRows{Rest: func() *stats.State { return s }, Peers: heavy(&s.Peers), Templates: heavy(&s.Templates)}
	for i := range s.Lines {
		r.Lines = append(r.Lines, stats.TimelineRows{Unit: s.Lines[i].Unit, Buckets: listed(s.Lines[i].Buckets)})
	}
	for i := range s.Minutes {
		r.Minutes = append(r.Minutes, stats.TimelineRows{Unit: s.Minutes[i].Unit, Buckets: listed(s.Minutes[i].Buckets)})
	}
	return r
}

func listed[T any](list []T) stats.Rows[T] {
	return stats.Rows[T]{N: len(list), At: func(i int, row *T) { *row = list[i] }}
}

// TestStringsAreWrittenAsEncodingJSONWritesThem puts every byte at every place of a
// word, where eight bytes are looked at together.
func TestStringsAreWrittenAsEncodingJSONWritesThem(t *testing.T) {
	for c := range 256 {
		for at := range 18 {
			s := strings.Repeat("a", at) + string([]byte{byte(c)}) + strings.Repeat("b", 17-at) + "\"\\"
			want, err := marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(appendPlainString(nil, s)); got != string(want) {
				t.Fatalf("got %s, want %s", got, want)
			}
		}
	}
}

// TestPartsStandInTheirOrder writes far more parts than there are buffers, and wants the
// error of a writer that fails.
func TestPartsStandInTheirOrder(t *testing.T) {
	page := func() *jsonPage {
		p := &jsonPage{}
		p.list("numbers", 5000, 3, func(b *jsonBuffer, i int) { b.value(i) })
		p.list("none", 0, 3, func(b *jsonBuffer, i int) { b.value(i) })
		return p
	}
	want, err := page().end()
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Numbers, None []int }
	if err := json.Unmarshal(want, &list); err != nil || len(list.Numbers) != 5000 || list.None == nil {
		t.Fatalf("%v, %d numbers", err, len(list.Numbers))
	}
	for i, n := range list.Numbers {
		if i != n {
			t.Fatalf("number %d is %d", i, n)
		}
	}
	var got bytes.Buffer
	if err := page().endTo(&got); err != nil || got.String() != string(want) {
		t.Errorf("%v, or goroutines write otherwise", err)
	}
	if err := page().endTo(&fullDisk{}); err == nil {
		t.Error("the error of the writer is lost")
	}
	p := page()
	p.member("bad", math.NaN())
	if err := p.endTo(io.Discard); err == nil {
		t.Error("what cannot be encoded is no error")
	}
}

// A fullDisk takes one write.
type fullDisk struct{ n int }

func (f *fullDisk) Write(b []byte) (int, error) {
	if f.n++; f.n > 1 {
		return 0, errors.New("disk is full")
	}
	return len(b), nil
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
