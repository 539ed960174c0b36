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

// TestFollowScenarios plays all scenarios, several at a time since they mostly
// sleep, and wants every line exactly once, whole and in order.
func TestFollowScenarios(t *testing.T) {
	for i := range scenarios {
		s := scenarios[i]
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			if !watchable {
				s.destroys, s.unordered = true, true // it is TestFollowPolling in fact
			}
			tr := s.run(t)
			if err := tr.verdict(&s); err != nil {
				t.Errorf("%v\nevents: %s", err, eventTexts(tr.events))
			}
			t.Logf("%d lines, %d rotations: %s", tr.wrote, tr.rotations, tr.cell())
		})
	}
}

// TestFollowPolling plays the scenarios without notifications, as on Windows and
// on network file systems. What is on disk must come all the same; its order may
// suffer where generations are so short that several are found at once.
func TestFollowPolling(t *testing.T) {
	t.Parallel()
	if !watchable {
		t.Skip("TestFollowScenarios has nothing else here")
	}
	for _, s := range scenarios {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			options := s.options
			s.options = func(o *Options) {
				if options != nil {
					options(o)
				}
				o.noWatch = true
			}
			s.destroys, s.unordered = true, true
			tr := s.run(t)
			if err := tr.verdict(&s); err != nil {
				t.Errorf("%v\nevents: %s", err, eventTexts(tr.events))
			}
			t.Logf("%d lines, %d rotations: %s", tr.wrote, tr.rotations, tr.cell())
		})
	}
}
