package rules

import (
	"slices"
	"sort"
	"strings"
	"testing"
)

func TestFunctionsTable(t *testing.T) {
	all := Functions()
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

func TestCodesOf(t *testing.T) {
	for _, tc := range []struct {
		name string
		has  int
	}{
		{"connect", 10061}, {"CONNECT", 10061}, {"bind", 10048}, {"listen", 10045},
		{"accept", 10022}, {"wsarecv", 10101}, {"wsarecvfrom", 10101}, {"WSAStartup", 10091}, {"wsastartup", 10092},
		{"getaddrinfo", 11001}, {"getaddrinfow", 11002}, {"GetAddrInfoW", 10109},
		{"WSASocketA", 10106}, {"WSALookupServiceNext", 10110}, {"transmitfile", 995},
	} {
		got := CodesOf(tc.name)
		if !slices.Contains(got, tc.has) {
			t.Errorf("CodesOf(%q) = %v, lacks %d", tc.name, got, tc.has)
		}
		if !slices.IsSorted(got) {
			t.Errorf("CodesOf(%q) = %v, not in number order", tc.name, got)
		}
	}
	for _, name := range []string{"", "a", "w", "nosuchcall", "connectaw", "inet_pto"} {
		if got := CodesOf(name); got != nil {
			t.Errorf("CodesOf(%q) = %v, want nil", name, got)
		}
	}
	mine := CodesOf("connect")
	mine[0] = -1
	if CodesOf("connect")[0] == -1 {
		t.Error("CodesOf hands out its own table")
	}
}

func TestFunctionsOf(t *testing.T) {
	for _, c := range Codes() {
		for _, r := range FunctionsOf(c.Number) {
			if !slices.Contains(CodesOf(r.Function), c.Number) {
				t.Errorf("FunctionsOf(%d) names %s, CodesOf disagrees", c.Number, r.Function)
			}
		}
	}
	pairs := 0
	for _, f := range Functions() {
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
	for _, f := range Functions() {
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
