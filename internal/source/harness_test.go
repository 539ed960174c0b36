package source

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"hash/crc32"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The harness of the follow tests: a scenario is played by a process of its own,
// the test binary itself, which writes numbered lines with a checksum, rotates,
// truncates and deletes, and says at the end how many lines it wrote. The test
// follows meanwhile and compares what it got.

const writerEnv = "WSALOG_TEST_WRITER"

var tableFlag = flag.Bool("table", false, "print the outcome of all scenarios as a Markdown table")

func TestMain(m *testing.M) {
	if name := os.Getenv(writerEnv); name != "" {
		os.Exit(writerMain(name, os.Args[1:]))
	}
	// The scenarios sleep most of the time, so more of them than there are cores
	// can play at once.
	flag.Parse()
	if p := flag.Lookup("test.parallel"); p.Value.String() == p.DefValue {
		flag.Set("test.parallel", "6")
	}
	os.Exit(m.Run())
}

func writerMain(name string, args []string) int {
	if name == neighbour {
		return neighbourMain(args[0])
	}
	for _, s := range scenarios {
		if s.name == name {
			w := &writer{dir: args[0], path: filepath.Join(args[0], "app.log")}
			s.play(w)
			w.close()
			fmt.Printf("wrote %d rotations %d\n", w.n, w.rotations)
			return 0
		}
	}
	fmt.Fprintln(os.Stderr, "no scenario", name)
	return 2
}

// A writer is the program whose log is followed.
type writer struct {
	dir, path string
	f         *os.File
	n         int
	rotations int
	encode    func([]byte) []byte
}

func (w *writer) must(err error) {
	if err != nil {
		panic(err)
	}
}

// text returns the next line: number, time, filler, checksum of all before it.
func (w *writer) text() []byte {
	w.n++
	b := fmt.Appendf(nil, "%07d %d %.*s ", w.n, time.Now().UnixNano(), 10+w.n*7%60, filler)
	b = fmt.Appendf(b, "%08x\n", crc32.ChecksumIEEE(b))
	if w.encode != nil {
		return w.encode(b)
	}
	return b
}

const filler = "connect to 10.0.0.5:443 failed with error 10061, trying again in a moment"

// lines writes k lines, one write each.
func (w *writer) lines(k int) {
	for range k {
		w.write(w.text())
	}
}

// chunk writes k lines with one write.
func (w *writer) chunk(k int) {
	var b []byte
	for range k {
		b = append(b, w.text()...)
	}
	w.write(b)
}

func (w *writer) write(b []byte) {
	if w.f == nil {
		w.open()
	}
	_, err := w.f.Write(b)
	w.must(err)
}

func (w *writer) open() { w.openAs(w.path, os.O_APPEND) }

func (w *writer) openAs(path string, flags int) {
	var err error
	w.close()
	w.f, err = openToWrite(path, flags)
	w.must(err)
}

func (w *writer) close() {
	if w.f != nil {
		w.must(w.f.Close())
		w.f = nil
	}
}

func (w *writer) rename(to string) { w.move(w.path, filepath.Join(w.dir, to)) }

func (w *writer) move(from, to string) {
	w.rotations++
	w.must(os.Rename(from, to))
}

func (w *writer) truncate(size int64) {
	w.rotations++
	w.must(os.Truncate(w.path, size))
}

func (w *writer) copyTo(to string) {
	b, err := os.ReadFile(w.path)
	w.must(err)
	w.must(os.WriteFile(filepath.Join(w.dir, to), b, 0o644))
}

func (w *writer) sleep(ms int) { time.Sleep(time.Duration(ms) * time.Millisecond) }

// A scenario is something that happens to a log.
type scenario struct {
	name      string
	play      func(w *writer)     // in the other process
	before    func(w *writer)     // before following starts, in the test; what it writes counts
	options   func(o *Options)    // nil for the usual ones
	args      []string            // relative to the folder; nil follows app.log
	destroys  bool                // it overwrites bytes that perhaps nobody could read yet
	decode    func([]byte) []byte // of the delivered bytes, all at once
	slow      time.Duration       // the consumer needs so long for each piece
	unordered bool                // several files, whose lines come in the order of arrival
	unix      bool                // Windows refuses what it does: to replace an open file, to rename links
}

// A trace is what a scenario led to.
type trace struct {
	wrote, rotations int
	lost, onDisk     int
	doubled, torn    int
	disordered       int
	missing          []int // lost though on disk
	events           []Event
	pieces           int
	data             []byte // everything that was delivered
	problem          string
}

// play runs s and returns what came of it.
func (s *scenario) run(t *testing.T) *trace {
	t.Helper()
	if s.unix && runtime.GOOS == "windows" {
		t.Skip("not possible on Windows")
	}
	tr := &trace{}
	dir := t.TempDir()
	w := &writer{dir: dir, path: filepath.Join(dir, "app.log")}
	if s.before != nil {
		s.before(w)
		w.close()
	}
	opts := Options{Follow: true, Tail: -1, RotateWait: time.Second}
	if s.options != nil {
		s.options(&opts)
	}
	args := []string{w.path}
	if s.args != nil {
		args = nil
		for _, a := range s.args {
			args = append(args, filepath.Join(dir, a))
		}
	}
	f, err := Open(args, opts)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c := newConsumer(tr, s)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	// The writer begins when the feed has settled.
	done := make(chan error, 1)
	var out bytes.Buffer
	start := time.AfterFunc(30*time.Millisecond, func() {
		cmd := exec.Command(os.Args[0], dir)
		cmd.Env = append(os.Environ(), writerEnv+"="+s.name)
		cmd.Stdout, cmd.Stderr = &out, os.Stderr
		done <- cmd.Run()
	})
	defer start.Stop()
	go func() {
		if err := <-done; err != nil {
			t.Errorf("%s: writer: %v", s.name, err)
		}
		wrote := 0
		fmt.Sscanf(out.String(), "wrote %d rotations %d", &wrote, &tr.rotations)
		c.written(wrote)
		c.await(dir)
		cancel()
	}()
	c.consume(t, f, ctx)
	tr.wrote = int(c.total.Load())
	tr.judge(dir, s)
	return tr
}

