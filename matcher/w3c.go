package matcher

import (
	"bytes"

	"wsalog/rules"
)

// ParseFields reads a "#Fields:" header line of a W3C log and returns the context
// for the lines below it.
func ParseFields(line []byte) *Context {
	ctx := &Context{W3C: -1, HasW3C: true}
	_, names, _ := bytes.Cut(line, []byte(":"))
	for i, name := range bytes.Fields(names) {
		switch string(name) {
		case "sc-win32-status":
			ctx.W3C = i
		case "date":
			ctx.dateColumn = i + 1
		case "time":
			ctx.timeColumn = i + 1
		case "sc-status":
			ctx.statusColumn = i + 1
		}
		ctx.columns = i + 1
	}
	return ctx
}

// A column is the place of a W3C line's sc-win32-status value.
type column struct {
	is         bool // the line is a W3C line
	start, end int  // of the value; equal when the line has no such column
}

// mixInto mixes a column into what stands for the shape of an outline: which line is a row
// depends on lengths.
func (c column) mixInto(shape uint64) uint64 {
	if c.is {
		shape = max(1, (shape^uint64(c.start)<<32^uint64(c.end))*0x9E3779B97F4A7C15)
	}
	return shape
}

// w3cColumn finds the status column of a line: by the header in force, or where
// none is, by the default layout of IIS. A line that does not look like a row
// of the header's table is no W3C line, since other text may stand between. It adds
// the numbers that decided, and the column, to reads.
func w3cColumn(line []byte, ctx *Context, reads *[]stretch) column {
	if len(line) == 0 || line[0] == '#' {
		return column{}
	}
	if ctx != nil && ctx.HasW3C && ctx.columns > 2 {
		if row, ok := ctx.row(line); ok && row.shaped(ctx, line, reads) {
			if ctx.W3C < 0 {
				return column{is: true}
			}
			*reads = append(*reads, row.w3c)
			return column{true, row.w3c.start, row.w3c.end}
		}
	}
	return defaultLayout(line, reads)
}

// A row holds where the columns stand that the header names and that are of interest.
type row struct{ date, status, w3c stretch }

// row finds the columns of line. It reports false unless line has as many columns as the
// header, and where date or time are none, as in most of the lines that stand between rows.
func (ctx *Context) row(line []byte) (r row, ok bool) {
	n := 0
	for i := 0; ; {
		for i < len(line) && isBlank(line[i]) {
			i++
		}
		if i == len(line) {
			break
		}
		start := i
		for i < len(line) && !isBlank(line[i]) {
			i++
		}
		n++
		switch field := (stretch{start, i}); n {
		case ctx.dateColumn:
			if r.date = field; !mayBeDate(line[start:i]) {
				return r, false
			}
		case ctx.timeColumn:
			if !isClock(line[start:i]) {
				return r, false
			}
		case ctx.statusColumn:
			r.status = field
		case ctx.W3C + 1:
			r.w3c = field
		}
	}
	return r, n == ctx.columns
}

// shaped reports whether the other columns that have a fixed shape have it: date and the
// two statuses. Words of other lines may be as many as the columns.
func (r *row) shaped(ctx *Context, line []byte, reads *[]stretch) bool {
	switch {
	case ctx.dateColumn > 0 && !isDate(line, r.date.start, r.date.end, reads),
		ctx.statusColumn > 0 && !isStatus(line[r.status.start:r.status.end]):
		return false
	}
	return ctx.W3C < 0 || isStatus(line[r.w3c.start:r.w3c.end])
}

func isClock(s []byte) bool { return len(s) == 8 && s[2] == ':' && s[5] == ':' }

// isStatus reports whether s is a whole number or the hyphen of an empty column.
func isStatus(s []byte) bool {
	for _, b := range s {
		if !isDigit(b) {
			return string(s) == "-"
		}
	}
	return len(s) > 0
}

func mayBeDate(s []byte) bool { return len(s) == 10 && s[4] == '-' && s[7] == '-' }

// isDate reports whether line[start:end] is a date, and adds the year to reads.
func isDate(line []byte, start, end int, reads *[]stretch) bool {
	if !mayBeDate(line[start:end]) {
		return false
	}
	*reads = append(*reads, stretch{start, start + 4})
	return atoi(line[start:start+4]) > 1980
}

