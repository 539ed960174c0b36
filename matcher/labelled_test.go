package matcher_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"wsalog/matcher"
)

// A labelled is one log line with the codes that an experienced engineer reads
// in it.
type labelled struct {
	ID        string   `json:"id"`
	Line      string   `json:"line"`
	Codes     []int    `json:"codes"`
	Forms     []string `json:"forms"`
	Debatable bool     `json:"debatable"`
	Context   string   `json:"context"` // the #Fields: header in force, if any
}

func readLabelled(t testing.TB, file string) []labelled {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata/labelled", file))
	if err != nil {
		t.Fatal(err)
	}
	var list []labelled
	sc := bufio.NewScanner(bytes.NewReader(data))
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		var l labelled
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil {
			t.Fatalf("%s:%d: %v", file, n, err)
		}
		if !l.Debatable {
			list = append(list, l)
		}
	}
	if len(list) == 0 {
		t.Fatalf("%s holds no lines", file)
	}
	return list
}

// labelledFiles lists the labelled files; there must be some.
func labelledFiles(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/labelled/*.jsonl")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no labelled files: %v", err)
	}
	for i, p := range paths {
		paths[i] = filepath.Base(p)
	}
	return paths
}

func newMatcher(t testing.TB) *matcher.Matcher {
	t.Helper()
	m, err := matcher.New(matcher.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// codesOf returns the codes that count at default confidence, sorted.
func codesOf(m *matcher.Matcher, line, header string) []int {
	codes := []int{}
	var ctx *matcher.Context
	if header != "" {
		ctx = matcher.ParseFields([]byte(header))
	}
	for _, x := range m.Append(nil, []byte(line), ctx) {
		if x.Verdict == matcher.Accepted && x.Confidence >= matcher.Medium && !slices.Contains(codes, x.Code) {
			codes = append(codes, x.Code)
		}
	}
	sort.Ints(codes)
	return codes
}

// A score counts (line, code) pairs.
type score struct {
	tp, fp, fn  int
	seen, found map[string]int // lines by form
	wrong       []string
}

func (s *score) precision() float64 { return float64(s.tp) / float64(max(1, s.tp+s.fp)) }
func (s *score) recall() float64    { return float64(s.tp) / float64(max(1, s.tp+s.fn)) }

func (s *score) String() string {
	forms := make([]string, 0, len(s.seen))
	for f := range s.seen {
		forms = append(forms, fmt.Sprintf("%s %d/%d", f, s.found[f], s.seen[f]))
	}
	sort.Strings(forms)
	return fmt.Sprintf("precision %.4f recall %.4f (tp %d fp %d fn %d); recall by form: %s",
		s.precision(), s.recall(), s.tp, s.fp, s.fn, strings.Join(forms, ", "))
}

func scoreLines(m *matcher.Matcher, list []labelled) *score {
	s := &score{seen: map[string]int{}, found: map[string]int{}}
	for _, l := range list {
		got := codesOf(m, l.Line, l.Context)
		missed := 0
		for _, c := range l.Codes {
			if slices.Contains(got, c) {
				s.tp++
			} else {
				missed++
			}
		}
		s.fn += missed
		extra := len(got) - (len(l.Codes) - missed)
		s.fp += extra
		for _, f := range l.Forms {
			s.seen[f]++
			if missed == 0 {
				s.found[f]++
			}
		}
		if missed+extra > 0 {
			s.wrong = append(s.wrong, fmt.Sprintf("%s want %v got %v  %s", l.ID, l.Codes, got, l.Line))
		}
	}
	return s
}

func TestLabelled(t *testing.T) {
	m := newMatcher(t)
	for _, c := range []struct {
		file              string
		precision, recall float64
	}{
		{"dev_tune.jsonl", 0.995, 0.99},
		{"dev_check.jsonl", 0.995, 0.99},
		{"hard_a.jsonl", 0.97, 0.95},
		{"hard_b.jsonl", 0.97, 0.95},
		{"hard_c.jsonl", 0.97, 0.95},
		{"hard_d.jsonl", 0.97, 0.95},
		{"hard_e.jsonl", 0.97, 0.95},
		{"hard_f.jsonl", 0.97, 0.95},
		{"hard_g.jsonl", 0.97, 0.95},
		{"hard_h.jsonl", 0.97, 0.95},
	} {
		s := scoreLines(m, readLabelled(t, c.file))
		t.Logf("%s: %s", c.file, s)
		for _, w := range s.wrong {
			t.Logf("wrong: %s", w)
		}
		if s.precision() < c.precision || s.recall() < c.recall {
			t.Errorf("%s: below precision %.3f, recall %.3f", c.file, c.precision, c.recall)
		}
	}
}
