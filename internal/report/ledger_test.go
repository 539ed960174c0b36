package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"wsalog/annotate"
	"wsalog/internal/stats"
	"wsalog/matcher"
	"wsalog/rules"
)

// A ledger is what the maker of a log wrote down while it wrote the log.
type ledger struct {
	lines, hits, hitLines int64
	codes                 map[int]int64
	info                  map[int]int64
	peers, files          map[string]int64
	peerCodes, fileCodes  map[string]int64
	calls                 map[string]int64
	hours                 [24]int64
	rejected              int64
}

// writeLog makes batches of at least lines lines in three files, with decoys and
// info codes, and the ledger of what they hold.
func writeLog(seed uint64, lines int) ([]*annotate.Batch, *ledger) {
	r := rand.New(rand.NewPCG(seed, 9))
	l := &ledger{codes: map[int]int64{}, info: map[int]int64{}, peers: map[string]int64{}, files: map[string]int64{},
		peerCodes: map[string]int64{}, fileCodes: map[string]int64{}, calls: map[string]int64{}}
	var out []*annotate.Batch
	for f := range 3 {
		src := &annotate.Source{ID: f, Name: fmt.Sprintf("logs/part|%d.log", f)}
		for first := 1; first <= lines/3+1; first += 500 {
			out = append(out, writeBatch(r, l, src, first, 500))
		}
	}
	return out, l
}

func writeBatch(r *rand.Rand, l *ledger, src *annotate.Source, first, n int) *annotate.Batch {
	b := &annotate.Batch{Source: src, FirstLine: int64(first), Lines: int64(n), Encoding: "UTF-8", Rejects: map[string]int{}}
	l.lines += int64(n)
	for i := range n {
		at := day.Add(time.Duration(first+i) * 4 * time.Second)
		switch x := r.IntN(20); {
		case x == 0: // a decoy: a port that looks like a code
			b.Bytes = append(b.Bytes, "listening on port 10061\n"...)
			b.Rejects["port"]++
			l.rejected++
		case x < 6:
			writeHit(r, l, b, src.Name, i, at)
		default:
			b.Bytes = append(b.Bytes, "all is well\n"...)
		}
	}
	b.RawLen = int64(len(b.Bytes))
	return b
}

func writeHit(r *rand.Rand, l *ledger, b *annotate.Batch, file string, i int, at time.Time) {
	codes := []int{10061, 10061, 10061, 10054, 10054, 10060, 11001, 10048, 10035}
	peer, call := fmt.Sprintf("10.0.0.%d:%d", r.IntN(30), 80), []string{"connect", "recv"}[r.IntN(2)]
	text := at.Format("15:04:05") + " " + call + " " + peer + ":"
	rec := annotate.Record{LineInBatch: i, Start: len(b.Bytes), Peer: peer, Call: call, Stamp: annotate.Stamp{Time: at, Valid: true}}
	seen := map[int]bool{}
	counted := false
	for range 1 + r.IntN(2) {
		code := codes[r.IntN(len(codes))]
		if seen[code] {
			continue
		}
		seen[code] = true
		from := len(text) + 1
		text += fmt.Sprintf(" %d", code)
		rec.Hits = append(rec.Hits, annotate.Hit{Code: code, Forms: []rules.Form{rules.FormDecimal}, Confidence: matcher.High,
			Spans: []annotate.Span{{Start: from, End: len(text)}}})
		if code == 10035 {
			l.info[code]++
			continue
		}
		counted = true
		l.hits++
		l.codes[code]++
		l.peers[peer]++
		l.files[file]++
		l.calls[call]++
		l.peerCodes[fmt.Sprint(peer, " ", code)]++
		l.fileCodes[fmt.Sprint(file, " ", code)]++
		l.hours[at.Hour()]++
	}
	if counted {
		l.hitLines++
	}
	rec.Text = []byte(text)
	b.Bytes = append(append(b.Bytes, text...), '\n')
	b.Records = append(b.Records, rec)
}

func tableOf(batches []*annotate.Batch) *stats.Table {
	c := stats.New(stats.Options{})
	for _, b := range batches {
		_ = c.Batch(b)
	}
	return c.Table()
}

// same compares a count with the ledger.
func same(t *testing.T, what string, got, want int64) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %d, the ledger says %d", what, got, want)
	}
}

