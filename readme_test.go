package main

import (
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// elapsed is the run's length in summaries and reports, which differs each time.
var elapsed = regexp.MustCompile(` · [0-9][0-9.,]* (s|ms|秒)(\n|$)`)

// TestReadme runs every command of README.md's console blocks in a shell and
// compares what it prints with what the block shows. -update rewrites the blocks.
func TestReadme(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the blocks are written for a POSIX shell")
	}
	const name = "README.md"
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split(string(data), "```console\n")
	if len(parts) < 5 {
		t.Fatalf("%s has %d console blocks", name, len(parts)-1)
	}
	for i := 1; i < len(parts); i++ {
		block, rest, ok := strings.Cut(parts[i], "```\n")
		if !ok {
			t.Fatalf("block %d of %s has no end", i, name)
		}
		want := play(t, block)
		if elapsed.ReplaceAllString(want, "$2") != elapsed.ReplaceAllString(block, "$2") {
			if !*update {
				t.Errorf("block %d of %s differs; go test . -run Readme -update rewrites it\nhave:\n%s\nwant:\n%s", i, name, block, want)
			}
			parts[i] = want + "```\n" + rest
		}
	}
	if *update {
		if err := os.WriteFile(name, []byte(strings.Join(parts, "```console\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// play runs the commands of a block and returns the block as it should be.
func play(t *testing.T, block string) string {
	t.Helper()
	var out strings.Builder
	commands := 0
	for _, line := range strings.Split(block, "\n") {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			continue
		}
		commands++
		cmd := exec.Command("sh", "-c", command)
		cmd.Env = append(os.Environ(), "WSALOG_NO_CONFIG=1", "LC_ALL=C.UTF-8", "TZ=UTC", "NO_COLOR=1")
		printed, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", command, err, printed)
		}
		out.WriteString(line + "\n" + string(printed))
	}
	if commands == 0 {
		t.Error("a console block without a command")
	}
	return out.String()
}
