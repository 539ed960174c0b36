package report

import (
	"strconv"

	"wsalog/annotate"
	"wsalog/internal/stats"
)

// appendRunSummary appends the summary object of a HitStream. Its counts are those
// of a report: hits of info codes stand apart, and related twins are not counted.
func appendRunSummary(d []byte, t *stats.Table, totals annotate.Totals) []byte {
	d = append(d, `{"type":"summary","schema":`...)
	d = strconv.AppendInt(d, schema, 10)
	d = appendIntKey(d, "lines", max(t.Totals.Lines, totals.Lines))
	d = appendIntKey(d, "bytes", max(t.Totals.Bytes, totals.Bytes))
	d = appendIntKey(d, "hits", t.Totals.Hits)
	d = appendIntKey(d, "hit_lines", t.Totals.HitLines)
	d = appendIntKey(d, "events", t.Totals.Events)
	d = appendRunCodes(appendKey(d, "codes"), t.Codes)
	d = appendRunCodes(appendKey(d, "info"), t.Info)
	d = appendNamed(appendKey(d, "rejected"), t.Rejected)
	d = appendNamed(appendKey(d, "timeouts"), t.Timeouts)
	d = appendRunCoverage(appendKey(d, "coverage"), &t.Coverage)
	return append(d, '}')
}

func appendRunCodes(d []byte, rows []stats.CodeRow) []byte {
	d = append(d, '[')
	for i := range rows {
		if i > 0 {
			d = append(d, ',')
		}
		d = append(d, `{"code":`...)
		d = strconv.AppendInt(d, int64(rows[i].Code), 10)
		d = appendStringKey(d, "name", rows[i].Name)
		d = appendStringKey(d, "severity", rows[i].Severity.String())
		d = appendIntKey(d, "count", rows[i].Hits)
		d = append(appendIntKey(d, "events", rows[i].Events), '}')
	}
	return append(d, ']')
}

func appendNamed(d []byte, list []stats.Named) []byte {
	d = append(d, '{')
	for i, n := range list {
		if i > 0 {
			d = append(d, ',')
		}
		d = append(appendJSON(d, n.Name), ':')
		d = strconv.AppendInt(d, n.N, 10)
	}
	return append(d, '}')
}

func appendRunCoverage(d []byte, c *stats.Coverage) []byte {
	d = append(d, `{"sources":`...)
	d = strconv.AppendInt(d, c.Sources, 10)
	d = appendNamed(appendKey(d, "encodings"), c.Encodings)
	d = appendIntKey(d, "no_time", c.NoTime)
	d = appendIntKey(d, "undecoded_bytes", c.Undecoded)
	d = appendIntKey(d, "long_lines", c.LongLines)
	d = append(appendKey(d, "unread"), '[')
	for i, u := range c.Unread {
		if i > 0 {
			d = append(d, ',')
		}
		d = appendJSON(append(d, `{"file":`...), u.File)
		d = append(appendStringKey(d, "why", u.Why), '}')
	}
	return append(d, ']', '}')
}
