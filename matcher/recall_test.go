package matcher

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"unsafe"

	"wsalog/rules"
)

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

// TestRecallChangesNothing compares what is remembered for lines that differ in
// digits with what each line gives by itself.
func TestRecallChangesNothing(t *testing.T) {
	t.Parallel()
	user := &rules.ContextRule{ID: "user", Forms: []string{"decimal"}, Verdict: rules.Accept, Strength: 9, Cues: []string{"port 8080", "id7", "id7:{code}", "0.0.0.7:{code}"}}
	for name, opts := range map[string]Options{"built in": {}, "with a user's cue": {UserRules: []*rules.ContextRule{user}}} {
		m, err := New(opts)
		if err != nil {
			t.Fatal(err)
		}
		remembers, fresh := m.newScratch(), m.newScratch()
		remembers.glance.seen = recallFrom
		rng := rand.New(rand.NewPCG(7, 8))
		rounds := 12
		if testing.Short() {
			rounds = 3
		}
		known := 0
		headers := []*Context{nil, {W3C: -1}, ParseFields([]byte("#Fields: date time s-ip cs-method cs-uri-stem sc-status sc-win32-status")),
			ParseFields([]byte("#Fields: date time sc-win32-status cs-method"))}
		for n, line := range slices.Concat(labelledLines(t), rows()) {
			ctx := headers[n%len(headers)]
			for range rounds {
				l := worthy{stretch: stretch{0, len(line)}, shape: m.shapeOf(&remembers.glance, line, ctx)}
				if _, ok := m.find(nil, l.shape, line, 0); ok {
					known++
				}
				want := m.judgeLine(nil, fresh, line, 0, ctx)
				got := m.line(nil, remembers, line, &l, ctx)
				for i := range got {
					got[i].Shape = 0
				}
				if !slices.Equal(want, got) {
					t.Fatalf("%s: %q:\n%+v, remembered:\n%+v", name, line, want, got)
				}
				alterDigits(rng, line)
			}
		}
		t.Logf("%s: %d lines were remembered", name, known)
		if known < 1000 {
			t.Errorf("%s: %d lines were remembered: that proves nothing", name, known)
		}
	}
}

// TestRecallIsBounded looks at what tables of numbers leave behind.
func TestRecallIsBounded(t *testing.T) {
	t.Parallel()
	m, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := m.newScratch()
	rng := rand.New(rand.NewPCG(11, 12))
	for range 20_000 {
		var line []byte
		for range 1 + rng.IntN(40) {
			line = strconv.AppendInt(append(line, "code "...), int64(10035+rng.IntN(30)), 10)
			line = append(line, ' ')
		}
		m.line(nil, s, line, &worthy{stretch: stretch{0, len(line)}, shape: m.shapeOf(&s.glance, line, nil)}, nil)
	}
	kept, room := 0, 0
	for i := range m.recall {
		if lines := m.recall[i].lines.Load(); lines != nil {
			room += len(*lines)
			for _, l := range *lines {
				kept += int(l.matched)
			}
		}
	}
	if kept == 0 {
		t.Error("nothing is remembered")
	}
	if n := unsafe.Sizeof(recalledLine{}); n != 64 {
		t.Errorf("a line takes %d bytes, a cache line has 64", n)
	}
	if room >= shards*recalled {
		t.Errorf("lines that are not remembered made room for %d", room)
	}
}

