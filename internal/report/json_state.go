package report

import (
	"encoding/base64"
	"strconv"
	"sync"

	"wsalog/internal/stats"
)

// jsonState writes a State for merging. Its members are those of the type.
func jsonState(p *jsonPage, s *stats.StateRows) {
	made := sync.OnceValue(s.Rest)
	p.add(func(b *jsonBuffer) {
		rest := made()
		b.d = strconv.AppendInt(append(b.d, `{"version":`...), int64(rest.Version), 10)
		b.field("totals", rest.Totals)
		b.field("codes", rest.Codes)
		b.field("files", rest.Files)
	})
	jsonHeavy(p, "peers", nameRows, &s.Peers)
	jsonHeavy(p, "templates", sampleRows, &s.Templates)
	jsonTimelines(p, "lines", s.Lines)
	jsonTimelines(p, "minutes", s.Minutes)
	p.add(func(b *jsonBuffer) {
		rest := made()
		b.field("related", rest.Related)
		b.field("rejected", rest.Rejected)
		b.field("timeouts", rest.Timeouts)
		b.field("zones", rest.Zones)
		b.text("}")
	})
}

// field appends a member that is not the first of its object.
func (b *jsonBuffer) field(key string, v any) {
	b.d = appendKey(b.d, key)
	b.value(v)
}

// jsonHeavy writes a table of names.
func jsonHeavy(p *jsonPage, key string, inPart int, h *stats.HeavyRows) {
	rest := make(chan stats.HeavyState, 1)
	go func() { rest <- h.Rest() }() // which may take as long as many parts
	p.text(`,"` + key + `":{"entries":`)
	p.inline(h.Entries.N, inPart, func(b *jsonBuffer, i int) {
		h.Entries.At(i, &b.entry)
		b.d = appendEntry(b.d, &b.entry)
	})
	p.add(func(b *jsonBuffer) {
		s := <-rest
		if s.Missed != 0 {
			b.d = appendIntKey(b.d, "missed", s.Missed)
		}
		b.d = appendBytes(b.d, "cells", s.Cells)
		b.d = appendBytes(b.d, "distinct", s.Distinct)
		if len(s.PerCode) > 0 {
			b.field("per_code", s.PerCode)
		}
		b.text("}")
	})
}

func jsonTimelines(p *jsonPage, key string, list []stats.TimelineRows) {
	p.text(`,"` + key + `":[`)
	for i := range list {
		lead := `{"unit":`
		if i > 0 {
			lead = `,{"unit":`
		}
		p.text(lead + strconv.FormatInt(list[i].Unit, 10) + `,"buckets":`)
		rows := &list[i].Buckets
		p.inline(rows.N, 2*bucketRows, func(b *jsonBuffer, n int) {
			rows.At(n, &b.row)
			b.d = appendInts(b.d, b.row)
		})
		p.text("}")
	}
	p.text("]")
}

// appendBytes appends a member of bytes, if there are any.
func appendBytes(d []byte, key string, b []byte) []byte {
	if len(b) == 0 {
		return d
	}
	return append(base64.StdEncoding.AppendEncode(append(appendKey(d, key), '"'), b), '"')
}

func appendEntry(d []byte, e *stats.EntryState) []byte {
	d = appendPlainString(append(d, `{"name":`...), e.Name)
	d = appendInts(appendKey(d, "n"), e.Counts[:])
	d = append(appendKey(d, "codes"), '[')
	for i := range e.Codes {
		if i > 0 {
			d = append(d, ',')
		}
		d = appendInts(d, e.Codes[i][:])
	}
	d = append(appendKey(append(d, ']'), "spans"), '[')
	for i, s := range e.Spans {
		if i > 0 {
			d = append(d, ',')
		}
		if s == (stats.Span{}) { // two of three
			d = append(d, `{"First":0,"Last":0,"N":0}`...)
			continue
		}
		d = strconv.AppendInt(append(d, `{"First":`...), s.First, 10)
		d = append(appendIntKey(appendIntKey(d, "Last", s.Last), "N", s.N), '}')
	}
	d = append(d, ']')
	if len(e.Resets) > 0 {
		d = appendInts(appendKey(d, "resets"), e.Resets)
	}
	if e.Sample != nil {
		d = appendSample(d, e.Sample)
	}
	return append(d, '}')
}

func appendInts(d []byte, list []int64) []byte {
	d = append(d, '[')
	for i, n := range list {
		if i > 0 {
			d = append(d, ',')
		}
		d = strconv.AppendInt(d, n, 10)
	}
	return append(d, ']')
}
