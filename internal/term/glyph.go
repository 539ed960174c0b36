package term

import "strings"

// A Tier is a set of glyphs that a terminal can be trusted to show.
type Tier uint8

// The tiers, richest first.
const (
	Full  Tier = iota // any Unicode character
	CP437             // the repertoire of code page 437: boxes and shades, no × … ┆ ▂
	ASCII             // printable ASCII
)

// String names the tier for people.
func (t Tier) String() string { return [...]string{"full", "cp437", "ascii"}[t] }

// A GlyphSet holds the characters that wsalog draws with.
type GlyphSet struct {
	Tier     Tier
	Mark     string // opens a note
	Times    string // before a number: ×2
	Dot      string // between items, with its blanks
	Arrow    string // from to
	Gutter   string // opens a line about the lines above
	Corner   string // opens a box
	Rule     string // horizontal line, one cell
	Ellipsis string
	Bars     []string // a sparkline's steps, lowest first
}

var glyphSets = [...]GlyphSet{
	Full: {Mark: "«", Times: "×", Dot: " · ", Arrow: "→", Gutter: "┆", Corner: "└─", Rule: "─",
		Ellipsis: "…", Bars: []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"}},
	CP437: {Tier: CP437, Mark: "«", Times: "x", Dot: " · ", Arrow: "→", Gutter: "│", Corner: "└─",
		Rule: "─", Ellipsis: "...", Bars: []string{"_", "▄", "█"}},
	ASCII: {Tier: ASCII, Mark: "<<", Times: "x", Dot: " - ", Arrow: "->", Gutter: "|", Corner: "+-", Rule: "-",
		Ellipsis: "...", Bars: []string{"_", ".", ":", "|"}},
}

// Glyphs returns the set of a tier; its slices are shared and must not be modified.
func Glyphs(t Tier) GlyphSet { return glyphSets[t] }

// plainer spells typographic characters with what each poorer tier has.
var plainer = [...]*strings.Replacer{
	CP437: strings.NewReplacer("×", "x", "…", "...", "–", "-", "—", "-",
		"“", `"`, "”", `"`, "‘", "'", "’", "'", "┆", "│"),
	ASCII: strings.NewReplacer("×", "x", "…", "...", "–", "-", "—", "-",
		"“", `"`, "”", `"`, "‘", "'", "’", "'", "┆", "|",
		"·", "-", "→", "->", "←", "<-", "≥", ">=", "≤", "<=", "«", "<<", "»", ">>", "\u00a0", " ",
		"└", "+", "├", "+", "─", "-", "│", "|", "█", "#", "▄", "=", "°", "deg", "µ", "u"),
}

// Plain rewrites typographic characters of wsalog's own texts for the set's tier.
// Letters, Chinese ones too, are left alone: without them there is no text.
func (g GlyphSet) Plain(s string) string {
	if g.Tier == Full {
		return s
	}
	return plainer[g.Tier].Replace(s)
}

// Spark draws values as a row of bars scaled to the largest; a value above zero
// never looks like none. It returns "" when there is nothing to compare.
func (g GlyphSet) Spark(values []int64) string {
	var top int64
	for _, v := range values {
		top = max(top, v)
	}
	if top == 0 || len(values) < 2 {
		return ""
	}
	var b strings.Builder
	for _, v := range values {
		i := int(v * int64(len(g.Bars)-1) / top)
		if v > 0 && i == 0 && len(g.Bars) > 4 {
			i = 1
		}
		b.WriteString(g.Bars[i])
	}
	return b.String()
}
