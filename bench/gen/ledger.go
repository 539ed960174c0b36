package main

import (
	"bufio"
	"fmt"
	"io"
	"sort"

	"wsalog/rules"
)

// write writes the ledger as tab-separated rows: "total", what, number, and
// "code", number of the code, lines that report it, its name.
func (l *ledger) write(w io.Writer) error {
	b := bufio.NewWriter(w)
	codes := make([]int, 0, len(l.hits))
	var hits int64
	for c, n := range l.hits {
		codes = append(codes, c)
		hits += n
	}
	sort.Ints(codes)
	fmt.Fprintf(b, "total\tbytes\t%d\ntotal\tlines\t%d\ntotal\trecords\t%d\ntotal\thits\t%d\ntotal\tdecoys\t%d\n",
		l.bytes, l.lines, l.records, hits, l.decoys)
	for _, c := range codes {
		name := ""
		if row, ok := rules.Lookup(c); ok {
			name = row.Name
		}
		fmt.Fprintf(b, "code\t%d\t%d\t%s\n", c, l.hits[c], name)
	}
	return b.Flush()
}
