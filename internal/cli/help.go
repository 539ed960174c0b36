package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// help writes the help of a command: what it does, how it is called, examples,
// and its flags in groups.
func (a *app) help(w io.Writer, c *cobra.Command, on commandSet) {
	name := strings.ReplaceAll(strings.TrimPrefix(c.CommandPath(), "wsalog "), " ", "-")
	t := &typesetter{words: a.words, width: a.helpWidth()}
	t.lines("long." + name)
	t.heading("help.usage")
	t.indented(a.words.say("usage." + name))
	t.commands(c)
	if examples, ok := a.words["examples."+name]; ok {
		t.heading("help.examples")
		t.indented(examples)
	}
	t.flags(a, on)
	if c.Parent() == nil {
		t.b.WriteByte('\n')
		t.lines("help.end")
	}
	fmt.Fprint(w, t.b.String())
}

// helpWidth is how wide help may be: as wide as the screen, if that is known, and
// never wider than what is easy to read.
func (a *app) helpWidth() int {
	if width := a.look(stdoutStream).Width; width > 0 {
		return min(width, widestPage)
	}
	return pageWidth
}

// lines writes each line of some words as a paragraph.
func (t *typesetter) lines(key string) {
	for _, line := range strings.Split(t.words.say(key), "\n") {
		t.paragraph("", line, nil)
	}
}

// indented writes lines that are typed as they stand, some with a remark behind
// them.
func (t *typesetter) indented(lines string) {
	for _, line := range strings.Split(lines, "\n") {
		typed, remark, ok := strings.Cut(line, "   ")
		if ok && t.cells.Width(line)+2 > t.width { // what it does stands below
			t.b.WriteString("  " + typed + "\n")
			t.paragraph("      ", strings.TrimSpace(remark), nil)
			continue
		}
		t.b.WriteString("  " + line + "\n")
	}
}

// helpInstead writes the help of a command to standard error, where there is
// nothing that it could do.
func (a *app) helpInstead(name string, on commandSet) {
	c := a.commands(new(int))
	if sub, _, err := c.Find([]string{name}); err == nil && name != "" {
		c = sub
	}
	a.help(a.stderr, c, on)
}

func (t *typesetter) commands(c *cobra.Command) {
	var list []*cobra.Command
	width := 0
	for _, sub := range c.Commands() {
		if !sub.Hidden && sub.Name() != cobra.ShellCompRequestCmd && sub.Name() != cobra.ShellCompNoDescRequestCmd {
			list = append(list, sub)
			width = max(width, len(sub.Name()))
		}
	}
	if len(list) == 0 {
		return
	}
	t.heading("help.commands")
	for _, sub := range list {
		t.paragraph(fmt.Sprintf("  %-*s  ", width, sub.Name()), sub.Short, nil)
	}
}

// flagColumn is where the descriptions of flags begin.
const flagColumn = 31

// flags writes the flags of a command under their headings.
func (t *typesetter) flags(a *app, on commandSet) {
	for _, group := range flagGroups {
		first := true
		for i := range flagTable {
			f := &flagTable[i]
			if f.group != group || f.on&on == 0 {
				continue
			}
			if first {
				t.heading("group." + group)
				first = false
			}
			usual := "  " + f.usual()
			t.paragraph(usual+strings.Repeat(" ", max(flagColumn-len(usual), 1)), a.flagHelp(f, on), nil)
		}
	}
}

// flagHelp is the description of a flag of some commands, with its values and its
// default.
func (a *app) flagHelp(f *flagSpec, on commandSet) string {
	s := a.words.say("flag." + f.name)
	if f.name == "format" {
		return s + a.words.say("colon") + formatLists(f.on&on)
	}
	if f.values != nil {
		s += a.words.say("colon") + strings.Join(f.values(), " ")
	}
	if f.def != "" && f.def != "0" {
		s += a.words.say("help.default", f.def)
	}
	return s
}

// formatLists are the formats of one command or, each behind its name, of several.
func formatLists(on commandSet) string {
	var lists []string
	for _, c := range commandNames {
		switch {
		case c.set == on:
			return strings.Join(formatsOf(on), " ")
		case c.set&on != 0:
			lists = append(lists, c.name+" "+strings.Join(formatsOf(c.set), " "))
		}
	}
	return strings.Join(lists, "; ")
}
