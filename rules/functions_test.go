package rules

import (
	"slices"
	"sort"
	"strings"
	"testing"
)

func TestFunctionsTable(t *testing.T) {
	all := functions[:]
	if len(all) < 44 {
		t.Fatalf("%d functions, want at least 44", len(all))
	}
	if !sort.SliceIsSorted(all, func(i, j int) bool {
		return strings.ToLower(all[i].Name) < strings.ToLower(all[j].Name)
	}) {
		t.Error("functions are not sorted by name")
	}
	seen := make(map[string]bool)
	for _, f := range all {
		lower := strings.ToLower(f.Name)
		if seen[lower] {
			t.Errorf("%s stands in the table twice", f.Name)
		}
		seen[lower] = true
		if len(f.Reports) == 0 {
			t.Errorf("%s reports no code", f.Name)
		}
		for i, r := range f.Reports {
			if _, ok := Lookup(r.Code); !ok {
				t.Errorf("%s reports %d, which the catalogue does not hold", f.Name, r.Code)
			}
			if i > 0 && f.Reports[i-1].Code >= r.Code {
				t.Errorf("%s: %d does not follow %d", f.Name, r.Code, f.Reports[i-1].Code)
			}
		}
	}
}

// isFunction reports whether the table holds a function, whose name is in lower
// case and may carry the A or W of a variant: getaddrinfow.
func isFunction(lower string) bool {
	return slices.ContainsFunc(functions[:], func(f Function) bool {
		variant, ok := strings.CutPrefix(lower, strings.ToLower(f.Name))
		return ok && (variant == "" || variant == "a" || variant == "w")
	})
}

func TestIsFunction(t *testing.T) {
	for name, want := range map[string]bool{"connect": true, "getaddrinfow": true, "wsasocketa": true,
		"": false, "w": false, "nosuchcall": false, "connectaw": false, "inet_pto": false} {
		if isFunction(name) != want {
			t.Errorf("isFunction(%q) is %t", name, !want)
		}
	}
}

func TestFunctionsOf(t *testing.T) {
	for _, c := range []struct {
		name string
		code int
	}{
		{"connect", 10061}, {"bind", 10048}, {"listen", 10045}, {"accept", 10022}, {"WSARecv", 10101}, {"WSARecvFrom", 10101},
		{"WSAStartup", 10091}, {"WSAStartup", 10092}, {"getaddrinfo", 11001}, {"getaddrinfo", 11002}, {"getaddrinfo", 10109},
		{"WSASocket", 10106}, {"WSALookupServiceNext", 10110}, {"TransmitFile", 995},
	} {
		if !slices.ContainsFunc(FunctionsOf(c.code), func(r Reporter) bool { return r.Function == c.name }) {
			t.Errorf("FunctionsOf(%d) lacks %s", c.code, c.name)
		}
	}
	pairs := 0
	for _, f := range functions {
		for _, r := range f.Reports {
			if !slices.Contains(FunctionsOf(r.Code), Reporter{f.Name, r.Note}) {
				t.Errorf("FunctionsOf(%d) lacks %s", r.Code, f.Name)
			}
			pairs++
		}
	}
	if pairs < 465 {
		t.Errorf("%d pairs of function and code, want at least 465", pairs)
	}
	if got := FunctionsOf(10092); len(got) != 1 || got[0].Function != "WSAStartup" || got[0].Note == "" {
		t.Errorf("FunctionsOf(10092) = %v, want WSAStartup with a note", got)
	}
	if got := FunctionsOf(1); got != nil {
		t.Errorf("FunctionsOf(1) = %v, want nil", got)
	}
}

// TestNotesInChinese: every note that is a sentence has a Chinese one, and no
// other has.
func TestNotesInChinese(t *testing.T) {
	used := make(map[string]bool)
	for _, f := range functions {
		for _, r := range f.Reports {
			used[r.Note] = true
			if zh := NoteIn(r.Note, Chinese); strings.Contains(r.Note, " ") && zh == r.Note {
				t.Errorf("%s: %q is not translated", f.Name, r.Note)
			}
		}
	}
	for note := range notesZH() {
		if !used[note] {
			t.Errorf("nobody says %q", note)
		}
	}
}