// TestShapesTellApart writes down what is one shape and what is not.
func TestShapesTellApart(t *testing.T) {
	t.Parallel()
	m, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		a, b string
		same bool
	}{
		{"10:22:33 connect to 10.0.0.7:5432 failed: 10061", "23:59:01 connect to 10.0.0.9:9999 failed: 10061", true},
		{"2026-07-14 00:00:00,005 failed: 10061", "2026-07-14 21:36:49,999 failed: 10061", true},
		{"T00:00:00.005Z failed: 10061", "T21:36:49.999Z failed: 10061", true},
		{"[14/Jul/2026:00:00:00 +0200] 10061", "[14/Jul/2026:21:36:49 +0200] 10061", true},
		{"2026-07-14T00:00:00.1234567Z failed: 10061", "2026-07-14T21:36:49.7654321Z failed: 10061", true},
		{"to 1:00:00:00: refused", "to 1:21:36:49: refused", false}, // an address
		{"to 2001:00:00:00 refused", "to 2001:21:36:49 refused", false},
		{"to /x:y:00:00:00 refused", "to /x:y:21:36:49 refused", false},
		{"to 00:00:00:05: refused", "to 21:36:49:05: refused", false},
		{"to 00:00:00-05 refused", "to 21:36:49-05 refused", false},
		{"to 00:00:00.5.5.5: refused", "to 21:36:49.5.5.5: refused", false},
		{"to -00:00:00 refused", "to -21:36:49 refused", false},
		{"to 00:00:0a refused", "to 21:36:4a refused", false},
		{"<1234> recv failed: 10054", "<5678> recv failed: 10054", true},
		{"recv failed: 10054", "recv failed: 10053", false},
		{"recv failed: 10054", "recv failed: 20054", false},
		{"to 10.0.0.7:5432: refused", "to 10.0.0.77:5432: refused", false}, // other places
		{"to 10.1.2.255: refused", "to 10.1.2.256: refused", false},        // no address
		{"to db:9999: refused", "to db:99999: refused", false},
		{"to db:65535: refused", "to db:65536: refused", false}, // no port
		{"from 0.0.0.0: refused", "from 0.0.0.1: refused", false},
		{"to 10.0.0.1:0. refused", "to 10.0.0.1:5. refused", false}, // no port either
		{`error \x1b[31m10061`, `error \x5b[31m10061`, false},       // a colour, and none
		{"0x0ffffffff8007274D", "0x5ffffffff8007274D", false},       // zeros before an HRESULT
		{"id 274d1 refused", "id 374d1 refused", false},
		{"x\x01 5", "x\x01 6", false}, // holds a mark itself, and so has no shape
		{`\u4e00 5`, `\u4e00 6`, false},
	}
	for _, tt := range tests {
		var a, b shapeWriter
		okA, okB := a.write(m.shaper(), []byte(tt.a)), b.write(m.shaper(), []byte(tt.b))
		if same := okA && okB && bytes.Equal(a.shape, b.shape); same != tt.same {
			t.Errorf("%q and %q: one shape %v, want %v", tt.a, tt.b, same, tt.same)
		}
	}
}

// TestMemoTellsManyCodesApart gives each of more codes a rule of its own than a set of
// circles has bits for.
func TestMemoTellsManyCodesApart(t *testing.T) {
	t.Parallel()
	var user []*rules.ContextRule
	var codes []int
	for _, c := range rules.Codes() {
		if c.Number >= rules.First && len(codes) < 70 {
			codes = append(codes, c.Number)
			user = append(user, &rules.ContextRule{ID: "user-" + strconv.Itoa(c.Number), Forms: []string{"decimal"}, Verdict: rules.Reject,
				Strength: 1, Codes: []int{c.Number}, Cues: []string{"zork"}})
		}
	}
	m, err := New(Options{UserRules: user})
	if err != nil {
		t.Fatal(err)
	}
	s := m.newScratch()
	for _, code := range codes {
		line := []byte("zork qq " + strconv.Itoa(code) + " uu")
		want := m.judgeLine(nil, m.newScratch(), line, 0, nil)
		if len(want) != 1 || want[0].Rule != "user-"+strconv.Itoa(code) {
			t.Errorf("%s: %+v, want its own rule", line, want)
		}
		if got := m.judgeLine(nil, s, line, 0, nil); !slices.Equal(got, want) {
			t.Errorf("%s: %+v, by itself %+v", line, got, want)
		}
	}
}

// BenchmarkShape writes the shapes of labelled lines, one after the other.
func BenchmarkShape(b *testing.B) {
	m, err := New(Options{})
	if err != nil {
		b.Fatal(err)
	}
	var w shapeWriter
	var lines [][]byte
	size := 0
	for _, line := range labelledLines(b) {
		if len(line) <= longShape && w.write(m.shaper(), line) {
			lines, size = append(lines, line), size+len(line)
		}
	}
	if len(lines) < 1000 {
		b.Fatalf("%d lines have a shape", len(lines))
	}
	b.SetBytes(int64(size / len(lines)))
	n := 0
	for b.Loop() {
		if n++; !w.write(m.shaper(), lines[n%len(lines)]) {
			b.Fatal("a shape is lost")
		}
	}
}
