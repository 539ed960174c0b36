package matcher

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"wsalog/matcher/digitscan"
)

// TestShapesTellApart writes down what is one shape and what is not.
func TestShapesTellApart(t *testing.T) {
	t.Parallel()
	m := withCues(t, nil)
	tests := []struct {
		a, b string
		same bool
	}{
		{"10:22:33 connect to 10.0.0.7:5432 failed: 10061", "23:59:01 connect to 10.0.0.9:9999 failed: 10061", true},
		{"2026-07-14 00:00:00,005 failed: 10061", "2026-07-14 21:36:49,999 failed: 10061", true},
		{"0900-00-00 00:00:00 failed: 10061", "2026-07-24 21:36:49 failed: 10061", true},
		{"0900/00/00 00:00:00.7 failed: 10061", "2026/07/14 21:36:49.1 failed: 10061", true},
		{"0900-00-00T00:00:00.000Z failed: 10061", "2026-07-24T21:36:49.255Z failed: 10061", true},
		{"0900/00/00T00:00:00,00+02 failed: 10061", "2026/07/14T21:36:49,31+02 failed: 10061", true},
		{"0900-00/00 00:00:00 failed: 10061", "2026-07/14 21:36:49 failed: 10061", false},       // no date
		{"2026-07-24 00:00:00 failed: 10061", "2026-07-14 00:00:00 failed: 10061", false},       // -1 is a cue
		{"at 0900-00-00 00:00:00 failed: 10061", "at 2026-07-14 21:36:49 failed: 10061", false}, // no beginning
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

// TestStampsAreNoNumbers asks for the shortcut where short numbers are literals by
// themselves, or by what is behind them, as they might be within or behind a stamp.
func TestStampsAreNoNumbers(t *testing.T) {
	t.Parallel()
	stamps := func(learn func(p *shaper)) bool {
		p := &shaper{}
		learn(p)
		p.finish()
		return p.stamps
	}
	if !stamps(func(p *shaper) { p.whole[3][995], p.after['h'], p.heads[20] = true, 1, 1 }) {
		t.Error("others keep stamps from being all one")
	}
	for digits := 1; digits <= 2; digits++ {
		if stamps(func(p *shaper) { p.whole[digits][7] = true }) {
			t.Errorf("a number of %d digits does not", digits)
		}
	}
	for _, c := range []byte("-/ t:.,+z)]\"\t") {
		if stamps(func(p *shaper) { p.after[c] = 1 << 9 }) {
			t.Errorf("a number with %q behind it does not", c)
		}
	}
}

// TestShapesArePlain compares shapes with those that are written byte by byte, with
// the shortcut for stamps and without.
func TestShapesArePlain(t *testing.T) {
	t.Parallel()
	all := slices.Concat(labelledLines(t), oddLines(), stamped(labelledLines(t)))
	rounds := 2
	if testing.Short() {
		rounds = 1
	}
	for _, cues := range cueSets {
		m := withCues(t, cues)
		stampless := *m.shaper()
		stampless.stamps = false
		rng := rand.New(rand.NewPCG(3, 4))
		var w shapeWriter
		for _, p := range []*shaper{m.shaper(), &stampless} {
			plain, written := newPlainShaper(p), 0
			for n := range rounds * len(all) {
				line := slices.Clone(all[n%len(all)])
				if n%5 == 0 { // cues are noted in another way beyond cueReach
					line = slices.Concat(line, []byte(" "), all[rng.IntN(len(all))], []byte(" "), all[rng.IntN(len(all))])
				}
				if alterDigits(rng, line); len(cues) > 0 && n%2 == 0 {
					putCue(rng, line, cues[rng.IntN(len(cues))])
				}
				if len(line) <= longShape && comparePlain(t, &w, plain, line) {
					written++
				}
			}
			if written < len(all)*rounds/2 {
				t.Errorf("%q: only %d of %d lines have a shape", cues, written, rounds*len(all))
			}
		}
	}
}

// comparePlain reports whether a line has a shape.
func comparePlain(t *testing.T, w *shapeWriter, plain *plainShaper, line []byte) bool {
	t.Helper()
	got := w.write(plain.shaper, line)
	text, notes, want := plain.shape(line)
	if got != want {
		t.Fatalf("%q: has a shape %v, want %v", line, got, want)
	}
	if !want {
		return false
	}
	pad := make([]byte, shapePad)
	text = slices.Concat(pad, text, pad)
	same := bytes.HasPrefix(w.shape, text) && bytes.HasSuffix(w.shape[len(text):], notes)
	if !plain.stamps { // else the first notes may stand there twice: those of a stamp with digits to keep
		same = same && len(w.shape) == len(text)+len(notes)
	}
	if !same {
		t.Fatalf("%q, stamps %v:\nshape %q,\nwant  %q %x", line, plain.stamps, w.shape, text, notes)
	}
	return true
}

// oddLines returns lines of which the labelled ones have too few.
func oddLines() (lines [][]byte) {
	for _, line := range []string{
		"", "1", "10061", "id 99010061 99100619 1234567890123456789012 0010054000 99999", "0.0.0.0 0 0.1 1.0 00 000.000.000.001",
		"::1 ::01 1::1: ::ffff:10.0.0.256/24 10.0.0.0/33 /0 /0.5 /32.1 /00", "65535 65536 1000 999 0999 01000 x.300 300.x 300.1",
		"10:22:33:10:22:33 10:22:33,10:22:33 (10:22:33) [10/Jul/2026:10:22:33 +0200] 10:22:33.", "10:22:33.12345678 1", "1:10:22:33 T10:22:3 10:22:33",
		"\x01 1", "\x08", "\t1", "\x091", `\u12`, `\U1`, `\ug`, "&#1", "&u1", "&1", `\`, "&", "caf\xc3\xa95 \xff\xff5 \xe2\x84\xaa8", "win32 WIN32 (8) 274D 274d f90 F90",
	} {
		lines = append(lines, []byte(line))
	}
	return lines
}

// TestMarksAreOdd holds what digitscan calls odd to what has no shape, or may have none.
func TestMarksAreOdd(t *testing.T) {
	t.Parallel()
	for c := range 256 {
		text := []byte{byte(c)}
		want := byte(c) < marks || c == '\\' || c == '&'
		if odd := digitscan.Copy(make([]byte, 1), text, make([]uint64, digitscan.Words(1))); odd != want {
			t.Errorf("%q: odd %v, want %v", text, odd, want)
		}
	}
}

// BenchmarkShape writes the shapes of labelled lines, one after the other.
func BenchmarkShape(b *testing.B) {
	m := withCues(b, nil)
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
