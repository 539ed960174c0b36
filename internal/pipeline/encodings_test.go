package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"wsalog/internal/charset"
)

// An inCode is a text in an encoding of the table, and what encodes it.
type inCode struct {
	enc    *charset.Encoding
	how    encoding.Encoding
	mark   bool
	phrase string
}

var inCodes = []inCode{
	{charset.UTF8, unicode.UTF8, false, "连接失败：由于目标计算机积极拒绝，无法连接。"},
	{charset.UTF8, unicode.UTF8BOM, true, "连接失败：由于目标计算机积极拒绝，无法连接。"},
	{charset.UTF16LE, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), false, "连接失败 𝄞 ਊ\u0a00\u0a0d"},
	{charset.UTF16LE, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), true, "连接失败 𝄞 ਊ"},
	{charset.UTF16BE, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), false, "连接失败 𝄞 ਊ\u0a00\u000d"},
	{charset.UTF16BE, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), true, "连接失败 𝄞 ਊ"},
	{charset.GBK, simplifiedchinese.GB18030, false, "连接失败：由于目标计算机积极拒绝，无法连接。"},
	{charset.Big5, traditionalchinese.Big5, false, "無法連線，因為目標電腦拒絕連線。"},
	{charset.ShiftJIS, japanese.ShiftJIS, false, "対象のコンピューターによって拒否されたため、接続できませんでした。"},
	{charset.EUCKR, korean.EUCKR, false, "대상 컴퓨터에서 연결을 거부했으므로 연결하지 못했습니다."},
	{charset.Windows1251, charmap.Windows1251, false, "Подключение не установлено"},
	{charset.Windows1252, charmap.Windows1252, false, "Une connexion existante a dû être fermée par l'hôte"},
	{charset.Raw, unicode.UTF8, false, "anything \x80\xFF at all"},
}

// logWith returns a small log that holds phrase, with hits before and after it.
func logWith(phrase string) string {
	return "2026-07-14 10:00:00 start ERR1\r\n" +
		"2026-07-14 10:00:01 " + phrase + " ERR2 " + phrase + "\n\n" +
		"  inner " + phrase + "\r\nERR3 " + phrase + "\nERR4 no line end"
}

func encoded(t testing.TB, c inCode, text string) []byte {
	t.Helper()
	if c.enc == charset.Raw {
		return []byte(text)
	}
	b, err := c.how.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", c.enc.Name, err)
	}
	if c.enc == charset.UTF8 && c.mark != bytes.HasPrefix(b, c.enc.BOM) {
		b = append(bytes.Clone(c.enc.BOM), b...)
	}
	return b
}

// For each encoding, split at every byte, the hits equal those of the UTF-8
// original, and the output is the text in UTF-8, or the bytes themselves where
// nothing had to be decoded.
func TestEveryEncodingSplitAtEveryByte(t *testing.T) {
	t.Parallel()
	covered := map[*charset.Encoding]bool{}
	for _, c := range inCodes {
		covered[c.enc] = true
		t.Run(fmt.Sprintf("%s/mark=%v", c.enc.Name, c.mark), func(t *testing.T) {
			t.Parallel()
			text := logWith(c.phrase)
			raw := encoded(t, c, text)
			cfg := Config{LineLimit: 64}
			if c.enc == charset.Raw {
				cfg.Encoding = charset.Raw
			}
			wantText := text
			if !c.enc.Decodes() {
				wantText = string(raw)
			}
			want := play(t, cfg, whole(raw))
			if want.all.String() != wantText {
				t.Fatalf("output %q\nwant   %q", want.all.String(), wantText)
			}
			if len(want.records) != 4 || want.bad != 0 && c.enc != charset.Raw {
				t.Fatalf("%d bytes bad, records %v", want.bad, want.records)
			}
			for i, at := range []string{"ERR1", "ERR2", "ERR3", "ERR4"} {
				line := strings.Count(text[:strings.Index(text, at)], "\n") + 1
				if !strings.Contains(want.records[i], fmt.Sprintf(":%d @", line)) {
					t.Errorf("%s: %s, want line %d", at, want.records[i], line)
				}
				checkOffset(t, c, raw, want.records[i], line)
			}
			for at := range len(raw) {
				got := play(t, cfg, split(raw, at))
				if got.all.String() != wantText {
					t.Fatalf("split at %d: output %q", at, got.all.String())
				}
				if d := firstDiff(got.records, want.records); d != "" {
					t.Fatalf("split at %d: %s", at, d)
				}
			}
			drip := split(raw)
			drip.most, drip.slow = 1, true
			got := play(t, cfg, drip)
			if d := firstDiff(got.records, want.records); d != "" || got.all.String() != wantText {
				t.Fatalf("byte by byte: %s, output %q", d, got.all.String())
			}
		})
	}
	for _, e := range charset.All() {
		if !covered[e] {
			t.Errorf("%s is not covered: add a phrase in it", e.Name)
		}
	}
}

