package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"wsalog/internal/stats"
	"wsalog/internal/term"
	"wsalog/rules"
)

// render writes a table in a format.
func render(t testing.TB, format string, tab *stats.Table, o Options) string {
	t.Helper()
	f, err := FormatByName(format)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, tab, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestEveryFormat holds what every format must do with every table.
func TestEveryFormat(t *testing.T) {
	for name, tab := range fixtures(t) {
		for _, f := range Formats() {
			for _, lang := range []rules.Lang{rules.English, rules.Chinese} {
				t.Run(fmt.Sprint(name, "/", f.Name, "/", lang), func(t *testing.T) {
					o := Options{Lang: lang, Texts: goldenTexts, Top: -1}
					out := render(t, f.Name, tab, o)
					if again := render(t, f.Name, tab, o); again != out {
						t.Error("a second run gives other bytes")
					}
					if !utf8.ValidString(out) {
						t.Error("output is not UTF-8")
					}
					for _, r := range out {
						if r < ' ' && r != '\n' || r == 0x7F || r > 0x7F && steers(r) {
							t.Fatalf("output holds %U", r)
						}
					}
					for i := range tab.Codes {
						if !strings.Contains(out, fmt.Sprint(tab.Codes[i].Code)) {
							t.Errorf("code %d is missing", tab.Codes[i].Code)
						}
					}
				})
			}
		}
	}
}

func TestFormatNames(t *testing.T) {
	for _, f := range Formats() {
		if got, err := FormatByFile("dir.x/REPORT" + strings.ToUpper(f.Ext)); err != nil || got.Name != f.Name {
			t.Errorf("%s: %v, %v", f.Ext, got, err)
		}
	}
	if _, err := FormatByFile("report.pdf"); err == nil || !strings.Contains(err.Error(), ".html") {
		t.Errorf("report.pdf: %v", err)
	}
	if _, err := FormatByName("xml"); err == nil || !strings.Contains(err.Error(), "ndjson") {
		t.Errorf("xml: %v", err)
	}
}

func TestJSONHasTheKeysOfTheContract(t *testing.T) {
	var page map[string]json.RawMessage
	if err := json.Unmarshal([]byte(render(t, "json", outage().Table(), Options{Top: 1})), &page); err != nil {
		t.Fatal(err)
	}
	for _, k := range strings.Fields("schema totals codes peers files calls hours templates timeline not_counted coverage findings merge") {
		if page[k] == nil {
			t.Errorf("no member %s", k)
		}
		delete(page, k)
	}
	for k := range page {
		t.Errorf("member %s is not in the contract", k)
	}
	var peers []map[string]any
	full := outage().Table()
	page = nil
	_ = json.Unmarshal([]byte(render(t, "json", full, Options{Top: 1})), &page)
	if err := json.Unmarshal(page["peers"], &peers); err != nil || len(peers) != len(full.Peers) {
		t.Errorf("--top cuts json to %d of %d peers (%v)", len(peers), len(full.Peers), err)
	}
}

func TestJSONComesBack(t *testing.T) {
	for name, tab := range fixtures(t) {
		want := render(t, "json", tab, Options{})
		c, err := ReadJSON(strings.NewReader(want))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := render(t, "json", c.Table(), Options{}); got != want {
			t.Errorf("%s changes when it is read and written again", name)
		}
	}
}

// TestReadJSONAfterMark reads a report that PowerShell has written to a file.
func TestReadJSONAfterMark(t *testing.T) {
	want := render(t, "json", outage().Table(), Options{})
	c, err := ReadJSON(strings.NewReader("\ufeff" + want))
	if err != nil {
		t.Fatal(err)
	}
	if got := render(t, "json", c.Table(), Options{}); got != want {
		t.Error("the report changes")
	}
}

func TestReadJSONSaysWhatIsWrong(t *testing.T) {
	whole := render(t, "json", outage().Table(), Options{})
	for in, want := range map[string]string{
		"":                           "not a JSON report",
		"10:22 ERROR 10061":          "not a JSON report",
		`{"a":1}`:                    `"schema"`,
		`{"schema":7,"merge":{}}`:    "schema 7",
		`{"schema":1}`:               `"merge"`,
		`{"schema":1,"merge":{}}`:    "version 0",
		whole + whole:                "one report a file",
		whole[:len(whole)*2/3]:       "unexpected EOF",
		`{"schema":1,"merge":"yes"}`: "not a JSON report",
	} {
		if _, err := ReadJSON(strings.NewReader(in)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %q", in, err, want)
		}
	}
}

func TestCSVOpensSafely(t *testing.T) {
	tab := hard().Table()
	for i, name := range CSVTableNames() {
		rows, err := csv.NewReader(strings.NewReader(render(t, "csv", tab, Options{CSV: CSVTable(i)}))).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
					t.Errorf("%s: cell %q would be a formula", name, cell)
				}
			}
		}
		if name == "peers" && len(rows) != len(tab.Peers)+1 {
			t.Errorf("%d rows for %d peers", len(rows), len(tab.Peers))
		}
	}
	if out := render(t, "csv", tab, Options{BOM: true}); !strings.HasPrefix(out, "\ufeffcode,name,part,class,severity,count,events,share,first,last,peers,files\n") {
		t.Errorf("csv begins %.80q", out)
	}
}

