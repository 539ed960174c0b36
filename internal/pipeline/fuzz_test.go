package pipeline

import (
	"bytes"
	"strings"
	"testing"

	"wsalog/internal/charset"
)

// FuzzCuts checks invariants 3 and 5 on bytes cut anywhere: the output is the
// input, and records are the same as those of the input in one piece. Bytes of
// program choose words, cuts where the pieces end.
func FuzzCuts(f *testing.F) {
	f.Add([]byte("abcdefghijklmnop"), []byte{3, 50, 9}, uint8(0))
	f.Add([]byte("hhhhhhhhahhhhhhhhbahhhhchhh"), []byte{1, 1, 1, 200}, uint8(3))
	f.Add([]byte("faebfacajeanfba"), []byte{7}, uint8(6))
	f.Add([]byte("ooooooooooooooopppppppppppppppp"), []byte{2, 2, 90}, uint8(1))
	words := []string{"\n", "ERR1", "ERR2 ", "\r\n", "  « ", "#Fields: a b\n", "2026-07-14 10:00:00 ", "long words and more of them ",
		"\r", "\x00", "DECOYS ", "connect 10.0.0.1:80 ", "连接失败", "é", "\n  at ", "-", "\t", "#", "ERR", "\n\n"}
	f.Fuzz(func(t *testing.T, program, cuts []byte, how uint8) {
		if len(program) > 200 || len(cuts) > 50 {
			return
		}
		var text bytes.Buffer
		for _, p := range program {
			text.WriteString(words[int(p)%len(words)])
		}
		data := text.Bytes()
		var at []int
		for sum, i := 0, 0; i < len(cuts); i++ {
			if sum += int(cuts[i]); sum > len(data) {
				break
			}
			at = append(at, sum)
		}
		cfg := Config{LineLimit: 64, Workers: 1}
		if bytes.IndexByte(data, 0) >= 0 {
			cfg.Encoding = charset.UTF8 // a NUL beside each letter would be UTF-16
		}
		want := play(t, cfg, whole(data))
		if !bytes.Equal(want.all.Bytes(), data) {
			t.Fatalf("output %q\nwant   %q", want.all.Bytes(), data)
		}
		feed := split(data, at...)
		feed.slow = how&1 != 0
		cfg.Workers, cfg.BlockSize = 1+int(how>>1&1), 512
		got := play(t, cfg, feed)
		if !bytes.Equal(got.all.Bytes(), data) {
			t.Fatalf("cut at %v: output %q\nwant %q", at, got.all.Bytes(), data)
		}
		if d := firstDiff(got.records, want.records); d != "" {
			t.Fatalf("%q cut at %v: %s", data, at, d)
		}
		if got.totals.Lines != want.totals.Lines || got.totals.Lines != int64(lineCount(data)) {
			t.Fatalf("%d and %d lines, want %d", got.totals.Lines, want.totals.Lines, lineCount(data))
		}
		if strings.Contains(strings.Join(got.records, ""), "MISPLACED") {
			t.Fatalf("records %v", got.records)
		}
	})
}

func lineCount(b []byte) int {
	n := bytes.Count(b, []byte{'\n'})
	if len(b) > 0 && b[len(b)-1] != '\n' {
		n++
	}
	return n
}
