package source

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
	"github.com/ulikunitz/xz/lzma"
)

// packers compress text; bzip2, for which there is no Go writer, comes from a
// file that holds logText(60).
var packers = map[string]func(t *testing.T, text string) []byte{
	"gzip": func(t *testing.T, text string) []byte {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		io.WriteString(w, text)
		w.Close()
		return b.Bytes()
	},
	"gzip members": func(t *testing.T, text string) []byte {
		var b bytes.Buffer
		for _, part := range []string{text[:len(text)/3], "", text[len(text)/3:]} {
			w := gzip.NewWriter(&b)
			io.WriteString(w, part)
			w.Close()
		}
		return append(b.Bytes(), make([]byte, 100)...) // and padding
	},
	"bzip2": func(t *testing.T, text string) []byte {
		b, err := os.ReadFile("testdata/lines60.bz2")
		if err != nil {
			t.Fatal(err)
		}
		return b
	},
	"xz": func(t *testing.T, text string) []byte {
		var b bytes.Buffer
		w, err := xz.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, text)
		w.Close()
		return b.Bytes()
	},
	"zstd": func(t *testing.T, text string) []byte {
		var b bytes.Buffer
		w, err := zstd.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, text)
		w.Close()
		return b.Bytes()
	},
	"zstd after a skippable frame": func(t *testing.T, text string) []byte {
		var b bytes.Buffer
		w, err := zstd.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, text)
		w.Close()
		return append([]byte{0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 'a', 'b', 'c'}, b.Bytes()...)
	},
	"zip": func(t *testing.T, text string) []byte {
		return zipOf(t, zip.Deflate, "app.log", text)
	},
}

func zipOf(t *testing.T, method uint16, namesAndTexts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(namesAndTexts); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: namesAndTexts[i], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, namesAndTexts[i+1])
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCompressedByFileAndByPipe(t *testing.T) {
	t.Parallel()
	text := logText(60)
	for name, pack := range packers {
		t.Run(name, func(t *testing.T) {
			packed := pack(t, text)
			member := ""
			if name == "zip" {
				member = "!app.log"
			}
			file := writeFile(t, t.TempDir()+"/archive", string(packed)) // the name tells nothing
			inputs := map[string]Feed{
				"file": openBatch(t, Options{}, file),
				"pipe": openBatch(t, Options{Stdin: bytes.NewReader(packed)}, "-"),
				"byte": openBatch(t, Options{Stdin: iotest.OneByteReader(bytes.NewReader(packed))}, "-"),
			}
			for how, f := range inputs {
				want := "-" + member
				if how == "file" {
					want = file + member
				}
				all := collect(t, f, 1000)
				if len(all) != 1 || string(all[0].data) != text || len(all[0].events) > 0 || all[0].name != want {
					t.Errorf("%s: got %d sources, the first %q with %d bytes and events %v; want %q with %d", how,
						len(all), all[0].name, len(all[0].data), all[0].events, want, len(text))
				}
			}
		})
	}
}

// TestCompressedSplitAtEveryByte sends the two halves of an archive in two reads.
func TestCompressedSplitAtEveryByte(t *testing.T) {
	t.Parallel()
	text := logText(60)
	for name, pack := range packers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			packed := pack(t, text)
			for i := range packed {
				r := io.MultiReader(bytes.NewReader(packed[:i]), bytes.NewReader(packed[i:]))
				all := collect(t, openBatch(t, Options{Stdin: r}, "-"), 1<<16)
				if len(all) != 1 || string(all[0].data) != text || len(all[0].events) > 0 {
					t.Fatalf("split at %d of %d: got %d bytes, events %v", i, len(packed), len(all[0].data), all[0].events)
				}
			}
		})
	}
}

