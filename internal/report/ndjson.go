package report

import (
	"bytes"
	"fmt"
	"io"

	"wsalog/internal/stats"
)

// writeNDJSON writes an object a line: one for each code, also for those listed
// apart, one for each peer and for each row of further groups, one for each
// finding, and a summary at the end. Top cuts it only where it was asked for.
func writeNDJSON(w io.Writer, t *stats.Table, o Options) error {
	var b bytes.Buffer
	var row jsonBuffer
	put := func(kind string, v any) error {
		row.d = row.d[:0]
		if g, ok := v.(jsonGroup); ok {
			row.group(g)
		} else {
			row.value(v)
		}
		if row.err != nil {
			return row.err
		}
		fmt.Fprintf(&b, `{"type":"%s","schema":%d,`, kind, schema)
		b.Write(row.d[1:])
		b.WriteByte('\n')
		return nil
	}
	if err := ndjsonRows(put, t, o); err != nil {
		return err
	}
	err := put("summary", struct {
		Totals     jsonTotals     `json:"totals"`
		First      *stats.Moment  `json:"first"`
		Last       *stats.Moment  `json:"last"`
		NotCounted jsonNotCounted `json:"not_counted"`
		Coverage   jsonCoverage   `json:"coverage"`
	}{totalsOf(t), first(t.Hits), last(t.Hits), jsonLeftOut(t), jsonCover(t)})
	if err != nil {
		return err
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

func first(r stats.Range) *stats.Moment { a, _ := ends(r); return a }
func last(r stats.Range) *stats.Moment  { _, b := ends(r); return b }

func ndjsonRows(put func(string, any) error, t *stats.Table, o Options) error {
	for _, rows := range [][]stats.CodeRow{t.Codes, t.Info} {
		for _, c := range jsonCodes(t, rows) {
			if err := put("code", c); err != nil {
				return err
			}
		}
	}
	for i := range t.Peers[:asked(o, len(t.Peers))] {
		if err := put("peer", peerGroup(&t.Peers[i])); err != nil {
			return err
		}
	}
	for _, k := range o.By {
		if k == stats.ByCode || k == stats.ByPeer {
			continue
		}
		rows := jsonGroups(t, k, k.String())
		for _, g := range rows[:asked(o, len(rows))] {
			if err := put(k.String(), g); err != nil {
				return err
			}
		}
	}
	for _, f := range Findings(t, o) {
		if err := put("finding", f); err != nil {
			return err
		}
	}
	return nil
}

// asked returns how many of n rows a format for machines shows: all, unless
// fewer were asked for.
func asked(o Options, n int) int {
	if o.Top > 0 {
		return min(o.Top, n)
	}
	return n
}
