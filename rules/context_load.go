package rules

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2"
)

//go:embed context/*.toml
var contextFiles embed.FS

//go:embed cues.toml
var cueFile []byte

// ContextRules returns the built-in rules, strongest first; among equals reject
// rules first, then by id.
func ContextRules() []*ContextRule { return contextRules() }

var contextRules = sync.OnceValue(func() []*ContextRule {
	names, err := fs.Glob(contextFiles, "context/*.toml")
	if err != nil || len(names) == 0 {
		panic(fmt.Sprintf("rules: internal error: no context rules: %v", err))
	}
	list := make([]*ContextRule, 0, len(names))
	for _, name := range names {
		data, err := contextFiles.ReadFile(name)
		if err != nil {
			panic("rules: internal error: " + err.Error())
		}
		r, err := decodeRule(name, data) // a test checks them, so that no start-up has to
		if err != nil {
			panic("rules: internal error: " + err.Error())
		}
		list = append(list, r)
	}
	SortRules(list)
	return list
})

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
	if r.Common && !commonCodes[code] {
		return false
	}
	return len(r.Codes) == 0 || slices.Contains(r.Codes, code)
}

// IsCommon reports whether programs print the code in daily life.
func IsCommon(code int) bool { return commonCodes[code] }

// commonCodes are the codes that programs print in daily life; a bare "error
// 10061" is believed more readily than a bare "error 10068". Our own judgement
// from the programs listed in the samples.
var commonCodes = map[int]bool{
	10013: true, 10022: true, 10035: true, 10038: true, 10048: true, 10049: true, 10050: true,
	10051: true, 10052: true, 10053: true, 10054: true, 10055: true, 10057: true, 10060: true, 10061: true,
	10064: true, 10065: true, 10093: true, 11001: true, 11002: true, 11004: true,
}

// CueGroup returns the cue literals of a named group, or nil.
func CueGroup(name string) []string { return cueGroups()[name] }

// CueGroups lists the names of the groups, sorted. The groups of one code each
// (means-10061) are left out: rules name them together as "meaning".
func CueGroups() []string {
	var names []string
	for n := range cueGroups() {
		if !strings.HasPrefix(n, "means-") {
			names = append(names, n)
		}
	}
	sort.Strings(names)
	return names
}

var cueGroups = sync.OnceValue(func() map[string][]string {
	groups := map[string][]string{}
	if err := toml.Unmarshal(cueFile, &groups); err != nil {
		panic("rules: internal error: cues.toml: " + err.Error())
	}
	return groups
})
