package matcher

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wsalog/rules"
)

// TestOutlines compares outlines with what a reader would leave of the lines.
func TestOutlines(t *testing.T) {
	t.Parallel()
	m := withCues(t, nil)
	s := m.newScratch()
	for line, want := range readerOutlines {
		got := ""
		if m.outline(s, []byte(line), nil) {
			got = string(s.outline.text)
		}
		if got != want {
			t.Errorf("%q: outline %q, want %q", line, got, want)
		}
	}
}

// readerOutlines are lines with their outlines; "" stands for none.
var readerOutlines = map[string]string{
	"":                          "",
	"connect failed: 10061":     "",
	"10.0.0.1":                  "7.7.7.7",
	"from 192.168.100.200, b":   "from 7.7.7.7, b",
	"(10.0.0.1) [10.0.0.2]":     "(7.7.7.7) [7.7.7.7]",
	"at 10.0.0.1.":              "at 7.7.7.7.",
	"10.0.0.1/24":               "7.7.7.7/24",
	"ip=010.000.000.001":        "ip=7.7.7.7",
	"0.0.0.0":                   "", // means any
	"000.0.0.00":                "",
	"0.0.0.1 1.0.0.0":           "7.7.7.7 7.7.7.7",
	"10.0.0.256":                "", // no octet
	"300.0.0.1":                 "",
	"10.0.0.1000":               "",
	"::ffff:10.0.0.1":           "",
	"[::ffff:10.0.0.1]:443":     "",
	"1.2.3":                     "",
	"1.2.3.4.5":                 "",
	"v1.2.3.4":                  "",
	"1.2.3.4-rc1 1.2.3.4b":      "",
	"10.0.0.1-10.0.0.9":         "",
	"5-10.0.0.1 a.10.0.0.1":     "",
	"14.07.2026 10:22:33.120":   "",
	"2026.07.14.10 x":           "",
	"10.0.0.1:443 b":            "7.7.7.7:77 b",
	"10.0.0.1:5000 b":           "7.7.7.7:7777 b",
	"10.0.0.1:50505.":           "7.7.7.7:7777.",
	"10.0.0.1:5":                "7.7.7.7:5",
	"10.0.0.1:0":                "7.7.7.7:0",
	"10.0.0.1:65536":            "7.7.7.7:65536",
	"10.0.0.1:123456":           "7.7.7.7:123456",
	"10.0.0.1:10061":            "7.7.7.7:10061", // a code
	"10.0.0.1:21006":            "7.7.7.7:21006", // holds the beginning of codes
	"10.0.0.1:5000:10.0.0.2":    "7.7.7.7:5000:10.0.0.2",
	"10.0.0.1: 5000":            "7.7.7.7: 5000",
	"10.0.0.1:connect":          "7.7.7.7:connect",
	"http://h/a/b.html?c=1 b":   "http://h/ b",
	"http://h/a/b.html. B":      "http://h/. B",
	"see http://h/a/b.":         "see http://h/.",
	"http://h/a: 10061":         "http://h/: 10061",
	"\"http://h/a\"":            "\"http://h/\"",
	"(http://h/a) <http://h/b>": "(http://h/) <http://h/>",
	"http://h b":                "",
	"http://h/ b":               "http://h/ b", // cut, and as it was
	"http://h/10061 b":          "",            // may be what the line is about
	"http://h/WSAECONNRESET":    "",
	"http://h/10061/10.0.0.1":   "http://h/10061/7.7.7.7",
	"http://10.0.0.1:8080/a b":  "http://7.7.7.7:7777/ b",
	"http://[::1]:80/a b":       "",
	"http:///a b":               "http:/// b",
	"http://h/a http://i/b/c":   "http://h/ http://i/",
	"http://h/a?to=http://i/b":  "http://h/",
	"file /var/log/a.log":       "",
	"a//b/c":                    "",
	"GET /a/b HTTP/1.1":         "GET / HTTP/1.1",
	"\"POST /a?b=c HTTP/2\" 5":  "\"POST / HTTP/2\" 5",
	"GET / HTTP/1.1":            "GET / HTTP/1.1",
	"GET /10054 HTTP/1.1":       "",
	"WIDGET /a/b":               "",
	"get /a/b":                  "",
	"GET  /a/b":                 "",
	"GET a/b":                   "",
	"HEAD /a PATCH /b PUT /c":   "HEAD / PATCH / PUT /",
	"DELETE /a OPTIONS /b":      "DELETE / OPTIONS /",
	"GET /\xc3\xa9/b c":         "GET /\xc3\xa9/b c",
	`10.0.0.1 \u00e9`:           "", // no shape, no outline
	"2026-07-14 00:00:01 10.0.0.11 GET /img/logo.png - 443 - 198.51.100.7 curl/8.1 - 200 0 64 15": "2026-07-14 00:00:01 7.7.7.7 GET / - 443 - 7.7.7.7 curl/8.1 - 200 0 64 15",
	"2026-07-14 00:00:01 10.0.0.11 POST /img/logo.png a=b 443 - 10.9.8.7 - 200 0 10060 15":        "2026-07-14 00:00:01 7.7.7.7 POST / a=b 443 - 7.7.7.7 - 200 0 10060 15",
}