func num(t *testing.T, s string) int64 {
	t.Helper()
	if s == "-" {
		return 0
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(s, ",", ""), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestEveryFormatEqualsTheLedger(t *testing.T) {
	lines := 66_000
	if s := os.Getenv("WSALOG_LEDGER_LINES"); s != "" { // for a longer run by hand
		lines = int(num(t, s))
	}
	batches, l := writeLog(3, lines)
	if l.lines < 60_000 || l.hits < 10_000 || l.rejected == 0 {
		t.Fatalf("the log is too small: %+v", l)
	}
	tab := tableOf(batches)
	o := Options{Top: -1, Texts: goldenTexts}
	t.Run("json", func(t *testing.T) { ledgerJSON(t, l, render(t, "json", tab, o)) })
	t.Run("ndjson", func(t *testing.T) { ledgerNDJSON(t, l, render(t, "ndjson", tab, o)) })
	t.Run("csv", func(t *testing.T) { ledgerCSV(t, l, tab) })
	t.Run("md", func(t *testing.T) { ledgerMarkdown(t, l, render(t, "md", tab, o)) })
	t.Run("text", func(t *testing.T) { ledgerText(t, l, render(t, "text", tab, o)) })
	t.Run("html", func(t *testing.T) { ledgerHTML(t, l, render(t, "html", tab, o)) })
}

type jsonCounts struct {
	Totals map[string]int64
	Codes  []struct {
		Code  int
		Count int64
	}
	Peers []struct {
		Peer  string
		Count int64
		Codes map[string]int64
	}
	Files []struct {
		File  string
		Count int64
		Codes map[string]int64
	}
	Calls []struct {
		Call  string
		Count int64
	}
	Hours    []struct{ Count int64 }
	Timeline struct {
		Buckets []struct{ Count int64 }
	}
	NotCounted struct {
		Info []struct {
			Code  int
			Count int64
		}
		Rejected map[string]int64
	} `json:"not_counted"`
}

func ledgerJSON(t *testing.T, l *ledger, out string) {
	var j jsonCounts
	if err := json.Unmarshal([]byte(out), &j); err != nil {
		t.Fatal(err)
	}
	same(t, "lines", j.Totals["lines"], l.lines)
	same(t, "hits", j.Totals["hits"], l.hits)
	same(t, "hit lines", j.Totals["hit_lines"], l.hitLines)
	same(t, "codes", int64(len(j.Codes)), int64(len(l.codes)))
	for _, c := range j.Codes {
		same(t, fmt.Sprint("code ", c.Code), c.Count, l.codes[c.Code])
	}
	same(t, "peers", int64(len(j.Peers)), int64(len(l.peers)))
	for _, p := range j.Peers {
		same(t, p.Peer, p.Count, l.peers[p.Peer])
		for code, n := range p.Codes {
			same(t, p.Peer+" "+code, n, l.peerCodes[p.Peer+" "+code])
		}
	}
	for _, f := range j.Files {
		same(t, f.File, f.Count, l.files[f.File])
		for code, n := range f.Codes {
			same(t, f.File+" "+code, n, l.fileCodes[f.File+" "+code])
		}
	}
	same(t, "calls", int64(len(j.Calls)), int64(len(l.calls)))
	for _, c := range j.Calls {
		same(t, c.Call, c.Count, l.calls[c.Call])
	}
	for h := range j.Hours {
		same(t, fmt.Sprint("hour ", h), j.Hours[h].Count, l.hours[h])
	}
	var sum int64
	for _, b := range j.Timeline.Buckets {
		sum += b.Count
	}
	same(t, "timeline", sum, l.hits)
	same(t, "info", j.NotCounted.Info[0].Count, l.info[j.NotCounted.Info[0].Code])
	same(t, "rejected", j.NotCounted.Rejected["port"], l.rejected)
}

func ledgerNDJSON(t *testing.T, l *ledger, out string) {
	codes, peers := 0, 0
	for _, line := range strings.Split(strings.TrimSpace(out), "\n") {
		var o struct {
			Type, Peer, Severity string
			Code                 int
			Count                int64
			Totals               map[string]int64
		}
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		switch o.Type {
		case "code":
			codes++
			same(t, fmt.Sprint("code ", o.Code), o.Count, l.codes[o.Code]+l.info[o.Code])
		case "peer":
			peers++
			same(t, o.Peer, o.Count, l.peers[o.Peer])
		case "summary":
			same(t, "hits", o.Totals["hits"], l.hits)
		}
	}
	same(t, "codes", int64(codes), int64(len(l.codes)+len(l.info)))
	same(t, "peers", int64(peers), int64(len(l.peers)))
}

func ledgerCSV(t *testing.T, l *ledger, tab *stats.Table) {
	read := func(table CSVTable) [][]string {
		rows, err := csv.NewReader(strings.NewReader(render(t, "csv", tab, Options{CSV: table}))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1:]
	}
	for _, row := range read(CSVCodes) {
		code, _ := strconv.Atoi(row[0])
		same(t, "code "+row[0], num(t, row[5]), l.codes[code])
	}
	peers := read(CSVPeers)
	same(t, "peers", int64(len(peers)), int64(len(l.peers)))
	for _, row := range peers {
		same(t, row[0], num(t, row[1]), l.peers[row[0]])
	}
	for _, row := range read(CSVFiles) {
		same(t, row[0], num(t, row[1]), l.files[row[0]])
	}
	perCode := map[int]int64{}
	for _, row := range read(CSVTimeline) {
		code, _ := strconv.Atoi(row[2])
		perCode[code] += num(t, row[4])
	}
	for code, n := range l.codes {
		same(t, fmt.Sprint("timeline of ", code), perCode[code], n)
	}
}

func ledgerMarkdown(t *testing.T, l *ledger, out string) {
	codes, peers := 0, 0
	for _, line := range strings.Split(out, "\n") {
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		name := strings.Trim(cells[0], "`")
		if code, err := strconv.Atoi(cells[0]); err == nil && len(cells) == 10 {
			codes++
			same(t, "code "+cells[0], num(t, cells[3]), l.codes[code])
		} else if strings.HasPrefix(name, "10.0.0.") {
			peers++
			same(t, name, num(t, cells[1]), l.peers[name])
		}
	}
	same(t, "codes", int64(codes), int64(len(l.codes)))
	same(t, "peers", int64(peers), int64(len(l.peers)))
	if !strings.Contains(out, thousands(l.hits)+" hits on "+thousands(l.hitLines)+" lines") {
		t.Error("the head does not tell the hits")
	}
}

func ledgerText(t *testing.T, l *ledger, out string) {
	codes, peers := 0, 0
	for _, line := range strings.Split(out, "\n") {
		f := strings.Fields(line)
		if len(f) < 4 {
			continue
		}
		if code, err := strconv.Atoi(f[0]); err == nil && strings.HasPrefix(f[1], "WSA") {
			codes++
			if !strings.Contains(line, " "+thousands(l.codes[code])+" ") {
				t.Errorf("%q lacks the count %d", line, l.codes[code])
			}
		} else if strings.HasPrefix(f[0], "10.0.0.") {
			peers++
			same(t, f[0], num(t, f[1]), l.peers[f[0]])
			same(t, f[0]+" 10061", num(t, f[2]), l.peerCodes[f[0]+" 10061"])
		}
	}
	same(t, "codes", int64(codes), int64(len(l.codes)))
	same(t, "peers", int64(peers), int64(len(l.peers)))
}

var (
	htmlCode = regexp.MustCompile(`</svg>(\d{5})</th><td><code>[^<]*</code>.*?</td><td class="wide">[^<]*</td><td class="n">([\d,]+)</td>`)
	htmlPeer = regexp.MustCompile(`<tr><th scope="row"><bdi>(10\.0\.0\.[^<]*)</bdi></th><td class="n">([\d,]+)</td>`)
	htmlFile = regexp.MustCompile(`<tr><th scope="row"><bdi>(logs/[^<]*)</bdi></th>.*?<td class="n">([\d,]+)</td>`)
)

func ledgerHTML(t *testing.T, l *ledger, out string) {
	rows := htmlCode.FindAllStringSubmatch(out, -1)
	same(t, "codes", int64(len(rows)), int64(len(l.codes)))
	for _, m := range rows {
		code, _ := strconv.Atoi(m[1])
		same(t, "code "+m[1], num(t, m[2]), l.codes[code])
	}
	rows = htmlPeer.FindAllStringSubmatch(out, -1)
	same(t, "peers", int64(len(rows)), int64(len(l.peers)))
	for _, m := range rows {
		same(t, m[1], num(t, m[2]), l.peers[m[1]])
	}
	rows = htmlFile.FindAllStringSubmatch(out, -1)
	same(t, "files", int64(len(rows)), int64(len(l.files)))
	for _, m := range rows {
		same(t, m[1], num(t, m[2]), l.files[html.UnescapeString(m[1])])
	}
	ledgerJSON(t, l, dataOf(t, out))
}