// judge compares what came with what was written.
func (tr *trace) judge(dir string, s *scenario) {
	lines := bytes.SplitAfter(tr.data, []byte("\n"))
	if s.decode != nil {
		lines = bytes.SplitAfter(s.decode(tr.data), []byte("\n"))
	}
	seen := make(map[int]int)
	last := 0
	var torn [][]byte
	for _, line := range lines {
		if len(line) == 0 {
			continue
		}
		n, ok := parseLine(line)
		if !ok {
			torn = append(torn, line)
			continue
		}
		if seen[n]++; seen[n] > 1 {
			tr.doubled++
			if tr.problem == "" {
				tr.problem = fmt.Sprintf("line %d came again after line %d", n, last)
			}
		} else if n < last {
			if !s.unordered {
				if tr.disordered == 0 && tr.problem == "" {
					tr.problem = fmt.Sprintf("line %d came after line %d", n, last)
				}
				tr.disordered++
			}
		}
		last = max(last, n)
	}
	disk, raw := linesOnDisk(dir, s)
	for n := 1; n <= tr.wrote; n++ {
		if seen[n] == 0 {
			tr.lost++
			if disk[n] {
				tr.missing = append(tr.missing, n)
				tr.onDisk++
			}
		}
	}
	for _, line := range torn {
		// A piece of a line that was destroyed before its rest was read is no tear.
		line = bytes.TrimSuffix(line, []byte("\n"))
		n, err := strconv.Atoi(string(line[:min(7, len(line))]))
		if s.destroys && err == nil && (len(line) < 7 || seen[n] == 0 && !disk[n]) {
			continue
		}
		if raw[string(line)+"\n"] {
			continue // so the writer left it
		}
		tr.torn++
		if tr.problem == "" {
			tr.problem = fmt.Sprintf("torn: %.100q", line)
		}
	}
}

// parseLine returns the number of a line that is whole.
func parseLine(line []byte) (int, bool) {
	line = bytes.TrimRight(line, "\r\n")
	i := bytes.LastIndexByte(line, ' ') + 1
	if i < 9 || len(line)-i != 8 {
		return 0, false
	}
	sum, err := strconv.ParseUint(string(line[i:]), 16, 32)
	if err != nil || crc32.ChecksumIEEE(line[:i]) != uint32(sum) {
		return 0, false
	}
	n, err := strconv.Atoi(string(line[:7]))
	return n, err == nil
}

// linesOnDisk returns the lines that some file below dir holds, by number if
// they are whole, else as they stand there.
func linesOnDisk(dir string, s *scenario) (found map[int]bool, torn map[string]bool) {
	found, torn = map[int]bool{}, map[string]bool{}
	filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil
		}
		b, _ := os.ReadFile(path)
		if s.decode != nil {
			b = s.decode(b)
		}
		for line := range bytes.SplitAfterSeq(bytes.TrimLeft(b, "\x00"), []byte("\n")) {
			if n, ok := parseLine(line); ok {
				found[n] = true
			} else {
				torn[string(line)] = true
			}
		}
		return nil
	})
	return found, torn
}

// verdict names what is wrong with the outcome, if anything.
func (tr *trace) verdict(s *scenario) error {
	var errs []error
	bad := func(n int, what string) {
		if n > 0 {
			errs = append(errs, fmt.Errorf("%d of %d lines %s", n, tr.wrote, what))
		}
	}
	if tr.wrote == 0 {
		errs = append(errs, errors.New("nothing was written"))
	}
	if s.destroys {
		bad(tr.onDisk, "lost though they are still in some file")
	} else {
		bad(tr.lost, "lost")
	}
	bad(tr.doubled, "doubled")
	bad(tr.torn, "torn")
	bad(tr.disordered, "out of order")
	if len(tr.missing) > 0 {
		errs = append(errs, fmt.Errorf("missing %s", ranges(tr.missing)))
	}
	if tr.problem != "" {
		errs = append(errs, errors.New(tr.problem))
	}
	return errors.Join(errs...)
}

// cell shows the outcome as a cell of the table.
func (tr *trace) cell() string {
	var parts []string
	for _, c := range []struct {
		mark string
		n    int
	}{{"L", tr.lost}, {"disk ", tr.onDisk}, {"D", tr.doubled}, {"C", tr.torn}, {"O", tr.disordered}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprint(c.mark, c.n))
		}
	}
	if len(parts) == 0 {
		return "0"
	}
	if tr.lost > 0 && tr.onDisk == 0 {
		parts = append(parts, "(in no file any more)")
	}
	return strings.Join(parts, " ")
}

func eventTexts(events []Event) string {
	var s []string
	for _, e := range events {
		s = append(s, e.Text)
	}
	return strings.Join(slices.Compact(s), " | ")
}

// ranges shortens a sorted list of numbers.
func ranges(list []int) string {
	var b strings.Builder
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[j+1] == list[j]+1 {
			j++
		}
		fmt.Fprintf(&b, " %d-%d", list[i], list[j])
		i = j + 1
	}
	return b.String()
}