// checkOffset decodes raw from the record's offset on and expects its line.
func checkOffset(t *testing.T, c inCode, raw []byte, record string, line int) {
	t.Helper()
	var name string
	var offset int
	if _, err := fmt.Sscanf(strings.Replace(record, "@", "", 1), "%s %d", &name, &offset); err != nil {
		t.Fatal(err)
	}
	rest := raw[offset:]
	text, _ := c.enc.Append(nil, rest)
	all, _ := c.enc.Append(nil, bytes.TrimPrefix(raw, markOf(c)))
	lines := strings.SplitAfter(string(all), "\n")
	if want := strings.Join(lines[line-1:], ""); string(text) != want {
		t.Errorf("offset %d of line %d leads to %q, want %q", offset, line, text, want)
	}
}

func markOf(c inCode) []byte {
	if c.mark {
		return c.enc.BOM
	}
	return nil
}

// A forced encoding gives what the decided one gives.
func TestForcedEncoding(t *testing.T) {
	t.Parallel()
	for _, c := range inCodes {
		raw := encoded(t, c, logWith(c.phrase))
		got := play(t, Config{Encoding: c.enc}, whole(raw))
		want := play(t, Config{}, whole(raw))
		if c.enc != charset.Raw && got.all.String() != want.all.String() {
			t.Errorf("%s: %q, want %q", c.enc.Name, got.all.String(), want.all.String())
		}
	}
}

// A live pipe never waits for the decision: ASCII lines pass at once, and the
// first line that is not ASCII is decoded.
func TestPipeOfASCIIThenOneGBKLine(t *testing.T) {
	t.Parallel()
	feed := &chatFeed{lines: make(chan string, 1)}
	r := &recorder{}
	done := make(chan error, 1)
	go func() {
		_, err := Run(context.Background(), Config{Matcher: wordFinder{}}, feed, r)
		done <- err
	}()
	var want strings.Builder
	for i := range 10_000 {
		line := fmt.Sprintf("2026-07-14 10:00:00 line %d\n", i)
		want.WriteString(line)
		feed.lines <- line
		if i%1000 == 0 {
			waitFor(t, "an ASCII line", func() bool { return r.text0() == want.String() })
		}
	}
	text := "错误 ERR1：连接失败\n"
	raw, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	feed.lines <- raw
	want.WriteString(text)
	waitFor(t, "the decoded line", func() bool { return r.text0() == want.String() })
	close(feed.lines)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if len(r.records) != 1 || !strings.HasPrefix(r.records[0], "-:10001 ") {
		t.Errorf("records %v", r.records)
	}
	if strings.Join(r.events, ", ") != "0 decoded gbk" {
		t.Errorf("events %v", r.events)
	}
}

func TestUndecodableBytesAreCounted(t *testing.T) {
	t.Parallel()
	got := play(t, Config{Encoding: charset.GBK}, whole([]byte("a\xFFb\nERR1 \xC1\n")))
	if got.bad != 2 || got.all.String() != "a\xFFb\nERR1 \xC1\n" || len(got.records) != 1 {
		t.Errorf("%d bad, output %q, records %v", got.bad, got.all.String(), got.records)
	}
	wide := []byte("a\x00\x00\xD8b\x00\n\x00E\x00R\x00R\x001\x00x")
	got = play(t, Config{Encoding: charset.UTF16LE}, whole(wide))
	if got.bad != 3 || got.all.String() != "a\uFFFDb\nERR1\uFFFD" || len(got.records) != 1 {
		t.Errorf("%d bad, output %q, records %v", got.bad, got.all.String(), got.records)
	}
}

// In a long line, windows overlap; what is counted twice would show here.
func TestUndecodableBytesInLongLines(t *testing.T) {
	t.Parallel()
	line := strings.Repeat("连接\xFF失败 ", 100) + "\n"
	got := play(t, Config{LineLimit: 100, Encoding: charset.UTF8}, whole([]byte(line)))
	if got.bad != 100 || got.all.String() != line {
		t.Errorf("%d bad", got.bad)
	}
	raw, err := simplifiedchinese.GBK.NewEncoder().String(strings.Repeat("连接失败 ", 100))
	if err != nil {
		t.Fatal(err)
	}
	raw = strings.ReplaceAll(raw, " ", "\xFF ") + "\n"
	got = play(t, Config{LineLimit: 100, Encoding: charset.GBK}, whole([]byte(raw)))
	if want := strings.Repeat("连接失败\xFF ", 100) + "\n"; got.bad != 100 || got.all.String() != want {
		t.Errorf("%d bad, %q", got.bad, got.all.String())
	}
}
