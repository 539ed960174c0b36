package source

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"unicode/utf16"
)

// What several scenarios do to a log.

func playShift(w *writer, rounds, keep, pause int) {
	name := func(i int) string { return fmt.Sprintf("%s.%d", w.path, i) }
	have := 0
	for range rounds {
		w.lines(10)
		have = min(have+1, keep)
		for i := have; i > 1; i-- {
			w.must(os.Rename(name(i-1), name(i)))
		}
		w.rename("app.log.1")
		w.open()
		w.sleep(pause)
	}
	w.lines(10)
}

// playCreate moves the log away and creates an empty one; the program notices
// only after late milliseconds.
func playCreate(w *writer, rounds, late int) {
	for i := range rounds {
		w.lines(50)
		w.rename(fmt.Sprintf("app.log.%d", i))
		g, err := openToWrite(w.path, 0)
		w.must(err)
		w.must(g.Close())
		for range late / 10 {
			w.lines(5)
			w.sleep(10)
		}
		w.open()
		w.lines(30)
	}
}

func playCopyTruncate(w *writer, flags, rounds, pause int) {
	w.openAs(w.path, flags)
	for i := range rounds {
		for range 25 {
			w.lines(4)
			w.sleep(2)
		}
		w.copyTo(fmt.Sprintf("app.log.%d", i+1))
		w.lines(1)
		w.sleep(pause)
		w.truncate(0)
	}
	w.lines(10)
}

func playTruncate(w *writer, rounds, before, after, pause int) {
	for range rounds {
		w.chunk(before)
		w.sleep(pause)
		w.truncate(0)
		w.chunk(after)
		w.sleep(pause)
		w.truncate(0)
	}
	w.lines(10)
}

// playTruncateSame rewrites the log with other lines of the same total size.
func playTruncateSame(w *writer, rounds int) {
	for i := range rounds {
		w.n = i * 60 // the filler's length repeats every 60 lines
		w.truncateIfThere()
		w.chunk(60)
		w.sleep(70)
	}
}

func (w *writer) truncateIfThere() {
	if w.f != nil {
		w.truncate(0)
	}
}

func playDelete(w *writer, rounds, gap int, held bool) {
	w.open()
	for range rounds {
		w.lines(80)
		w.sleep(50)
		w.rotations++
		w.must(os.Remove(w.path))
		if held {
			for range 5 {
				w.lines(4)
				w.sleep(8)
			}
		}
		w.sleep(gap)
		w.open()
		w.lines(10)
	}
}

func playSymlink(w *writer, folder string) {
	dir := filepath.Join(w.dir, folder)
	w.must(os.MkdirAll(dir, 0o755))
	for i := range 15 {
		target := filepath.Join(dir, fmt.Sprintf("real-%03d.log", i))
		w.openAs(target, os.O_APPEND)
		w.must(os.Symlink(target, w.path+".new"))
		w.move(w.path+".new", w.path)
		if i == 0 {
			w.sleep(300) // what the targets are called shows when the first one is seen
		}
		w.lines(50)
		w.sleep(30)
		w.lines(50)
	}
}

func playDecoys(w *writer) {
	decoy := func(name, text string) {
		w.must(os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o644))
	}
	for i := range 12 {
		w.lines(50)
		decoy("other.log", "not ours\n")
		decoy(fmt.Sprintf("other.log.%d", i), "not ours either\n")
		decoy(fmt.Sprintf("app.log.%d.gz", i), "\x1f\x8b\x08 compressed\n")
		decoy("app.log.lock", "12345\n")
		decoy("app2.log", "the log of another program\n")
		decoy(fmt.Sprintf("app2.log.%d", i), "and its rotated one\n")
		decoy(fmt.Sprintf("app.log.%d.tmp", i), "nearly\n")
		w.rename(fmt.Sprintf("app.log.%d", i))
		w.open()
		w.sleep(25)
	}
}

func encodeUTF16(b []byte) []byte {
	var out []byte
	for _, u := range utf16.Encode([]rune(string(b))) {
		out = binary.LittleEndian.AppendUint16(out, u)
	}
	return out
}

func decodeUTF16(b []byte) []byte {
	var u []uint16
	for i := 0; i+1 < len(b); i += 2 {
		u = append(u, binary.LittleEndian.Uint16(b[i:]))
	}
	return []byte(string(utf16.Decode(u)))
}
