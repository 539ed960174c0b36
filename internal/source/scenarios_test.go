package source

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"testing"
	"time"
	"unicode/utf16"
)

// scenarios are what a follower must survive. Names of Linux tools stand for
// what they do to the file, not for the programs.
var scenarios = []scenario{
	{name: "append", play: func(w *writer) {
		for range 400 {
			w.lines(25)
			w.sleep(1)
		}
	}},
	{name: "burst", play: func(w *writer) {
		for range 100 {
			w.chunk(1000)
		}
	}},
	{name: "two_writers", play: func(w *writer) {
		g, err := openToWrite(w.path, os.O_APPEND)
		w.must(err)
		w.open()
		for range 4000 {
			w.lines(1)
			w.f, g = g, w.f
		}
		w.must(g.Close())
	}},
	{name: "pieces", play: func(w *writer) {
		for i := range 300 {
			b := w.text()
			at := 1 + i*7%(len(b)-1)
			w.write(b[:at])
			if i%10 == 0 {
				w.sleep(2)
			}
			w.write(b[at:])
		}
	}},
	{name: "page_borders", play: func(w *writer) {
		var b []byte
		for range 2000 {
			b = append(b, w.text()...)
		}
		for len(b) > 0 {
			n := min(4096, len(b))
			w.write(b[:n])
			b = b[n:]
			w.sleep(1)
		}
	}},
	{name: "slow_pieces", play: func(w *writer) {
		for range 4 {
			b := w.text()
			w.write(b[:10])
			w.sleep(120)
			w.write(b[10:])
		}
	}},
	{name: "rename", play: func(w *writer) {
		for i := range 100 {
			w.lines(20)
			w.rename(fmt.Sprintf("app.log.%03d", i))
			w.open()
			w.lines(20)
			w.sleep(7)
		}
	}},
	{name: "rename_gap", play: func(w *writer) {
		for i := range 30 {
			w.lines(40)
			w.rename(fmt.Sprintf("app.log.%03d", i))
			w.lines(20)
			w.sleep(20)
			w.open()
		}
		w.lines(10)
	}},
	{name: "rename_fast", play: func(w *writer) {
		for i := range 300 {
			w.lines(10)
			w.rename(fmt.Sprintf("app.log.%03d", i))
			w.open()
			w.sleep(3)
		}
		w.lines(10)
	}},
	{name: "rename_fast_shift", play: func(w *writer) { playShift(w, 300, 400, 3) }},
	{name: "rename_shift_keep", unix: true, play: func(w *writer) { playShift(w, 25, 10, 40) }},
	{name: "rename_slow_consumer", slow: 25 * time.Millisecond, play: func(w *writer) {
		for i := range 30 {
			w.chunk(50)
			w.rename(fmt.Sprintf("app.log.%03d", i))
			w.open()
			w.chunk(50)
			w.sleep(30)
		}
	}},
	{name: "rename_over", unix: true, play: func(w *writer) {
		w.lines(50)
		for range 15 {
			w.sleep(60)
			w.openAs(filepath.Join(w.dir, "next"), os.O_APPEND)
			w.lines(100)
			w.must(os.Rename(filepath.Join(w.dir, "next"), w.path))
			w.rotations++
			w.lines(10)
		}
	}, destroys: true},
	// Nobody holds the file open, but it is written once more under its new name.
	{name: "rename_late", unordered: true, play: func(w *writer) {
		for i := range 6 {
			for range 10 {
				w.lines(1)
				w.close()
			}
			old := fmt.Sprint("app.log.", i)
			w.rename(old)
			w.lines(3)
			for range 5 {
				w.sleep(150)
				w.openAs(filepath.Join(w.dir, old), os.O_APPEND)
				w.lines(2)
				w.close()
			}
		}
	}},
	{name: "rename_back", play: func(w *writer) {
		for range 5 {
			w.lines(50)
			w.rename("away")
			w.sleep(100)
			w.lines(20)
			w.move(filepath.Join(w.dir, "away"), w.path)
			w.lines(30)
			w.sleep(50)
		}
	}},
	{name: "backlog_rotate", before: func(w *writer) { w.lines(100); w.chunk(150_000) }, play: func(w *writer) {
		w.n = 150_100
		w.open()
		w.rename("app.log.1")
		w.lines(500)
		w.open()
		w.lines(500)
	}},
	{name: "backlog_missing", slow: 5 * time.Millisecond, before: func(w *writer) { w.chunk(60_000) },
		play: func(w *writer) {
			w.n = 60_000
			w.open()
			w.rename("app.log.1")
			w.lines(100)
			w.sleep(400)
			w.open()
			w.lines(100)
		}},
	{name: "logrotate_create", play: func(w *writer) { playCreate(w, 8, 100) }},
	{name: "logrotate_create_late", play: func(w *writer) { playCreate(w, 1, 3000) }},
	{name: "copytruncate", destroys: true, play: func(w *writer) { playCopyTruncate(w, os.O_APPEND, 15, 0) }},
	{name: "copytruncate_noappend", destroys: true, play: func(w *writer) { playCopyTruncate(w, 0, 15, 0) }},
	{name: "copytruncate_slow", destroys: true, play: func(w *writer) { playCopyTruncate(w, os.O_APPEND, 8, 60) }},
	{name: "truncate_smaller", destroys: true, play: func(w *writer) { playTruncate(w, 15, 60, 20, 60) }},
	{name: "truncate_same", destroys: true, play: func(w *writer) { playTruncateSame(w, 15) }},
	{name: "truncate_regrow", destroys: true, play: func(w *writer) { playTruncate(w, 15, 40, 120, 60) }},
	{name: "truncate_regrow_gradually", destroys: true, play: func(w *writer) {
		for range 12 {
			w.lines(50)
			w.sleep(60)
			w.truncate(0)
			for range 40 {
				w.lines(3)
				w.sleep(1)
			}
		}
	}},
	{name: "truncate_twice", destroys: true, play: func(w *writer) {
		for range 15 {
			w.lines(30)
			w.sleep(70)
			w.truncate(0)
			w.lines(3)
			w.sleep(3)
			w.truncate(0)
			w.lines(20)
		}
	}},
	{name: "cut_end", destroys: true, play: func(w *writer) {
		for i := range 10 {
			w.lines(60)
			w.sleep(70)
			st, err := w.f.Stat()
			w.must(err)
			w.truncate(st.Size() - int64(1+i*150))
			w.sleep(40)
		}
	}},
	{name: "delete_recreate", destroys: true, play: func(w *writer) { playDelete(w, 15, 0, false) }},
	{name: "delete_recreate_gap", destroys: true, play: func(w *writer) { playDelete(w, 10, 100, false) }},
	{name: "delete_recreate_held", destroys: true, play: func(w *writer) { playDelete(w, 10, 0, true) }},
	{name: "missing_start", play: func(w *writer) { w.sleep(200); w.lines(2000) }},
	{name: "missing_folder", args: []string{"logs/app.log"}, play: func(w *writer) {
		w.sleep(150)
		w.must(os.Mkdir(filepath.Join(w.dir, "logs"), 0o755))
		w.sleep(50)
		w.openAs(filepath.Join(w.dir, "logs", "app.log"), os.O_APPEND)
		for range 200 {
			w.lines(10)
			w.sleep(1)
		}
	}},
	{name: "symlink_same_folder", unix: true, play: func(w *writer) { playSymlink(w, "") }},
	{name: "symlink_other_folder", unix: true, play: func(w *writer) { playSymlink(w, "elsewhere") }},
	{name: "folder_renamed", args: []string{"logs/app.log"}, play: func(w *writer) {
		logs := filepath.Join(w.dir, "logs")
		for i := range 3 {
			w.must(os.Mkdir(logs, 0o755))
			w.openAs(filepath.Join(logs, "app.log"), os.O_APPEND)
			for range 10 {
				w.lines(10)
				w.sleep(80)
			}
			w.move(logs, filepath.Join(w.dir, fmt.Sprint("logs.", i)))
			w.lines(25)
		}
	}},
	{name: "no_newline_at_exit", play: func(w *writer) {
		w.lines(100)
		w.write(bytes.TrimSpace(w.text()))
	}},
	{name: "no_newline_rotate", play: func(w *writer) {
		for i := range 12 {
			w.lines(30)
			w.write(bytes.TrimSpace(w.text()))
			w.rename(fmt.Sprintf("app.log.%d", i))
			w.open()
			w.sleep(40)
		}
	}},
	{name: "decoys", play: playDecoys},
	// A copy can be met before its original, which then comes later.
	{name: "copies_beside", unordered: true, play: func(w *writer) {
		for i := range 12 {
			w.lines(100)
			w.copyTo("app.log.backup")
			w.copyTo(fmt.Sprintf("app.log.%d0", i))
			w.rename(fmt.Sprintf("app.log.%d", i))
			w.open()
			w.lines(50)
			w.copyTo(fmt.Sprintf("app.log.%d5", i))
			w.sleep(40)
		}
	}},
	{name: "glob_rotating", unix: true, unordered: true, destroys: true, args: []string{"app.log*"}, play: func(w *writer) { playShift(w, 12, 5, 100) }},
	{name: "glob_joining", unordered: true, args: []string{"*.log"}, play: func(w *writer) {
		for i := range 20 {
			w.openAs(filepath.Join(w.dir, fmt.Sprintf("part%02d.log", i)), os.O_APPEND)
			w.lines(50)
			w.sleep(30)
		}
	}},
	{name: "bytes_utf16", decode: decodeUTF16, play: func(w *writer) {
		w.encode = encodeUTF16
		for i := range 1000 {
			b := w.text()
			at := i % len(b)
			w.write(b[:at])
			w.write(b[at:])
			if i%50 == 0 {
				w.rename(fmt.Sprint("app.log.", i))
				w.open()
				w.sleep(5)
			}
		}
	}},
	{name: "bytes_crlf", play: func(w *writer) {
		w.encode = func(b []byte) []byte { return append(b[:len(b)-1], "\r\n"...) }
		w.lines(1000)
	}},
	{name: "bytes_nul_and_bad_utf8", play: func(w *writer) {
		w.encode = func(b []byte) []byte {
			odd := []byte{0, 0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0, '\r', 0x1a, ' '}
			b = append(b[:len(b)-10:len(b)-10], odd...)
			return fmt.Appendf(b, "%08x\n", crc32.ChecksumIEEE(b))
		}
		for i := range 20 {
			w.lines(50)
			w.rename(fmt.Sprint("app.log.", i))
			w.open()
			w.sleep(5)
		}
	}},
	{name: "save_as_editors_do", unix: true, play: func(w *writer) {
		w.lines(100)
		for range 8 {
			w.sleep(60)
			w.copyTo("app.log~")
			w.must(os.Rename(w.path+"~", w.path))
			w.rotations++
			w.open()
			w.lines(10)
		}
	}},
}

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

