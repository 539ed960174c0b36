package view

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/hinshun/vt10x"

	"wsalog/annotate"
	"wsalog/internal/term"
)

// state is what a terminal must not let a log change.
type state struct {
	title      string
	mode       vt10x.ModeFlag
	visible    bool
	attr       vt10x.Glyph
	cols, rows int
	alive      string // the row that was printed last
}

func stateOf(e *emulator) state {
	c := e.Cursor()
	c.Attr.Char = 0
	cols, rows := e.Size()
	list := strings.Split(strings.TrimRight(e.String(), "\n \x00"), "\n")
	return state{e.Title(), e.Mode(), e.CursorVisible(), c.Attr, cols, rows, strings.TrimRight(list[len(list)-1], " \x00")}
}

// reports collects what the terminal would send back to the shell.
type reports struct{ bytes.Buffer }

func attacks() []string {
	list := []string{
		"\x1b]52;c;ZXZpbA==\x07", "\x1b]52;c;ZXZpbA==\x1b\\", "\u009d52;c;ZXZpbA==\u009c", // clipboard
		"\x1b]0;owned\x07", "\x1b]2;owned\x1b\\", "\u009d2;owned\u009c", "\x1bkowned\x1b\\", // title
		"\x1b[2J\x1b[H", "\x1b[?1049h", "\x1b[?25l", "\x1bc", "\x1b[!p", "\x1b[?7l", "\x1b[4h", "\x1b[3;5r", "\u009b2J",
		"\x1b[6n", "\x1b[c", "\x1b[>c", "\x1bZ", "\x05", "\x1b[21t", "\x1bP$q q\x1b\\", "\x1b_x\x1b\\", "\x1b^x\x1b\\",
		"\x1b[31;1;7m", "\x1b(0", "\x0e", "\x0f", "\x1b[10A", "\x1b[200C", "\x1b[5i", "\x1b]8;;http://example.com\x07link",
		"abc\rxyz", "abc\x08\x08\x08xyz", "\v\f", "\x7f", "\u202eabc\u2066",
	}
	for b := range 256 {
		list = append(list, "raw "+string([]byte{byte(b)})+"]0;owned\x07")
	}
	for r := rune(0); r < 0xa0; r++ {
		list = append(list, "rune "+string(r)+"2J")
	}
	rnd := rand.New(rand.NewPCG(1, 2)) // the same lines in each run
	const alphabet = "\x1b\x1b\x1b[[]];;?0123456789hlmnJHKABCDPX_^\\\x07\x9b\x9d\x90\x85\u009b\r\b\x0e ab"
	for range 10_000 {
		var b strings.Builder
		for range rnd.IntN(40) {
			if rnd.IntN(4) == 0 {
				b.WriteByte(byte(rnd.UintN(256)))
			} else {
				b.WriteByte(alphabet[rnd.IntN(len(alphabet))])
			}
		}
		list = append(list, b.String())
	}
	return list
}

// TestNothingInALogChangesTheTerminal sends hostile lines through all paths that
// show log text: lines with and without hits, names, peers, long lines.
func TestNothingInALogChangesTheTerminal(t *testing.T) {
	for _, tier := range []term.Tier{term.Full, term.ASCII} {
		var back reports
		e := &emulator{Terminal: vt10x.New(vt10x.WithSize(80, 24), vt10x.WithWriter(&back))}
		o := sampleOptions()
		o.Profile = terminal(80)
		o.Profile.Glyphs, o.Profile.Colors = tier, term.Color256
		o.Theme = painted(o.Profile)
		o.Headers, o.Explain = true, First
		v := New(e, o)
		const last = "the last line"
		for i, text := range attacks() {
			text = strings.ReplaceAll(text, "\n", "")
			src := &annotate.Source{ID: i % 3, Name: "log " + text}
			hit := batchOf(src, 1, text+"\n"+text+" 10061 "+text+"\n")
			for j := range hit.Records {
				hit.Records[j].Peer = text
			}
			long := batchOf(src, 3, text)
			long.Continues = true
			end := batchOf(src, 3, text+"\n"+last+"\n")
			end.Continued = true
			for _, b := range []*annotate.Batch{hit, long, end} {
				if err := v.Batch(b); err != nil {
					t.Fatal(err)
				}
			}
			want := state{cols: 80, rows: 24, visible: true, mode: vt10x.ModeWrap,
				attr: vt10x.Glyph{FG: vt10x.DefaultFG, BG: vt10x.DefaultBG}, alive: last}
			if got := stateOf(e); got != want {
				t.Fatalf("%q left the terminal as\n%+v, want\n%+v", text, got, want)
			}
			if back.Len() > 0 {
				t.Fatalf("%q made the terminal answer %q", text, back.String())
			}
		}
	}
}

// TestTheEmulatorFallsForAttacks shows that the test above can fail.
func TestTheEmulatorFallsForAttacks(t *testing.T) {
	var back reports
	e := &emulator{Terminal: vt10x.New(vt10x.WithSize(80, 24), vt10x.WithWriter(&back))}
	o := sampleOptions()
	o.Profile, o.Raw = terminal(80), true
	v := New(e, o)
	if err := v.Batch(batch("\x1b]0;owned\x07\x1b[?25l\x1b[6n\x1b[31m\n")); err != nil {
		t.Fatal(err)
	}
	if s := stateOf(e); s.title != "owned" || s.visible || back.Len() == 0 || s.attr.FG == vt10x.DefaultFG {
		t.Errorf("with Raw the log should reach the terminal: %+v", s)
	}
}

// TestOnlyOurOwnEscapes checks the bytes themselves: what is sent besides text
// comes from a fixed list.
func TestOnlyOurOwnEscapes(t *testing.T) {
	o := sampleOptions()
	o.Profile, o.Footer = terminal(80), true
	o.Profile.Colors = term.Color16
	o.Theme = painted(o.Profile)
	allowed := []string{eraseBelow, wrapOff, wrapOn, "\x1b[1A", "\r", reset}
	for _, k := range []term.Ink{o.Theme.Error, o.Theme.Warn, o.Theme.Info, o.Theme.Used, o.Theme.Dim, o.Theme.Head} {
		allowed = append(allowed, k.On, k.Off)
	}
	var pairs []string
	for _, a := range allowed {
		pairs = append(pairs, a, "")
	}
	var in strings.Builder
	for i, a := range attacks() {
		fmt.Fprintf(&in, "%s\n%s 10061\n", a, a)
		if i > 1500 {
			break
		}
	}
	out := strings.NewReplacer(pairs...).Replace(show(t, o, batch(in.String())))
	for i, r := range out {
		if r == '\n' || r == '\t' {
			continue
		}
		if r < ' ' || r >= 0x7f && r < 0xa0 || r == utf8.RuneError || r == 0x202e || r == 0x2066 {
			t.Fatalf("%q got through: %q", r, out[max(0, i-30):min(len(out), i+30)])
		}
	}
}