// TestCutsStandForTexts looks at each outline of lines with addresses and paths: the cuts, what
// stands between them, and where its places are in the line.
func TestCutsStandForTexts(t *testing.T) {
	t.Parallel()
	c := newOutlines(t, nil)
	cut := 0
	for _, line := range c.templates {
		for range 3 {
			line := c.fill(line)
			if !c.m.outline(c.remembers, line, nil) {
				continue
			}
			o := &c.remembers.outline
			checkCuts(t, line, o)
			checkMoves(t, line, o)
			cut += len(o.cuts)
			text := slices.Clone(o.text)
			if again := c.m.outline(c.judges, text, nil); again && !bytes.Equal(c.judges.outline.text, text) {
				t.Fatalf("%q: outline %q, of which the outline is %q", line, text, c.judges.outline.text)
			}
		}
	}
	if cut < 2*len(c.templates) {
		t.Errorf("%d cuts in %d lines prove nothing", cut, len(c.templates))
	}
}

// checkCuts puts the line together from its outline, and holds the outline's shape to its text.
func checkCuts(t *testing.T, line []byte, o *outline) {
	t.Helper()
	var whole []byte
	done := [2]int{}
	for _, c := range o.cuts {
		in, out := c[inLine], c[inOutline]
		if in.start < done[inLine] || out.start < done[inOutline] || in.end-in.start < out.end-out.start {
			t.Fatalf("%q: cuts %v", line, o.cuts)
		}
		switch text := string(o.text[out.start:out.end]); text {
		case outlineAddress, outlinePort, outlineSmall, outlinePath:
		default:
			t.Fatalf("%q: cut %v stands for %q", line, c, text)
		}
		whole = append(append(whole, o.text[done[inOutline]:out.start]...), line[in.start:in.end]...)
		done = [2]int{in.end, out.end}
	}
	if whole = append(whole, o.text[done[inOutline]:]...); !bytes.Equal(whole, line) {
		t.Fatalf("%q: the outline %q with cuts %v makes %q", line, o.text, o.cuts, whole)
	}
	for notes := o.shape[len(o.text):]; len(notes) > traitSize; notes = notes[noteSize:] {
		if at := int(notes[0]) | int(notes[1])<<8; at >= len(o.text) || !isDigit(o.text[at]) {
			t.Fatalf("%q: outline %q, a cue with digits is noted at %d", line, o.text, at)
		}
	}
	for i, b := range o.text {
		if mark := o.shape[i]; mark != b && !(mark < marks && (isDigit(b) || o.touches(i, i+1))) {
			t.Fatalf("%q: outline %q, its shape %q", line, o.text, o.shape)
		}
	}
}

