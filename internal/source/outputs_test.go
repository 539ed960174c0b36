package source

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// created makes a file as the program does where it writes, and says what it is.
func created(t *testing.T, name string) (*os.File, os.FileInfo) {
	t.Helper()
	f, err := openToWrite(name, os.O_CREATE|os.O_TRUNC|os.O_APPEND)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	st, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	return f, st
}

// TestBatchReadsNoneOfItsOutputs gives an output its last name while the batch is
// being read, and makes another one only then.
func TestBatchReadsNoneOfItsOutputs(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	writeFile(t, dir+"/a.log", "a\n")
	_, b := created(t, dir+"/b.log")
	temp, c := created(t, dir+"/.temp.log")
	writeFile(t, dir+"/b.log", "growing\n")
	writeFile(t, dir+"/c.log", "old\n")
	writeFile(t, dir+"/.temp.log", "growing\n")
	temp.Close()
	var later os.FileInfo
	opts := Options{Recursive: true, Outputs: []os.FileInfo{nil, b, c}, IsOutput: func(st os.FileInfo) bool {
		if later == nil {
			later, _ = os.Stat(writeFile(t, dir+"/d.log", "growing\n"))
			rename(t, dir+"/.temp.log", dir+"/c.log")
		}
		return os.SameFile(st, later)
	}}
	writeFile(t, dir+"/d.log", "")
	for _, arg := range []string{dir + "/[a-z]*.log", dir} {
		var data string
		skipped := 0
		for _, g := range collect(t, openBatch(t, opts, arg), 100) {
			data += string(g.data)
			for _, e := range g.events {
				if e.Kind == Skipped || e.Err != nil {
					skipped++
				}
			}
		}
		if data != "a\n" || skipped != 3 {
			t.Errorf("%s: read %q, left out %d", arg, data, skipped)
		}
	}
}

// TestFollowReadsNoneOfItsOutputs writes each piece that comes to files that the
// glob or the folder matches, as the program does. Of these, one is there at the
// start, one is made later, and one gets its name when it is complete.
func TestFollowReadsNoneOfItsOutputs(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{"*.log", "**", ""} {
		dir := t.TempDir()
		in := writeFile(t, dir+"/in.log", "one\n")
		a, infoA := created(t, dir+"/a.log")
		b, infoB := created(t, dir+"/b.log")
		temp, infoTemp := created(t, dir+"/.temp.log")
		outputs := []*os.File{a, b, temp}
		var later []os.FileInfo
		r := follow(t, Options{Recursive: pattern == "", Tail: -1, Outputs: []os.FileInfo{infoA, infoB, infoTemp},
			IsOutput: func(st os.FileInfo) bool {
				for _, l := range later {
					if os.SameFile(st, l) {
						return true
					}
				}
				return false
			}}, filepath.Join(dir, pattern))
		echo := func(want string) {
			t.Helper()
			for _, f := range outputs {
				if _, err := f.WriteString(want); err != nil {
					t.Fatal(err)
				}
			}
			r.untilData(want)
			for range 3 {
				r.pass() // what it reads of its outputs would come now
			}
			r.untilData(want)
		}
		echo("one\n")
		temp.Close() // where files are open, Windows renames nothing over them
		outputs = outputs[:2]
		rename(t, dir+"/.temp.log", dir+"/c.log")
		d, infoD := created(t, dir+"/d.log")
		later = append(later, infoD)
		outputs = append(outputs, d)
		appendTo(t, in, "two\n")
		echo("one\ntwo\n")
		// An output that replaces another one, as a report that is written again.
		again, info := created(t, dir+"/again.tmp.log")
		later = append(later, info)
		if _, err := again.WriteString("report\n"); err != nil {
			t.Fatal(err)
		}
		again.Close()
		rename(t, dir+"/again.tmp.log", dir+"/c.log")
		appendTo(t, in, "three\n")
		echo("one\ntwo\nthree\n")
		r.f.Close()
	}
}

// TestFollowRefusesItsNamedOutput wants a clear word, once, and what takes the
// place of the output.
func TestFollowRefusesItsNamedOutput(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out, info := created(t, dir+"/a.log")
	r := follow(t, Options{Tail: -1, Outputs: []os.FileInfo{info}}, dir+"/a.log")
	r.untilEvent("is the file that is being written")
	if _, err := out.WriteString("own\n"); err != nil {
		t.Fatal(err)
	}
	r.pass()
	if n := r.count("being written"); n != 1 || len(r.data) > 0 {
		t.Errorf("read %q, told %d times: %s", r.data, n, eventTexts(r.events))
	}
	rename(t, dir+"/a.log", dir+"/b.txt")
	appendTo(t, dir+"/a.log", "text\n")
	r.untilData("text\n")
	r.untilEvent("can be read again")
}

// TestFollowTakesNoOutputForARotatedFile names an output like a rotated log.
func TestFollowTakesNoOutputForARotatedFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	name := writeFile(t, dir+"/app.log", "one\n")
	var info os.FileInfo
	r := follow(t, Options{Tail: -1, RotateWait: time.Second, IsOutput: func(st os.FileInfo) bool {
		return info != nil && os.SameFile(st, info)
	}}, name)
	r.untilData("one\n")
	out, st := created(t, dir+"/app.log.2")
	info = st
	if _, err := out.WriteString("explained: one\n"); err != nil {
		t.Fatal(err)
	}
	rename(t, name, name+".1")
	appendTo(t, name, "two\n")
	r.untilData("one\ntwo\n")
	r.pass()
	r.untilData("one\ntwo\n")
}
