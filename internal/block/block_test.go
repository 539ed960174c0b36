package block

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// wide spells s, whose bytes are taken for characters, with line ends as nl has them.
func wide(nl Newline, s string) []byte {
	var out []byte
	for _, c := range []byte(s) {
		switch nl {
		case LE:
			out = append(out, c, 0)
		case BE:
			out = append(out, 0, c)
		default:
			out = append(out, c)
		}
	}
	return out
}

var newlines = []Newline{Byte, LE, BE}

func TestNewlines(t *testing.T) {
	t.Parallel()
	for _, nl := range newlines {
		u := nl.Size()
		b := wide(nl, "ab\ncd\n\ne")
		if got := nl.First(b); got != 3*u {
			t.Errorf("%d: first %d", nl, got)
		}
		if got := nl.Last(b); got != 7*u {
			t.Errorf("%d: last %d", nl, got)
		}
		if got := nl.Count(b); got != 3 {
			t.Errorf("%d: count %d", nl, got)
		}
		for k, want := range []int{0, 3 * u, 6 * u, 7 * u, 8 * u} {
			if got := nl.Skip(b, k); got != want {
				t.Errorf("%d: skip %d: %d, want %d", nl, k, got, want)
			}
		}
		if nl.First(nil)+nl.Last(nil)+nl.Count(nil) != 0 {
			t.Errorf("%d: found something in nothing", nl)
		}
	}
	// U+0A0A, U+010A, U+0A01 and their neighbours hold 0x0A and end no line.
	for _, nl := range []Newline{LE, BE} {
		var b []byte
		for _, u := range []uint16{0x0A0A, 0x010A, 0x0A01, 0x0A00, 0x0100} {
			if nl == LE {
				b = binary.LittleEndian.AppendUint16(b, u)
			} else {
				b = binary.BigEndian.AppendUint16(b, u)
			}
		}
		if nl.First(b)+nl.Last(b)+nl.Count(b) != 0 {
			t.Errorf("%d: a line end inside a character", nl)
		}
		half := wide(nl, "a\n")[:3]
		if nl.First(half)+nl.Last(half) != 0 {
			t.Errorf("%d: half a line end", nl)
		}
	}
}

// A piece is what a span means for its source, with absolute offsets.
type piece struct {
	start, end, own, ownEnd int
	flags                   string
}

// cutAll feeds data to a cutter in pieces that end at the offsets in at.
func cutAll(t *testing.T, nl Newline, limit int, data []byte, at []int) (pieces []piece) {
	t.Helper()
	c := &Cutter{Newline: nl, Limit: limit}
	from := 0
	room := make([]uint32, Steps(len(data)))
	for i, to := range append(at, len(data)) {
		flush := i == len(at)
		for {
			s, rest, ok := c.Next(data[from:to], flush, room)
			if !ok {
				break
			}
			if s.End <= s.Scanned || rest <= 0 || rest > s.End {
				t.Fatalf("span %+v, rest %d makes no progress", s, rest)
			}
			checkCounts(t, nl, s, data[from:from+s.End], len(room))
			flags := ""
			for _, f := range []struct {
				on   bool
				name string
			}{{s.Continued, "<"}, {s.Continues, ">"}, {s.Header, "#"}} {
				if f.on {
					flags += f.name
				}
			}
			pieces = append(pieces, piece{from + s.Scanned, from + s.End, from + s.OwnFrom, from + s.OwnTo, flags})
			from += rest
		}
	}
	if from != len(data) {
		t.Fatalf("%d bytes were never cut", len(data)-from)
	}
	return pieces
}

