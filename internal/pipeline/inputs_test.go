package pipeline

import (
	"archive/zip"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"wsalog/internal/charset"
	"wsalog/internal/source"
)

// For each encoding and each compression, by file and by stream, cut at every
// byte: the hits are those of the UTF-8 original. Here everything is real, from
// the file to the matcher.

// systemTexts are what Windows says in languages that an encoding can hold.
var systemTexts = map[*charset.Encoding]string{
	charset.GBK:         "由于目标计算机积极拒绝，无法连接。",
	charset.Big5:        "無法連線，因為目標電腦拒絕連線。",
	charset.ShiftJIS:    "対象のコンピューターによって拒否されたため、接続できませんでした。",
	charset.EUCKR:       "대상 컴퓨터에서 연결을 거부했으므로 연결하지 못했습니다.",
	charset.Windows1251: "Подключение не установлено, т.к. конечный компьютер отверг запрос на подключение.",
	charset.Windows1252: "Une connexion existante a dû être fermée par l'hôte distant.",
}

// logIn returns a small log with errors in many spellings. What can hold every
// language holds them all.
func logIn(e *charset.Encoding) string {
	text := "2026-07-14 10:00:00 connect to 10.0.0.5:443 failed with error 10061\r\n" +
		"2026-07-14 10:00:01 info: 10061 rows\n" +
		"\trecv failed: WSAECONNRESET, HRESULT 0x80072746\n\n"
	if s := systemTexts[e]; s != "" {
		return text + "2026-07-14 10:00:02 " + s + "\n" + s + "\r\nsocket error 10060: " + s
	}
	for _, other := range charset.All() {
		if s := systemTexts[other]; s != "" {
			text += "2026-07-14 10:00:02 " + s + "\n"
		}
	}
	return text + "socket error 10060"
}

// found plays a feed through the program's matcher and returns what was found
// where, without the names of the sources.
func found(t *testing.T, feed source.Feed) []string {
	t.Helper()
	m, err := realMatcher()
	if err != nil {
		t.Fatal(err)
	}
	defer feed.Close()
	r := &recorder{}
	if _, err := Run(context.Background(), Config{Matcher: m}, feed, r); err != nil {
		t.Fatal(err)
	}
	for i, rec := range r.records {
		at := strings.LastIndex(rec[:strings.Index(rec, " @")], ":")
		r.records[i] = rec[at+1:]
	}
	for _, e := range r.events {
		if !strings.Contains(e, " decoded ") && !strings.Contains(e, " ended ") {
			t.Errorf("event %q", e)
		}
	}
	return r.records
}

// withoutOffsets drops what depends on the encoding.
func withoutOffsets(records []string) (out []string) {
	for _, r := range records {
		line, rest, _ := strings.Cut(r, " @")
		_, codes, _ := strings.Cut(rest, " ")
		out = append(out, line+" "+codes)
	}
	return out
}

func openFeed(t *testing.T, in io.Reader, args ...string) source.Feed {
	t.Helper()
	feed, err := source.Open(args, source.Options{Stdin: in})
	if err != nil {
		t.Fatal(err)
	}
	return feed
}

