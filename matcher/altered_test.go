package matcher

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wsalog/rules"
)

// cueSets are cues of users with digits in them: most such cues hold digits that stand in
// dates and times of day, where a shape would not keep them. Each set is for a Matcher of its own.
var cueSets = [][]string{
	nil,
	{"port 8080", "id7", "id7:{code}", "0.0.0.7:{code}"},
	{"-07"},       // the month of a stamp
	{"-14"},       // the day
	{" 10"},       // the hour, but not behind a T
	{":22"},       // the minute or the second
	{":33 "},      // the second, with what is behind it
	{"2026"},      // the year
	{".007"},      // the fraction
	{"14 1"},      // across two numbers; its first one counts by what is behind it
	{"-07-14 10"}, // too long to be but a trait: its digits are kept
}

// withCues makes a Matcher that accepts a decimal next to any of cues.
func withCues(tb testing.TB, cues []string) *Matcher {
	tb.Helper()
	var opts Options
	if cues != nil {
		opts.UserRules = []*rules.ContextRule{{ID: "user", Forms: []string{"decimal"}, Verdict: rules.Accept, Strength: 9, Cues: cues}}
	}
	m, err := New(opts)
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

// stamped returns lines that begin with the dates and times of logs, and with some that only
// look so, in front of list and of a bare number.
func stamped(list [][]byte) (lines [][]byte) {
	dates := []string{"2026-07-14 10:22:33", "2026-07-14T10:22:33", "2026/07/14 10:22:33", "2026/07/14T10:22:33", "2026-07/14 10:22:33"}
	ends := []string{" ", "Z ", "+02 ", "] ", "\" ", "", ":4 ", ".", " 10.0.0.5:5432 "}
	for n := range 10 {
		ends = append(ends, "."+"007654321"[:n]+" ", ","+"995123456"[:n]+"Z ", "."+"007654321"[:n]+" 10054 ")
	}
	for i := range 2 * len(dates) * len(ends) { // each pair twice
		stamp := dates[i%len(dates)] + ends[i/len(dates)%len(ends)]
		lines = append(lines, []byte(stamp+"zork 10061 q:44"), append([]byte(stamp), list[i%len(list)]...))
	}
	return append(lines, []byte("x :33 zork 10061 q:44"), []byte("x :44 zork 10061 q:33"))
}

// putCue writes the digits of a cue over those of line at one of the places where all
// else of the cue stands already, if there is any.
func putCue(rng *rand.Rand, line []byte, cue string) {
	cue = strings.TrimSuffix(cue, "{code}")
	var places []int
	for at := range max(0, len(line)-len(cue)+1) {
		fits := true
		for k := range len(cue) {
			fits = fits && (cue[k] == line[at+k] || isDigit(cue[k]) && isDigit(line[at+k]))
		}
		if fits {
			places = append(places, at)
		}
	}
	if len(places) > 0 {
		copy(line[places[rng.IntN(len(places))]:], cue)
	}
}

// labelledLines reads the lines of the labelled files.
func labelledLines(tb testing.TB) [][]byte {
	tb.Helper()
	paths, err := filepath.Glob("testdata/labelled/*.jsonl")
	if err != nil {
		tb.Fatal(err)
	}
	var lines [][]byte
	for _, p := range paths {
		data, err := os.ReadFile(p)
		if err != nil {
			tb.Fatal(err)
		}
		for row := range bytes.Lines(data) {
			var l struct{ Line string }
			if err := json.Unmarshal(row, &l); err != nil {
				tb.Fatalf("%s: %v", p, err)
			}
			lines = append(lines, []byte(l.Line))
		}
	}
	if len(lines) < 1000 {
		tb.Fatalf("%d labelled lines", len(lines))
	}
	return lines
}

// alterDigits puts other digits in the place of some runs of digits in line: digits
// at random, or a number that means something.
func alterDigits(rng *rand.Rand, line []byte) {
	telling := []string{"10061", "10060", "11001", "1", "0", "00", "000", "64", "87", "995", "61", "255", "256", "32", "33",
		"4078", "2147014835", "2147952461", "80072735", "730061", "00002733", "1000", "70000", "08001"}
	for i := 0; i < len(line); i++ {
		if !isDigit(line[i]) {
			continue
		}
		end := i
		for end < len(line) && isDigit(line[end]) {
			end++
		}
		switch rng.IntN(4) {
		case 0:
			for k := i; k < end; k++ {
				line[k] = byte('0' + rng.IntN(10))
			}
		case 1:
			if t := telling[rng.IntN(len(telling))]; len(t) <= end-i {
				copy(line[i+rng.IntN(end-i-len(t)+1):], t)
			}
		}
		i = end
	}
}

// rows returns rows of W3C logs that fit the headers of the test below, or none.
func rows() (list [][]byte) {
	for _, row := range []string{
		"2026-07-14 10:22:33 10.0.0.1 GET /a 200 10054", "2026-07-14 10:22:33 10.0.0.1 GET /a 200 64",
		"1979-07-14 10:22:33 64 GET", "2026-07-14 10:22:33 10061 GET",
		"2026-07-14 00:00:01 10.0.0.11 GET /img/logo.png - 443 - 198.51.100.7 curl/8.1 - 200 0 10060 15",
		"2026-07-14 00:00:01 10.0.0.11 GET /img/logo.png - 443 - 198.51.100.7 curl/8.1 - 700 0 64 10061",
	} {
		for range 8 { // once and more under each header
			list = append(list, []byte(row))
		}
	}
	return list
}
