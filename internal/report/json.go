package report

import (
	"fmt"
	"io"
	"math"
	"strconv"

	"wsalog/internal/stats"
)

type jsonTotals struct {
	Lines    int64 `json:"lines"`
	Bytes    int64 `json:"bytes"`
	Hits     int64 `json:"hits"`
	HitLines int64 `json:"hit_lines"`
	Events   int64 `json:"events"`
	Codes    int   `json:"codes"`
	Peers    int64 `json:"peers"`
}

type jsonCode struct {
	Code     int              `json:"code"`
	Name     string           `json:"name"`
	Part     string           `json:"part"`
	Class    string           `json:"class"`
	Severity string           `json:"severity"`
	Count    int64            `json:"count"`
	Events   int64            `json:"events"`
	Share    float64          `json:"share"`
	First    *stats.Moment    `json:"first"`
	Last     *stats.Moment    `json:"last"`
	Forms    map[string]int64 `json:"forms"`
	Calls    map[string]int64 `json:"calls,omitempty"`
	Peers    int64            `json:"peers"`
	Files    int64            `json:"files"`
	Hours    []int64          `json:"hours,omitempty"`
}

type jsonFile struct {
	File      string           `json:"file"`
	Count     int64            `json:"count"`
	Events    int64            `json:"events"`
	Lines     int64            `json:"lines"`
	Bytes     int64            `json:"bytes"`
	HitLines  int64            `json:"hit_lines"`
	NoTime    int64            `json:"no_time"`
	Undecoded int64            `json:"undecoded_bytes"`
	LongLines int64            `json:"long_lines"`
	Encoding  string           `json:"encoding,omitempty"`
	Unread    string           `json:"unread,omitempty"`
	First     *stats.Moment    `json:"first,omitempty"`
	Last      *stats.Moment    `json:"last,omitempty"`
	Codes     map[string]int64 `json:"codes"`
}

type jsonNotCounted struct {
	Info     []jsonCode       `json:"info"`
	Related  []jsonCodeCount  `json:"related"`
	Rejected map[string]int64 `json:"rejected"`
}

type jsonCodeCount struct {
	Code  int    `json:"code"`
	Name  string `json:"name"`
	Count int64  `json:"count"`
}

type jsonCoverage struct {
	Sources     int64                `json:"sources"`
	Encodings   map[string]int64     `json:"encodings"`
	First       *stats.Moment        `json:"first"` // the period that the stamps of the sources cover
	Last        *stats.Moment        `json:"last"`
	NoTime      int64                `json:"no_time"`
	OtherAxis   int64                `json:"other_axis"`
	Zones       int64                `json:"zones"`
	Undecoded   int64                `json:"undecoded_bytes"`
	LongLines   int64                `json:"long_lines"`
	LowHits     int64                `json:"low_confidence"`
	Timeouts    map[string]int64     `json:"timeouts"`
	Unread      []stats.Trouble      `json:"unread"`
	UnreadMore  int64                `json:"unread_more,omitempty"`
	Approximate map[string]stats.Cap `json:"approximate,omitempty"`
}