// checkMoves moves each place of line and outline to the other one and back.
func checkMoves(t *testing.T, line []byte, o *outline) {
	t.Helper()
	sizes := [2]int{len(line), len(o.text)}
	for one := range sizes {
		var last [2]int
		for at := range sizes[one] + 1 {
			start, end := moveStart(o.cuts, at, one), moveEnd(o.cuts, at, one)
			if start < last[0] || end < last[1] || start > end || end > sizes[1-one] {
				t.Fatalf("%q: from %d, place %d is moved to %d and %d, the last to %v, cuts %v", line, one, at, start, end, last, o.cuts)
			}
			last = [2]int{start, end}
			within := slices.ContainsFunc(o.cuts, func(c cut) bool { return c[one].start < at && at < c[one].end })
			if back := moveStart(o.cuts, start, 1-one); back > at || !within && back != at {
				t.Fatalf("%q: from %d, a start at %d is moved to %d and back to %d, cuts %v", line, one, at, start, back, o.cuts)
			}
			if back := moveEnd(o.cuts, end, 1-one); back < at || !within && back != at {
				t.Fatalf("%q: from %d, an end at %d is moved to %d and back to %d, cuts %v", line, one, at, end, back, o.cuts)
			}
		}
		if last != [2]int{sizes[1-one], sizes[1-one]} {
			t.Fatalf("%q: from %d, the end is moved to %v", line, one, last)
		}
	}
}

// TestOutlinesChangeNothing compares what is remembered for lines that differ in addresses, ports,
// paths and other digits with what each line gives by itself.
func TestOutlinesChangeNothing(t *testing.T) {
	t.Parallel()
	headers := []*Context{nil, {W3C: -1}, ParseFields([]byte("#Fields: date time s-ip cs-method cs-uri-stem sc-status sc-win32-status"))}
	rounds, every := 8, 3
	if testing.Short() {
		rounds, every = 4, 6
	}
	for set, cues := range slices.Concat(cueSets, outlineCues) {
		c := newOutlines(t, cues)
		step := every
		if set > 0 {
			step *= 6
		}
		for n := set % step; n < len(c.templates); n += step {
			ctx := headers[n/2%len(headers)]
			var line []byte
			for round := range rounds {
				if round%4 == 0 {
					line = c.fill(c.templates[n])
				}
				if alterDigits(c.rng, line); len(cues) > 0 && round%2 == 0 {
					putCue(c.rng, line, cues[c.rng.IntN(len(cues))])
				}
				c.check(t, line, ctx)
				c.compare(t, line, ctx, round%3 == 0)
			}
		}
		if t.Logf("%q: %d lines and %d outlines were remembered", cues, c.known, c.shared); c.shared < 20 {
			t.Errorf("%q: %d outlines were remembered: that proves little", cues, c.shared)
		}
	}
}

// TestCuesStandInLines gives a user's rule a cue and looks whether it counts where the line holds the
// cue, and nowhere else: not in what outlines have for addresses, ports and paths.
func TestCuesStandInLines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		cue  string
		in   []string
		none []string
	}{
		{"7.7.7.7", []string{"zork 10061 at 7.7.7.7", "zork 10061 at 7.7.7.7:443"}, []string{"zork 10061 at 1.2.3.4", "zork 10061 at 1.2.3.4:443"}},
		{"at 7", []string{"zork 10061 at 7.7.7.7", "zork 10061 at 71.2.3.4"}, []string{"zork 10061 at 1.2.3.4", "zork 10061 at 17.7.7.7"}},
		{"7777", []string{"zork 10061 at 1.2.3.4:7777", "zork 10061 id 7777"}, []string{"zork 10061 at 1.2.3.4:5050", "zork 10061 at 1.2.3.4:777"}},
		{":77 ", []string{"zork 1.2.3.4:77 is 10061"}, []string{"zork 1.2.3.4:78 is 10061", "zork 1.2.3.4:5050 is 10061", "zork 1.2.3.4:7 is 10061"}},
		{"/ 9", []string{"zork 10061 GET / 98", "zork 10061 GET / 9"}, []string{"zork 10061 GET /a 98", "zork 10061 GET /a 9", "zork 10061 GET / 8"}},
		{"1 5", []string{"zork 10061 GET /a1 52", "zork 10061 52"}, []string{"zork 10061 GET /a2 52", "zork 10061 GET /a1 62", "zork 10061 62"}},
		{"GET / b", []string{"zork 10061 GET / by"}, []string{"zork 10061 GET /a by"}},
		{"://h/", []string{"zork 10061 http://h/", "zork 10061 http://h/a"}, []string{"zork 10061 http://i/", "zork 10061 http://i/a"}},
		{"1.2.3.4", []string{"zork 10061 at 1.2.3.4", "zork 10061 at 1.2.3.4:5050"}, []string{"zork 10061 at 7.7.7.7", "zork 10061 at 1.2.3.5"}},
	} {
		m := withCues(t, []string{c.cue})
		s := m.newScratch()
		s.glance.seen = recallFrom
		for round := range 3 { // from the second one on they may be remembered
			for n, line := range slices.Concat(c.in, c.none, c.in) {
				l := worthy{stretch: stretch{0, len(line)}, shape: m.shapeOf(&s.glance, []byte(line), nil)}
				found := m.line(nil, s, []byte(line), &l, s.glance.shape, nil)
				want := n < len(c.in) || n >= len(c.in)+len(c.none)
				if len(found) != 1 || (found[0].Rule == "user") != want {
					t.Errorf("round %d: cue %q in %q: %+v, want it to count: %v", round, c.cue, line, found, want)
				}
			}
		}
	}
}