// TestCutArchives cuts archives at every byte: what comes must be a beginning of
// the content, with an error that names the archive.
func TestCutArchives(t *testing.T) {
	t.Parallel()
	text := logText(60)
	for name, pack := range packers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			packed := pack(t, text)
			if name == "gzip members" {
				packed = packed[:len(packed)-100] // padding may be cut
			}
			var most int
			for i := 12; i < len(packed); i++ {
				all := collect(t, openBatch(t, Options{Stdin: bytes.NewReader(packed[:i])}, "-"), 1<<16)
				var data, errs string
				for _, g := range all {
					data += string(g.data)
					errs += g.errText()
				}
				if !strings.HasPrefix(text, data) {
					t.Fatalf("cut at %d: the %d bytes are no beginning of the content", i, len(data))
				}
				if !strings.HasPrefix(errs, "read -") && !wholeMember(name, data, text) {
					t.Fatalf("cut at %d of %d: %d bytes, error %q; want one that names the source", i, len(packed), len(data), errs)
				}
				most = max(most, len(data))
			}
			if most == 0 && !strings.HasPrefix(name, "zstd") { // whose blocks are larger than this
				t.Error("nothing was ever saved")
			}
		})
	}
}

func TestCutInTheMiddleSavesTheBeginning(t *testing.T) {
	t.Parallel()
	// What cannot be compressed well makes many blocks; each is saved as a whole.
	rng := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	for range 20000 {
		fmt.Fprintf(&b, "%016x%016x\n", rng.Uint64(), rng.Uint64())
	}
	text := b.String()
	for name, pack := range packers {
		if name == "bzip2" {
			continue // one small file is all there is
		}
		packed := pack(t, text)
		all := collect(t, openBatch(t, Options{Stdin: bytes.NewReader(packed[:len(packed)/2])}, "-"), 1<<16)
		if len(all[0].data) < len(text)/10 || !strings.HasPrefix(text, string(all[0].data)) {
			t.Errorf("%s: saved %d of %d bytes", name, len(all[0].data), len(text))
		}
	}
}

// wholeMember reports whether a cut fell between two members, which nobody can
// see, or into what follows the last one.
func wholeMember(name, data, text string) bool {
	return name == "gzip members" && data == text[:len(text)/3] || data == text && name == "zip"
}

// TestDamagedArchives flips bits; nothing but an error or wrong content may come.
func TestDamagedArchives(t *testing.T) {
	t.Parallel()
	text := logText(60)
	rng := rand.New(rand.NewPCG(1, 2))
	for name, pack := range packers {
		packed := pack(t, text)
		told := 0
		for range 60 {
			bad := bytes.Clone(packed)
			bad[12+rng.IntN(len(bad)-12)] ^= byte(1 + rng.IntN(255))
			for _, g := range collect(t, openBatch(t, Options{Stdin: bytes.NewReader(bad)}, "-"), 1<<16) {
				if g.errText() != "" {
					told++
				}
			}
		}
		if told < 20 {
			t.Errorf("%s: only %d of 60 damages were told", name, told)
		}
	}
}

func TestTrailingGarbageIsToldButNoError(t *testing.T) {
	t.Parallel()
	packed := append(packers["gzip"](t, "hello\n"), "garbage"...)
	all := collect(t, openBatch(t, Options{Stdin: bytes.NewReader(packed)}, "-"), 1000)
	if string(all[0].data) != "hello\n" || len(all[0].events) != 1 || all[0].events[0].Err != nil {
		t.Errorf("got %q and %v", all[0].data, all[0].events)
	}
}

