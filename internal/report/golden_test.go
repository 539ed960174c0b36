package report

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wsalog/internal/stats"
	"wsalog/internal/term"
	"wsalog/rules"
)

var update = flag.Bool("update", false, "write golden files anew")

// checkGolden compares got with testdata/name.
func checkGolden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v: run the test with -update", err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s differs; run the test with -update if the new form is right:\n%s",
			file, cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")))
	}
}

// goldenTexts stands in for the catalogue, so that goldens change with this
// package alone.
func goldenTexts(number int, lang rules.Lang) *rules.Text {
	words := map[int][2]string{10061: {"refused", "拒绝连接"}, 10054: {"reset", "连接被重置"}, 10060: {"timed out", "超时"},
		10048: {"address in use", "地址已被占用"}, 10035: {"would block", "操作会阻塞"}, 11001: {"host not found", "找不到主机"},
		10013: {"access denied", "访问被拒绝"}}
	w, ok := words[number]
	if !ok {
		return &rules.Text{}
	}
	if lang == rules.Chinese {
		return &rules.Text{Word: w[1], Meaning: w[1] + "。", Causes: []string{"原因一", "原因二"}, Checks: []string{"netstat -ano"}}
	}
	return &rules.Text{Word: w[0], Meaning: "It was " + w[0] + ".", Causes: []string{"cause one", "cause <two>"}, Checks: []string{"netstat -ano"}}
}

func TestGoldens(t *testing.T) {
	by := func(list string) []stats.Key {
		keys, err := stats.ParseKeys(list)
		if err != nil {
			t.Fatal(err)
		}
		return keys
	}
	at := func(width int, tier term.Tier) term.Profile { return term.Profile{Width: width, Glyphs: tier} }
	for _, c := range []struct {
		golden, fixture, format string
		o                       Options
	}{
		{"outage-140.txt", "outage", "text", Options{Profile: at(140, term.Full), Top: 5}},
		{"outage-100.txt", "outage", "text", Options{Profile: at(100, term.Full), Top: 5}},
		{"outage-80-cp437.txt", "outage", "text", Options{Profile: at(80, term.CP437), Top: 3}},
		{"outage-60-ascii.txt", "outage", "text", Options{Profile: at(60, term.ASCII), Top: 3}},
		{"outage-40-ascii.txt", "outage", "text", Options{Profile: at(40, term.ASCII), Top: 3}},
		{"outage-zh.txt", "outage", "text", Options{Lang: rules.Chinese, Top: 5}},
		{"outage-by.txt", "outage", "text", Options{By: by("part,class,severity,form,call,file,template"), Top: 3}},
		{"hard.txt", "hard", "text", Options{Profile: at(100, term.Full), Top: -1}},
		{"lines.txt", "lines", "text", Options{}},
		{"empty.txt", "empty", "text", Options{}},
		{"outage.md", "outage", "md", Options{Top: 3}},
		{"hard-zh.md", "hard", "md", Options{Lang: rules.Chinese, Top: -1}},
		{"outage-codes.csv", "outage", "csv", Options{}},
		{"outage-files.csv", "outage", "csv", Options{CSV: CSVFiles}},
		{"hard-peers.csv", "hard", "csv", Options{CSV: CSVPeers, BOM: true}},
		{"outage.ndjson", "outage", "ndjson", Options{Top: 3}},
		{"empty.json", "empty", "json", Options{}},
	} {
		f, err := FormatByName(c.format)
		if err != nil {
			t.Fatal(err)
		}
		c.o.Texts = goldenTexts
		var b bytes.Buffer
		if err := f.Write(&b, fixtures(t)[c.fixture], c.o); err != nil {
			t.Fatal(err)
		}
		checkGolden(t, c.golden, b.Bytes())
	}
}
