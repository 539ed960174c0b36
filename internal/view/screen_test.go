package view

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/hinshun/vt10x"
	"pgregory.net/rapid"

	"wsalog/annotate"
	"wsalog/internal/term"
	"wsalog/rules"
)

// filler stands for the second cell of a wide character: the emulator knows
// only characters of one cell.
const filler = '\ue000'

// An emulator is a terminal in memory.
type emulator struct {
	vt10x.Terminal
	cells term.Cells
	rest  []byte
}

func newEmulator(cols, rows int) *emulator {
	return &emulator{Terminal: vt10x.New(vt10x.WithSize(cols, rows))}
}

// Write does what the terminal line does, a carriage return before each line
// feed, and gives wide characters their second cell.
func (e *emulator) Write(p []byte) (int, error) {
	var out []byte
	for s := append(e.rest, p...); ; {
		r, n := utf8.DecodeRune(s)
		if n == 0 || !utf8.FullRune(s) {
			e.rest = append([]byte(nil), s...)
			break
		}
		s = s[n:]
		switch w := e.cells.Width(string(r)); {
		case r == '\n':
			out = append(out, "\r\n"...)
		case r < ' ' || r == 0x7f || w == 1:
			out = utf8.AppendRune(out, r)
		case w == 2:
			out = utf8.AppendRune(utf8.AppendRune(out, r), filler)
		}
	}
	_, err := e.Terminal.Write(out)
	return len(p), err
}

// screen returns the rows down to the last that holds something.
func (e *emulator) screen() string {
	rows := strings.Split(strings.ReplaceAll(e.String(), string(filler), ""), "\n")
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " \x00")
	}
	return strings.TrimRight(strings.Join(rows, "\n"), "\n") + "\n"
}

// sampleSession is what the golden screens show. Each element is a batch, and a
// second passes before each.
var sampleSession = []string{
	session,
	"10:22:42.000 WARN  [pool-4] peer reset us (10054) and then WSAECONNREFUSED on retry to 10.0.0.5:5432\r\n",
	"10:22:43.000 ERROR 连接 10.0.0.9:443 失败：10060\n\ttab\tconnect failed 10061\n",
	"10:22:44.000 \x1b[31mred\x1b[0m \x1b]0;title\x07 e\u0301 \u202egnp.exe maybe 10035 \xe9\n",
	"10:22:45.000 asyncio: [WinError 64] name no longer available, see 0x80072746\n",
	burst(0, 9, "10.0.0.5:5432"),
	burst(9, 60, "10.0.0.5:5432") + burst(60, 64, "10.0.0.6:5432"),
	"10:23:14.901 INFO  [pool-1] pool drained\n",
	"10:23:15.004 ERROR [pool-3] connect 10.0.0.5:5432 failed: WSAETIMEDOUT (10060)\n",
	"last message repeated 7 times\n",
}

func burst(from, to int, peer string) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, "10:22:%02d.%d00 ERROR [pool-%d] connect %s failed: WSAECONNREFUSED (10061)\n", 50+i/10, i%10, i%4, peer)
	}
	return b.String()
}

// play shows the sample session on w and returns a function that ends it.
func play(t testing.TB, w *emulator, tee *bytes.Buffer, o Options) (end func()) {
	t.Helper()
	clock := time.Date(2026, 7, 14, 10, 22, 30, 0, time.UTC)
	o.Now = func() time.Time { return clock }
	o.Footer = true
	v := New(multi{w, tee}, o)
	first := int64(1)
	for _, text := range sampleSession {
		clock = clock.Add(time.Second)
		b := batchOf(appSource, first, text)
		first += b.Lines
		if err := v.Batch(b); err != nil {
			t.Fatal(err)
		}
		if err := v.Idle(); err != nil {
			t.Fatal(err)
		}
	}
	return func() {
		if err := v.Close(annotate.Totals{}); err != nil {
			t.Fatal(err)
		}
	}
}

type multi struct {
	e   *emulator
	tee *bytes.Buffer
}

func (m multi) Write(p []byte) (int, error) {
	m.tee.Write(p)
	return m.e.Write(p)
}

func TestGoldenScreens(t *testing.T) {
	for _, width := range []int{40, 80, 120, 200} {
		for _, lang := range []rules.Lang{rules.English, rules.Chinese} {
			for _, tier := range []term.Tier{term.Full, term.CP437, term.ASCII} {
				for _, color := range []bool{false, true} {
					name := fmt.Sprintf("screen/%d-%s-%s", width, lang, tier)
					o := sampleOptions()
					o.Lang, o.Profile = lang, terminal(width)
					o.Profile.Glyphs = tier
					if color {
						name += "-color"
						o.Profile.Colors = term.Color256
						o.Theme = painted(o.Profile)
					}
					t.Run(name, func(t *testing.T) {
						e := newEmulator(width, 150)
						var stream bytes.Buffer
						end := play(t, e, &stream, o)
						running := e.screen()
						end()
						if color { // what is written, escapes made visible
							golden(t, name+".txt", term.Sanitiser{}.String(stream.String()))
							return
						}
						golden(t, name+".txt", running)
						rows := strings.SplitAfter(running, "\n")
						wantText(t, e.screen(), strings.Join(rows[:len(rows)-2], "")) // all but the footer
					})
				}
			}
		}
	}
}