func TestZipMembers(t *testing.T) {
	t.Parallel()
	gz := string(packers["gzip"](t, "packed twice\n"))
	for _, method := range []uint16{zip.Store, zip.Deflate} {
		packed := zipOf(t, method, "a.log", "first\n", "dir/", "", "dir/b.log", logText(3000), "x.exe", "MZ\x00\x00\x00\xff",
			"c.log.gz", gz, "empty.log", "", "d.log", "last")
		dir := t.TempDir()
		file := writeFile(t, dir+"/logs.zip", string(packed))
		after := writeFile(t, dir+"/z.log", "after\n")
		all := collect(t, openBatch(t, Options{}, file, after), 4096)
		if method == zip.Store {
			// archive/zip writes members without their size in the header, and a
			// stored one without it has no end that could be found.
			if !strings.Contains(all[0].errText(), "without its size") {
				t.Errorf("stored: %v", all)
			}
			continue
		}
		var names []string
		for _, g := range all {
			names = append(names, strings.TrimPrefix(g.name, dir))
		}
		want := "/logs.zip!a.log /logs.zip!dir/b.log /logs.zip!x.exe /logs.zip!c.log.gz /logs.zip!empty.log /logs.zip!d.log /z.log"
		if got := strings.Join(names, " "); got != want {
			t.Fatalf("sources %s\nwant    %s", got, want)
		}
		if string(all[1].data) != logText(3000) || string(all[3].data) != "packed twice\n" || string(all[5].data) != "last" {
			t.Error("wrong content")
		}
		if len(all[2].data) > 0 || all[2].events[0].Kind != Skipped {
			t.Errorf("binary member: %v", all[2])
		}
	}
}

// TestBombs decompress far more than they are; memory must not follow.
func TestBombs(t *testing.T) {
	runtime.GC() // what other tests left does not count
	zeros := io.LimitReader(zeroReader{}, 300<<20)
	var gz, zst, big bytes.Buffer
	gw := gzip.NewWriter(&gz)
	zw, err := zstd.NewWriter(&zst)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.MultiWriter(gw, zw), zeros); err != nil {
		t.Fatal(err)
	}
	gw.Close()
	zw.Close()
	for name, packed := range map[string][]byte{"gzip": gz.Bytes(), "zstd": zst.Bytes()} {
		f := openBatch(t, Options{Stdin: bytes.NewReader(packed)}, "-")
		buf := make([]byte, 64<<10)
		var total int64
		var peak uint64
		for {
			p, err := f.Next(t.Context(), buf)
			if err != nil {
				break
			}
			if total += int64(p.N); total>>24 != (total-int64(p.N))>>24 {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			}
		}
		if total != 300<<20 || peak > 64<<20 {
			t.Errorf("%s: %d bytes from %d, heap up to %d MiB", name, total, len(packed), peak>>20)
		}
	}
	w, err := xz.WriterConfig{DictCap: 192 << 20, Matcher: lzma.HashTable4}.NewWriter(&big)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, "small\n")
	w.Close()
	all := collect(t, openBatch(t, Options{Stdin: &big}, "-"), 100)
	if !strings.Contains(all[0].errText(), "dictionary") {
		t.Errorf("xz with a dictionary of 192 MiB: %v", all[0].events)
	}
}

type zeroReader struct{}

func (zeroReader) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestCompressedInputFails(t *testing.T) {
	t.Parallel()
	packed := packers["gzip"](t, logText(1000))
	for _, cut := range []int{len(packed) / 2, len(packed)} { // the latter is where another member could begin
		broken := io.MultiReader(bytes.NewReader(packed[:cut]), iotest.ErrReader(errors.New("disk on fire")))
		all := collect(t, openBatch(t, Options{Stdin: broken}, "-"), 1000)
		if e := all[0].errText(); !strings.Contains(e, "disk on fire") || strings.Contains(e, "damaged") {
			t.Errorf("cut at %d of %d: error %q; want the input's own", cut, len(packed), e)
		}
	}
}

// FuzzUnpack feeds damaged archives to the reader: it must end and never panic.
func FuzzUnpack(f *testing.F) {
	files, err := filepath.Glob("testdata/*.bz2")
	if err != nil || len(files) == 0 {
		f.Fatal("no file in testdata")
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	t := new(testing.T)
	for name, pack := range packers {
		if name != "bzip2" {
			f.Add(pack(t, logText(5)))
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		feed, err := Open([]string{"-"}, Options{Stdin: bytes.NewReader(b)})
		if err != nil {
			t.Fatal(err)
		}
		defer feed.Close()
		buf := make([]byte, 4096)
		for total := 0; total < 1<<20; {
			p, err := feed.Next(t.Context(), buf)
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			total += p.N
		}
	})
}
