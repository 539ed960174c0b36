package source

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestFollowTable plays every scenario alone with each kind of following and
// prints what was lost as a Markdown table, which stands in docs/following.md:
//
//	go test ./internal/source -v -run TestFollowTable -table
func TestFollowTable(t *testing.T) {
	if !*tableFlag {
		t.Skip("-table is not set")
	}
	var b strings.Builder
	b.WriteString("| scenario | lines | rotations | wsalog | wsalog, polling only |\n|---|---|---|---|---|\n")
	lines, lost := 0, 0
	for i := range scenarios {
		ours := scenarios[i]
		tr := ours.run(t)
		if err := ours.verdict(tr); err != nil {
			t.Errorf("%s: %v", ours.name, err)
		}
		polling := scenarios[i]
		polling.options = func(o *Options) {
			if ours.options != nil {
				ours.options(o)
			}
			o.noWatch = true
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %s | %s |\n", ours.name, tr.wrote, tr.rotations, tr.cell(),
			polling.run(t).cell())
		lines, lost = lines+tr.wrote, lost+tr.lost
	}
	fmt.Fprintf(os.Stdout, "%s\nwsalog: %d lines, %d lost.\n", b.String(), lines, lost)
}

func (s *scenario) verdict(tr *trace) error { return tr.verdict(s) }
