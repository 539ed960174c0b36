package source

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"testing"
	"time"
)

// bigFile writes a log of size bytes.
func bigFile(b *testing.B, size int) string {
	b.Helper()
	f, err := os.Create(b.TempDir() + "/big.log")
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	text := logText(20_000)
	for n := 0; n < size; n += len(text) {
		if _, err := io.WriteString(f, text); err != nil {
			b.Fatal(err)
		}
	}
	return f.Name()
}

// BenchmarkBacklog reads 512 MiB that are in the page cache: plainly, as a batch
// feed does it, and as a follower does it from the start of the file.
func BenchmarkBacklog(b *testing.B) {
	name := bigFile(b, 512<<20)
	st, err := os.Stat(name)
	if err != nil {
		b.Fatal(err)
	}
	buf := make([]byte, 256<<10)
	// The processor time is what counts on a machine that does other things, too.
	perRun := func(b *testing.B, since time.Duration) {
		b.ReportMetric(float64((cpuTime()-since).Microseconds())/1000/float64(b.N), "cpu-ms/op")
	}
	b.Run("how=plain", func(b *testing.B) {
		b.SetBytes(st.Size())
		defer perRun(b, cpuTime())
		for b.Loop() {
			f, err := os.Open(name)
			if err != nil {
				b.Fatal(err)
			}
			for err == nil {
				_, err = f.Read(buf)
			}
			f.Close()
		}
	})
	for how, opts := range map[string]Options{"batch": {}, "follow": {Follow: true, Tail: -1}} {
		b.Run("how="+how, func(b *testing.B) {
			b.SetBytes(st.Size())
			defer perRun(b, cpuTime())
			for b.Loop() {
				f, err := Open([]string{name}, opts)
				if err != nil {
					b.Fatal(err)
				}
				for n := int64(0); n < st.Size(); {
					p, err := f.Next(b.Context(), buf)
					if err != nil {
						b.Fatal(err)
					}
					n += int64(p.N)
				}
				f.Close()
			}
		})
	}
}

// BenchmarkAppend measures the time from a write to its delivery.
func BenchmarkAppend(b *testing.B) {
	name := b.TempDir() + "/app.log"
	w, err := os.Create(name)
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	f, err := Open([]string{name}, Options{Follow: true, Tail: -1})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	buf := make([]byte, 64<<10)
	var delays []time.Duration
	written := make(chan time.Time, 1)
	b.ResetTimer()
	for range b.N {
		time.AfterFunc(2*time.Millisecond, func() {
			written <- time.Now()
			io.WriteString(w, "a line\n")
		})
		for n := 0; n == 0; {
			p, err := f.Next(b.Context(), buf)
			if err != nil {
				b.Fatal(err)
			}
			n = p.N
		}
		delays = append(delays, time.Since(<-written))
	}
	slices.Sort(delays)
	b.ReportMetric(float64(delays[len(delays)/2].Microseconds()), "µs-p50")
	b.ReportMetric(float64(delays[len(delays)*99/100].Microseconds()), "µs-p99")
	b.ReportMetric(float64(delays[len(delays)-1].Microseconds()), "µs-max")
}

// BenchmarkIdle follows 100 and 200 quiet files of 64 KiB for three seconds.
func BenchmarkIdle(b *testing.B) {
	for _, files := range []int{100, 200} {
		b.Run(fmt.Sprintf("files=%d", files), func(b *testing.B) {
			dir := b.TempDir()
			var args []string
			for i := range files {
				name := fmt.Sprintf("%s/%d.log", dir, i)
				if err := os.WriteFile(name, []byte(logText(1500)), 0o644); err != nil {
					b.Fatal(err)
				}
				args = append(args, name)
			}
			before := heap()
			f, err := Open(args, Options{Follow: true, Tail: -1})
			if err != nil {
				b.Fatal(err)
			}
			defer f.Close()
			buf := make([]byte, 64<<10)
			drain := func(d time.Duration) {
				ctx, cancel := context.WithTimeout(context.Background(), d)
				defer cancel()
				for {
					if _, err := f.(*followFeed).nextForTest(ctx, buf); err != nil {
						return
					}
				}
			}
			drain(time.Second)
			b.ReportMetric(float64(heap()-before)/1024/float64(files), "KiB/file")
			used := cpuTime()
			for range b.N {
				drain(3 * time.Second)
			}
			b.ReportMetric(100*float64(cpuTime()-used)/float64(3*time.Second)/float64(b.N), "%core")
		})
	}
}

// heap returns the bytes of live heap and of stacks.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}

// neighbour is the name of the process that BenchmarkBusyFolder starts.
const neighbour = "neighbour"

// neighbourMain writes 20 lines to another file of the folder each millisecond,
// until it is killed.
func neighbourMain(dir string) int {
	f, err := os.Create(dir + "/neighbour.log")
	if err != nil {
		return 1
	}
	for range time.NewTicker(time.Millisecond).C {
		for range 20 {
			io.WriteString(f, "a line of another program\n")
		}
	}
	return 0
}

// BenchmarkBusyFolder follows a quiet file beside one that gets 20,000 writes a
// second.
func BenchmarkBusyFolder(b *testing.B) {
	dir := b.TempDir()
	if err := os.WriteFile(dir+"/app.log", []byte("quiet\n"), 0o644); err != nil {
		b.Fatal(err)
	}
	f, err := Open([]string{dir + "/app.log"}, Options{Follow: true, Tail: -1})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	cmd := exec.Command(os.Args[0], dir)
	cmd.Env = append(os.Environ(), writerEnv+"="+neighbour)
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	buf := make([]byte, 64<<10)
	used := cpuTime()
	for b.Loop() {
		ctx, cancel := context.WithTimeout(b.Context(), 3*time.Second)
		for err = nil; err == nil; {
			_, err = f.(*followFeed).nextForTest(ctx, buf)
		}
		cancel()
	}
	b.ReportMetric(100*float64(cpuTime()-used)/float64(3*time.Second)/float64(b.N), "%core")
}
