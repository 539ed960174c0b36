package report

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"wsalog/internal/stats"
	"wsalog/rules"
)

// poissonLog is an hour of a log in which codes come at given mean numbers.
func poissonLog(r *rand.Rand, lines int64, means map[int]float64) *stats.Table {
	c := stats.New(stats.Options{})
	l := newLog(c, "a.log")
	for _, code := range []int{10054, 10060, 10061, 10048, 11001} {
		for range poisson(r, means[code]) {
			l.add(day.Add(time.Duration(r.IntN(3600))*time.Second), code, "connect", "10.0.0.1:80", "")
		}
	}
	l.skip(lines - l.line)
	return c.Table()
}

func poisson(r *rand.Rand, mean float64) int {
	n, p := 0, math.Exp(-min(mean, 600))
	for u := r.Float64(); u > p; u *= r.Float64() {
		n++
	}
	return n
}

// TestNoiseIsNoChange compares logs of equal rates many times: chance must
// hardly ever be called a change.
func TestNoiseIsNoChange(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	wrong := 0
	const rounds = 300
	for range rounds {
		means := map[int]float64{10054: 100 * r.Float64(), 10060: 5, 10061: 30, 10048: 1, 11001: 0.3}
		c := Compare(poissonLog(r, 10_000, means), poissonLog(r, 10_000, means), Options{})
		if c.changed() > 0 {
			wrong++
		}
	}
	if wrong > 2 {
		t.Errorf("chance was called a change in %d of %d comparisons", wrong, rounds)
	}
}

func TestCompareSeesWhatChanged(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	before := poissonLog(r, 1_000_000, map[int]float64{10054: 200, 10060: 20, 10061: 100, 11001: 40})
	after := poissonLog(r, 2_000_000, map[int]float64{10054: 400, 10060: 400, 10061: 40, 10048: 30})
	c := Compare(before, after, Options{})
	want := map[int]ChangeKind{10054: Same, 10060: More, 10061: Less, 10048: New, 11001: Gone}
	if c.Basis != BasisLines || len(c.Changes) != len(want) {
		t.Fatalf("basis %v, %d changes", c.Basis, len(c.Changes))
	}
	for _, ch := range c.Changes {
		if ch.Kind != want[ch.Code] {
			t.Errorf("%d: %v (%d → %d, p %g), want %v", ch.Code, ch.Kind, ch.Before, ch.After, ch.P, want[ch.Code])
		}
		if ch.Kind == New && (ch.Peer != "10.0.0.1:80" || !ch.PeerIsNew) {
			t.Errorf("the new code comes from %q", ch.Peer)
		}
	}
	if c.Changes[len(c.Changes)-1].Code != 10054 {
		t.Error("what did not change does not stand last")
	}
	byHours := Compare(before, after, Options{Basis: BasisHours})
	if byHours.Basis != BasisHours || byHours.Changes[0].RateBefore == c.Changes[0].RateBefore {
		t.Error("hours are no other basis than lines")
	}
}

func TestRateTest(t *testing.T) {
	for _, c := range []struct {
		a, b   int64
		ea, eb float64
		want   float64
	}{
		{0, 0, 1, 1, 1}, {5, 5, 1, 1, 1}, {0, 10, 1, 1, 2.0 / 1024}, {10, 0, 1, 1, 2.0 / 1024}, {0, 1, 1, 1, 1},
		{1, 9, 1, 1, 2 * 11.0 / 1024}, {100, 300, 1, 3, 1}, {2, 0, 1, 3, 2.0 / 16}, {7, 3, 0, 1, 1},
	} {
		if got := rateTest(c.a, c.b, c.ea, c.eb); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%d in %g against %d in %g: %g, want %g", c.a, c.ea, c.b, c.eb, got, c.want)
		}
	}
	if p := rateTest(1_000_000, 1_010_000, 1, 1); p > 1e-11 || p <= 0 {
		t.Errorf("large counts: %g", p)
	}
	if p := rateTest(1_000_000, 1_000_500, 1, 1); p < 0.5 {
		t.Errorf("large counts, small difference: %g", p)
	}
}

