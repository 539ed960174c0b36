package source

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"time"
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
			w.rename(fmt.Sprintf("app.log.3%02d", i)) // the name of no copy: Windows replaces no open file
			w.open()
			w.lines(50)
			w.copyTo(fmt.Sprintf("app.log.%d5", i))
			w.sleep(40)
		}
	}},
	{name: "glob_rotating", unix: true, destroys: true, args: []string{"app.log*"}, play: func(w *writer) { playShift(w, 12, 5, 100) }},
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
