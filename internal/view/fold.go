package view

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"time"

	"wsalog/annotate"
	"wsalog/internal/term"
)

const (
	foldFrom   = 6                // the sixth adjacent line of a template is the first that is hidden
	foldWindow = 10 * time.Second // within which they follow each other
	foldPeers  = 32               // peers of a burst that are told apart
	foldNames  = 3                // and of these, named
	foldSpans  = 16               // buckets of its sparkline
)

// A run is a row of adjacent lines with hits that share a template. Its first
// lines are shown, the others counted.
type run struct {
	key      uint64
	src      *source
	times    [foldFrom - 1]time.Time // of the last lines, as a ring
	lines    int64                   // in the run so far
	folded   int64                   // of these, hidden
	first    time.Time               // of the hidden ones
	last     time.Time
	east     [2]time.Duration // by which the log's clock is ahead of first and last
	hasStamp bool             // times are the log's own
	peers    map[string]int64
	others   int64 // hits of peers beyond the cap
	spark    histogram
}

// foldable says whether a line may be hidden at all.
func (v *View) foldable(l *line) bool {
	return v.rewrites && !v.opt.NoFold && l.counted > 0 && !l.pieces
}

// fold takes the line into the current run, or begins another, and reports
// whether the line is hidden.
func (v *View) fold(l *line) bool {
	v.mask = appendTemplate(v.mask[:0], l)
	key := maphash.Bytes(v.seed, v.mask)
	at, stamped := v.timeOf(l)
	r := &v.run
	if r.lines == 0 || r.key != key || r.src != l.src || r.hasStamp != stamped || !near(at, r.last) {
		v.endRun()
		r.key, r.src, r.hasStamp = key, l.src, stamped
	}
	oldest := r.times[r.lines%int64(len(r.times))]
	r.times[r.lines%int64(len(r.times))] = at
	r.last, r.east[1] = at, time.Duration(l.rec.Stamp.OffsetSec)*time.Second
	r.lines++
	if r.folded == 0 && (r.lines < foldFrom || !near(at, oldest)) {
		return false
	}
	if r.folded == 0 {
		r.first, r.east[0] = at, r.east[1]
		if v.run.peers == nil {
			r.peers = make(map[string]int64)
		}
		v.endLive()
	}
	r.folded += l.times
	r.spark.add(at.Sub(r.first), l.times)
	r.countPeer(l.rec.Peer, l.times)
	v.countOnly(l)
	v.keepChange(l)
	return true
}

func near(a, b time.Time) bool { return a.Sub(b).Abs() <= foldWindow }

// timeOf is the log's own time where it has one, else the wall clock.
func (v *View) timeOf(l *line) (at time.Time, stamped bool) {
	if l.rec.Stamp.Valid {
		return l.rec.Stamp.Time, true
	}
	return v.now(), false
}

func (r *run) countPeer(peer string, n int64) {
	switch _, known := r.peers[peer]; {
	case peer == "":
	case known:
		r.peers[peer] += n
	case len(r.peers) < foldPeers:
		r.peers[strings.Clone(peer)] = n
	default:
		r.others += n
	}
}

// endRun ends the run: if lines were hidden, their digest becomes part of the
// output. Anything else that is shown ends a run.
func (v *View) endRun() {
	r := &v.run
	if r.lines == 0 {
		return
	}
	if r.folded > 0 {
		row := v.foldRow(v.width())
		v.endLive()
		v.out.str(row + "\n")
		v.writeChanges()
		clear(r.peers)
		r.others, r.folded, r.spark = 0, 0, histogram{}
	}
	r.lines, r.src = 0, nil
}

// foldRow: ┆ ×214 more in 41 s (5.2/s) 10:22:33 → 10:23:14 · peers · ▂▅█ · hint.
// On a narrow screen it says less, never half a word.
func (v *View) foldRow(width int) string {
	r, w, g := &v.run, v.words, v.glyph
	n := g.Times + term.Thousands(r.folded)
	took := r.last.Sub(r.first)
	length := w.duration(took)
	head := fmt.Sprintf(w.foldMore, n)
	long, span := head, ""
	if took >= time.Second {
		long += fmt.Sprintf(w.foldIn, length) + fmt.Sprintf(w.foldRate, decimal(float64(r.folded)/took.Seconds()))
		if r.hasStamp {
			first, last := r.first.Add(r.east[0]), r.last.Add(r.east[1])
			span = " " + first.Format(time.TimeOnly) + " " + g.Arrow + " " + last.Format(time.TimeOnly)
		}
	}
	names, number := v.foldNames()
	spark := g.Spark(r.spark.values())
	for _, form := range [...][]string{
		{long + span, names, spark, w.unfold},
		{long + span, number, spark, w.unfold},
		{long + span, number, spark},
		{long, number, spark},
		{fmt.Sprintf(w.foldShort, n, length), number, spark},
		{fmt.Sprintf(w.foldShort, n, length), number},
		{head, number},
		{head},
	} {
		form = slices.DeleteFunc(form, func(s string) bool { return s == "" })
		row := "  " + g.Gutter + " " + strings.Join(form, g.Dot)
		if v.cells.Width(row) <= width {
			return v.theme.Dim.Paint(row)
		}
	}
	return v.theme.Dim.Paint(v.cells.Truncate(g.Gutter+" "+n, width, ""))
}

