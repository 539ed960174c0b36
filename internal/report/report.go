// Package report writes what was found: the table of a run as text, JSON,
// NDJSON, CSV, Markdown or HTML, the comparison of two tables, and the hits of a
// running log as NDJSON. The same table and options always give the same bytes.
package report

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"wsalog/internal/stats"
	"wsalog/internal/term"
	"wsalog/rules"
)

// Options says how a table is written. The zero value writes English for a wide
// output without colours.
type Options struct {
	Lang    rules.Lang
	Profile term.Profile // glyphs and the ruler of cells; Width 0 means defaultWidth
	Theme   *term.Theme  // inks for text; nil paints nothing
	Texts   Texts        // the catalogue's texts; nil leaves them out
	Top     int          // rows of a table that people read: 0 means defaultTop, below 0 all
	By      []stats.Key  // the tables that people read; nil means codes and peers
	CSV     CSVTable
	BOM     bool  // CSV begins with a byte order mark, for Excel
	Basis   Basis // of a comparison
	Meta    Meta
	// Reason words why a file was not read to its end; nil leaves it as recorded.
	Reason func(string) string
}

// Meta is what the caller knows about the run. What is empty is not shown.
type Meta struct {
	Version   string
	Args      []string
	Host      string
	Generated time.Time
	Elapsed   time.Duration // so that equal runs give equal bytes, only text shows it
}

const (
	defaultWidth = 140
	defaultTop   = 10
)

func (o *Options) top() int {
	switch {
	case o.Top == 0:
		return defaultTop
	case o.Top < 0:
		return int(^uint(0) >> 1)
	}
	return o.Top
}

func (o *Options) width() int {
	if o.Profile.Width == 0 {
		return defaultWidth
	}
	return o.Profile.Width
}

func (o *Options) text(code int) *rules.Text {
	if o.Texts != nil {
		if t := o.Texts(code, o.Lang); t != nil {
			return t
		}
	}
	return &rules.Text{}
}

// word returns the short word for a code, or its name, or its number.
func (o *Options) word(code int) string {
	if w := o.text(code).Word; w != "" {
		return w
	}
	return codeName(code)
}

func codeName(code int) string {
	if c, ok := rules.Lookup(code); ok {
		return c.Name
	}
	if name, _ := twinOf(code); name != "" {
		return name
	}
	return fmt.Sprint(code)
}

// A Format is one way of writing a table.
type Format struct {
	Name  string // as in --format
	Ext   string // file extension, with its dot
	MIME  string
	Write func(w io.Writer, t *stats.Table, o Options) error
}

// formats is the list of all formats. Flags, completion, file extensions and
// tests read it.
var formats = [...]Format{
	{"text", ".txt", "text/plain; charset=utf-8", writeText},
	{"json", ".json", "application/json", writeJSON},
	{"ndjson", ".ndjson", "application/x-ndjson", writeNDJSON},
	{"csv", ".csv", "text/csv; charset=utf-8", writeCSV},
	{"md", ".md", "text/markdown; charset=utf-8", writeMarkdown},
	{"html", ".html", "text/html; charset=utf-8", writeHTML},
}

// Formats lists all formats.
func Formats() []Format { return append([]Format(nil), formats[:]...) }

// FormatNames lists the names of all formats.
func FormatNames() []string {
	var names []string
	for i := range formats {
		names = append(names, formats[i].Name)
	}
	return names
}

// FormatByName finds a format.
func FormatByName(name string) (*Format, error) {
	for i := range formats {
		if formats[i].Name == name {
			return &formats[i], nil
		}
	}
	return nil, fmt.Errorf("unknown format %q: use one of %s", name, strings.Join(FormatNames(), ", "))
}

// FormatByFile finds the format that a file's extension names.
func FormatByFile(file string) (*Format, error) {
	ext := strings.ToLower(filepath.Ext(file))
	switch ext {
	case ".htm":
		ext = ".html"
	case ".jsonl":
		ext = ".ndjson"
	case ".markdown":
		ext = ".md"
	}
	for i := range formats {
		if formats[i].Ext == ext {
			return &formats[i], nil
		}
	}
	var exts []string
	for i := range formats {
		exts = append(exts, formats[i].Ext)
	}
	return nil, fmt.Errorf("cannot tell a format from the name %q: end it in one of %s, or use --format",
		file, strings.Join(exts, " "))
}
