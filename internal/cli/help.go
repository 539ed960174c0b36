package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"wsalog/internal/term"
)

// help writes the help of a command: what it does, how it is called, examples,
// and its flags in groups.
func (a *app) help(w io.Writer, c *cobra.Command, on commandSet) {
	name := strings.ReplaceAll(strings.TrimPrefix(c.CommandPath(), "wsalog "), " ", "-")
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", a.words.say("long."+name))
	fmt.Fprintf(&b, "%s\n", a.words.say("help.usage"))
	for _, line := range strings.Split(a.words.say("usage."+name), "\n") {
		fmt.Fprintf(&b, "  %s\n", line)
	}
	a.helpCommands(&b, c)
	if examples, ok := a.words["examples."+name]; ok {
		fmt.Fprintf(&b, "\n%s\n", a.words.say("help.examples"))
		for _, line := range strings.Split(examples, "\n") {
			fmt.Fprintf(&b, "  %s\n", line)
		}
	}
	a.helpFlags(&b, on)
	if c.Parent() == nil {
		fmt.Fprintf(&b, "\n%s\n", a.words.say("help.end"))
	}
	fmt.Fprint(w, b.String())
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

func (a *app) helpCommands(b *strings.Builder, c *cobra.Command) {
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
	fmt.Fprintf(b, "\n%s\n", a.words.say("help.commands"))
	for _, sub := range list {
		fmt.Fprintf(b, "  %-*s  %s\n", width, sub.Name(), sub.Short)
	}
}

// flagColumn is where the descriptions of flags begin.
const flagColumn = 31

func (a *app) helpFlags(b *strings.Builder, on commandSet) {
	cells := term.Cells{}
	for _, group := range flagGroups {
		first := true
		for i := range flagTable {
			f := &flagTable[i]
			if f.group != group || f.on&on == 0 {
				continue
			}
			if first {
				fmt.Fprintf(b, "\n%s\n", a.words.say("group."+group))
				first = false
			}
			usual := f.usual()
			gap := flagColumn - 2 - len(usual)
			if gap < 1 {
				gap = 1
			}
			room := 100 - flagColumn
			for j, line := range cells.Wrap(a.flagHelp(f), room, room) {
				if j == 0 {
					fmt.Fprintf(b, "  %s%s%s\n", usual, strings.Repeat(" ", gap), line)
				} else {
					fmt.Fprintf(b, "%s%s\n", strings.Repeat(" ", flagColumn), line)
				}
			}
		}
	}
}

// flagHelp is the description of a flag with its values and its default.
func (a *app) flagHelp(f *flagSpec) string {
	s := a.words.say("flag." + f.name)
	if f.values != nil {
		s += ": " + strings.Join(f.values(), " ")
	}
	if f.def != "" && f.def != "0" {
		s += a.words.say("help.default", f.def)
	}
	return s
}