// Invariant 1: a block holds whole lines; only the last line of a source may
// lack its terminator. Long lines are cut into windows at places that depend on
// their beginning alone.
func TestInvariant1WholeLines(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(9, 10))
	const limit = 64
	for round := range 3000 {
		nl := newlines[round%3]
		var text strings.Builder
		for range r.IntN(8) {
			switch r.IntN(7) {
			case 0:
				text.WriteString("#Fields: a b\n")
			case 1:
				text.WriteString(strings.Repeat("long ", r.IntN(60)) + "\n")
			case 3:
				text.WriteString("# caf\xc3\xa9\n")
			case 2:
				text.WriteString(strings.Repeat("x", limit/nl.Size()-2+r.IntN(5)) + "\r\n")
			case 4:
				text.WriteString("\n")
			default:
				text.WriteString("line\r\n")
			}
		}
		if r.IntN(2) == 0 {
			text.WriteString(strings.Repeat("end", r.IntN(50)))
		}
		data := wide(nl, text.String())
		whole := cutAll(t, nl, limit, data, nil)
		checkPieces(t, nl, limit, data, whole)
		for range 5 {
			var at []int
			for i := range data {
				if r.IntN(1+r.IntN(40)) == 0 {
					at = append(at, i)
				}
			}
			parts := cutAll(t, nl, limit, data, at)
			checkPieces(t, nl, limit, data, parts)
			if w, p := windows(whole), windows(parts); w != p {
				t.Fatalf("%q cut at %v:\nwindows %s\nwant    %s", text.String(), at, p, w)
			}
		}
	}
}

// known is as precisely as it is told where bytes above ASCII are.
const known = 4 * Step

// checkCounts wants what is said of a span's bytes to be so, and to be said of whole
// lines wherever a line end is one byte; room was there for so many counts.
func checkCounts(t *testing.T, nl Newline, s Span, b []byte, room int) {
	t.Helper()
	if want := nl == Byte && !s.Continued && !s.Continues; s.Counted != want {
		t.Fatalf("%q: span %+v, want Counted %v", b, s, want)
	}
	if !s.Counted {
		return
	}
	ascii := !slices.ContainsFunc(b, func(c byte) bool { return c >= 0x80 })
	if s.Lines != bytes.Count(b, []byte{'\n'}) || s.ASCII != ascii {
		t.Fatalf("%.200q: span %+v, want %d lines, ASCII %v", b, s, bytes.Count(b, []byte{'\n'}), ascii)
	}
	if want := min(Steps(len(b)), room); len(s.Before) != want {
		t.Fatalf("%d bytes: %d steps, want %d", len(b), len(s.Before), want)
	}
	for i, n := range s.Before {
		if want := bytes.Count(b[:i*Step], []byte{'\n'}); int(n) != want {
			t.Fatalf("%d lines before %d, want %d", n, i*Step, want)
		}
	}
	high := func(c byte) bool { return c >= 0x80 }
	first := slices.IndexFunc(b, high)
	if ascii {
		if s.ASCIITo != len(b) {
			t.Fatalf("ASCII to %d of %d", s.ASCIITo, len(b))
		}
		return
	}
	far := first-s.ASCIITo >= known // ASCIITo could be nearer
	if first < s.ASCIITo || far || slices.ContainsFunc(b[s.ASCIIFrom:], high) {
		t.Fatalf("ASCII to %d and from %d of %d, first other byte %d", s.ASCIITo, s.ASCIIFrom, len(b), first)
	}
	if !slices.ContainsFunc(b[max(0, s.ASCIIFrom-known):s.ASCIIFrom], high) {
		t.Fatalf("ASCII from %d of %d, none above in the step before", s.ASCIIFrom, len(b))
	}
}

// TestStepsOfLongSpans looks at spans of many steps, with # and headers around the
// places where steps begin, with room for all counts and for fewer.
func TestStepsOfLongSpans(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(21, 22))
	for range 400 {
		b := bytes.Repeat([]byte("line of a log\n"), (1+r.IntN(80*Step))/14+1)
		room := make([]uint32, r.IntN(Steps(len(b))+3))
		for range r.IntN(12) {
			at := r.IntN(len(b)/Step+1)*Step - 8 + r.IntN(16)
			sign := [...]string{"\n#", "#", "\n", "\xc3\xa9", "\n#Fields: a b\n", "\n# x\n#"}[r.IntN(6)]
			copy(b[min(max(at, 0), len(b)):], sign)
		}
		b[len(b)-1] = '\n'
		for rest := b; len(rest) > 0; {
			c := Cutter{Newline: Byte, Limit: DefaultLimit}
			s, n, ok := c.Next(rest, true, room)
			if !ok || n != s.End {
				t.Fatalf("span %+v, rest %d, ok %v", s, n, ok)
			}
			if i := bytes.Index(rest[1:], []byte("\n#Fields:")); i >= 0 && s.End > i+2 {
				t.Fatalf("span to %d, a header stands at %d", s.End, i+2)
			}
			checkCounts(t, Byte, s, rest[:s.End], len(room))
			rest = rest[n:]
		}
	}
}

