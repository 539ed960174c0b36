package term

import (
	"strings"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
	"github.com/rivo/uniseg"
)

// TabStop is the distance of the tab stops that terminals start with.
const TabStop = 8

// Cells measures text in display cells. The zero value measures for the usual
// terminal, where characters of ambiguous East Asian width take one cell.
//
// Terminals disagree on emoji sequences: those that know grapheme clusters draw
// a family as two cells, the others draw each member. Cells counts the larger,
// so that what it says fits, fits everywhere.
type Cells struct {
	WideAmbig bool
}

// Width is the number of cells of s when it is printed from column 0. Control
// characters other than tab count nothing: neutralise s first.
func (c Cells) Width(s string) int { return c.Advance(0, s) }

// Advance returns the column after printing s from column col. A tab moves to
// the next tab stop.
func (c Cells) Advance(col int, s string) int {
	for i := 0; i < len(s); i++ {
		if b := s[i]; b < ' ' || b >= 0x7f {
			i = max(i-1, 0) // the character before may carry a combining one
			return c.advance(col+i, s[i:])
		}
	}
	return col + len(s)
}

// AdvanceBytes is Advance for bytes.
func (c Cells) AdvanceBytes(col int, p []byte) int {
	for _, b := range p {
		if b < ' ' || b >= 0x7f {
			return c.Advance(col, string(p))
		}
	}
	return col + len(p)
}

func (c Cells) advance(col int, s string) int {
	state := -1
	for s != "" {
		if n := asciiRun(s); n > 0 {
			// The last character may be the base of a combining one.
			if n == len(s) {
				return col + n
			}
			col, s, state = col+n-1, s[n-1:], -1
		}
		if n := c.narrowLatin(s); n > 0 {
			col, s, state = col+1, s[n:], -1
			continue
		}
		if s[0] == '\t' {
			col, s, state = (col/TabStop+1)*TabStop, s[1:], -1
			continue
		}
		var cluster string
		var w int
		cluster, s, w, state = uniseg.FirstGraphemeClusterInString(s, state)
		col += c.cluster(cluster, w)
	}
	return col
}

// narrowLatin returns the length of the character that s begins with when that
// is a plain one of the blocks before the combining characters, alone in its
// cluster: letters with accents, and signs such as « · ×.
func (c Cells) narrowLatin(s string) int {
	if c.WideAmbig || len(s) < 2 || s[0] < 0xc2 || s[0] > 0xcb {
		return 0
	}
	if s[1]&0xc0 != 0x80 || s[0] == 0xc2 && s[1] < 0xa0 {
		return 0 // not a character, or a control
	}
	if len(s) > 2 && s[2] >= utf8.RuneSelf {
		return 0 // what follows may combine with it
	}
	return 2
}

// asciiRun counts the printable ASCII at the start of s.
func asciiRun(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x7f {
			return i
		}
	}
	return len(s)
}

// cluster is the width of one grapheme cluster, of which uniseg thinks w cells.
func (c Cells) cluster(s string, w int) int {
	if len(s) == 1 {
		if s[0] < ' ' || s[0] == 0x7f {
			return 0
		}
		return 1 // also a stray byte, which a terminal shows as one replacement character
	}
	sum := 0
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				sum++
				continue
			}
		}
		sum += c.rune(r)
	}
	if strings.Contains(s, "\ufe0f") { // asks for the emoji form of a character that has two
		w = 2
	}
	return max(sum, w)
}

func (c Cells) rune(r rune) int {
	if r == 0xad {
		return 1 // a soft hyphen: about half of the terminals draw it
	}
	cond := runewidth.Condition{EastAsianWidth: c.WideAmbig, StrictEmojiNeutral: true}
	return cond.RuneWidth(r)
}

// Truncate cuts s to at most width cells, ending in tail where something was
// cut off; a tail that does not fit is left out too. Tabs count from column 0.
func (c Cells) Truncate(s string, width int, tail string) string {
	if c.Width(s) <= width {
		return s
	}
	room := width - c.Width(tail)
	if room < 0 {
		room, tail = max(width, 0), ""
	}
	return s[:c.fitting(s, room)] + tail
}

// fitting returns how many bytes of s, in whole clusters, fit into room cells.
func (c Cells) fitting(s string, room int) int {
	state, col, at := -1, 0, 0
	for rest := s; rest != ""; {
		var cluster string
		var w int
		cluster, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if cluster == "\t" {
			col = (col/TabStop + 1) * TabStop
		} else {
			col += c.cluster(cluster, w)
		}
		if col > room {
			break
		}
		at += len(cluster)
	}
	return at
}

// Wrap breaks s into lines: the first of at most first cells, the others of at
// most rest. It breaks at blanks and, since Chinese and Japanese have none,
// beside wide characters where Unicode allows it; what is longer than a line is
// broken at no-break blanks, and a word that is longer than a line is cut. Between
// items, parted by · or - in blanks, it breaks rather than inside of one, if that
// leaves at most a third of the line empty. Blanks at a break are dropped. Where
// not even one character fits (a width below 2), a line holds one character all
// the same.
func (c Cells) Wrap(s string, first, rest int) []string {
	var lines []string
	room := first
	for {
		n, next := c.breakAt(s, max(room, 1))
		lines = append(lines, strings.TrimRight(s[:n], " "))
		s = strings.TrimLeft(s[next:], " ")
		if s == "" {
			return lines
		}
		room = rest
	}
}

// breakAt finds the end of the first line of s, which is room cells wide, and
// the start of what follows.
func (c Cells) breakAt(s string, room int) (end, next int) {
	state, col, at, best, item, last := -1, 0, 0, 0, 0, 0
	for rest := s; rest != ""; {
		var cluster string
		var bounds int
		cluster, rest, bounds, state = uniseg.StepString(rest, state)
		w := c.cluster(cluster, bounds>>uniseg.ShiftWidth)
		blank := cluster == " "
		if col+w > room && !blank {
			break
		}
		col, at = col+w, at+len(cluster)
		if rest == "" {
			return at, at
		}
		if cluster == "\u00a0" {
			last = at
		}
		can := bounds&uniseg.MaskLine != uniseg.LineDontBreak || blank && negative(rest)
		if blank && strings.HasPrefix(rest, "· ") { // a separator opens no line
			can = false
		}
		if can && (blank || w == 2 || c.wideAhead(rest)) {
			best = at
			if blank && col >= room*2/3 && partsItems(s[:at]) {
				item = at
			}
		}
	}
	if item > 0 {
		return item, item
	}
	if best == 0 {
		best = last
	}
	if best > 0 {
		return best, best
	}
	if at == 0 { // not even one cluster fits: take it, else there is no end
		cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(s, -1)
		at = len(cluster)
	}
	return at, at
}

// negative reports whether s begins with a negative number, before which uniseg
// allows no break.
func negative(s string) bool { return len(s) > 1 && s[0] == '-' && '0' <= s[1] && s[1] <= '9' }

// partsItems reports whether s ends in a separator of items.
func partsItems(s string) bool { return strings.HasSuffix(s, " · ") || strings.HasSuffix(s, " - ") }

func (c Cells) wideAhead(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 0x1100 && c.rune(r) == 2
}
