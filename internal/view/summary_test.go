package view

import (
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"wsalog/annotate"
	"wsalog/internal/term"
	"wsalog/rules"
)

func sampleTally(t *testing.T) *Tally {
	t.Helper()
	v := New(new(strings.Builder), sampleOptions())
	first := int64(1)
	for i, text := range append(sampleSession, "10022 and 11001 and 10014\n") {
		b := batchOf(appSource, first, text)
		first += b.Lines
		if i == 0 {
			b.Rejects = map[string]int{"port-word": 1, "version": 3}
			b.Undecoded = 7
			b.Events = []annotate.SourceEvent{{Kind: annotate.LongLine},
				{Kind: annotate.Trouble, Text: "cannot open", Err: errors.New("open gone.log: permission denied")}}
		}
		if err := v.Batch(b); err != nil {
			t.Fatal(err)
		}
	}
	other := batchOf(&annotate.Source{ID: 1, Name: "evil\x1b[2J.log"}, 1, "x\n")
	other.Encoding = "UTF-16LE"
	other.Events = []annotate.SourceEvent{{Kind: annotate.Ended, Err: errors.New("read: i/o error")}}
	if err := v.Batch(other); err != nil {
		t.Fatal(err)
	}
	return v.Tally()
}

func TestGoldenSummary(t *testing.T) {
	tally := sampleTally(t)
	totals := annotate.Totals{Sources: 2, Lines: tally.Lines, Rejected: map[string]int{"port-word": 1, "version": 3},
		Timeouts: map[string]int{"slow": 1}}
	for name, o := range map[string]SummaryOptions{
		"plain-en":    {},
		"plain-zh":    {Lang: rules.Chinese},
		"40-en-ascii": {Profile: term.Profile{Terminal: true, Width: 40, Glyphs: term.ASCII}},
		"80-zh-cp437": {Profile: term.Profile{Terminal: true, Width: 80, Glyphs: term.CP437}, Lang: rules.Chinese},
		"80-en-full":  {Profile: term.Profile{Terminal: true, Width: 80}},
	} {
		o.Texts, o.Elapsed = sampleTexts, 1234*time.Millisecond
		golden(t, "summary/"+name+".txt", Summary(tally, totals, o))
	}
}

func TestSummaryOfNothing(t *testing.T) {
	if got, want := Summary(new(Tally), annotate.Totals{}, SummaryOptions{}), "wsalog: 0 lines · 0 hits\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	one := &Tally{Lines: 1, Hits: 1, HitLines: 1, Codes: map[int]int64{10061: 1}}
	if got := Summary(one, annotate.Totals{}, SummaryOptions{}); !strings.HasPrefix(got, "wsalog: 1 line · 1 hit on 1 line · 1 code\n") {
		t.Errorf("got %q", got)
	}
}

func TestTally(t *testing.T) {
	tally := sampleTally(t)
	if tally.Hits != 83 || tally.HitLines != 74 || tally.InfoCodes[10035] != 1 || tally.Repeated != 7 || tally.Related != 1 {
		t.Errorf("hits %d on %d lines, %d repeated, %d related", tally.Hits, tally.HitLines, tally.Repeated, tally.Related)
	}
	var sum int64
	for _, n := range tally.Codes {
		sum += n
	}
	if sum != tally.Hits {
		t.Errorf("codes add up to %d, hits are %d", sum, tally.Hits)
	}
	if code, n := tally.top(); code != 10061 || n != tally.Codes[10061] {
		t.Errorf("top %d ×%d", code, n)
	}
	for range 3 * maxTrouble {
		tally.trouble(appSource, annotate.SourceEvent{Text: strings.Repeat("x", len(tally.Trouble)+tally.TroubleMore)})
	}
	if len(tally.Trouble) != maxTrouble || tally.TroubleMore == 0 {
		t.Errorf("%d troubles and %d more", len(tally.Trouble), tally.TroubleMore)
	}
}