// checkEverySplit wants the same of raw by file, by stream, and cut in two reads
// at every byte.
func checkEverySplit(t *testing.T, raw []byte, want []string) {
	t.Helper()
	step := 1
	if testing.Short() {
		step = 13
	}
	name := filepath.Join(t.TempDir(), "input")
	if err := os.WriteFile(name, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	if d := firstDiff(found(t, openFeed(t, nil, name)), want); d != "" {
		t.Fatalf("by file: %s", d)
	}
	if d := firstDiff(found(t, openFeed(t, iotest.OneByteReader(bytes.NewReader(raw)), "-")), want); d != "" {
		t.Fatalf("byte by byte: %s", d)
	}
	for at := 0; at <= len(raw); at += step {
		in := io.MultiReader(bytes.NewReader(raw[:at]), bytes.NewReader(raw[at:]))
		if d := firstDiff(found(t, openFeed(t, in, "-")), want); d != "" {
			t.Fatalf("cut at %d of %d: %s", at, len(raw), d)
		}
	}
}

func TestHitsInEveryEncoding(t *testing.T) {
	t.Parallel()
	for _, c := range inCodes {
		if c.enc == charset.Raw {
			continue // nothing is decoded
		}
		t.Run(fmt.Sprintf("%s/mark=%v", c.enc.Name, c.mark), func(t *testing.T) {
			t.Parallel()
			text := logIn(c.enc)
			original := found(t, openFeed(t, strings.NewReader(text), "-"))
			if n := strings.Count(text, "\n"); len(original) < 5 || n < 6 {
				t.Fatalf("%d records in %d lines: %v", len(original), n, original)
			}
			raw := encoded(t, c, text)
			want := found(t, openFeed(t, bytes.NewReader(raw), "-"))
			if d := firstDiff(withoutOffsets(want), withoutOffsets(original)); d != "" {
				t.Fatalf("not the hits of the original: %s", d)
			}
			if c.enc == charset.UTF8 && !c.mark {
				if d := firstDiff(want, original); d != "" {
					t.Fatal(d)
				}
			}
			checkEverySplit(t, raw, want)
		})
	}
}

// archives pack content in each way that is recognised.
var archives = map[string]func(t *testing.T, name string, raw []byte) []byte{
	"gzip": func(t *testing.T, _ string, raw []byte) []byte {
		var b bytes.Buffer
		for _, part := range [][]byte{raw[:len(raw)/2], raw[len(raw)/2:]} {
			pack(t, gzip.NewWriter(&b), part)
		}
		return b.Bytes()
	},
	// There is no writer for it: testdata/NAME.bz2 must hold the text.
	"bzip2": func(t *testing.T, name string, raw []byte) []byte {
		packed, err := os.ReadFile(filepath.Join("testdata", name+".bz2"))
		if err != nil {
			t.Fatal(err)
		}
		if text, err := io.ReadAll(bzip2.NewReader(bytes.NewReader(packed))); err != nil || !bytes.Equal(text, raw) {
			t.Fatalf("testdata/%s.bz2 does not hold what logIn returns in that encoding (%v): make it anew "+
				"with bzip2(1) from %q", name, err, raw)
		}
		return packed
	},
	"xz": func(t *testing.T, _ string, raw []byte) []byte {
		var b bytes.Buffer
		w, err := xz.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		pack(t, w, raw)
		return b.Bytes()
	},
	"zstd": func(t *testing.T, _ string, raw []byte) []byte {
		var b bytes.Buffer
		w, err := zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1))
		if err != nil {
			t.Fatal(err)
		}
		pack(t, w, raw)
		return b.Bytes()
	},
	"zip": func(t *testing.T, _ string, raw []byte) []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		member, err := w.Create("app.log")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := member.Write(raw); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	},
}

func pack(t *testing.T, w io.WriteCloser, raw []byte) {
	t.Helper()
	if _, err := w.Write(raw); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}

// Each compression with three encodings: the plain one, one with wide units that
// a chunk may cut, and one that is guessed.
func TestHitsInEveryCompression(t *testing.T) {
	t.Parallel()
	for _, c := range inCodes {
		if c.enc != charset.UTF8 && c.enc != charset.UTF16LE && c.enc != charset.GBK ||
			c.mark != (c.enc == charset.UTF16LE) {
			continue
		}
		raw := encoded(t, c, logIn(c.enc))
		want := found(t, openFeed(t, bytes.NewReader(raw), "-"))
		if len(want) < 5 {
			t.Fatalf("%s: only %v", c.enc.Name, want)
		}
		for kind, archive := range archives {
			t.Run(c.enc.Name+"/"+kind, func(t *testing.T) {
				t.Parallel()
				checkEverySplit(t, archive(t, c.enc.Name, raw), want)
			})
		}
	}
}