// outlineCues are more sets of cues of users: such as stand next to addresses, ports and paths.
var outlineCues = [][]string{
	{"(1"}, {"[19"}, {"=2 "}, {"/ 9", ") 4"}, {"=10."}, {":50"}, {":443 ", ":80,"}, {"/24"}, {"1 5"}, {"/ "},
	{" 0", " 1", " 2", " 3", " 4", " 5", " 6", " 7", " 8", " 9"}, // a digit behind a blank, whichever
	{"10.0.0.1", ":8080", "GET /a"}, {"7.7.7.7"}, {":7777"},      // as in outlines
}

// outlines makes lines with addresses, ports and paths, and compares what is found in them.
type outlines struct {
	*comparison
	templates []string
	shared    int // outlines that were remembered
	drawn     shapeWriter
	of        map[string]string // outlines with their cuts, by the shapes of lines
}

// newOutlines makes the templates from labelled lines: names in braces stand for what differs.
func newOutlines(t *testing.T, cues []string) *outlines {
	c := &outlines{comparison: newComparison(t, cues), of: map[string]string{}}
	before := []string{" ", " ", " (", " [", " \"", " ip=", ", ", " to: ", " 3 ", " ab/ ", " error: ", " win32 ", " 1-", " 10061 ", " code ", "7 "}
	behind := []string{" ", " ", ". ", ", ", ") ", "] ", "\" ", ": ", ":", "/24 ", " 5 ", " 87 ", ") 4", " (1", "-", " 1-995 ", " 10054 ", " HTTP/1.1 "}
	all := labelledLines(t)
	for n, l := range all {
		words := strings.Split(string(l), " ")
		if n%5 == 0 { // cues are noted in another way beyond cueReach
			words = append(words, strings.Split(string(all[(n+7)%len(all)]), " ")...)
		}
		for range 1 + c.rng.IntN(3) {
			i := c.rng.IntN(len(words))
			words[i] += before[c.rng.IntN(len(before))] + holes[c.rng.IntN(len(holes))] + behind[c.rng.IntN(len(behind))]
		}
		c.templates = append(c.templates, strings.Join(words, " "))
	}
	for range 40 {
		c.templates = append(c.templates,
			"2026-07-14 10:22:33 {address} GET {path} 200 10054", "2026-07-14 10:22:33 {address} GET {path} 200 64",
			"2026-07-14 00:00:01 {address} POST {path} - 443 - {address} curl/8.1 - 200 0 10060 15",
			"2026-07-14 00:00:01 {address} GET {path} - 443 - {address} curl/8.1 - 700 0 64 10061",
			"error {number}-1x {address}, error 10061", "error 10061 at http://{address}/a 1-{number} b",
			"WSAIoctl(5) to {endpoint} failed: 87, WinError 64 at http://{address}{path}")
	}
	return c
}