// writeJSON writes everything: --top never cuts it. The member "merge" holds
// what ReadJSON needs.
func writeJSON(w io.Writer, t *stats.Table, o Options) error {
	p := &jsonPage{}
	jsonBody(p, t, o, len(t.Peers))
	p.open("merge")
	jsonState(p, t.StateRows())
	if err := p.endTo(w); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// How many rows a part of a page holds: some 30 kilobytes as a rule.
const (
	fewRows    = 16
	nameRows   = 192
	sampleRows = 64
	bucketRows = 512
)

// jsonBody writes the members for readers, with at most so many peers.
func jsonBody(p *jsonPage, t *stats.Table, o Options, peers int) {
	p.member("schema", schema)
	p.member("totals", totalsOf(t))
	p.list("codes", len(t.Codes), fewRows, func(b *jsonBuffer, i int) { b.value(jsonCodeOf(t, &t.Codes[i])) })
	p.list("peers", min(peers, len(t.Peers)), nameRows, func(b *jsonBuffer, i int) {
		b.group(peerGroup(&t.Peers[i]))
	})
	p.list("files", len(t.Files), fewRows, func(b *jsonBuffer, i int) { b.value(jsonFileOf(&t.Files[i])) })
	for _, l := range [...]struct {
		key  string
		rows []jsonGroup
	}{{"calls", jsonGroups(t, stats.ByCall, "call")}, {"hours", jsonHours(t)}} {
		p.list(l.key, len(l.rows), nameRows, func(b *jsonBuffer, i int) { b.group(l.rows[i]) })
	}
	p.list("templates", len(t.Templates), sampleRows, func(b *jsonBuffer, i int) { b.template(&t.Templates[i]) })
	p.open("timeline")
	jsonTimeline(p, &t.Timeline)
	p.open("not_counted")
	p.add(func(b *jsonBuffer) { b.value(jsonLeftOut(t)) })
	p.open("coverage")
	p.add(func(b *jsonBuffer) { b.value(jsonCover(t)) })
	p.open("findings")
	p.add(func(b *jsonBuffer) {
		found := Findings(t, o)
		b.rows(0, len(found), len(found), func(b *jsonBuffer, i int) { b.value(found[i]) })
	})
}

func totalsOf(t *stats.Table) jsonTotals {
	return jsonTotals{t.Totals.Lines, t.Totals.Bytes, t.Totals.Hits, t.Totals.HitLines, t.Totals.Events,
		len(t.Codes), t.PeerNames}
}

func jsonLeftOut(t *stats.Table) jsonNotCounted {
	return jsonNotCounted{jsonCodes(t, t.Info), jsonCodeCounts(t.Related), namedMap(t.Rejected)}
}

func ends(r stats.Range) (first, last *stats.Moment) {
	if !r.OK {
		return nil, nil
	}
	return &r.First, &r.Last
}

func jsonCodes(t *stats.Table, rows []stats.CodeRow) []jsonCode {
	out := make([]jsonCode, 0, len(rows))
	for i := range rows {
		out = append(out, jsonCodeOf(t, &rows[i]))
	}
	return out
}

func jsonCodeOf(t *stats.Table, r *stats.CodeRow) jsonCode {
	c := jsonCode{
		Code: r.Code, Name: r.Name, Part: r.Part.String(), Class: r.Class.String(), Severity: r.Severity.String(),
		Count: r.Hits, Events: r.Events, Share: share(r.Hits, t.Totals.Hits),
		Forms: namedMap(r.Forms), Calls: namedMap(r.Calls), Peers: r.Peers, Files: r.Files,
	}
	c.First, c.Last = ends(r.Range)
	if t.Axis != stats.AxisLine {
		c.Hours = r.Hours[:]
	}
	return c
}

// share is a part of a whole, rounded so that it prints short.
func share(n, of int64) float64 {
	if of == 0 {
		return 0
	}
	return math.Round(float64(n)/float64(of)*1e6) / 1e6
}

func peerGroup(r *stats.PeerRow) jsonGroup {
	g := jsonGroup{key: "peer", name: r.Peer, count: r.Hits, events: r.Events, err: r.Error, codes: r.Codes}
	g.first, g.last = ends(r.Range)
	return g
}

func jsonFileOf(r *stats.FileRow) jsonFile {
	f := jsonFile{
		File: r.File, Count: r.Hits, Events: r.Events, Lines: r.Lines, Bytes: r.Bytes, HitLines: r.HitLines,
		NoTime: r.NoTime, Undecoded: r.Undecoded, LongLines: r.LongLines, Encoding: r.Encoding, Unread: r.Unread,
		Codes: codeMap(r.Codes),
	}
	f.First, f.Last = ends(r.Range)
	return f
}

func jsonGroups(t *stats.Table, k stats.Key, key string) []jsonGroup {
	var out []jsonGroup
	for _, g := range t.Groups(k) {
		out = append(out, jsonGroup{key: key, name: g.Key, count: g.Hits, events: g.Events, codes: g.Codes})
	}
	return out
}

func jsonHours(t *stats.Table) []jsonGroup {
	if t.Axis == stats.AxisLine {
		return nil
	}
	var out []jsonGroup
	for h := range t.Hours {
		r := &t.Hours[h]
		out = append(out, jsonGroup{key: "hour", isHour: true, hour: h, count: r.Hits, events: r.Events, codes: r.Codes})
	}
	return out
}

func jsonCover(t *stats.Table) jsonCoverage {
	c := &t.Coverage
	j := jsonCoverage{
		Sources: c.Sources, Encodings: namedMap(c.Encodings), NoTime: c.NoTime, OtherAxis: c.OtherAxis,
		Zones:     c.Zones,
		Undecoded: c.Undecoded, LongLines: c.LongLines, LowHits: c.LowHits, Timeouts: namedMap(t.Timeouts),
		Unread: c.Unread, UnreadMore: c.UnreadMore,
	}
	if j.Unread == nil {
		j.Unread = []stats.Trouble{}
	}
	j.First, j.Last = ends(t.Period)
	if t.PeerCap != nil || t.TemplCap != nil {
		j.Approximate = make(map[string]stats.Cap)
		if t.PeerCap != nil {
			j.Approximate["peers"] = *t.PeerCap
		}
		if t.TemplCap != nil {
			j.Approximate["templates"] = *t.TemplCap
		}
	}
	return j
}

func jsonCodeCounts(list []stats.CodeCount) []jsonCodeCount {
	out := make([]jsonCodeCount, 0, len(list))
	for _, c := range list {
		out = append(out, jsonCodeCount{c.Code, codeName(c.Code), c.N})
	}
	return out
}

func codeMap(list []stats.CodeCount) map[string]int64 {
	m := make(map[string]int64, len(list))
	for _, c := range list {
		m[strconv.Itoa(c.Code)] = c.N
	}
	return m
}

func namedMap(list []stats.Named) map[string]int64 {
	m := make(map[string]int64, len(list))
	for _, n := range list {
		m[n.Name] = n.N
	}
	return m
}