func TestCompareFormats(t *testing.T) {
	after := hard().Table()
	for _, f := range CompareFormats() {
		for _, lang := range []rules.Lang{rules.English, rules.Chinese} {
			var a, b bytes.Buffer
			o := Options{Lang: lang, Texts: goldenTexts}
			for _, out := range []*bytes.Buffer{&a, &b} {
				if err := f.Write(out, Compare(outage().Table(), after, o), o); err != nil {
					t.Fatal(err)
				}
			}
			if !bytes.Equal(a.Bytes(), b.Bytes()) {
				t.Errorf("%s: a second run gives other bytes", f.Name)
			}
			for _, code := range []string{"10061", "10054", "10060", "10048", "11001", "10013"} {
				if !strings.Contains(a.String(), code) {
					t.Errorf("%s, %v: %s is missing", f.Name, lang, code)
				}
			}
			if f.Name == "json" && !json.Valid(a.Bytes()) {
				t.Error("json is not valid")
			}
			if f.Name == "text" || f.Name == "md" {
				checkGolden(t, "compare-"+lang.String()+f.Ext, a.Bytes())
			}
		}
	}
	if _, err := CompareFormatByName("csv"); err == nil {
		t.Error("csv is taken")
	}
}

func TestConditions(t *testing.T) {
	tab, base := outage().Table(), lineNumbers().Table()
	for _, c := range []struct {
		cond string
		base *stats.Table
		met  bool
		say  string
	}{
		{"10061>797", nil, true, "798 hits"}, {"10061>798", nil, false, ""}, {" wsaeconnrefused > 30/h", nil, true, "23.9 h"},
		{"10061>40/h", nil, false, ""}, {"any>1183", nil, true, "1,184"}, {"ANY>1184", nil, false, ""}, {"11001>0", nil, false, ""},
		{"10035>200", nil, true, "240"}, {"new", tab, false, ""},
	} {
		cond, err := ParseCondition(c.cond)
		if err != nil {
			t.Fatal(err)
		}
		met, say, err := cond.Met(tab, c.base, rules.English)
		if err != nil || met != c.met || !strings.Contains(say, c.say) {
			t.Errorf("%s: %v, %q, %v", c.cond, met, say, err)
		}
	}
	for _, bad := range []string{"", "10061", "10061>", "10061>x", "10061>-1", "99999>1", "nosuch>1", "10061>1/min", "any>inf", "10061<5"} {
		if c, err := ParseCondition(bad); err == nil || !strings.Contains(err.Error(), "any>0") {
			t.Errorf("%q: %+v, %v", bad, c, err)
		}
	}
	perHour, _ := ParseCondition("10054>1/h")
	if _, _, err := perHour.Met(base, nil, rules.English); err == nil {
		t.Error("a rate is told for a log without stamps")
	}
	isNew, _ := ParseCondition("new")
	if _, _, err := isNew.Met(tab, nil, rules.English); err == nil {
		t.Error("new is told without a baseline")
	}
}

// TestNewIsWhatCompareCallsNew: a code that came once is not new beyond chance,
// neither in the comparison nor to the condition.
func TestNewIsWhatCompareCallsNew(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	before := poissonLog(r, 1_000_000, map[int]float64{10054: 200})
	for _, c := range []struct {
		after map[int]float64
		kind  ChangeKind
		met   bool
	}{
		{map[int]float64{10054: 200, 10048: 2}, Same, false},
		{map[int]float64{10054: 200, 10048: 60}, New, true},
		{map[int]float64{10054: 900}, More, false},
	} {
		after := poissonLog(r, 1_000_000, c.after)
		for _, ch := range Compare(before, after, Options{}).Changes {
			if (ch.Code == 10048 || len(c.after) == 1) && ch.Kind != c.kind {
				t.Errorf("%v: %d is %v", c.after, ch.Code, ch.Kind)
			}
		}
		isNew, _ := ParseCondition("new")
		met, say, err := isNew.Met(after, before, rules.English)
		if err != nil || met != c.met || met && !strings.Contains(say, "10048 WSAEADDRINUSE") {
			t.Errorf("%v: met %v, %q, %v", c.after, met, say, err)
		}
	}
}
