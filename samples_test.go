package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"wsalog/internal/cli"
)

// TestSamples runs wsalog over samples/ and compares its hits with what was
// judged by hand in testdata/samples_truth.tsv: every hit, and no other.
func TestSamples(t *testing.T) {
	logs, err := filepath.Glob("samples/*.log")
	if err != nil || len(logs) < 8 {
		t.Fatalf("%d samples: %v", len(logs), err)
	}
	want := readTruth(t)
	got := make(map[string][]string)
	out := runWsalog(t, append([]string{"--format", "ndjson", "--no-summary", "--no-config", "--lang", "en"}, logs...)...)
	lines := bufio.NewScanner(strings.NewReader(out))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var hit struct {
			Type string `json:"type"`
			File string `json:"file"`
			Line int    `json:"line"`
			Code int    `json:"code"`
		}
		if err := json.Unmarshal(lines.Bytes(), &hit); err != nil {
			t.Fatalf("%v in %s", err, lines.Text())
		}
		if hit.Type == "hit" {
			key := fmt.Sprintf("%s:%d", filepath.ToSlash(hit.File), hit.Line)
			got[key] = append(got[key], fmt.Sprint(hit.Code))
		}
	}
	for key, codes := range want {
		slices.Sort(got[key])
		if !slices.Equal(got[key], codes) {
			t.Errorf("%s: found %v, want %v", key, got[key], codes)
		}
		delete(got, key)
	}
	for key, codes := range got {
		t.Errorf("%s: found %v, want none", key, codes)
	}
}

// readTruth reads the table of lines and their codes.
func readTruth(t *testing.T) map[string][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/samples_truth.tsv")
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[string][]string)
	for i, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		f := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		if len(f) != 3 {
			t.Fatalf("samples_truth.tsv:%d: %d columns", i+1, len(f))
		}
		if i == 0 {
			continue
		}
		codes := strings.FieldsFunc(f[2], func(r rune) bool { return r == ',' || r == ' ' })
		slices.Sort(codes)
		want[f[0]+":"+f[1]] = codes
	}
	if len(want) < 100 {
		t.Fatalf("samples_truth.tsv has only %d lines", len(want))
	}
	return want
}

// runWsalog runs the program in this process and returns what it prints.
func runWsalog(t *testing.T, args ...string) string {
	t.Helper()
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	if code := cli.Main(args, null, out, out); code != 0 {
		data, _ := os.ReadFile(out.Name())
		t.Fatalf("wsalog %v: exit %d\n%s", args, code, data)
	}
	data, err := os.ReadFile(out.Name())
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestNotesAreAllThatIsAdded: the annotated samples, without their notes, are the
// samples byte for byte, or their UTF-8 form where they have another encoding.
func TestNotesAreAllThatIsAdded(t *testing.T) {
	logs, err := filepath.Glob("samples/*.log")
	if err != nil || len(logs) < 8 {
		t.Fatalf("%d samples: %v", len(logs), err)
	}
	for _, name := range logs {
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.Valid(want) {
			want = []byte(runWsalog(t, "--explain", "none", "--no-summary", "--no-config", name))
		}
		for _, explain := range []string{"short", "first", "full"} {
			got := runWsalog(t, "--explain", explain, "--no-summary", "--no-config", name)
			if string(withoutNotes([]byte(got))) != string(want) {
				t.Errorf("%s --explain %s: the notes are not all that was added", name, explain)
			}
		}
	}
}
