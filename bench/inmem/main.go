// Inmem times the matcher alone: one goroutine, the log in memory, blocks of
// whole lines as the pipeline cuts them. It prints the least seconds of all
// runs, the bytes of the log and the accepted matches, separated by tabs.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"time"

	"wsalog/matcher"
)

const blockSize = 1 << 20

func main() {
	runs := flag.Int("runs", 5, "how often to search the log")
	flag.Parse()
	if flag.NArg() != 1 || *runs < 1 {
		fmt.Fprintln(os.Stderr, "usage: inmem [-runs N] FILE")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), *runs); err != nil {
		fmt.Fprintln(os.Stderr, "inmem:", err)
		os.Exit(2)
	}
}

func run(name string, runs int) error {
	log, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	m, err := matcher.New(matcher.Options{})
	if err != nil {
		return err
	}
	blocks := cut(log)
	var least time.Duration
	var accepted int
	var matches []matcher.Match
	for i := range runs {
		began, count := time.Now(), 0
		for _, b := range blocks {
			matches = m.Append(matches[:0], b, nil)
			for j := range matches {
				if matches[j].Verdict == matcher.Accepted {
					count++
				}
			}
		}
		if took := time.Since(began); i == 0 || took < least {
			least = took
		}
		if i > 0 && count != accepted {
			return fmt.Errorf("run %d found %d matches, run 1 found %d", i+1, count, accepted)
		}
		accepted = count
	}
	fmt.Printf("%.6f\t%d\t%d\n", least.Seconds(), len(log), accepted)
	return nil
}

// cut divides the log into blocks that end with a line; a line that is longer
// than a block is a block of its own.
func cut(log []byte) [][]byte {
	var blocks [][]byte
	for len(log) > blockSize {
		end := bytes.LastIndexByte(log[:blockSize], '\n') + 1
		if end == 0 {
			end = bytes.IndexByte(log, '\n') + 1
		}
		if end == 0 {
			break
		}
		blocks, log = append(blocks, log[:end]), log[end:]
	}
	return append(blocks, log)
}