func TestMarkdownKeepsItsTables(t *testing.T) {
	out := render(t, "md", hard().Table(), Options{Top: -1, Texts: goldenTexts})
	columns := 0
	for _, line := range strings.Split(out, "\n") {
		if !strings.HasPrefix(line, "|") {
			columns = 0
			continue
		}
		n := strings.Count(line, "|")
		if columns == 0 {
			columns = n
		}
		if n != columns {
			t.Errorf("%d bars instead of %d in %q", n, columns, line)
		}
		if strings.Count(line, "`")%2 != 0 {
			t.Errorf("open code in %q", line)
		}
	}
	for _, bad := range []string{"<script", "<img", "</svg", "[l](", "`tick`"} {
		if strings.Contains(out, bad) {
			t.Errorf("markdown holds %q", bad)
		}
	}
}

// TestTextFitsItsWidth measures every line in cells, in all tiers and widths.
func TestTextFitsItsWidth(t *testing.T) {
	for name, tab := range fixtures(t) {
		for _, width := range []int{40, 59, 60, 79, 80, 100, 139, 140, 200} {
			for _, tier := range []term.Tier{term.Full, term.CP437, term.ASCII} {
				for _, lang := range []rules.Lang{rules.English, rules.Chinese} {
					p := term.Profile{Width: width, Glyphs: tier}
					out := render(t, "text", tab, Options{Profile: p, Lang: lang, Texts: goldenTexts, Top: -1})
					for _, line := range strings.Split(out, "\n") {
						if n := p.Cells().Width(line); n > width {
							t.Errorf("%s, %d wide, %v, %v: %d cells: %q", name, width, tier, lang, n, line)
						}
						if name == "outage" && lang == rules.English && tier == term.ASCII && strings.IndexFunc(line, func(r rune) bool { return r > '~' }) >= 0 {
							t.Errorf("not ASCII: %q", line)
						}
					}
				}
			}
		}
	}
}

// TestTextColumnsAlign checks that the COUNT column ends in one cell in all rows.
func TestTextColumnsAlign(t *testing.T) {
	for _, lang := range []rules.Lang{rules.English, rules.Chinese} {
		out := render(t, "text", outage().Table(), Options{Lang: lang, Texts: goldenTexts})
		head, ruler := wordsOf(lang).ColCount, term.Cells{}
		want := 0
		for _, line := range strings.Split(out, "\n") {
			if i := strings.Index(line, head); i >= 0 && strings.Contains(line, wordsOf(lang).ColCode) {
				want = ruler.Width(line[:i+len(head)])
			}
			if i := strings.Index(line, " 798 "); i >= 0 && want > 0 && strings.Contains(line, "WSAECONNREFUSED") {
				if got := ruler.Width(line[:i+4]); got != want {
					t.Errorf("%v: the count ends in cell %d, its head in %d:\n%s", lang, got, want, out)
				}
				want = -1
			}
		}
		if want != -1 {
			t.Errorf("%v: no row to measure in\n%s", lang, out)
		}
	}
}

// TestWordsAreComplete checks that every language has every text, with the same
// places to fill.
func TestWordsAreComplete(t *testing.T) {
	for _, pair := range [][2]any{{english, chinese}, {htmlEnglish, htmlChinese}, {causesEnglish, causesChinese}} {
		en, zh := reflect.ValueOf(pair[0]), reflect.ValueOf(pair[1])
		for i := range en.NumField() {
			name := en.Type().Field(i).Name
			a, b := texts(en.Field(i)), texts(zh.Field(i))
			for k := range a {
				if (a[k] == "" || b[k] == "") && name != "gap" {
					t.Errorf("%T.%s: %q and %q", pair[0], name, a[k], b[k])
				}
				if x, y := verbs.FindAllString(a[k], -1), verbs.FindAllString(b[k], -1); !slices.Equal(x, y) {
					t.Errorf("%T.%s: places %v and %v", pair[0], name, x, y)
				}
			}
		}
	}
}

var verbs = regexp.MustCompile(`%[a-z]`)

// texts lists the strings of a field.
func texts(v reflect.Value) []string {
	switch v.Kind() {
	case reflect.String:
		return []string{v.String()}
	case reflect.Array:
		var list []string
		for i := range v.Len() {
			list = append(list, v.Index(i).String())
		}
		return list
	}
	return nil
}
