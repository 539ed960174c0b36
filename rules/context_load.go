package rules

import (
	"slices"
	"sort"
	"strings"
)

//go:generate go test -run TestTables -update .
//go:generate go test ../matcher -run TestFinderPlan -update

// ContextRules returns the built-in rules, strongest first; among equals reject
// rules first, then by id. They come from context/<id>.toml: see tables.go.
func ContextRules() []*ContextRule { return contextTable[:] }

// SortRules puts rules into the order in which they are tried.
func SortRules(list []*ContextRule) {
	sort.SliceStable(list, func(i, j int) bool {
		a, b := list[i], list[j]
		if a.Strength != b.Strength {
			return a.Strength > b.Strength
		}
		if a.Verdict != b.Verdict {
			return a.Verdict == Reject
		}
		return a.ID < b.ID
	})
}

// OnlyFor reports whether the rule judges spellings of this code.
func (r *ContextRule) OnlyFor(code int) bool {
	if r.Common && !IsCommon(code) {
		return false
	}
	return len(r.Codes) == 0 || slices.Contains(r.Codes, code)
}

// IsCommon reports whether programs print the code in daily life.
func IsCommon(code int) bool {
	_, ok := slices.BinarySearch(commonCodes[:], code)
	return ok
}

// commonCodes are the codes that programs print in daily life; a bare "error
// 10061" is believed more readily than a bare "error 10068". Our own judgement
// from the programs listed in the samples. In order.
var commonCodes = [...]int{
	10013, 10022, 10035, 10038, 10048, 10049, 10050,
	10051, 10052, 10053, 10054, 10055, 10057, 10060, 10061,
	10064, 10065, 10093, 11001, 11002, 11004,
}

// A cueGroup is one line of cues.toml.
type cueGroup struct {
	name string
	cues []string
}

// CueGroup returns the cue literals of a named group, or nil.
func CueGroup(name string) []string {
	i, ok := slices.BinarySearchFunc(cueTable[:], name, func(g cueGroup, name string) int { return strings.Compare(g.name, name) })
	if !ok {
		return nil
	}
	return cueTable[i].cues
}

// CueGroups lists the names of the groups, sorted. The groups of one code each
// (means-10061) are left out: rules name them together as "meaning".
func CueGroups() []string {
	var names []string
	for _, g := range cueTable {
		if !strings.HasPrefix(g.name, "means-") {
			names = append(names, g.name)
		}
	}
	return names
}