// TestFollowScenarios plays all scenarios, several at a time since they mostly
// sleep, and wants every line exactly once, whole and in order.
func TestFollowScenarios(t *testing.T) {
	for i := range scenarios {
		s := scenarios[i]
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			if !watchable {
				s.destroys, s.unordered = true, true // it is TestFollowPolling in fact
			}
			tr := s.run(t)
			if err := tr.verdict(&s); err != nil {
				t.Errorf("%v\nevents: %s", err, eventTexts(tr.events))
			}
			t.Logf("%d lines, %d rotations: %s", tr.wrote, tr.rotations, tr.cell())
		})
	}
}

// TestFollowPolling plays the scenarios without notifications, as on Windows and
// on network file systems. What is on disk must come all the same; its order may
// suffer where generations are so short that several are found at once.
func TestFollowPolling(t *testing.T) {
	t.Parallel()
	if !watchable {
		t.Skip("TestFollowScenarios has nothing else here")
	}
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			options := s.options
			s.options = func(o *Options) {
				if options != nil {
					options(o)
				}
				o.noWatch = true
			}
			s.destroys, s.unordered = true, true
			tr := s.run(t)
			if err := tr.verdict(&s); err != nil {
				t.Errorf("%v\nevents: %s", err, eventTexts(tr.events))
			}
			t.Logf("%d lines, %d rotations: %s", tr.wrote, tr.rotations, tr.cell())
		})
	}
}
