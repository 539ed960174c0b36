package report

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"wsalog/internal/stats"
	"wsalog/internal/term"
)

// A CSVTable names what a CSV holds.
type CSVTable uint8

// The tables of a CSV.
const (
	CSVCodes CSVTable = iota
	CSVPeers
	CSVFiles
	CSVTimeline
)

var csvTables = [...]struct {
	name   string
	header []string
	rows   func(t *stats.Table, o *Options) [][]string
}{
	CSVCodes: {"codes", []string{"code", "name", "part", "class", "severity", "count", "events", "share",
		"first", "last",
		"peers", "files"}, csvCodes},
	CSVPeers: {"peers", []string{"peer", "count", "first", "last", "events", "possible_more", "codes"}, csvPeers},
	CSVFiles: {"files", []string{"file", "count", "events", "first", "last", "lines", "bytes", "hit_lines", "no_time",
		"encoding", "codes"}, csvFiles},
	CSVTimeline: {"timeline", []string{"start", "unit", "code", "name", "count"}, csvTimeline},
}

// CSVTableNames lists the names that ParseCSVTable takes.
func CSVTableNames() []string {
	var names []string
	for i := range csvTables {
		names = append(names, csvTables[i].name)
	}
	return names
}

// ParseCSVTable reads the name of a table.
func ParseCSVTable(s string) (CSVTable, error) {
	for i := range csvTables {
		if csvTables[i].name == s {
			return CSVTable(i), nil
		}
	}
	return 0, fmt.Errorf("unknown table %q: use one of %s", s, strings.Join(CSVTableNames(), ", "))
}

// writeCSV writes one table with a fixed header, ISO times and plain numbers. A
// cell that a spreadsheet would take for a formula begins with an apostrophe;
// control characters are made visible. Top cuts it only where it was asked for.
func writeCSV(w io.Writer, t *stats.Table, o Options) error {
	var b strings.Builder
	if o.BOM {
		b.WriteString("\ufeff")
	}
	c := csv.NewWriter(&b)
	table := csvTables[o.CSV]
	rows := table.rows(t, &o)
	if o.CSV != CSVTimeline {
		rows = rows[:asked(o, len(rows))]
	}
	err := c.WriteAll(append([][]string{table.header}, rows...))
	if err == nil {
		_, err = io.WriteString(w, b.String())
	}
	if err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// asText makes a name from a log safe for a spreadsheet.
func asText(s string) string {
	safe := term.Sanitiser{}.Line(s)
	if s != "" && strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return "'" + safe
	}
	return safe
}

func csvRange(r stats.Range) (first, last string) {
	if !r.OK {
		return "", ""
	}
	return r.First.String(), r.Last.String()
}

func number(n int64) string { return strconv.FormatInt(n, 10) }

func csvCodes(t *stats.Table, _ *Options) [][]string {
	var rows [][]string
	for i := range t.Codes {
		r := &t.Codes[i]
		first, last := csvRange(r.Range)
		rows = append(rows, []string{
			strconv.Itoa(r.Code), r.Name, r.Part.String(), r.Class.String(), r.Severity.String(),
			number(r.Hits), number(r.Events),
			strconv.FormatFloat(share(r.Hits, t.Totals.Hits), 'f', -1, 64), first, last, number(r.Peers),
			number(r.Files),
		})
	}
	return rows
}

func csvPeers(t *stats.Table, _ *Options) [][]string {
	var rows [][]string
	for i := range t.Peers {
		r := &t.Peers[i]
		first, last := csvRange(r.Range)
		rows = append(rows, []string{asText(r.Peer), number(r.Hits), first, last, number(r.Events),
			number(r.Error), csvSplit(r.Codes)})
	}
	return rows
}

func csvFiles(t *stats.Table, _ *Options) [][]string {
	var rows [][]string
	for i := range t.Files {
		r := &t.Files[i]
		first, last := csvRange(r.Range)
		rows = append(rows, []string{
			asText(r.File), number(r.Hits), number(r.Events), first, last, number(r.Lines), number(r.Bytes),
			number(r.HitLines), number(r.NoTime), asText(r.Encoding), csvSplit(r.Codes),
		})
	}
	return rows
}

// csvTimeline gives a row for each bucket and code, the form that pivot tables
// want.
func csvTimeline(t *stats.Table, _ *Options) [][]string {
	var rows [][]string
	for i := range t.Timeline.Buckets {
		b := &t.Timeline.Buckets[i]
		for _, c := range b.Codes {
			rows = append(rows, []string{b.Start.String(), number(t.Timeline.Unit), strconv.Itoa(c.Code),
				codeName(c.Code), number(c.N)})
		}
	}
	return rows
}

// csvSplit writes codes and their counts as 10061:4861 10054:9.
func csvSplit(list []stats.CodeCount) string {
	var parts []string
	for _, c := range list {
		parts = append(parts, fmt.Sprintf("%d:%d", c.Code, c.N))
	}
	return strings.Join(parts, " ")
}