func TestGoldenCarets(t *testing.T) {
	for _, width := range []int{40, 80, 120} {
		for _, lang := range []rules.Lang{rules.English, rules.Chinese} {
			o := sampleOptions()
			o.Lang, o.Profile, o.Explain = lang, terminal(width), First
			if width == 120 {
				o.Explain = FullExplain
			}
			e := newEmulator(width, 150)
			var stream bytes.Buffer
			play(t, e, &stream, o)()
			golden(t, fmt.Sprintf("carets/%d-%s.txt", width, lang), e.screen())
		}
	}
	o := sampleOptions()
	o.Profile, o.Explain = terminal(100), First
	o.Profile.Glyphs, o.Profile.Colors = term.ASCII, term.Color16
	o.Theme = painted(o.Profile)
	golden(t, "carets/100-ascii-color.txt", term.Sanitiser{}.String(show(t, o, batch(session))))
}

func TestNoteMovesBelow(t *testing.T) {
	o := sampleOptions()
	line := "10:22:33 connect failed: 10061\n"
	note := "  « 10061 refused: port closed or firewall reject"
	fits := len(line) - 1 + len("  « ") - 1 + len(note) - len("  « ")
	o.Profile = terminal(fits)
	wantText(t, show(t, o, batch(line)), line[:len(line)-1]+note+"\n")
	o.Profile.Width--
	wantText(t, show(t, o, batch(line)), line+note+"\n")
	o.Profile.Width = 30
	wantText(t, show(t, o, batch(line)), line+"  « 10061 refused: port closed\n    or firewall reject\n")
}

// nasty draws text that a log may hold: words of any script, controls, hits.
func nasty(t *rapid.T) string {
	var b strings.Builder
	for range rapid.IntRange(0, 8).Draw(t, "parts") {
		switch rapid.IntRange(0, 6).Draw(t, "kind") {
		case 0:
			b.WriteString(rapid.SampledFrom([]string{" 10061 ", " WSAECONNRESET ", " connect 10.1.2.3:99 10060", " WinError 64 "}).Draw(t, "hit"))
		case 1:
			b.Write(rapid.SliceOfN(rapid.Byte(), 0, 10).Draw(t, "bytes"))
		case 2:
			b.WriteString(rapid.StringOf(rapid.Rune()).Draw(t, "runes"))
		case 3:
			b.WriteString(rapid.SampledFrom([]string{"\x1b]52;c;QUJD\x07", "\x1b[2J", "\u202e", "拒绝连接", "👨‍👩‍👧", "e\u0301\u0302", "\t", "  « "}).Draw(t, "odd"))
		default:
			b.WriteString(rapid.StringMatching(`[a-z0-9 .:/]{0,40}`).Draw(t, "plain"))
		}
	}
	return b.String()
}

func TestNoRowOfOursIsWiderThanTheScreen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var in strings.Builder
		for range rapid.IntRange(0, 12).Draw(t, "lines") {
			in.WriteString(strings.ReplaceAll(nasty(t), "\n", ""))
			in.WriteString(rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "end"))
		}
		width := rapid.IntRange(1, 200).Draw(t, "width")
		o := sampleOptions()
		o.Profile = terminal(width)
		o.Profile.Glyphs = rapid.SampledFrom([]term.Tier{term.Full, term.CP437, term.ASCII}).Draw(t, "tier")
		o.Profile.WideAmbig = rapid.Bool().Draw(t, "ambig")
		o.Lang = rapid.SampledFrom([]rules.Lang{rules.English, rules.Chinese}).Draw(t, "lang")
		o.Explain = rapid.SampledFrom([]Explain{Short, First, FullExplain, None}).Draw(t, "explain")
		o.Footer = true
		clock := time.Unix(0, 0)
		o.Now = func() time.Time { clock = clock.Add(time.Second); return clock }
		var out bytes.Buffer
		v := New(&out, o)
		for _, b := range lineBatches(in.String(), rapid.IntRange(1, 300).Draw(t, "size")) {
			if err := v.Batch(b); err != nil {
				t.Fatal(err)
			}
		}
		if err := v.Close(annotate.Totals{}); err != nil {
			t.Fatal(err)
		}
		checkRows(t, o, in.String(), out.String())

		o.Profile = term.Profile{}
		var back []byte
		for _, l := range bytes.SplitAfter([]byte(show(&testing.T{}, o, batch(in.String()))), []byte{'\n'}) {
			back = append(back, Strip(l)...)
		}
		if o.Explain == None {
			back = []byte(show(&testing.T{}, o, batch(in.String())))
		}
		if string(back) != in.String() {
			t.Fatalf("a pipe changed the log: %q became %q", in.String(), back)
		}
	})
}

// checkRows finds each row of the output that is not wholly a line of the log
// and measures it. Lines of the log may be wider: the terminal breaks them.
func checkRows(t *rapid.T, o Options, in, out string) {
	z := term.Sanitiser{Tier: o.Profile.Glyphs}
	logged := map[string]bool{}
	unmarked := strings.NewReplacer("[", "", "]", "") // a narrow screen has hits in brackets
	for _, l := range strings.Split(in, "\n") {
		logged[unmarked.Replace(z.String(strings.TrimSuffix(l, "\r")))] = true
	}
	width := max(o.Profile.Width, 2) // a wide character takes two cells of any screen
	cells := o.Profile.Cells()
	for _, row := range strings.FieldsFunc(out, func(r rune) bool { return r == '\n' }) {
		row = row[strings.LastIndex(row, "\r")+1:]
		row = strings.NewReplacer("\x1b[J", "", "\x1b[K", "", "\x1b[C", "", "\x1b[1A", "", wrapOff, "", wrapOn, "").Replace(row)
		if n := cells.Width(row); n > width && !logged[unmarked.Replace(row)] {
			t.Fatalf("row of %d cells on a screen of %d: %q", n, o.Profile.Width, row)
		}
	}
}
