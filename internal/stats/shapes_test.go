package stats

import (
	"bufio"
	"encoding/json"
	"math/rand/v2"
	"os"
	"testing"

	"wsalog/annotate"
	"wsalog/matcher"
)

// labelledLines returns lines of many programs.
func labelledLines(t *testing.T) (lines []string) {
	t.Helper()
	f, err := os.Open("../../annotate/testdata/labelled.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		var l struct{ Line string }
		if err := json.Unmarshal(s.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, l.Line)
	}
	if len(lines) < 200 {
		t.Fatalf("%d lines", len(lines))
	}
	return lines
}

// shapedRecords returns records of lines that differ in digits.
func shapedRecords(t *testing.T) []annotate.Record {
	t.Helper()
	m, err := matcher.New(matcher.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(11, 12))
	before := []string{"", "0x5ab ", "utf8 7a ", ".0xaf c3 ", "12345678 ", "1234567a ", "12ab34cd 10.1.2.3 ",
		"a1 b2 c3 d4 e5 ", "9f86d081-884c-7d65-9a2f-eaa0c55ad015 ", "[abc99999999999999999] ", "1x1f0 "}
	var block []byte
	for n, l := range labelledLines(t) {
		for k := range 2 {
			line := []byte(before[(2*n+k)%len(before)] + l)
			for range 20 {
				block = append(append(block, line...), '\n')
				for range 2 {
					if i := rng.IntN(len(line)); isDigit(line[i]) {
						line[i] = byte('0' + rng.IntN(10)*rng.IntN(2))
					}
				}
			}
		}
	}
	return annotate.New().Append(nil, block, m.Append(nil, block, nil), nil)
}

// TestShapesChangeNoTemplate compares the templates of lines that differ in digits with
// what is remembered of their shapes.
func TestShapesChangeNoTemplate(t *testing.T) {
	t.Parallel()
	tray := New(Options{}).NewTray().(*tray)
	texts := make(map[uint64]string) // by hash
	known, many := 0, 0
	records := shapedRecords(t)
	for i := range records {
		r := &records[i]
		if len(r.Hits) == 0 || r.Shape == 0 {
			continue
		}
		want := string(appendTemplate(nil, r))
		if hash, ok := tray.findShape(r); ok {
			if known++; texts[hash] != want {
				t.Fatalf("%q:\n got %q\nwant %q", r.Text, texts[hash], want)
			}
			continue
		}
		var d told
		if got := string(tellTemplate(nil, r, &d)); got != want {
			t.Fatalf("%q: %q where %q would be right", r.Text, got, want)
		}
		if d.many {
			many++
		}
		hash := hashOf(want)
		texts[hash] = want
		tray.addShape(r, hash, &d)
	}
	t.Logf("%d of %d records were known, %d have too many digits, %d templates", known, len(records), many, len(texts))
	if known < 2000 || many == 0 || len(texts) < 500 {
		t.Error("that proves nothing")
	}
}

// TestDigitsThatCountAreTold holds what is noted of lines against lines that differ.
func TestDigitsThatCountAreTold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		line, other string
		same        bool
	}{
		{"at .0xaf c12345678", "at .1xaf c12345678", false},
		{"at .0xaf c12345678", "at .0xaf c87654321", true},
		{"utf8 at 10:22:33", "utf8 at 11:44:55", true},
		{"utf8 at 10:22:33", "utf7 at 10:22:33", false},
		{"g1h2 77", "g1h3 78", false},
	} {
		var d told
		one, two := &annotate.Record{Text: []byte(c.line)}, &annotate.Record{Text: []byte(c.other)}
		equal := string(tellTemplate(nil, one, &d)) == string(appendTemplate(nil, two))
		if got := same(two.Text, d.runs, d.digits); d.many || got != c.same || equal != c.same {
			t.Errorf("%q and %q: digits are the same: %v, templates: %v", c.line, c.other, got, equal)
		}
	}
	var d told
	d.add([]byte("a1b2c3d4e5"), 0, 10)
	if !d.many {
		t.Error("five runs are remembered")
	}
	d = told{}
	d.add([]byte("12345678901234567"), 0, 17)
	if !d.many {
		t.Error("17 digits are remembered")
	}
}
