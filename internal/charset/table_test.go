package charset

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// referees are the decoders that the tables must agree with.
var referees = map[*Encoding]encoding.Encoding{
	GBK: simplifiedchinese.GB18030, Big5: traditionalchinese.Big5, ShiftJIS: japanese.ShiftJIS,
	EUCKR: korean.EUCKR, Windows1251: charmap.Windows1251, Windows1252: charmap.Windows1252,
}

func TestTablesAgreeWithXText(t *testing.T) {
	t.Parallel()
	for _, e := range All() {
		if e.load == nil {
			continue
		}
		referee := referees[e]
		if referee == nil {
			t.Errorf("%s: no referee: add one to this test", e.Name)
			continue
		}
		t.Run(e.Name, func(t *testing.T) {
			t.Parallel()
			decoded := 0
			for first := range 256 {
				for second := range 256 {
					src := []byte{byte(first), byte(second)}
					want, err := referee.NewDecoder().Bytes(src)
					if err != nil {
						t.Fatal(err)
					}
					got, bad := e.Append(nil, src)
					if bad == 0 {
						decoded++
						if !bytes.Equal(got, want) {
							t.Fatalf("% x: %q, want %q", src, got, want)
						}
					} else if !bytes.ContainsRune(want, utf8.RuneError) {
						t.Fatalf("% x: %d bad, want %q", src, bad, want)
					}
				}
			}
			if decoded < 20_000 {
				t.Fatalf("only %d pairs decode", decoded)
			}
		})
	}
}

func TestFourByteGB18030(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"\U0001F600", "ḿ", "a\U00020000b", "é\U0010FFFF连"} {
		src, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		got, bad := GBK.Append(nil, src)
		if string(got) != s || bad != 0 {
			t.Errorf("% x: %q, %d bad, want %q", src, got, bad, s)
		}
	}
	// The digits of a cut one are still text.
	if got, bad := GBK.Append(nil, []byte("\x81\x30\x81")); string(got) != "\x81\x30\x81" || bad != 2 {
		t.Errorf("%q, %d bad", got, bad)
	}
}

// What does not decode comes out as it went in, and never takes a line end or
// other ASCII along.
func TestUndecodableBytesAreKept(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		enc  *Encoding
		in   string
		out  string
		bad  int
		name string
	}{
		{GBK, "a\xFF\nb", "a\xFF\nb", 1, "no lead"},
		{GBK, "a\xC1\nb", "a\xC1\nb", 1, "lead before a line end"},
		{GBK, "\xC1", "\xC1", 1, "lead at the end"},
		{GBK, "\xC1\xAC\xC1", "连\xC1", 1, "cut behind text"},
		{Big5, "x\x80y", "x\x80y", 1, "no lead"},
		{ShiftJIS, "\x82\x0A", "\x82\n", 1, "lead before a line end"},
		{EUCKR, "\xB0 x", "\xB0 x", 1, "lead before a blank"},
		{UTF8, "a\xC3\n\xFFé", "a\xC3\n\xFFé", 2, "passes"},
		{Raw, "a\xC3\xFF", "a\xC3\xFF", 0, "passes"},
		{nil, "a\xC3\xFF", "a\xC3\xFF", 0, "passes"},
	} {
		got, bad := c.enc.Append(nil, []byte(c.in))
		if string(got) != c.out || bad != c.bad {
			t.Errorf("%v %s: %q, %d bad, want %q, %d", c.enc, c.name, got, bad, c.out, c.bad)
		}
	}
}

// checkBoundary splits src where Boundary says and compares the halves with the whole.
func checkBoundary(t *testing.T, e *Encoding, src []byte, n int) {
	t.Helper()
	at := e.Boundary(src, n)
	if at > n || at < n-3 && at != 0 {
		t.Fatalf("%s % x: boundary %d of %d", e.Name, src, at, n)
	}
	whole, _ := e.Append(nil, src)
	halves, _ := e.Append(nil, src[:at])
	halves, _ = e.Append(halves, src[at:])
	if !bytes.Equal(whole, halves) {
		t.Fatalf("%s % x cut at %d: %q, want %q", e.Name, src, at, halves, whole)
	}
}

func TestBoundaryKeepsCharactersWhole(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(7, 8))
	for _, e := range All() {
		for range 3000 {
			src := make([]byte, r.IntN(12))
			for i := range src {
				src[i] = byte(r.IntN(256))
				if r.IntN(3) == 0 {
					src[i] = "0a \xE4\xBD\xA0\x81\xD8"[r.IntN(8)]
				}
			}
			for n := range len(src) + 1 {
				checkBoundary(t, e, src, n)
			}
		}
	}
}

func FuzzTables(f *testing.F) {
	f.Add([]byte("\xC1\xAC\xBD\xD3\x81\x30\x81\x30"), 3)
	f.Fuzz(func(t *testing.T, src []byte, n int) {
		if n < 0 || n > len(src) || len(src) > 1<<12 {
			return
		}
		for _, e := range All() {
			checkBoundary(t, e, src, n)
			out, bad := e.Append(nil, src)
			if bad < 0 || bad > len(src) {
				t.Fatalf("%s: %d of %d bytes bad", e.Name, bad, len(src))
			}
			if e.Order == Bytes && bytes.Count(out, []byte{'\n'}) != bytes.Count(src, []byte{'\n'}) {
				t.Fatalf("%s: the number of line ends changed", e.Name)
			}
		}
	})
}

func TestByName(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, e := range All() {
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			if seen[name] {
				t.Errorf("%s names two encodings", name)
			}
			seen[name] = true
			if got, err := ByName(" " + string(bytes.ToUpper([]byte(name)))); got != e || err != nil {
				t.Errorf("%s: %v, %v", name, got, err)
			}
		}
	}
	for _, name := range []string{"", "auto"} {
		if e, err := ByName(name); e != nil || err != nil {
			t.Errorf("%q: %v, %v", name, e, err)
		}
	}
	if _, err := ByName("utf-7"); err == nil || fmt.Sprint(err) != "unknown encoding \"utf-7\": use auto or one of "+
		"utf-8, utf-16le, utf-16be, gbk, big5, shift-jis, euc-kr, windows-1251, windows-1252, raw" {
		t.Errorf("%v", err)
	}
}

func TestAppendDoesNotAllocate(t *testing.T) {
	src := []byte("2026-07-14 connect \xC1\xAC\xBD\xD3 failed\n\xE9t\xE9\n")
	for _, e := range All() {
		dst, _ := e.Append(nil, src)
		if n := testing.AllocsPerRun(100, func() { dst, _ = e.Append(dst[:0], src) }); n > 0 {
			t.Errorf("%s: %v allocations", e.Name, n)
		}
	}
}

func BenchmarkTables(b *testing.B) {
	line := "2026-07-14 10:22:33.114 ERROR [pool-3] connect 10.0.0.5:5432 failed: 10061\r\n"
	for name, share := range map[string]int{"mixed": 1, "dense": 20} {
		src := []byte(strings.Repeat(line+strings.Repeat("\xC1\xAC\xBD\xD3\xCA\xA7\xB0\xDC", 5*share)+"\r\n", 2000))
		b.Run("enc=gbk/text="+name, func(b *testing.B) {
			dst, bad := GBK.Append(nil, src)
			if bad > 0 {
				b.Fatal("bad text")
			}
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				dst, _ = GBK.Append(dst[:0], src)
			}
		})
	}
}
