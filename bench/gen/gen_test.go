package main

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"wsalog/rules"
)

func generate(t *testing.T, o order) ([]byte, *ledger) {
	t.Helper()
	g, err := newGenerator(o)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := g.write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), &g.ledger
}

func TestSameOrderSameBytes(t *testing.T) {
	seen := map[[sha256.Size]byte]string{}
	for _, style := range styles() {
		for seed := range uint64(2) {
			o := order{seed: seed, size: 2 << 20, errors: 0.01, decoys: 0.01, style: style}
			a, la := generate(t, o)
			b, lb := generate(t, o)
			if !bytes.Equal(a, b) || la.lines != lb.lines {
				t.Errorf("%s, seed %d: two runs differ", style, seed)
			}
			sum := sha256.Sum256(a)
			if other, ok := seen[sum]; ok {
				t.Errorf("%s, seed %d: same log as %s", style, seed, other)
			}
			seen[sum] = style
		}
	}
}

func TestSizeAndLines(t *testing.T) {
	for _, style := range styles() {
		for _, size := range []int64{0, 1, 1000, 1<<20 + 7} {
			log, l := generate(t, order{seed: 3, size: size, errors: 0.1, style: style})
			if int64(len(log)) != l.bytes || l.bytes < size || l.bytes > size+roomOnTop {
				t.Errorf("%s: %d bytes, ledger %d, want at least %d", style, len(log), l.bytes, size)
			}
			if lines := bytes.Count(log, []byte("\n")); int64(lines) != l.lines {
				t.Errorf("%s: %d lines, ledger %d", style, lines, l.lines)
			}
			if len(log) > 0 && log[len(log)-1] != '\n' {
				t.Errorf("%s: the last line has no end", style)
			}
		}
	}
}

func TestRates(t *testing.T) {
	const want = 0.01
	_, l := generate(t, order{seed: 4, size: 16 << 20, errors: want, decoys: want, style: "mixed"})
	faults := 0.0
	for _, n := range l.hits {
		faults += float64(n)
	}
	for what, n := range map[string]float64{"errors": faults, "decoys": float64(l.decoys)} {
		if share := n / float64(l.records); share < want*0.9 || share > want*1.15 {
			t.Errorf("%s: share %.4f, want about %v", what, share, want)
		}
	}
}

// TestLedgerIsTrue counts the errors of logs that hold no look-alikes with plain
// patterns, one for each code, and compares.
func TestLedgerIsTrue(t *testing.T) {
	for _, style := range []string{"mixed", "services", "iis", "short", "chinese", "long"} {
		log, l := generate(t, order{seed: 5, size: 2 << 20, errors: 1, style: style})
		found := map[int]int64{}
		for line := range bytes.Lines(log) {
			for _, code := range naive(line) {
				found[code]++
			}
		}
		if len(l.hits) < 10 {
			t.Errorf("%s: only %d codes", style, len(l.hits))
		}
		for _, c := range rules.Codes() {
			if found[c.Number] != l.hits[c.Number] {
				t.Errorf("%s: code %d: ledger %d, counted %d", style, c.Number, l.hits[c.Number], found[c.Number])
			}
		}
	}
}

// word matches what can be a number or a name; a code counts only as a whole one.
var word = regexp.MustCompile(`[0-9A-Za-z_]+`)

// naive returns the codes that stand on a line, each once, without any of wsalog's
// own searching.
func naive(line []byte) []int {
	set := map[int]bool{}
	for _, w := range word.FindAllString(string(line), -1) {
		if code, ok := spelled[strings.ToLower(w)]; ok {
			set[code] = true
		}
	}
	for _, byCode := range texts {
		for code, text := range byCode {
			if bytes.Contains(line, []byte(strings.TrimRight(text, ".。"))) {
				set[code] = true
			}
		}
	}
	list := make([]int, 0, len(set))
	for code := range set {
		list = append(list, code)
	}
	return list
}

var spelled = func() map[string]int {
	m := map[string]int{}
	for _, c := range rules.Codes() {
		if c.Number < rules.First {
			continue
		}
		n := c.Number
		for _, s := range []string{
			c.Name, strconv.Itoa(n), "0x" + strconv.FormatInt(int64(n), 16), "0x0000" + strconv.FormatInt(int64(n), 16),
			"0x8007" + strconv.FormatInt(int64(n), 16), strconv.FormatInt(0x80070000+int64(n), 10),
			strconv.FormatInt(0x7FF90000-int64(n), 10), "e" + strconv.Itoa(720000+n), "8000" + strconv.FormatInt(int64(n), 16),
		} {
			m[strings.ToLower(s)] = n
		}
	}
	return m
}()