func TestWordsAreComplete(t *testing.T) {
	for lang, w := range map[string]*words{"en": wordsOf(rules.English), "zh": wordsOf(rules.Chinese)} {
		for _, p := range rules.Parts() {
			if w.parts[p] == "" {
				t.Errorf("%s: no word for part %s", lang, p)
			}
		}
		for _, c := range rules.Classes() {
			if w.classes[c] == "" {
				t.Errorf("%s: no word for class %s", lang, c)
			}
		}
	}
	for _, c := range []struct {
		d      time.Duration
		en, zh string
	}{{0, "0 s", "0 秒"}, {1500 * time.Millisecond, "1.5 s", "1.5 秒"}, {41 * time.Second, "41 s", "41 秒"},
		{200 * time.Second, "3 min 20 s", "3 分 20 秒"}, {180 * time.Second, "3 min", "3 分"}, {125 * time.Minute, "2 h 5 min", "2 小时 5 分"}} {
		if en, zh := wordsOf(rules.English).duration(c.d), wordsOf(rules.Chinese).duration(c.d); en != c.en || zh != c.zh {
			t.Errorf("%v: %q and %q, want %q and %q", c.d, en, zh, c.en, c.zh)
		}
	}
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 5_000_000: "5,000,000", -1234: "-1,234"} {
		if got := term.Thousands(n); got != want {
			t.Errorf("term.Thousands(%d) = %q", n, got)
		}
	}
}

func TestCommandTakesNothingDangerousFromALog(t *testing.T) {
	const check = "`Test-NetConnection HOST -Port PORT`: look"
	for peer, want := range map[string]string{
		"10.0.0.5:5432":     "Test-NetConnection 10.0.0.5 -Port 5432",
		"[2001:db8::1]:80":  "Test-NetConnection 2001:db8::1 -Port 80",
		"db.example":        "Test-NetConnection db.example -Port PORT",
		"2001:db8::1":       "Test-NetConnection 2001:db8::1 -Port PORT",
		"":                  "Test-NetConnection HOST -Port PORT",
		"$(calc):80":        "Test-NetConnection HOST -Port 80",
		"a;calc":            "Test-NetConnection HOST -Port PORT",
		"-x:80":             "Test-NetConnection HOST -Port 80",
		"db.example:80&del": "Test-NetConnection db.example -Port PORT",
	} {
		if got := command(check, peer); got != want {
			t.Errorf("%q: %q, want %q", peer, got, want)
		}
	}
	if got := command("see if a GHOST is on `HOSTS`", "a:1"); got != "see if a GHOST is on HOSTS" {
		t.Errorf("got %q", got)
	}
}

// TestWordsSayTheSame finds words that are missing in a language, and those that
// take other things than in English.
func TestWordsSayTheSame(t *testing.T) {
	en, zh := reflect.ValueOf(*wordsOf(rules.English)), reflect.ValueOf(*wordsOf(rules.Chinese))
	verbs := regexp.MustCompile(`%[sd%]`)
	compare := func(name, a, b string) {
		if a == "" || b == "" {
			t.Errorf("%s: %q and %q", name, a, b)
		}
		if x, y := verbs.FindAllString(a, -1), verbs.FindAllString(b, -1); !slices.Equal(x, y) {
			t.Errorf("%s: %q takes %v, %q takes %v", name, a, x, b, y)
		}
	}
	for i := range en.NumField() {
		name := en.Type().Field(i).Name
		switch a, b := en.Field(i), zh.Field(i); a.Kind() {
		case reflect.String:
			compare(name, a.String(), b.String())
		case reflect.Array:
			for j := range a.Len() {
				compare(name, a.Index(j).String(), b.Index(j).String())
			}
		case reflect.Map: // parts and classes, see TestWordsAreComplete
			if a.Len() != b.Len() {
				t.Errorf("%s: %d and %d entries", name, a.Len(), b.Len())
			}
		default:
			t.Errorf("%s: words of kind %s are not compared", name, a.Kind())
		}
	}
}

// TestNoTextHoldsAMark guards Strip: a note may hold no mark of its own.
func TestNoTextHoldsAMark(t *testing.T) {
	for _, lang := range []rules.Lang{rules.English, rules.Chinese} {
		for _, c := range rules.Codes() {
			x := rules.TextOf(c.Number, lang)
			all := append([]string{x.Word, x.Cause, x.Meaning}, x.Causes...)
			for _, d := range x.ByCall {
				all = append(all, d.Call, d.Cause, d.Meaning)
			}
			for _, s := range all {
				if strings.Contains(s, "«") {
					t.Errorf("%d in %s: %q", c.Number, lang, s)
				}
			}
		}
	}
}
