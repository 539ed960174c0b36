package cli

import (
	"net"
	"path"
	"strconv"
	"strings"

	"wsalog/annotate"
	"wsalog/internal/stats"
	"wsalog/matcher"
	"wsalog/rules"
)

// A filter says which hits count: --strict and --loose, --code, --not-code,
// --part, --class, --severity and --peer.
type filter struct {
	least      matcher.Confidence
	code       map[int]bool // nil: all
	notCode    map[int]bool
	part       map[rules.Part]bool
	class      map[rules.Class]bool
	severity   map[rules.Severity]bool
	peers      []string // globs in lower case
	everything bool     // nothing but the confidence is asked
}

func (a *app) newFilter() (*filter, error) {
	s := a.settings
	f := &filter{least: matcher.Medium}
	switch {
	case s.clash("strict", "loose"):
		return nil, a.usage("filter.strict-loose")
	case s.on("strict"):
		f.least = matcher.High
	case s.on("loose"):
		f.least = matcher.Low
	}
	var err error
	if f.code, err = a.codeSet("code"); err != nil {
		return nil, err
	}
	if f.notCode, err = a.codeSet("not-code"); err != nil {
		return nil, err
	}
	f.part = setOf(s.list("part"), rules.ParsePart)
	f.class = setOf(s.list("class"), rules.ParseClass)
	f.severity = setOf(s.list("severity"), rules.ParseSeverity)
	for _, glob := range s.list("peer") {
		if _, err := path.Match(glob, ""); err != nil {
			return nil, a.usage("filter.peer", glob)
		}
		f.peers = append(f.peers, strings.ToLower(glob))
	}
	f.everything = f.code == nil && f.notCode == nil && f.part == nil && f.class == nil && f.severity == nil && f.peers == nil
	return f, nil
}

// setOf turns the words of a flag, which the flag has checked, into a set.
func setOf[T comparable](words []string, parse func(string) (T, error)) map[T]bool {
	if len(words) == 0 {
		return nil
	}
	set := make(map[T]bool, len(words))
	for _, w := range words {
		if v, err := parse(w); err == nil {
			set[v] = true
		}
	}
	return set
}

// codeSet reads a list of numbers, ranges such as 10050-10065, and names.
func (a *app) codeSet(flag string) (map[int]bool, error) {
	list := a.settings.list(flag)
	if len(list) == 0 {
		return nil, nil
	}
	set := make(map[int]bool)
	for _, item := range list {
		if from, to, ok := codeRange(item); ok {
			n := len(set)
			for i := range rules.Codes() {
				if c := rules.Codes()[i].Number; from <= c && c <= to {
					set[c] = true
				}
			}
			if len(set) == n {
				return nil, a.usage("filter.range", "--"+flag, item)
			}
			continue
		}
		found := a.lookup(item)
		if len(found) == 0 {
			return nil, a.usage("filter.code", "--"+flag, item, a.otherCodes(item))
		}
		for _, f := range found {
			set[f.number] = true
		}
	}
	return set, nil
}

// codeRange reads "10050-10065" and "10050..10065".
func codeRange(s string) (from, to int, ok bool) {
	for _, sep := range []string{"..", "-"} {
		if left, right, found := strings.Cut(s, sep); found {
			from, err1 := strconv.Atoi(strings.TrimSpace(left))
			to, err2 := strconv.Atoi(strings.TrimSpace(right))
			if err1 == nil && err2 == nil && from <= to {
				return from, to, true
			}
		}
	}
	return 0, 0, false
}

// accept reports whether a hit counts. A Win32 twin is judged by the properties
// of the code that it stands for, and by its own number.
func (f *filter) accept(r *annotate.Record, h *annotate.Hit) bool {
	if h.Confidence < f.least {
		return false
	}
	if f.everything {
		return true
	}
	if f.code != nil && !f.code[h.Code] && (h.Also == 0 || !f.code[h.Also]) || f.notCode[h.Code] {
		return false
	}
	if !f.kind(h) {
		return false
	}
	return f.peers == nil || f.peer(r.Peer)
}

func (f *filter) kind(h *annotate.Hit) bool {
	if f.part == nil && f.class == nil && f.severity == nil {
		return true
	}
	n := h.Code
	if twin, ok := rules.LookupRelated(n); ok && h.Related {
		n = twin.Twin
	}
	c, ok := rules.Lookup(n)
	return ok && (f.part == nil || f.part[c.Part]) && (f.class == nil || f.class[c.Class]) &&
		(f.severity == nil || f.severity[c.Severity])
}

// peer reports whether one of the globs fits the peer, or its host alone.
func (f *filter) peer(peer string) bool {
	if peer == "" {
		return false
	}
	peer = strings.ToLower(peer)
	host := peer
	if h, _, err := net.SplitHostPort(peer); err == nil {
		host = h
	}
	for _, glob := range f.peers {
		for _, name := range []string{peer, host} {
			if ok, _ := path.Match(glob, name); ok || glob == name {
				return true
			}
		}
	}
	return false
}

// stats is the filter in the shape that collectors want.
func (f *filter) stats() stats.Filter {
	return func(_ *annotate.Batch, r *annotate.Record, h *annotate.Hit) bool { return f.accept(r, h) }
}
