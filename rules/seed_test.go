package rules

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// A seedPoint is one thing that the document with which wsalog began says about
// a code. Our texts must say it too, in their own words: every term must hold,
// a term holds if one of its alternatives stands in the text.
type seedPoint struct {
	place string // file:line
	code  int
	call  string // the point is about this call alone; "-" if about the code
	must  map[Lang]string
}

// seedCodes are the codes that that document describes.
var seedCodes = []int{
	6, 8, 87, 995, 996, 997, 10013, 10014, 10022, 10024, 10035, 10036,
	10037, 10038, 10039, 10040, 10041, 10042, 10043, 10044, 10045, 10046, 10047, 10048,
	10049, 10050, 10051, 10052, 10053, 10054, 10055, 10056, 10057, 10058, 10060, 10061,
	10064, 10065, 10067, 10091, 10093, 10101, 10104, 10105, 10107, 11001, 11002, 11003,
	11004,
}

const seedHeader = "code\tcall\ten_must\tzh_must"

func readSeedPoints(t *testing.T) []seedPoint {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("testdata", "seed_points*.tsv"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no testdata/seed_points*.tsv: %v", err)
	}
	var points []seedPoint
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(data)), "\n")
		if lines[0] != seedHeader {
			t.Fatalf("%s:1: header %q, want %q", file, lines[0], seedHeader)
		}
		if len(lines) == 1 {
			t.Fatalf("%s: no rows", file)
		}
		for i, line := range lines[1:] {
			place := fmt.Sprintf("%s:%d", file, i+2)
			f := strings.Split(line, "\t")
			if len(f) != 4 || f[1] == "" || f[2] == "" || f[3] == "" {
				t.Fatalf("%s: want four columns, none empty", place)
			}
			code, err := strconv.Atoi(f[0])
			if err != nil {
				t.Fatalf("%s: %v", place, err)
			}
			must := map[Lang]string{English: f[2], Chinese: f[3]}
			points = append(points, seedPoint{place, code, f[1], must})
		}
	}
	return points
}

// missing returns the terms of must that text does not hold.
func missing(must, text string) []string {
	text = strings.ToLower(text)
	var absent []string
	for term := range strings.SplitSeq(must, "&") {
		found := false
		for alternative := range strings.SplitSeq(strings.ToLower(term), "|") {
			alternative = strings.TrimSpace(alternative)
			found = found || alternative != "" && strings.Contains(text, alternative)
		}
		if !found {
			absent = append(absent, term)
		}
	}
	return absent
}

// general returns all that is said of a code whatever the call.
func (t *Text) general() string {
	all := []string{t.Word, t.Cause, t.Meaning}
	all = append(append(append(all, t.Causes...), t.Checks...), t.Notes...)
	return strings.Join(all, "\n")
}

func TestTextsSayWhatTheSeedSays(t *testing.T) {
	for _, p := range readSeedPoints(t) {
		if !slices.Contains(seedCodes, p.code) {
			t.Errorf("%s: %d is not a code of the seed", p.place, p.code)
			continue
		}
		for _, lang := range langs() {
			text := TextOf(p.code, lang)
			where, said := "general text", text.general()
			if p.call != "-" {
				d, ok := text.detail(p.call)
				if !ok {
					t.Errorf("%s: %d has no %s text for %s", p.place, p.code, lang, p.call)
					continue
				}
				where, said = "text for "+p.call, d.Cause+"\n"+d.Meaning
			}
			for _, term := range missing(p.must[lang], said) {
				t.Errorf("%s: %d: the %s %s does not say %q", p.place, p.code, lang, where, term)
			}
		}
	}
}

func TestSeedPointsCoverTheSeed(t *testing.T) {
	rows := make(map[int]int)
	for _, p := range readSeedPoints(t) {
		rows[p.code]++
	}
	for _, code := range seedCodes {
		if _, ok := Lookup(code); !ok || rows[code] == 0 {
			t.Errorf("%d is in the seed, but not in the catalogue or in a row of seed_points*.tsv", code)
		}
	}
}

func TestMissing(t *testing.T) {
	tests := []struct {
		must, text string
		want       int
	}{
		{"a", "xAx", 0},
		{"a&b", "b only: no", 1},
		{"a|b", "B", 0},
		{"A|b&c|d", "ad", 0},
		{"x&y", "", 2},
		{"x|", "anything", 1},
	}
	for _, tt := range tests {
		if got := missing(tt.must, tt.text); len(got) != tt.want {
			t.Errorf("missing(%q, %q) = %q, want %d terms", tt.must, tt.text, got, tt.want)
		}
	}
}
