package report

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wsalog/internal/stats"
)

// What a report holds thousands of is written here: reflection would take longer over
// it than the counting. Everything that there is little of is left to encoding/json.

// appendMember appends ,"key":"value" as encoding/json and tame do.
func appendMember(d []byte, key, value string) []byte {
	return appendPlainString(appendKey(d, key), value)
}

// appendPlainString appends a string as encoding/json and tame do, which have
// shorter names for two control characters than appendJSON.
func appendPlainString(d []byte, s string) []byte {
	start, from := len(d), 0
	d = append(d, '"')
	for i := plainRun(s, 0); i < len(s); i = plainRun(s, i+1) {
		if s[i] != '"' && s[i] != '\\' {
			return appendOddString(d[:start], s)
		}
		d = append(append(d, s[from:i]...), '\\')
		from = i
	}
	return append(append(d, s[from:]...), '"')
}

// appendOddString is appendPlainString for strings with more than printable ASCII.
func appendOddString(d []byte, s string) []byte {
	if strings.ContainsAny(s, "\b\f") {
		if enc, err := marshal(s); err == nil { // a string always encodes
			return append(d, enc...)
		}
	}
	return appendJSON(d, s)
}

// plainRun returns the index of the first byte of s from i on that a JSON string may
// not hold as it is, or len(s). It looks at eight bytes at a time.
func plainRun(s string, i int) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(s); i += 8 {
		b := s[i : i+8]
		x := uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 |
			uint64(b[4])<<32 | uint64(b[5])<<40 | uint64(b[6])<<48 | uint64(b[7])<<56
		quote, slash, del := x^(ones*'"'), x^(ones*'\\'), x^(ones*0x7F)
		// The top bit of each byte; above the first one found some may be set in error.
		found := x | (x-ones*0x20)&^x | (quote-ones)&^quote | (slash-ones)&^slash | (del-ones)&^del
		if found &= tops; found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for i < len(s) && s[i] < utf8.RuneSelf && plainASCII[s[i]] {
		i++
	}
	return i
}

// moment appends a moment, or null.
func (b *jsonBuffer) moment(m *stats.Moment) {
	if m == nil {
		b.text("null")
		return
	}
	b.d = b.moments.append(b.d, m)
}

// appendCodes appends an object of codes and counts in the order of the codes'
// digits, as that of a map.
func appendCodes(d []byte, list []stats.CodeCount) []byte {
	var few [16]stats.CodeCount
	sorted := append(few[:0], list...)
	slices.SortFunc(sorted, byDigits)
	d = append(d, '{')
	for i, c := range sorted {
		if i > 0 {
			d = append(d, ',')
		}
		d = strconv.AppendInt(append(d, '"'), int64(c.Code), 10)
		d = strconv.AppendInt(append(d, '"', ':'), c.N, 10)
	}
	return append(d, '}')
}

func byDigits(a, b stats.CodeCount) int {
	if a.Code >= 10_000 && b.Code >= 10_000 && a.Code < 100_000 && b.Code < 100_000 {
		return a.Code - b.Code
	}
	return cmp.Compare(strconv.Itoa(a.Code), strconv.Itoa(b.Code))
}

// A jsonGroup is a row of hits that share a property. The member that names it
// stands first.
type jsonGroup struct {
	key    string // the name of the first member
	name   string // its value
	hour   int    // its value where it isHour
	isHour bool
	count  int64
	events int64
	err    int64
	first  *stats.Moment
	last   *stats.Moment
	codes  []stats.CodeCount
}

func (b *jsonBuffer) group(g jsonGroup) {
	b.d = append(append(append(b.d, '{', '"'), g.key...), '"', ':')
	if g.isHour {
		b.d = strconv.AppendInt(b.d, int64(g.hour), 10)
	} else {
		b.d = appendPlainString(b.d, g.name)
	}
	b.counts(g.count, g.events, g.err, g.first, g.last, g.codes)
	b.text("}")
}

// counts appends what rows of groups and templates have in common.
func (b *jsonBuffer) counts(count, events, err int64, first, last *stats.Moment, codes []stats.CodeCount) {
	b.d = strconv.AppendInt(append(b.d, `,"count":`...), count, 10)
	b.d = strconv.AppendInt(append(b.d, `,"events":`...), events, 10)
	if err != 0 {
		b.d = appendIntKey(b.d, "error", err)
	}
	if first != nil {
		b.text(`,"first":`)
		b.moment(first)
	}
	if last != nil {
		b.text(`,"last":`)
		b.moment(last)
	}
	b.d = appendCodes(append(b.d, `,"codes":`...), codes)
}

// template appends a shape of lines.
func (b *jsonBuffer) template(t *stats.TemplateRow) {
	b.d = appendPlainString(append(b.d, `{"template":`...), t.Template)
	first, last := ends(t.Range)
	b.counts(t.Hits, t.Events, t.Error, first, last, t.Codes)
	if t.Sample.File != "" {
		b.d = appendSample(b.d, &t.Sample)
	}
	b.text("}")
}

func appendSample(d []byte, s *stats.Sample) []byte {
	d = appendPlainString(append(d, `,"sample":{"file":`...), s.File)
	d = appendMember(appendIntKey(d, "line", s.Line), "text", s.Text)
	if s.Cut {
		d = append(d, `,"cut":true`...)
	}
	return append(d, '}')
}

// jsonTimeline writes a timeline with its codes.
func jsonTimeline(p *jsonPage, l *stats.Timeline) {
	p.add(func(b *jsonBuffer) {
		b.text(`{"axis":"`)
		b.text([...]string{"time", "clock", "line"}[l.Axis])
		b.d = strconv.AppendInt(append(b.d, `","unit":`...), l.Unit, 10)
		start := &l.Start
		if len(l.Buckets) == 0 {
			start = nil
		}
		b.text(`,"start":`)
		b.moment(start)
		b.text(`,"buckets":`)
	})
	p.inline(len(l.Buckets), bucketRows, func(b *jsonBuffer, i int) {
		bucket := &l.Buckets[i]
		b.text(`{"at":`)
		b.moment(&bucket.Start)
		b.d = strconv.AppendInt(append(b.d, `,"count":`...), bucket.Hits, 10)
		b.d = append(appendCodes(append(b.d, `,"codes":`...), bucket.Codes), '}')
	})
	p.text("}")
}