func TestNoErrorsOrdered(t *testing.T) {
	log, l := generate(t, order{seed: 6, size: 8 << 20, decoys: 0.01, style: "mixed"})
	if len(l.hits) != 0 {
		t.Errorf("ledger has hits: %v", l.hits)
	}
	for _, mark := range []string{"WSA", "0x8007", "SocketException", "actively refused", "强迫关闭"} {
		if bytes.Contains(log, []byte(mark)) {
			t.Errorf("a log without errors holds %q", mark)
		}
	}
	if l.decoys == 0 {
		t.Error("no decoys")
	}
}

func TestEverySpellingOccurs(t *testing.T) {
	log, _ := generate(t, order{seed: 7, size: 4 << 20, errors: 0.5, style: "mixed"})
	for _, want := range []string{"WSAECONNREFUSED", "(10061)", "= 0x274D", "0x0000274D", "hr=0x8007274D", "0x8007274d", "-2147014835",
		"2147952461", "E730061", "8000274D", "SocketErrorCode=ConnectionRefused", "actively refused", "积极拒绝", "Zielcomputer",
		"ordinateur cible", "equipo de destino", "コンピューター", "отверг запрос", "200 0 10061"} {
		if !bytes.Contains(log, []byte(want)) {
			t.Errorf("no line holds %q", want)
		}
	}
}

func TestUTF16DecodesBack(t *testing.T) {
	for _, style := range []string{"mixed", "chinese"} {
		o := order{seed: 8, size: 3 << 20, errors: 0.05, style: style}
		plain, _ := generate(t, o)
		o.utf16 = true
		wide, l := generate(t, o)
		if l.bytes != int64(len(plain)) {
			t.Errorf("%s: ledger counts %d bytes, want those before encoding, %d", style, l.bytes, len(plain))
		}
		if !bytes.HasPrefix(wide, []byte{0xFF, 0xFE}) || len(wide)%2 != 0 {
			t.Fatalf("%s: no byte order mark or half a unit", style)
		}
		units := make([]uint16, 0, len(wide)/2)
		for i := 2; i < len(wide); i += 2 {
			units = append(units, uint16(wide[i])|uint16(wide[i+1])<<8)
		}
		if string(utf16.Decode(units)) != string(plain) {
			t.Errorf("%s: decoded text differs", style)
		}
	}
}

func TestUTF16Surrogates(t *testing.T) {
	var b bytes.Buffer
	if _, err := (&utf16Writer{w: &b}).Write([]byte("a😀")); err != nil {
		t.Fatal(err)
	}
	if want := "\xFF\xFEa\x00\x3D\xD8\x00\xDE"; b.String() != want {
		t.Errorf("got % x, want % x", b.String(), want)
	}
}

func TestLiteralsInStep(t *testing.T) {
	name := filepath.Join("..", "literals.txt")
	stored, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(stored, literals()) {
		t.Errorf("%s is out of step with rules: run go run ./bench/gen -literals -o bench/literals.txt", name)
	}
	for _, want := range []string{"WSAECONNREFUSED", "10061", "0x274D", "0x8007274D", "actively refused it", "积极拒绝"} {
		if !bytes.Contains(stored, []byte("\n"+want+"\n")) {
			t.Errorf("no literal %q", want)
		}
	}
	for line := range bytes.Lines(stored) {
		if len(bytes.TrimSpace(line)) < 4 {
			t.Errorf("literal %q would match everywhere", line)
		}
	}
}

func TestParseSize(t *testing.T) {
	for text, want := range map[string]int64{"10MB": 1e7, "520MiB": 520 << 20, "4GiB": 4 << 30, "7": 7, "2KB": 2000, "3KiB": 3072, "1GB": 1e9} {
		if got, err := parseSize(text); err != nil || got != want {
			t.Errorf("%q: %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "MiB", "-1", "1.5GiB", "10mb", "99999999999GiB"} {
		if n, err := parseSize(text); err == nil {
			t.Errorf("%q: accepted as %d", text, n)
		}
	}
}

func TestRunWritesLogAndLedger(t *testing.T) {
	dir := t.TempDir()
	log, book := filepath.Join(dir, "a.log"), filepath.Join(dir, "a.tsv")
	var stdout, stderr bytes.Buffer
	if err := run([]string{"-size", "100KB", "-errors", "0.5", "-o", log, "-ledger", book}, &stdout, &stderr); err != nil {
		t.Fatal(err)
	}
	rows, err := os.ReadFile(book)
	if err != nil {
		t.Fatal(err)
	}
	size := int64(0)
	if info, err := os.Stat(log); err == nil {
		size = info.Size()
	}
	if !strings.Contains(string(rows), "total\tbytes\t"+strconv.FormatInt(size, 10)+"\n") || !strings.Contains(string(rows), "code\t10061\t") {
		t.Errorf("ledger of a log of %d bytes:\n%s", size, rows)
	}
	for _, args := range [][]string{{"-errors", "1.5"}, {"-errors", "NaN"}, {"-style", "odd"}, {"-size", "x"}, {"extra"}} {
		if err := run(args, &stdout, &stderr); err == nil {
			t.Errorf("%q: accepted", args)
		}
	}
}
