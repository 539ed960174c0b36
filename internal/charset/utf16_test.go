package charset

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"
)

// encode16 encodes s as UTF-16 without a mark.
func encode16(s string, big bool) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			out = binary.BigEndian.AppendUint16(out, u)
		} else {
			out = binary.LittleEndian.AppendUint16(out, u)
		}
	}
	return out
}

// slow16 is the decoder that appendUTF16 must agree with.
func slow16(src []byte, big bool) (string, int) {
	var units []uint16
	for ; len(src) >= 2; src = src[2:] {
		if big {
			units = append(units, binary.BigEndian.Uint16(src))
		} else {
			units = append(units, binary.LittleEndian.Uint16(src))
		}
	}
	bad := 0
	for i := 0; i < len(units); i++ {
		if !utf16.IsSurrogate(rune(units[i])) {
			continue
		}
		if i+1 < len(units) && utf16.DecodeRune(rune(units[i]), rune(units[i+1])) != '\uFFFD' {
			i++
			continue
		}
		bad += 2
	}
	s := string(utf16.Decode(units))
	if len(src) == 1 {
		s, bad = s+"\uFFFD", bad+1
	}
	return s, bad
}

func check16(t *testing.T, src []byte) {
	t.Helper()
	for _, e := range []*Encoding{UTF16LE, UTF16BE} {
		want, wantBad := slow16(src, e == UTF16BE)
		got, bad := e.Append([]byte("before"), src)
		if string(got) != "before"+want || bad != wantBad {
			t.Fatalf("%s % x:\n got %q, %d bad\nwant %q, %d bad", e.Name, src, got, bad, "before"+want, wantBad)
		}
	}
}

func TestUTF16AgreesWithTheStandardLibrary(t *testing.T) {
	t.Parallel()
	texts := []string{"", "a", "\n", "0123456", "01234567", "0123456789abcdef0", "é", "0123456é", "01234567é89abcdefg",
		"连接失败", "a连b接c", "𝄞", "0123456𝄞789", "\u0080\u07ff\u0800\uffff", strings.Repeat("x", 5000) + "𝄞" + strings.Repeat("连", 3000)}
	for _, s := range texts {
		for _, big := range []bool{false, true} {
			raw := encode16(s, big)
			check16(t, raw)
			check16(t, append(raw, 'x'))
			got, bad := appendUTF16(nil, raw, big)
			if string(got) != s || bad != 0 {
				t.Fatalf("%q came back as %q, %d bad", s, got, bad)
			}
		}
	}
	// Surrogates at every place around the end of a step and of a chunk.
	for _, n := range []int{0, 6, 7, 8, 2046, 2047, 2048} {
		for _, tail := range [][]uint16{{0xD834}, {0xDD1E}, {0xD834, 0xDD1E}, {0xD834, 'x'}, {0xDD1E, 0xD834}, {0xD834, 0xD834, 0xDD1E}} {
			var src []byte
			for range n {
				src = append(src, 'a', 0)
			}
			for _, u := range tail {
				src = binary.LittleEndian.AppendUint16(src, u)
			}
			check16(t, src)
		}
	}
}

func TestUTF16Random(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(5, 6))
	alphabet := []uint16{'a', 'b', '\n', 0, 0x7F, 0x80, 0xFF, 0x100, 0x7FF, 0x800, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFFFF, 0x0A0A, 0x0A00}
	for range 2000 {
		var src []byte
		for range r.IntN(80) {
			u := alphabet[r.IntN(len(alphabet))]
			if r.IntN(3) > 0 {
				u = 'x'
			}
			src = binary.LittleEndian.AppendUint16(src, u)
		}
		check16(t, src[:max(0, len(src)-r.IntN(2))])
	}
}

func FuzzUTF16(f *testing.F) {
	f.Add([]byte("a\x00b\x00\xD8\x34\xDD\x1E"))
	f.Add(encode16("0123456789abcdef连接𝄞", false))
	f.Fuzz(func(t *testing.T, src []byte) { check16(t, src) })
}

func BenchmarkUTF16(b *testing.B) {
	line := "2026-07-14 10:22:33.114 ERROR [pool-3] connect 10.0.0.5:5432 failed: the target machine refused it (10061)\r\n"
	texts := map[string]string{
		"ascii": strings.Repeat(line, 1000),
		"mixed": strings.Repeat(line+"连接失败: 由于目标计算机积极拒绝，无法连接。\r\n", 800),
	}
	for name, text := range texts {
		for _, e := range []*Encoding{UTF16LE, UTF16BE} {
			b.Run("text="+name+"/enc="+e.Name, func(b *testing.B) {
				raw := encode16(text, e == UTF16BE)
				dst, _ := e.Append(nil, raw)
				if !bytes.Equal(dst, []byte(text)) {
					b.Fatal("wrong text")
				}
				b.SetBytes(int64(len(raw)))
				b.ReportAllocs()
				for b.Loop() {
					dst, _ = e.Append(dst[:0], raw)
				}
			})
		}
	}
}
