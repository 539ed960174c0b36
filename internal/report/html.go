package report

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the parts of the page
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"

	"wsalog/internal/stats"
	"wsalog/internal/term"
)

//go:embed page/page.html
var pageHTML string

//go:embed page/page.css
var pageCSS string

//go:embed page/page.js
var pageJS string

// maxPage bounds the HTML report, in bytes, with some room below 2 MB.
const maxPage = 1_900_000

// pageLimits bound what a page shows and what it carries to be saved.
type pageLimits struct {
	peers, files, templates, samples int // rows of tables; samples of a code
	dataPeers, dataRows              int // rows of the embedded figures
	name                             int // characters of a name or a sample
}

// limits to try one after the other until the page is small enough.
var pageSizes = [...]pageLimits{
	{300, 200, 50, 3, 1000, 500, 400},
	{150, 100, 25, 3, 500, 150, 300},
	{60, 40, 10, 2, 150, 50, 200},
	{20, 15, 5, 1, 30, 10, 100},
}

// writeHTML writes a page that needs nothing from anywhere: styles, script,
// drawings and figures are in it. It is below 2 MB for any table.
func writeHTML(w io.Writer, t *stats.Table, o Options) error {
	tmpl, err := pageTemplate("page", pageHTML)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	for _, limits := range pageSizes {
		out.Reset()
		page, err := newPage(t, o, limits)
		if err == nil {
			err = tmpl.Execute(&out, page)
		}
		if err != nil {
			return fmt.Errorf("write report: %w", err)
		}
		if out.Len() <= maxPage {
			break
		}
	}
	if _, err := w.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

func pageTemplate(name, text string) (*template.Template, error) {
	t, err := template.New(name).Funcs(template.FuncMap{"dict": heatTable, "rows": groupTable}).Parse(text)
	if err != nil {
		return nil, fmt.Errorf("parse page %s: %w", name, err)
	}
	return t, nil
}

// heatTable and groupTable hand the parts of a table to the templates that are
// used more than once.
func heatTable(caption, rows, total string, hours []string, data []heatRow) map[string]any {
	return map[string]any{"Caption": caption, "Rows": rows, "Total": total, "Hours": hours, "Data": data}
}

func groupTable(title string, w *words, rows []pageRow) map[string]any {
	return map[string]any{"Title": title, "W": w, "Rows": rows}
}

// policy is what the page may do: run and style itself with what is in it, and
// nothing else.
func policy() string {
	hash := func(s string) string {
		sum := sha256.Sum256([]byte(s))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	return "default-src 'none'; script-src " + hash(pageJS) + "; style-src " + hash(pageCSS) +
		"; base-uri 'none'; form-action 'none'"
}

// pageFrame is what every page has.
type pageFrame struct {
	Lang, Title string
	Policy      string
	CSS         template.CSS
	JS          template.JS
	W           *words
	H           *htmlWords
	Meta        []pair
}

type pair struct{ Name, Value string }

func newFrame(o *Options, title string) pageFrame {
	w, h := wordsOf(o.Lang), htmlWordsOf(o.Lang)
	f := pageFrame{Lang: w.tag, Title: title, Policy: policy(), CSS: template.CSS(pageCSS),
		JS: template.JS(pageJS), W: w, H: h}
	add := func(name, value string) {
		if value != "" {
			f.Meta = append(f.Meta, pair{name, value})
		}
	}
	add(h.Host, o.Meta.Host)
	if len(o.Meta.Args) > 0 {
		add(h.Command, clean(shorten("wsalog "+strings.Join(o.Meta.Args, " "), 300)))
	}
	add(h.Version, o.Meta.Version)
	if !o.Meta.Generated.IsZero() {
		add(h.Generated, o.Meta.Generated.Format("2006-01-02 15:04:05 -07:00"))
	}
	return f
}

// clean makes control and bidirectional characters of a log visible.
func clean(s string) string { return term.Sanitiser{}.Line(s) }