// foldNames tells the peers of the burst by name and by number.
func (v *View) foldNames() (names, number string) {
	r := &v.run
	if len(r.peers) == 0 {
		return "", ""
	}
	type peer struct {
		name string
		n    int64
	}
	list := make([]peer, 0, len(r.peers))
	for name, n := range r.peers {
		list = append(list, peer{name, n})
	}
	slices.SortFunc(list, func(a, b peer) int {
		return cmp.Or(cmp.Compare(b.n, a.n), strings.Compare(a.name, b.name))
	})
	if len(list) == 1 && r.others == 0 {
		name := v.clean.Line(list[0].name)
		return name, name
	}
	rest := r.others
	var parts []string
	for i, p := range list {
		if i >= foldNames {
			rest += p.n
			continue
		}
		parts = append(parts, v.clean.Line(p.name)+" "+v.glyph.Times+term.Thousands(p.n))
	}
	if rest > 0 {
		parts = append(parts, fmt.Sprintf(v.words.others, v.glyph.Times+term.Thousands(rest)))
	}
	number = count(v.words.peers, int64(len(list)))
	if r.others > 0 {
		number = count(v.words.peers, int64(len(list))) + "+"
	}
	return strings.Join(parts, v.words.list), number
}

// maxTemplate bounds the part of a line that its template is made from.
const maxTemplate = 4 << 10

// appendTemplate appends the shape of a line: what changes from one repeat to the
// next, anything with a digit and the peer, looks the same; its codes do not.
func appendTemplate(dst []byte, l *line) []byte {
	for _, x := range l.hits {
		dst = append(dst, byte(x.Code), byte(x.Code>>8))
	}
	dst = append(dst, 0)
	text := l.text[:min(len(l.text), maxTemplate)]
	peer := l.rec.PeerSpan
	from := 0 // of the word at i
	digit := false
	for i, b := range text {
		switch wordClass[b] {
		case inWord:
			continue
		case isDigit:
			digit = true
			continue
		}
		dst = appendWord(dst, text, from, i, digit, peer)
		dst = append(dst, b)
		from, digit = i+1, false
	}
	return appendWord(dst, text, from, len(text), digit, peer)
}

func appendWord(dst, text []byte, from, to int, digit bool, peer annotate.Span) []byte {
	if from == to {
		return dst
	}
	if digit || from >= peer.Start && to <= peer.End {
		return append(dst, '#')
	}
	return append(dst, text[from:to]...)
}

const (
	inWord = iota
	isDigit
	isBreak
)

// wordClass parts words. A full stop, a colon and a hyphen are inside of words:
// so an address, a time or a UUID is one.
var wordClass = func() (t [256]uint8) {
	for _, b := range []byte(" \t,;=()[]{}<>\"'|") {
		t[b] = isBreak
	}
	for b := '0'; b <= '9'; b++ {
		t[b] = isDigit
	}
	return t
}()

// A histogram counts over time in a fixed number of buckets, which widen as time
// goes on.
type histogram struct {
	width   time.Duration
	buckets [foldSpans]int64
	used    int
}

func (h *histogram) add(after time.Duration, n int64) {
	if h.width == 0 {
		h.width = time.Second
	}
	after = max(after, 0)
	for after/h.width >= foldSpans {
		for i := range foldSpans / 2 {
			h.buckets[i] = h.buckets[2*i] + h.buckets[2*i+1]
		}
		clear(h.buckets[foldSpans/2:])
		h.width *= 2
		h.used = (h.used + 1) / 2
	}
	i := int(after / h.width)
	h.buckets[i] += n
	h.used = max(h.used, i+1)
}

// values returns the buckets, or nothing while there are too few to see a shape.
func (h *histogram) values() []int64 {
	if h.used < 4 {
		return nil
	}
	return h.buckets[:h.used]
}