// defaultLayout recognises a row of the layout that IIS writes by default (date
// time s-ip cs-method … sc-status sc-substatus sc-win32-status time-taken) when
// its header is not at hand.
func defaultLayout(line []byte, reads *[]stretch) column {
	if len(line) < 40 {
		return column{}
	}
	skip, original := rowStart(line, reads), line
	if skip < 0 {
		return column{}
	}
	if line = line[skip:]; skip > 0 && original[skip-1] == '"' {
		line, _, _ = bytes.Cut(line, []byte(`"`))
	}
	method, methodEnd := field(line, 3)
	for _, b := range line[method:methodEnd] {
		if b < 'A' || b > 'Z' {
			return column{}
		}
	}
	n := countFields(line)
	if n < 12 {
		return column{}
	}
	start, end := field(line, n-4)
	*reads = append(*reads, stretch{skip + start, skip + end})
	status := atoi(line[start:end])
	if status < 100 || status > 599 {
		return column{}
	}
	for i := n - 3; i < n; i++ {
		if s, e := field(line, i); atoi(line[s:e]) < 0 && e-s < 10 {
			return column{}
		}
	}
	start, end = field(line, n-2)
	*reads = append(*reads, stretch{skip + start, skip + end})
	return column{true, skip + start, skip + end}
}

// maxShipped is how far a shipper's prefix may push a row into its line.
const maxShipped = 100

// rowLead are the bytes that may stand right before a row.
var rowLead = []byte(" \t\":|")

// rowStart returns where a row's date and time begin, -1 when the line has none
// near its beginning.
func rowStart(line []byte, reads *[]stretch) int {
	const hyphen, width = 4, 40 // of the date's first hyphen; a row is no shorter
	for from := hyphen; ; {
		n := bytes.IndexByte(line[from:min(len(line), maxShipped)], '-')
		if n < 0 {
			return -1
		}
		i := from + n - hyphen
		if i+width > len(line) {
			return -1
		}
		if isDate(line, i, i+10, reads) && line[i+10] == ' ' && line[i+13] == ':' && (i == 0 || bytes.IndexByte(rowLead, line[i-1]) >= 0) {
			return i
		}
		from += n + 1
	}
}

func countFields(line []byte) int {
	n, in := 0, false
	for _, b := range line {
		if b == ' ' || b == '\t' {
			in = false
		} else if !in {
			n, in = n+1, true
		}
	}
	return n
}

// field returns the bounds of the i-th blank-separated field.
func field(line []byte, i int) (start, end int) {
	n, in := -1, false
	for p, b := range line {
		switch {
		case b == ' ' || b == '\t':
			if in && n == i {
				return start, p
			}
			in = false
		case !in:
			n, in = n+1, true
			start = p
		}
	}
	if in && n == i {
		return start, len(line)
	}
	return 0, 0
}

// Ids of the verdicts on W3C lines; they have no rule file, because the column
// alone decides.
const (
	RuleW3CStatus = "w3c-win32-status"
	RuleW3COther  = "w3c-other-column"
)

// appendColumn judges a W3C line whose candidates were collected: the status column is believed, every other
// look-alike is not.
func appendColumn(dst []Match, s *scratch, line []byte, start, end int, col column) []Match {
	s.cands = resolve(s.cands)
	done := col.start == col.end
	for _, c := range s.cands {
		if !done && c.end > col.start {
			dst, done = appendStatus(dst, line, start, end, col), true
		}
		if c.start >= col.start && c.end <= col.end {
			continue
		}
		dst = append(dst, Match{Code: c.code, Also: c.also, Form: c.form, Verdict: Rejected, Rule: RuleW3COther,
			Start: start + c.start, End: start + c.end, LineStart: start, LineEnd: end})
	}
	if !done {
		dst = appendStatus(dst, line, start, end, col)
	}
	return dst
}

// statusNumber reads a Win32 status; one that is an HRESULT counts as its code.
func statusNumber(s []byte) int {
	if len(s) == 10 && string(s[:4]) == "2147" {
		if n := atoi(s[1:]); n >= hresultDecimal {
			return n - hresultDecimal
		}
	}
	return atoi(s)
}

// hresultDecimal is 0x80070000 as an unsigned number without its leading 2.
const hresultDecimal = 0x80070000 - 2_000_000_000 // fits 32 bits

// appendStatus appends the match of a status column that holds a code. The column
// is Win32, so the six shared codes stay Win32 there: they are related at most, and
// nothing else is told of them, since the finder does not stop at such small numbers.
func appendStatus(dst []Match, line []byte, start, end int, col column) []Match {
	n := statusNumber(line[col.start:col.end])
	out := Match{Code: n, Form: rules.FormDecimal, Confidence: High, Rule: RuleW3CStatus,
		Start: start + col.start, End: start + col.end, LineStart: start, LineEnd: end}
	if _, ok := rules.LookupRelated(n); ok {
		out.Verdict = Related
		return append(dst, out)
	}
	if _, ok := rules.Lookup(n); !ok || n < rules.First {
		return dst
	}
	return append(dst, out)
}
