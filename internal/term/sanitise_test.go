package term

import (
	"bytes"
	"testing"
	"unicode/utf8"
)

func TestSanitise(t *testing.T) {
	for _, c := range []struct{ in, full, ascii string }{
		{"plain text\tand tab\n", "plain text\tand tab\n", "plain text\tand tab\n"},
		{"a\x1b[31mred\x1b[0m", "a␛[31mred␛[0m", "a^[[31mred^[[0m"},
		{"bell\a del\x7f nul\x00", "bell␇ del␡ nul␀", "bell^G del^? nul^@"},
		{"crlf\r\nlone\rcr\r", "crlf\r\nlone␍cr␍", "crlf\r\nlone^Mcr^M"},
		{"csi \u009b31m", "csi <9B>31m", "csi <9B>31m"},
		{"raw csi \x9b31m", "raw csi <9B>31m", "raw csi <9B>31m"},
		{"caf\xe9 au lait", "caf<E9> au lait", "caf<E9> au lait"},
		{"user\u202etxt.exe", "user<202E>txt.exe", "user<202E>txt.exe"},
		{"\u2066iso\u2069\u200f", "<2066>iso<2069><200F>", "<2066>iso<2069><200F>"},
		{"中文 é 😀 e\u0301", "中文 é 😀 e\u0301", "中文 é 😀 e\u0301"},
		{"cut \xe4\xb8", "cut <E4><B8>", "cut <E4><B8>"},
		{"", "", ""},
	} {
		if got := (Sanitiser{}).String(c.in); got != c.full {
			t.Errorf("full %q: %q, want %q", c.in, got, c.full)
		}
		if got := (Sanitiser{Tier: ASCII}).String(c.in); got != c.ascii {
			t.Errorf("ascii %q: %q, want %q", c.in, got, c.ascii)
		}
	}
	if got := (Sanitiser{}).Line("a\nb\r\n\x1bc\td"); got != "a␊b␍␊␛c␉d" {
		t.Errorf("Line = %q", got)
	}
}

// naiveClean is what Clean promises, a character at a time.
func naiveClean(p []byte) int {
	for i := 0; i < len(p); {
		r, size := utf8.DecodeRune(p[i:])
		switch {
		case r == '\r' && i+1 < len(p) && p[i+1] == '\n':
		case r == '\n' || r == '\t':
		case r < ' ' || risky(r) || r == utf8.RuneError && size == 1:
			return i
		}
		i += size
	}
	return len(p)
}

func FuzzSanitise(f *testing.F) {
	for _, s := range []string{"a\x1b]52;c;QUJD\a", "\u009d0;title\u009c", "0123456\x7f", "1234567\r\n", "é\u202e", "\xff\x00\r",
		"0123456789abcdef\x80", "中\x9b"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, p []byte) {
		for shift := range 9 {
			q := append(bytes.Repeat([]byte("x"), shift), p...)
			if got, want := Clean(q), naiveClean(q); got != want {
				t.Fatalf("Clean(%q) = %d, want %d", q, got, want)
			}
		}
		for _, tier := range []Tier{Full, CP437, ASCII} {
			out := Sanitiser{Tier: tier}.Append(nil, p)
			if Clean(out) != len(out) {
				t.Fatalf("%q: %q is not clean", p, out)
			}
			if again := (Sanitiser{Tier: tier}).Append(nil, out); !bytes.Equal(again, out) {
				t.Fatalf("%q: not stable: %q, %q", p, out, again)
			}
		}
	})
}

func TestCleanEveryControl(t *testing.T) {
	for r := rune(0); r <= 0x9f; r++ {
		p := utf8.AppendRune([]byte("12345"), r)
		p = append(p, "67890"...)
		harmless := r == '\n' || r == '\t' || r >= ' ' && r < 0x7f
		if got := Clean(p) == len(p); got != harmless {
			t.Errorf("%U: clean %v", r, got)
		}
	}
}

func BenchmarkClean(b *testing.B) {
	line := []byte("10:22:31.114 INFO  [pool-1] client 10.0.0.7:52114 connected to the upstream server\n")
	p := bytes.Repeat(line, 1<<20/len(line))
	b.SetBytes(int64(len(p)))
	for b.Loop() {
		if Clean(p) != len(p) {
			b.Fatal("not clean")
		}
	}
}
