package annotate

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"wsalog/matcher"
)

// TestScenesOfOutlines tells the peers and calls of lines whose outlines are shorter than they are,
// and where they stand in the lines.
func TestScenesOfOutlines(t *testing.T) {
	t.Parallel()
	m, err := matcher.New(matcher.Options{})
	if err != nil {
		t.Fatal(err)
	}
	annotators := Together(m.Outliner)
	for _, c := range []struct{ line, peer, call string }{
		{"connect to 203.0.113.77:50505 failed: 10061", "203.0.113.77:50505", "connect"},
		{"connect to 203.0.113.7:443 failed: 10061", "203.0.113.7:443", "connect"},
		{"connect to 203.0.113.77:5 failed: 10061", "203.0.113.77:5", "connect"},
		{"connect to 203.0.113.77 failed: 10061", "203.0.113.77", "connect"},
		{"GET /a/long/path.html HTTP/1.1: recv from 198.51.100.200:50505 failed, error 10054", "198.51.100.200:50505", "recv"},
		{"error 10054 from 198.51.100.200:50505, recv() behind http://example.org/a/b?c=d", "198.51.100.200:50505", "recv"},
		{"send() failed: 10054 at https://203.0.113.77:8443/a/b/c", "203.0.113.77:8443", "send"},
		{"connect failed: 10061 at https://www.example.org:8443/a/b/c d", "www.example.org:8443", "connect"},
		{"192.0.2.200:50505 -> 203.0.113.77:50506: connect error 10060", "203.0.113.77:50506", "connect"},
		{"connect to [2001:db8::1]:443 failed: 10061, GET /a/b HTTP/1.1 of 203.0.113.77", "[2001:db8::1]:443", "connect"},
		{"recv from 198.51.100.10:5050 failed, GET /" + strings.Repeat("a/", 90) + " recv from 203.0.113.77:5051 failed: error 10054", "203.0.113.77:5051", "recv"}, // what is next to the hit
	} {
		for range 2 { // the second time it may be remembered
			line := []byte(c.line)
			r := &annotators().Append(nil, line, m.Append(nil, line, nil), nil)[0]
			if r.Peer != c.peer || !strings.Contains(textOf(r, r.PeerSpan), c.peer) || r.Call != c.call || textOf(r, r.CallSpan) != c.call {
				t.Errorf("%s: peer %q at %q, want %q, call %q at %q, want %q", line,
					r.Peer, textOf(r, r.PeerSpan), c.peer, r.Call, textOf(r, r.CallSpan), c.call)
			}
		}
	}
}

func textOf(r *Record, s Span) string { return string(r.Text[s.Start:s.End]) }

// TestOutlinesChangeNoScene compares what is remembered of outlines with what each line tells by
// itself.
func TestOutlinesChangeNoScene(t *testing.T) {
	t.Parallel()
	m, err := matcher.New(matcher.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rng, rounds := rand.New(rand.NewPCG(13, 14)), 12
	if testing.Short() {
		rounds = 4
	}
	var block []byte
	for _, l := range outlineTemplates(t, rng) {
		var line []byte
		for round := range rounds {
			if round%4 == 0 {
				line = fill(rng, l)
			}
			block = append(append(block, line...), '\n')
			alterDigits(rng, line)
		}
	}
	matches := m.Append(nil, block, nil)
	got := Together(m.Outliner)().Append(nil, block, matches, nil)
	peers, calls, shapes := 0, 0, map[uint64]bool{}
	for i, first := 0, 0; i < len(got); i++ {
		g, next := &got[i], first+1
		for next < len(matches) && matches[next].LineStart == g.Start {
			next++
		}
		alone := append([]matcher.Match(nil), matches[first:next]...)
		for k := range alone {
			x := &alone[k]
			x.Start, x.End, x.LineStart, x.LineEnd, x.Shape = x.Start-g.Start, x.End-g.Start, 0, len(g.Text), 0
		}
		w := &Together(m.Outliner)().Append(nil, g.Text, alone, nil)[0]
		if g.Peer != w.Peer || g.PeerSpan != w.PeerSpan || g.Call != w.Call || g.CallSpan != w.CallSpan {
			t.Fatalf("%q: peer %q %v, call %q %v; by itself peer %q %v, call %q %v", g.Text,
				g.Peer, g.PeerSpan, g.Call, g.CallSpan, w.Peer, w.PeerSpan, w.Call, w.CallSpan)
		}
		if host, _, _ := strings.Cut(g.Peer, ":"); !strings.Contains(textOf(g, g.PeerSpan), strings.Trim(host, "[]")) {
			t.Fatalf("%q: peer %q is said to stand at %q", g.Text, g.Peer, textOf(g, g.PeerSpan))
		}
		if g.Peer != "" {
			peers++
		}
		if g.Call != "" {
			calls++
		}
		shapes[g.Shape] = true
		first = next
	}
	t.Logf("%d lines of %d shapes, %d peers, %d calls", len(got), len(shapes), peers, calls)
	if peers < len(got)/4 || calls < len(got)/4 || len(shapes) < len(got)/10 {
		t.Errorf("%d lines of %d shapes with %d peers and %d calls prove nothing", len(got), len(shapes), peers, calls)
	}
}

// outlineTemplates are labelled lines with holes for what outlines have one text for, and some whose
// hits stand at other places, depending on a digit.
func outlineTemplates(t *testing.T, rng *rand.Rand) []string {
	before := []string{" ", " to ", " from ", " (", " [", " \"", " peer=", " -> ", " local ", " at http://", " GET /", ", port 5 of ", " <"}
	behind := []string{" ", ", ", ". ", ") ", "] ", "\" ", ": ", "/a/b ", "/index.html?a=b ", " port 5 ", "/24 ", " -> db01 ", "> "}
	var list []string
	for _, l := range loadLabelled(t) {
		for range 4 {
			words := strings.Split(l.Line, " ")
			for range 1 + rng.IntN(2) {
				i := rng.IntN(len(words))
				words[i] += before[rng.IntN(len(before))] + []string{"{a}", "{a}:{n}"}[rng.IntN(2)] + behind[rng.IntN(len(behind))]
			}
			list = append(list, strings.Join(words, " "))
		}
	}
	for range 20 {
		list = append(list, "recv from {a}:{n}: WSAGetLastError 8{d}; send to {a}: WSAGetLastError 8{d}; connect error 1006{d} at {a}",
			"connect {a}:{n} error 1006{d}, recv {a}:{n} error 1006{d}, send {a} error 1005{d}, accept error 1006{d}")
	}
	return list
}

// fill makes a line of a template: {a} is an address, {n} a number and {d} a digit.
func fill(rng *rand.Rand, template string) (line []byte) {
	number := func(below int) string { return strconv.Itoa(rng.IntN(below)) }
	for {
		i := strings.IndexByte(template, '{')
		if i < 0 || i+3 > len(template) {
			return append(line, template...)
		}
		line = append(line, template[:i]...)
		switch hole := template[i : i+3]; hole {
		case "{a}":
			line = append(line, number(256)+"."+number(2)+"."+number(258)+"."+number(256)...)
		case "{n}":
			line = append(line, number(6<<rng.IntN(15))...)
		case "{d}":
			line = append(line, number(10)...)
		default:
			line = append(line, hole...)
		}
		template = template[i+3:]
	}
}