// windows describes the pieces that are windows of long lines.
func windows(ps []piece) string {
	var b strings.Builder
	for _, p := range ps {
		if strings.ContainsAny(p.flags, "<>") {
			fmt.Fprintf(&b, "%v ", p)
		}
	}
	return b.String()
}

func checkPieces(t *testing.T, nl Newline, limit int, data []byte, ps []piece) {
	t.Helper()
	at, own := 0, 0
	for i, p := range ps {
		if p.start != at || p.own != own {
			t.Fatalf("piece %d %+v: want it to begin at %d and own from %d, data %q", i, p, at, own, data)
		}
		at, own = p.end, p.ownEnd
		inside := strings.Contains(p.flags, ">")
		ends := nl.Last(data[:p.end]) == p.end
		if !inside && !ends && p.end != len(data) {
			t.Fatalf("piece %d %+v ends inside a line, data %q", i, p, data)
		}
		if inside && (ends || p.own >= p.ownEnd) {
			t.Fatalf("piece %d %+v: bad window", i, p)
		}
		if !inside {
			own = p.end
			if p.ownEnd != p.end {
				t.Fatalf("piece %d %+v owns too little", i, p)
			}
		}
		lines := data[p.start:p.end]
		if nl.startsHeader(lines) != strings.Contains(p.flags, "#") && !strings.Contains(p.flags, "<") {
			t.Fatalf("piece %d %+v: header flag", i, p)
		}
		if bytes.Contains(lines, wide(nl, "\n#Fields:")) {
			t.Fatalf("piece %d %+v holds a header", i, p)
		}
		for _, line := range bytes.SplitAfter(lines, wide(nl, "\n")) {
			if nl == Byte && len(bytes.TrimSuffix(line, []byte{'\n'})) > limit {
				t.Fatalf("piece %d %+v holds a line above the limit", i, p)
			}
		}
	}
	if at != len(data) {
		t.Fatalf("%d of %d bytes", at, len(data))
	}
}

// A long line that arrives byte by byte must not be searched again each time.
func TestSlowLongLineIsSearchedOnce(t *testing.T) {
	t.Parallel()
	data := bytes.Repeat([]byte{'x'}, 1<<19)
	c := &Cutter{Limit: 1 << 20}
	for n := range data { // takes minutes if every call looks at all bytes
		if _, _, ok := c.Next(data[:n], false, nil); ok {
			t.Fatal("a span without a line end")
		}
	}
}

func TestBoundaryIsAsked(t *testing.T) {
	t.Parallel()
	data := bytes.Repeat([]byte("é"), 200)
	c := &Cutter{Limit: 65, Boundary: func(_ []byte, n int) int { return n &^ 1 }}
	for from := 0; from < len(data); {
		s, rest, ok := c.Next(data[from:], true, nil)
		if !ok || s.End%2+s.Scanned%2+s.OwnFrom%2+s.OwnTo%2 != 0 {
			t.Fatalf("at %d: %+v", from, s)
		}
		from += rest
	}
}

func BenchmarkCutter(b *testing.B) {
	for name, line := range map[string]string{
		"plain":    "2026-07-14 10:22:33.114 ERROR [pool-3] connect 10.0.0.5:5432 failed\n",
		"comments": "# 2026-07-14 10:22:33.114 ERROR [pool-3] connect 10.0.0.5:5432 failed\n",
		"hashes":   "2026/07/14 10:22:33 [error] 1234#5678: *99 connect() failed, client: 10.0.0.1\n",
	} {
		b.Run("text="+name, func(b *testing.B) {
			data := []byte(strings.Repeat(line, 256<<10/len(line)))
			room := make([]uint32, Steps(len(data)))
			c := &Cutter{Limit: DefaultLimit}
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if s, _, ok := c.Next(data, false, room); !ok || s.End != len(data) {
					b.Fatalf("%+v", s)
				}
			}
		})
	}
}