// holes are the names of what differs.
var holes = []string{"{address}", "{address}", "{endpoint}", "{endpoint}", "http://{endpoint}{path}", "https://host{path}", "GET {path}", "\"POST {path} HTTP/1.1\""}

// fill makes a line of a template.
func (c *outlines) fill(template string) []byte {
	var line []byte
	for {
		before, rest, _ := strings.Cut(template, "{")
		line = append(line, before...)
		name, behind, _ := strings.Cut(rest, "}")
		switch name {
		case "address":
			line = c.appendAddress(line)
		case "endpoint":
			line = strconv.AppendInt(append(c.appendAddress(line), ':'), int64(c.rng.IntN(6<<c.rng.IntN(15))), 10)
		case "number":
			line = append(line, []string{"995", "996", "123", "007"}[c.rng.IntN(4)]...)
		case "path":
			line = c.appendPath(line)
		default: // a brace of the line
			line = append(line, template[len(before):min(len(before)+1, len(template))]...)
			behind = rest
		}
		if template = behind; template == "" {
			return line
		}
	}
}

// appendAddress appends an address, or what looks nearly like one.
func (c *outlines) appendAddress(line []byte) []byte {
	for part := range 4 {
		if part > 0 {
			line = append(line, '.')
		}
		line = strconv.AppendInt(line, int64(c.rng.IntN([]int{1, 10, 100, 256, 256, 256, 256, 260}[c.rng.IntN(8)])), 10)
	}
	return line
}

// appendPath appends a path, in which a code may stand.
func (c *outlines) appendPath(line []byte) []byte {
	parts := []string{"a", "b/", "index.html", "?q=", "&id=1", "7", "42", "-x", "~u", "%20", "10.1.2.3", "error", "2026", "10061"}
	line = append(line, '/')
	for range c.rng.IntN(6) {
		line = append(line, parts[c.rng.IntN(len(parts)-1+c.rng.IntN(8)/7)]...)
	}
	return line
}

// check holds the outline of a line to those of other lines of its shape, and where its matches
// stand to what they spell.
func (c *outlines) check(t *testing.T, line []byte, ctx *Context) {
	t.Helper()
	clear(c.judges.outline.inert[:])
	cut := c.m.outline(c.judges, line, nil)
	o := &c.judges.outline
	if len(line) <= longShape && c.drawn.write(c.m.shaper(), line) {
		got := fmt.Sprintf("%q %v", o.shape, o.cuts)
		if want, ok := c.of[string(c.drawn.shape)]; ok && got != want {
			t.Fatalf("%q: %q has the outline\n%s, another line of its shape\n%s", c.cues, line, got, want)
		}
		c.of[string(c.drawn.shape)] = got
	}
	if !cut {
		return
	}
	if _, ok := c.m.find(nil, c.m.hashShape(o.shape, ctx), o.text, 0, nil, nil); ok {
		c.shared++
	}
	for _, x := range c.m.line(nil, c.judges, line, &worthy{stretch: stretch{0, len(line)}}, nil, ctx) {
		if text := line[x.Start:x.End]; !c.spells(&x, text) {
			t.Fatalf("%q: %q: %q is said to spell %+v", c.cues, line, text, x)
		}
	}
}

// spells reports whether text holds a spelling of a match.
func (c *outlines) spells(x *Match, text []byte) bool {
	if n := statusNumber(text); n == x.Code || n > 0 && x.Form != rules.FormDecimal && n+10000 == x.Code {
		return true
	}
	folded := strings.ToLower(string(text))
	return slices.ContainsFunc(c.m.lx.spellings, func(s rules.Spelling) bool {
		return s.Code == x.Code && s.Form == x.Form && strings.Contains(folded, strings.ToLower(s.Text))
	}) || x.Form != rules.FormDecimal && strings.Contains(folded, strconv.FormatInt(int64(x.Code), 16))
}
