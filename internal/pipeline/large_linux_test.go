package pipeline

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// These tests run the program itself on inputs that are large in one way or
// another, and look at its peak memory. With WSALOG_BIG=1 in the environment
// they take as much as is promised, which needs a minute: a sparse file of 10 GiB
// and a line of 1 GiB.
const (
	mostMemory   = 64 << 20
	perFollowed  = 64 << 10
	bigVar       = "WSALOG_BIG"
	firstError   = "connect to 10.0.0.5:443 failed: WSAECONNREFUSED (10061)"
	lastError    = "recv failed: WSAECONNRESET (10054)"
	followedLogs = 200
)

// bigOr returns the size to test with.
func bigOr(big, small int64) int64 {
	if os.Getenv(bigVar) != "" {
		return big
	}
	return small
}

// program builds wsalog.
func program(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds and runs the program")
	}
	name := filepath.Join(t.TempDir(), "wsalog")
	if out, err := exec.Command("go", "build", "-o", name, "wsalog").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return name
}

func TestLargeInputs(t *testing.T) {
	wsalog := program(t)
	for name, test := range map[string]func(*testing.T, string){
		"sparse file": sparseFile, "one line": oneLine, "small files": smallFiles, "followed files": followedFiles,
	} {
		t.Run(name, func(t *testing.T) { test(t, wsalog) })
	}
}

// command returns a command with nothing of the tester's settings.
func command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "WSALOG_NO_CONFIG=1", "GOMAXPROCS=2")
	return cmd
}

// runLarge runs cmd to its end and wants these lines and little memory.
func runLarge(t *testing.T, cmd *exec.Cmd, want string) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args[1:], err, errs.String())
	}
	if out.String() != want {
		t.Errorf("%v: output %.300q, want %.300q", cmd.Args[1:], out.String(), want)
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	t.Logf("%v: %d MiB, %v of processor time", cmd.Args[1:], usage.Maxrss>>10,
		cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
	if usage.Maxrss<<10 > mostMemory {
		t.Errorf("%v: %d MiB of memory, want at most %d", cmd.Args[1:], usage.Maxrss>>10, mostMemory>>20)
	}
}

// sparseFile reads a file that is nearly nothing but a hole: one line
// of NULs between two errors.
func sparseFile(t *testing.T, wsalog string) {
	size := bigOr(10<<30, 256<<20)
	name := filepath.Join(t.TempDir(), "sparse.log")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	io.WriteString(f, firstError+"\n")
	if _, err := f.WriteAt([]byte("\n"+lastError+"\n"), size); err != nil {
		t.Fatal(err)
	}
	st, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if used := st.Sys().(*syscall.Stat_t).Blocks * 512; used > size/2 {
		t.Skipf("the file system of %s makes no holes: %d bytes are taken of %d", name, used, size)
	}
	runLarge(t, command(wsalog, "-c", name), "2\n")
	runLarge(t, command(wsalog, "--only-hits", "--explain", "none", "--no-summary", name), firstError+"\n"+lastError+"\n")
}

// A filler never ends.
type filler struct{}

func (filler) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		n += copy(b[n:], "lorem ipsum ")
	}
	return n, nil
}

// hugeLine is a line of a little more than size bytes with an error in its middle
// and at its end.
func hugeLine(size int64) io.Reader {
	return io.MultiReader(io.LimitReader(filler{}, size/2), strings.NewReader(" "+firstError+" "),
		io.LimitReader(filler{}, size/2), strings.NewReader(" "+lastError+"\n"))
}

// oneLine sends one line through a pipe.
func oneLine(t *testing.T, wsalog string) {
	size := bigOr(1<<30, 64<<20)
	for _, code := range []string{"10061", "10054", "10061,10054"} {
		cmd := command(wsalog, "-c", "--code", code)
		cmd.Stdin = hugeLine(size)
		runLarge(t, cmd, "1\n")
	}
	want, err := io.Copy(io.Discard, hugeLine(size))
	if err != nil {
		t.Fatal(err)
	}
	cmd := command("sh", "-c", `"$0" --explain none --no-summary | wc -c`, wsalog)
	cmd.Stdin = hugeLine(size)
	runLarge(t, cmd, fmt.Sprintln(want))
}

// smallFiles reads ten thousand files in one run.
func smallFiles(t *testing.T, wsalog string) {
	dir := t.TempDir()
	const files = 10_000
	var want strings.Builder
	for i := range files {
		line := fmt.Sprintf("file %05d: %s\n", i, firstError)
		want.WriteString(line)
		sub := filepath.Join(dir, fmt.Sprintf("%02d", i/1000))
		if i%1000 == 0 {
			if err := os.Mkdir(sub, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(sub, fmt.Sprintf("%05d.log", i)), []byte(line), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	runLarge(t, command(wsalog, "-r", "--explain", "none", "--no-summary", dir), want.String())
}

// followedFiles follows two hundred logs that grow and rotate, and asks
// the kernel for the peak memory of the running program.
func followedFiles(t *testing.T, wsalog string) {
	dir := t.TempDir()
	write := func(i int, text string) {
		f, err := os.OpenFile(filepath.Join(dir, fmt.Sprintf("%03d.log", i)), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := io.WriteString(f, text); err != nil {
			t.Fatal(err)
		}
	}
	line := strings.Repeat("x", 90) + " " + firstError + "\n"
	for i := range followedLogs {
		write(i, strings.Repeat(line, 500))
	}
	cmd := command(wsalog, "-f", "--from-start", "--explain", "none", "--no-summary", filepath.Join(dir, "*.log"))
	out := &lineCounter{}
	cmd.Stdout = out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	want := int64(followedLogs * 500)
	waitFor(t, "what is there", func() bool { return out.lines() >= want })
	for round := range 3 {
		for i := range followedLogs {
			write(i, strings.Repeat(line, 20))
			if i%4 == round {
				name := filepath.Join(dir, fmt.Sprintf("%03d.log", i))
				if err := os.Rename(name, fmt.Sprint(name, ".", round)); err != nil {
					t.Fatal(err)
				}
				write(i, strings.Repeat(line, 20))
				want += 20
			}
			want += 20
		}
		waitFor(t, fmt.Sprint("round ", round), func() bool { return out.lines() >= want })
	}
	peak := peakMemory(t, cmd.Process.Pid)
	t.Logf("%d followed files: %d MiB", followedLogs, peak>>20)
	if most := int64(mostMemory + followedLogs*perFollowed); peak > most {
		t.Errorf("%d bytes of memory, want at most %d", peak, most)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	if n := out.lines(); n != want {
		t.Errorf("%d lines, want %d", n, want)
	}
}

// peakMemory returns the greatest resident size of a process so far (proc(5)).
func peakMemory(t *testing.T, pid int) int64 {
	t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Skip(err)
	}
	_, rest, ok := strings.Cut(string(b), "VmHWM:")
	fields := strings.Fields(rest)
	if !ok || len(fields) == 0 {
		t.Fatal("no VmHWM in /proc")
	}
	kib, err := strconv.ParseInt(fields[0], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return kib << 10
}

// A lineCounter counts lines from any goroutine.
type lineCounter struct{ recorder }

func (c *lineCounter) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed += bytes.Count(b, newline)
	return len(b), nil
}

func (c *lineCounter) lines() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return int64(c.closed)
}
