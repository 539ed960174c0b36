//go:build unix

package source

import (
	"context"
	"errors"
	"io"
	"os"
	"syscall"
	"testing"
	"time"
)

// TestNamedPipe waits for a writer, reads what it writes, and ends with it. The
// wait can be interrupted.
func TestNamedPipe(t *testing.T) {
	t.Parallel()
	for _, follows := range []bool{false, true} {
		dir := t.TempDir()
		silent, name := dir+"/silent", dir+"/pipe"
		for _, p := range []string{silent, name} {
			if err := syscall.Mkfifo(p, 0o600); err != nil {
				t.Skip(err)
			}
		}
		f, err := Open([]string{silent}, Options{Follow: follows})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		if _, err := f.Next(ctx, make([]byte, 100)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("without a writer: %v", err)
		}
		cancel()
		w, err := os.OpenFile(silent, os.O_WRONLY, 0) // releases the reader
		if err != nil {
			t.Fatal(err)
		}
		w.Close()
		f.Close()
		f, err = Open([]string{name}, Options{Follow: follows})
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			w, err := os.OpenFile(name, os.O_WRONLY, 0)
			if err != nil {
				t.Error(err)
				return
			}
			io.WriteString(w, "through the pipe\n")
			w.Close()
		}()
		if all := collect(t, f, 100); len(all) != 1 || string(all[0].data) != "through the pipe\n" || all[0].name != name {
			t.Errorf("follow %v: got %v", follows, all)
		}
	}
}
