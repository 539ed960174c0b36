package cli

import (
	"strconv"
	"strings"

	"wsalog/internal/term"
)

// A typesetter writes pages for people: text wrapped to a width, with inks where
// there are colours.
type typesetter struct {
	words words
	theme term.Theme
	glyph term.GlyphSet
	cells term.Cells
	width int
	clean term.Sanitiser
	b     strings.Builder
}

// The widths of pages: lines longer than a hundred cells are hard to read.
const (
	pageWidth    = 80
	widestPage   = 100
	narrowIndent = 50 // below this width nothing is indented by much
)

func (a *app) typesetter(p term.Profile) *typesetter {
	t := &typesetter{words: a.words, glyph: term.Glyphs(p.Glyphs), cells: p.Cells(), width: pageWidth, clean: term.Sanitiser{Tier: p.Glyphs}}
	if p.Terminal && p.Width > 0 {
		t.width = min(p.Width, widestPage)
	}
	if theme := a.theme(p); theme != nil {
		t.theme = *theme
	}
	return t
}

// page writes one code.
func (t *typesetter) page(p *page) {
	if p.How != "" {
		t.paragraph("", t.clean.Line(p.How), &t.theme.Dim)
		t.b.WriteByte('\n')
	}
	t.title(p)
	if p.TwinOf != 0 {
		t.paragraph("", t.words.say("page.twin", p.TwinOf), nil)
	}
	if d := p.callMeaning(); d != "" {
		t.paragraph("", t.words.say("page.at", p.Call)+d, nil)
	}
	t.paragraph("", p.Meaning, nil)
	t.list("page.causes", p.Causes, true)
	t.list("page.checks", p.Checks, false)
	t.calls(p)
	t.list("page.notes", p.Notes, false)
	t.functions(p)
	t.run("page.kin", p.kinNames(), t.glyph.Dot)
	t.run("page.spellings", p.spellings(), t.glyph.Dot)
	t.run("page.messages", p.messageTexts(), t.glyph.Dot)
	if len(p.Related) > 0 {
		t.run("page.related", joinInts(p.Related), ", ")
	}
	var see []string
	for _, s := range p.SeeAlso {
		see = append(see, strings.TrimSpace(strconv.Itoa(s.Code)+" "+s.Name+" "+s.Word))
	}
	t.run("page.see", see, t.glyph.Dot)
}

// title writes number, name and word, and below what kind of error it is.
func (t *typesetter) title(p *page) {
	ink := &t.theme.Error
	switch p.Severity {
	case "warn":
		ink = &t.theme.Warn
	case "info":
		ink = &t.theme.Info
	}
	head := strconv.Itoa(p.Code) + "  " + p.Name
	t.paragraph("", ink.Paint(head)+"  "+p.Word, nil)
	kind := []string{t.words.say("severity." + p.Severity), t.words.say("class." + p.Class), t.words.say("part." + p.Part)}
	t.paragraph("", strings.Join(kind, t.glyph.Dot), &t.theme.Dim)
	t.b.WriteByte('\n')
}

// callMeaning is the meaning for the call of a pasted line.
func (p *page) callMeaning() string {
	for _, c := range p.ByCall {
		if c.Call == p.Call && c.Meaning != "" {
			return c.Meaning
		}
	}
	return ""
}

func (t *typesetter) calls(p *page) {
	if len(p.ByCall) == 0 {
		return
	}
	t.heading("page.by-call")
	width := 0
	for _, c := range p.ByCall {
		width = max(width, len(c.Call))
	}
	for _, c := range p.ByCall {
		text := c.Meaning
		if text == "" {
			text = c.Cause
		}
		t.paragraph("  "+c.Call+strings.Repeat(" ", width-len(c.Call))+"  ", text, nil)
	}
}

// functions writes the functions that return a code, those with a note of their
// own line each.
func (t *typesetter) functions(p *page) {
	lines := p.functionNames(t.words)
	if len(lines) == 1 {
		t.run("page.functions", lines, "")
		return
	}
	t.list("page.functions", lines, false)
}

func (t *typesetter) heading(key string) {
	t.b.WriteByte('\n')
	t.paragraph("", t.words.say(key), &t.theme.Head)
}

func (t *typesetter) list(key string, items []string, numbered bool) {
	if len(items) == 0 {
		return
	}
	t.heading(key)
	for i, item := range items {
		mark := "  - "
		if numbered {
			mark = "  " + strconv.Itoa(i+1) + ". "
		}
		t.paragraph(mark, item, nil)
	}
}

// run writes items one after the other.
func (t *typesetter) run(key string, items []string, sep string) {
	if len(items) == 0 {
		return
	}
	t.heading(key)
	// A separator stays at the end of a line, never opens the next one.
	t.paragraph("  ", strings.Join(items, strings.Replace(sep, " ", "\u00a0", boolInt(strings.HasPrefix(sep, " ")))), nil)
}

// paragraph writes text behind a head, its further lines under the text's first
// character. A command in backquotes is not broken where it fits on a line.
func (t *typesetter) paragraph(head, text string, ink *term.Ink) {
	text = keepTogether(t.glyph.Plain(text))
	indent := t.cells.Width(head)
	if t.width < narrowIndent && indent > 6 {
		t.paragraph("", strings.TrimSpace(head), nil)
		head, indent = "    ", 4
	}
	room := max(t.width-indent, 10)
	for i, line := range t.cells.Wrap(text, room, room) {
		if i > 0 {
			head = strings.Repeat(" ", indent)
		}
		line = strings.TrimRight(strings.ReplaceAll(line, "\u00a0", " "), " ")
		if ink != nil {
			line = ink.Paint(line)
		}
		t.b.WriteString(head + line + "\n")
	}
}

// keepTogether puts blanks that allow no line break into commands.
func keepTogether(s string) string {
	parts := strings.Split(s, "`")
	for i := 1; i < len(parts); i += 2 {
		parts[i] = strings.ReplaceAll(parts[i], " ", "\u00a0")
	}
	return strings.Join(parts, "`")
}

func joinInts(list []int) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return out
}
