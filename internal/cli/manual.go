package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// manual writes the manual page in the man macros. It reads the same tables as
// help.
func (a *app) manual(root *cobra.Command) string {
	var b strings.Builder
	w := a.words
	fmt.Fprintf(&b, ".TH WSALOG 1 \"\" \"wsalog %s\" \"%s\"\n", roff(version()), w.say("man.title"))
	section(&b, w.say("man.name"))
	fmt.Fprintf(&b, "wsalog \\- %s\n", roff(root.Short))
	section(&b, w.say("man.synopsis"))
	for _, c := range append([]*cobra.Command{root}, root.Commands()...) {
		if c.Hidden {
			continue
		}
		for _, line := range strings.Split(w.say("usage."+c.Name()), "\n") {
			fmt.Fprintf(&b, ".B %s\n.br\n", roff(line))
		}
	}
	section(&b, w.say("man.description"))
	fmt.Fprintf(&b, "%s\n", roff(w.say("long.wsalog")))
	for _, c := range root.Commands() {
		if !c.Hidden {
			fmt.Fprintf(&b, ".TP\n.B wsalog %s\n%s\n", c.Name(), roff(w.say("long."+c.Name())))
		}
	}
	section(&b, w.say("man.options"))
	for _, group := range flagGroups {
		fmt.Fprintf(&b, ".SS %s\n", roff(w.say("group."+group)))
		for i := range flagTable {
			if f := &flagTable[i]; f.group == group {
				fmt.Fprintf(&b, ".TP\n.B %s\n%s%s\n", roff(strings.TrimSpace(f.usual())), roff(a.flagHelp(f, onAll)), roff(a.commandsOf(f)))
			}
		}
	}
	section(&b, w.say("man.examples"))
	for _, line := range strings.Split(w.say("examples.wsalog"), "\n") {
		fmt.Fprintf(&b, ".nf\n%s\n.fi\n", roff(line))
	}
	section(&b, w.say("man.files"))
	fmt.Fprintf(&b, "%s\n", roff(w.say("man.files-text")))
	section(&b, w.say("man.exit"))
	fmt.Fprintf(&b, "%s\n", roff(w.say("man.exit-text")))
	return b.String()
}

// commandsOf says to which commands a flag belongs, where that is not all of
// them.
func (a *app) commandsOf(f *flagSpec) string {
	if f.on == onAll || f.on == onAnnotate {
		return ""
	}
	var names []string
	for _, c := range commandNames {
		if f.on&c.set != 0 {
			names = append(names, c.name)
		}
	}
	return a.words.say("brackets", strings.Join(names, ", "))
}

func section(b *strings.Builder, title string) { fmt.Fprintf(b, ".SH %s\n", roff(title)) }

// roff escapes text for the man macros: backslashes, hyphens that must stay
// hyphens, and control characters at the start of a line.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, ".") || strings.HasPrefix(l, "'") {
			lines[i] = `\&` + l
		}
	}
	return strings.Join(lines, "\n")
}
