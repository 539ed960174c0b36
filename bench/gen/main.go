// Gen writes logs for benchmarks, the same bytes for the same flags, and a ledger
// of what it wrote on purpose. With -literals it writes the pattern list that
// rivals are given instead.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if err != flag.ErrHelp {
			fmt.Fprintln(os.Stderr, "gen:", err)
		}
		os.Exit(2)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	fs := flag.NewFlagSet("gen", flag.ContinueOnError)
	fs.SetOutput(stderr)
	seed := fs.Uint64("seed", 1, "`number` that chance begins with")
	size := fs.String("size", "64MiB", "bytes before encoding, such as 10MB, 520MiB or 4GiB")
	rate := fs.Float64("errors", 0.001, "share of the records that report an error, 0 to 1")
	decoys := fs.Float64("decoys", 0.001, "share of the other records with a port, PID or amount of 10004 to 11033")
	style := fs.String("style", "mixed", "`kind` of lines: "+strings.Join(styles(), ", "))
	wide := fs.Bool("utf16", false, "write UTF-16LE with a byte order mark")
	out := fs.String("o", "", "`file` to write the log to; standard output without it")
	book := fs.String("ledger", "", "`file` to write the true hits to")
	list := fs.Bool("literals", false, "write the pattern list for rivals and end")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if fs.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", fs.Arg(0))
	}
	if *list {
		return toFile(*out, stdout, func(w io.Writer) error {
			_, err := w.Write(literals())
			return err
		})
	}
	n, err := parseSize(*size)
	if err != nil {
		return err
	}
	for name, share := range map[string]float64{"errors": *rate, "decoys": *decoys} {
		if !(share >= 0 && share <= 1) {
			return fmt.Errorf("-%s %v: must be a share from 0 to 1", name, share)
		}
	}
	g, err := newGenerator(order{*seed, n, *rate, *decoys, *style, *wide})
	if err != nil {
		return err
	}
	if err := toFile(*out, stdout, g.write); err != nil {
		return err
	}
	if *book == "" {
		return nil
	}
	return toFile(*book, stdout, g.ledger.write)
}

// toFile lets write write to the named file, or to stdout where no name is given.
func toFile(name string, stdout io.Writer, write func(io.Writer) error) error {
	if name == "" {
		return write(stdout)
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return fmt.Errorf("write %s: %w", name, err)
	}
	return f.Close()
}

var units = []struct {
	name  string
	bytes int64
}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"", 1}}

// parseSize reads a number of bytes with a unit.
func parseSize(text string) (int64, error) {
	for _, u := range units {
		digits, ok := strings.CutSuffix(text, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil || n < 0 || n > 1<<50/u.bytes {
			break
		}
		return n * u.bytes, nil
	}
	return 0, fmt.Errorf("size %q: use a whole number with KiB, MiB, GiB, KB, MB or GB", text)
}
