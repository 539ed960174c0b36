package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// promised are the flags of the contract with users, each with the single letter
// that it must have. The program may have no other flag than these.
var promised = map[string]string{
	"follow": "f", "tail": "n", "from-start": "", "recursive": "r", "encoding": "E", "since": "", "until": "", "tz": "",
	"jobs": "j", "merge": "", "only-hits": "", "invert-match": "v", "count": "c", "only-matching": "o",
	"files-with-matches": "l", "quiet": "q", "max-count": "m", "after-context": "A", "before-context": "B",
	"context": "C", "code": "", "not-code": "", "part": "", "class": "", "severity": "", "peer": "", "strict": "",
	"loose": "", "rules": "", "format": "", "output": "O", "with-filename": "H", "line-number": "N", "explain": "",
	"why": "", "fields": "", "by": "", "top": "", "table": "", "no-bom": "", "every": "", "per": "", "no-summary": "",
	"stats": "", "fail-on": "", "lang": "", "color": "", "theme": "", "ascii": "", "no-fold": "", "raw": "",
	"config": "", "no-config": "", "help": "h", "version": "",
}

// walk calls visit for each command of the tree that people see.
func walk(c *cobra.Command, visit func(*cobra.Command)) {
	if c.Hidden {
		return
	}
	visit(c)
	for _, sub := range c.Commands() {
		walk(sub, visit)
	}
}

// pathOf are the words that call a command, without the program's name.
func pathOf(c *cobra.Command) []string { return strings.Fields(c.CommandPath())[1:] }

func TestFlagsAreThosePromised(t *testing.T) {
	found := make(map[string]bool)
	walk(newWorld().tree(), func(c *cobra.Command) {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			found[f.Name] = true
			if short, ok := promised[f.Name]; !ok || short != f.Shorthand {
				t.Errorf("%s --%s (-%s): promised is %t, -%s", c.CommandPath(), f.Name, f.Shorthand, ok, short)
			}
		})
	})
	for name := range promised {
		if !found[name] {
			t.Errorf("no command has --%s", name)
		}
	}
}

// tree is the command tree of a world.
func (w *world) tree() *cobra.Command {
	w.words = english
	w.config = &config{}
	root := w.commands(new(int))
	root.InitDefaultHelpFlag()
	return root
}

// TestFlagsAreDocumented looks for each flag of each command in that command's
// help, in what shells are told to complete, and in the manual page.
func TestFlagsAreDocumented(t *testing.T) {
	w := newWorld()
	_, man, _ := runs(t, w, "man")
	for _, lang := range []string{"en", "zh"} {
		w := newWorld("WSALOG_LANG=" + lang)
		walk(w.tree(), func(c *cobra.Command) {
			path := pathOf(c)
			_, help, _ := runs(t, w, append(path, "--help")...)
			_, long, _ := runs(t, w, append(append([]string{"__complete"}, path...), "--")...)
			_, short, _ := runs(t, w, append(append([]string{"__complete"}, path...), "-")...)
			c.Flags().VisitAll(func(f *pflag.Flag) {
				where := c.CommandPath() + " --" + f.Name + " (" + lang + ")"
				spec := findFlag(f.Name)
				if spec == nil {
					t.Errorf("%s stands in no table", where)
					return
				}
				if !strings.Contains(help, "\n  "+spec.usual()+" ") {
					t.Errorf("%s is not in the help", where)
				}
				if !strings.Contains("\n"+long, "\n--"+f.Name+"\t") && !strings.Contains("\n"+long, "\n--"+f.Name+"=\t") {
					t.Errorf("%s is not completed: %s", where, long)
				}
				if f.Shorthand != "" && !strings.Contains("\n"+short, "\n-"+f.Shorthand+"\t") {
					t.Errorf("%s: -%s is not completed: %s", where, f.Shorthand, short)
				}
				if !strings.Contains(man, "\n.B "+roff(strings.TrimSpace(spec.usual()))+"\n") {
					t.Errorf("%s is not in the manual page", where)
				}
			})
		})
	}
}

// TestShellsAskTheProgram: the scripts hold no lists of their own, each asks the
// program what fits.
func TestShellsAskTheProgram(t *testing.T) {
	for _, shell := range shells {
		code, script, _ := runs(t, newWorld(), "completion", shell)
		if code != 0 || !strings.Contains(script, cobra.ShellCompRequestCmd+" ") {
			t.Errorf("%s: exit %d, and nobody is asked:\n%s", shell, code, script)
		}
	}
}

// TestFlagsHaveScripts wants each flag, in its long form and in its short one, on
// a command line of testdata/script.
func TestFlagsHaveScripts(t *testing.T) {
	files, err := filepath.Glob("../../testdata/script/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	root := newWorld().tree()
	used := make(map[string]bool) // "report --top" and "--top"
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(data), "\n") {
			if rest, ok := strings.CutPrefix(strings.TrimLeft(line, "!? "), "exec "); ok {
				for _, call := range callsIn(rest) {
					markUsed(root, call, used)
				}
			}
		}
	}
	for name, short := range promised {
		if !used["--"+name] {
			t.Errorf("no script uses --%s", name)
		}
		if short != "" && !used["-"+short] {
			t.Errorf("no script uses -%s (--%s)", short, name)
		}
	}
	walk(root, func(c *cobra.Command) {
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if top := len(pathOf(c)) < 2; top && !used[c.CommandPath()+" --"+f.Name] {
				t.Errorf("no script uses --%s with %q", f.Name, c.CommandPath())
			}
		})
	})
}

// callsIn returns the words behind each wsalog of a script's command line, which
// may be a program for a shell.
func callsIn(line string) [][]string {
	var calls [][]string
	var now []string
	inside := false
	for _, word := range strings.Fields(line) {
		bare := strings.Trim(word, `'"()$`)
		switch {
		case bare == "wsalog":
			if inside {
				calls = append(calls, now)
			}
			now, inside = nil, true
		case strings.ContainsAny(bare, "|;&<") && !strings.Contains(word, "'"):
			if inside && strings.HasPrefix(bare, "-") {
				now = append(now, strings.TrimRight(bare, ";"))
			}
			if inside {
				calls = append(calls, now)
			}
			now, inside = nil, false
		case inside:
			now = append(now, bare)
		}
	}
	if inside {
		calls = append(calls, now)
	}
	return calls
}

// markUsed notes the flags of one call, as pflag would read them.
func markUsed(root *cobra.Command, call []string, used map[string]bool) {
	c, rest, err := root.Find(call)
	if err != nil {
		return
	}
	mark := func(form string, f *pflag.Flag) {
		if f != nil {
			used[form], used[c.CommandPath()+" --"+f.Name] = true, true
		}
	}
	for _, word := range rest {
		if word == "--" {
			return
		}
		if name, ok := strings.CutPrefix(word, "--"); ok {
			name, _, _ = strings.Cut(name, "=")
			mark("--"+name, c.Flags().Lookup(name))
			continue
		}
		letters, ok := strings.CutPrefix(word, "-")
		for ok && letters != "" {
			f := c.Flags().ShorthandLookup(letters[:1])
			mark("-"+letters[:1], f)
			if letters = letters[1:]; f == nil || f.NoOptDefVal == "" {
				break // the rest is its value
			}
		}
	}
}
