package term

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestWidth(t *testing.T) {
	for _, c := range []struct {
		s    string
		want int
	}{
		{"", 0}, {"abc", 3}, {"拒绝连接", 8}, {"a拒b", 4}, {"é", 1}, {"e\u0301", 1}, {"x\u0301\u0302y", 2},
		{"\t", 8}, {"abc\td", 9}, {"12345678\tx", 17}, {"拒\t", 8}, {"😀", 2}, {"ｱ", 1}, {"Ａ", 2},
		{"« ×2 · →", 8}, {"ไ", 1}, {"\xff\xfe", 2}, {"1\ufe0f\u20e3", 2}, {"한글", 4},
	} {
		if got := (Cells{}).Width(c.s); got != c.want {
			t.Errorf("Width(%q) = %d, want %d", c.s, got, c.want)
		}
	}
	if got := (Cells{WideAmbig: true}).Width("«×·a"); got != 6 {
		t.Errorf("ambiguous: %d cells, want 6", got)
	}
	if got := (Cells{}).Advance(6, "ab\tc"); got != 17 {
		t.Errorf("Advance to 17, got %d", got)
	}
}

func TestTruncate(t *testing.T) {
	for _, c := range []struct {
		s    string
		w    int
		want string
	}{
		{"abcdef", 6, "abcdef"}, {"abcdef", 5, "abcd…"}, {"拒绝连接", 5, "拒绝…"}, {"拒绝连接", 4, "拒…"},
		{"abcdef", 1, "…"}, {"abcdef", 0, ""}, {"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
	} {
		if got := (Cells{}).Truncate(c.s, c.w, "…"); got != c.want {
			t.Errorf("Truncate(%q, %d) = %q, want %q", c.s, c.w, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		s           string
		first, rest int
		want        []string
	}{
		{"", 10, 10, []string{""}},
		{"port closed or firewall reject", 12, 12, []string{"port closed", "or firewall", "reject"}},
		{"Test-NetConnection 10.0.0.5 -Port 5432", 20, 20, []string{"Test-NetConnection", "10.0.0.5 -Port 5432"}},
		{"abcdefghij", 4, 3, []string{"abcd", "efg", "hij"}},
		{"端口未监听，或被防火墙拒绝", 12, 12, []string{"端口未监听，", "或被防火墙拒", "绝"}},
		{"拒绝", 1, 1, []string{"拒", "绝"}},
		{"8 lines · 4 hits · 2 codes", 20, 20, []string{"8 lines · 4 hits ·", "2 codes"}},
		{"8 lines - 4 hits - 2 codes", 20, 20, []string{"8 lines - 4 hits -", "2 codes"}},
		{"wrong host · the server listens elsewhere", 26, 26, []string{"wrong host · the server", "listens elsewhere"}},
		{"ab  cd", 2, 2, []string{"ab", "cd"}},
	} {
		if got := (Cells{}).Wrap(c.s, c.first, c.rest); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Wrap(%q, %d, %d) = %q, want %q", c.s, c.first, c.rest, got, c.want)
		}
	}
}

func TestWrapAndTruncateKeepTheWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Cells{WideAmbig: rapid.Bool().Draw(t, "ambig")}
		s := Sanitiser{}.Line(rapid.StringOf(rapid.Rune()).Draw(t, "s"))
		w := rapid.IntRange(2, 200).Draw(t, "w")
		if cut := c.Truncate(s, w, "…"); c.Width(cut) > w || !utf8.ValidString(cut) {
			t.Fatalf("Truncate(%q, %d) = %q, %d cells", s, w, cut, c.Width(cut))
		}
		lines := c.Wrap(s, w, w)
		for _, l := range lines {
			// One cluster can be wider than a narrow line, never two.
			if c.Width(l) > w && c.Truncate(l, w, "") != "" {
				t.Fatalf("Wrap(%q, %d): line %q has %d cells", s, w, l, c.Width(l))
			}
		}
		if a, b := squeeze(strings.Join(lines, "")), squeeze(s); a != b {
			t.Fatalf("Wrap(%q, %d) lost text: %q", s, w, lines)
		}
	})
}

func squeeze(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestWrapAtSeparatorsAndInCommands(t *testing.T) {
	c := Cells{}
	for _, test := range []struct {
		in, want string
		width    int
	}{
		{"aaaa bbbb · cccc", "aaaa|bbbb ·|cccc", 9},
		{"端口已被占用 · 原先的套接字", "端口已被占|用 · 原先的|套接字", 11},
		{"端口已占 · 原先的套接字", "端口已|占 ·|原先的|套接字", 7},
		{"端口已 · 原先", "端口|已 ·|原先", 6},
		{"0x8007274D · -2147014835 · 1", "0x8007274D ·|-2147014835|· 1", 12},
		{"do\u00a0this\u00a0now or never", "do\u00a0this\u00a0|now or|never", 9},
		{"do\u00a0this\u00a0now or never", "do\u00a0this\u00a0now|or never", 11},
	} {
		if got := strings.Join(c.Wrap(test.in, test.width, test.width), "|"); got != test.want {
			t.Errorf("%q in %d cells: %q, want %q", test.in, test.width, got, test.want)
		}
	}
}
