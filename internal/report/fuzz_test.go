package report

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"wsalog/internal/stats"
	"wsalog/rules"
)

// FuzzReadJSON reads reports that anybody may have written. What is accepted
// must be writable in every format, and mergeable.
func FuzzReadJSON(f *testing.F) {
	for _, tab := range []*stats.Table{lineNumbers().Table(), stats.New(stats.Options{}).Table(), story(func(l *logMaker) {
		for i := range 9 {
			l.add(day, 10054, "recv", "p:1", "")
			l.add(day.AddDate(0, 0, i), 10061, "bind", "网", "")
		}
	})} {
		f.Add([]byte(render(f, "json", tab, Options{})))
	}
	f.Add([]byte(`{"schema":1,"merge":{"version":1,"lines":[{"unit":1000,"buckets":[[9223372036854775807,-5,10061,1]]},{"unit":1000},{"unit":1}],` +
		`"minutes":[{"unit":60000},{"unit":60000}],"codes":[{"code":10061,"hits":-3,"spans":[{"First":9223372036854775807,"Last":-9223372036854775808,"N":1},{},{}]}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ReadJSON(bytes.NewReader(data))
		if err != nil {
			return
		}
		tab := c.Table()
		for _, format := range Formats() {
			if err := format.Write(io.Discard, tab, Options{Texts: goldenTexts}); err != nil {
				t.Fatal(err)
			}
		}
		other := lineNumbers()
		other.Merge(c)
		for _, format := range CompareFormats() {
			o := Options{Lang: rules.Chinese}
			if err := format.Write(io.Discard, Compare(other.Table(), tab, o), o); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// FuzzNames puts any text where a log may put one and checks what each format
// promises about it.
func FuzzNames(f *testing.F) {
	for _, name := range hardNames {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		c := stats.New(stats.Options{})
		l := newLog(c, name)
		l.add(day, 10061, name, name, name+"10061"+name)
		tab := c.Table()
		for _, format := range Formats() {
			var out bytes.Buffer
			if err := format.Write(&out, tab, Options{Texts: goldenTexts, CSV: CSVPeers}); err != nil {
				t.Fatal(err)
			}
			for _, r := range out.String() {
				if r < ' ' && r != '\n' || r == 0x7F || r > 0x7F && steers(r) && r != 0xFEFF {
					t.Fatalf("%s holds %U", format.Name, r)
				}
			}
			switch format.Name {
			case "json":
				if !json.Valid(out.Bytes()) {
					t.Error("json is not valid")
				}
			case "html":
				if n := strings.Count(out.String(), "<script"); n != 2 {
					t.Errorf("page holds %d scripts", n)
				}
			}
		}
	})
}
