package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"wsalog/internal/term"
	"wsalog/rules"
)

func (a *app) ruleCommands(status *int) *cobra.Command {
	c := a.command(status, "rules", onRules, a.rulesList)
	for _, sub := range []struct {
		name string
		do   job
	}{{"list", a.rulesList}, {"show", a.rulesShow}, {"check", a.rulesCheck}} {
		child := a.command(status, "rules-"+sub.name, onRules, sub.do)
		child.Use = sub.name
		c.AddCommand(child)
	}
	c.RunE = unknownSub(a, c.RunE)
	return c
}

// unknownSub makes a word that names no command of a group an error; without any
// word the group's usual work is done.
func unknownSub(a *app, run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		if len(args) > 0 {
			return a.usage("rules.unknown-command", args[0])
		}
		return run(c, args)
	}
}

// userRules reads the rule files that --rules names: files, and folders of which
// every .toml file is one. All mistakes are told at once.
func (a *app) userRules(paths []string) ([]*rules.ContextRule, error) {
	var list []*rules.ContextRule
	var bad []string
	for _, name := range paths {
		files, err := ruleFiles(name)
		if err != nil {
			bad = append(bad, a.reword(err))
			continue
		}
		if len(files) == 0 {
			bad = append(bad, a.words.say("rules.empty-folder", name))
		}
		for _, file := range files {
			r, err := readRule(file)
			if err != nil {
				bad = append(bad, a.reword(err))
				continue
			}
			list = append(list, r)
		}
	}
	if len(bad) > 0 {
		return nil, &plainError{strings.Join(bad, "\n")}
	}
	return list, nil
}

// ruleFiles returns the rule files that a path stands for.
func ruleFiles(name string) ([]string, error) {
	st, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	if !st.IsDir() {
		return []string{name}, nil
	}
	var files []string
	err = filepath.WalkDir(name, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Ext(p) == ".toml" {
			files = append(files, p)
		}
		return err
	})
	return files, err
}

func readRule(file string) (*rules.ContextRule, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return rules.ParseRule(file, data)
}

// allRules are the built-in rules and those of --rules, in the order of trial.
func (a *app) allRules() ([]*rules.ContextRule, error) {
	user, err := a.userRules(a.settings.list("rules"))
	if err != nil {
		return nil, err
	}
	list := append(slices.Clone(rules.ContextRules()), user...)
	rules.SortRules(list)
	return list, nil
}

// rulesList lists the rules.
func (a *app) rulesList(args []string) (int, error) {
	if len(args) > 0 {
		return exitTrouble, a.usage("rules.unknown-command", args[0])
	}
	list, err := a.allRules()
	if err != nil {
		return exitTrouble, err
	}
	p := a.profile(stdoutStream)
	t := a.typesetter(p)
	t.width = 1 << 16
	if p.Terminal {
		t.width = p.Width
	}
	for _, r := range list {
		head := fmt.Sprintf("%-28s %-6s %d  ", r.ID, r.Verdict, r.Strength)
		t.paragraph(head, r.DocIn(a.words.lang()), nil)
	}
	_, err = fmt.Fprint(a.stdout, t.b.String())
	return exitOK, err
}

// rulesShow prints single rules in full.
func (a *app) rulesShow(args []string) (int, error) {
	if len(args) == 0 {
		return exitTrouble, a.usage("rules.show-what")
	}
	list, err := a.allRules()
	if err != nil {
		return exitTrouble, err
	}
	t := a.typesetter(a.profile(stdoutStream))
	status := exitOK
	for _, id := range args {
		i := slices.IndexFunc(list, func(r *rules.ContextRule) bool { return r.ID == id })
		switch doc, own := a.words["rule."+id]; {
		case i >= 0:
			t.rule(list[i])
		case own:
			t.paragraph("", t.theme.Head.Paint(id), nil)
			t.paragraph("", doc, nil)
			t.b.WriteByte('\n')
		default:
			a.complain(a.words.say("rules.unknown", id) + closestRule(a, list, id))
			status = exitTrouble
		}
	}
	_, err = fmt.Fprint(a.stdout, t.b.String())
	return status, err
}

func closestRule(a *app, list []*rules.ContextRule, id string) string {
	best, dist := "", len(id)/2+1
	for _, r := range list {
		if d, ok := closer(id, r.ID, dist-1); ok {
			best, dist = r.ID, d
		}
	}
	if best == "" {
		return ""
	}
	return a.words.say("flag.meant", best)
}

// rule writes one rule.
func (t *typesetter) rule(r *rules.ContextRule) {
	t.paragraph("", t.theme.Head.Paint(r.ID), nil)
	t.paragraph("", r.DocIn(t.words.lang()), nil)
	row := func(key, value string) {
		if value != "" {
			t.paragraph("  "+padCells(term.Cells{}, t.words.say(key), 12)+" ", t.clean.Line(value), nil)
		}
	}
	row("rules.verdict", fmt.Sprintf("%s, %d", r.Verdict, r.Strength))
	row("rules.forms", strings.Join(r.Forms, ", "))
	row("rules.codes", strings.Join(joinInts(r.Codes), ", "))
	row("rules.cues", strings.Join(r.Cues, ", "))
	row("rules.needs", strings.Join(r.Needs, ", "))
	row("rules.lacks", strings.Join(r.Lacks, ", "))
	if r.Pattern != "" { // in one piece, so that it can be copied
		t.b.WriteString("  " + padCells(t.cells, t.words.say("rules.pattern"), 12) + " " + t.clean.Line(r.Pattern) + "\n")
	}
	row("rules.spells", spells(r.Spells))
	for _, line := range r.Match {
		row("rules.match", line)
	}
	for _, line := range r.NoMatch {
		row("rules.nomatch", line)
	}
	t.b.WriteByte('\n')
}

// rulesCheck parses rule files and runs their own lines through a matcher that
// holds them.
func (a *app) rulesCheck(args []string) (int, error) {
	paths := append(slices.Clone(a.settings.list("rules")), args...)
	if len(paths) == 0 {
		return exitTrouble, a.usage("rules.check-what")
	}
	checked, mistakes := int64(0), int64(0)
	tell := func(err error) {
		mistakes++
		var bad *rules.RuleError
		if errors.As(err, &bad) {
			fmt.Fprintln(a.stderr, a.harmless(a.reword(bad)))
			return
		}
		a.complain(a.reword(err))
	}
	for _, name := range paths {
		files, err := ruleFiles(name)
		if err != nil {
			tell(err)
			continue
		}
		if len(files) == 0 {
			tell(a.trouble("rules.empty-folder", name))
		}
		for _, file := range files {
			checked++
			for _, err := range checkRule(file) {
				tell(err)
			}
		}
	}
	if mistakes > 0 {
		a.complain(a.words.say("rules.bad", a.words.count("n.rule-files", checked), a.words.count("n.mistakes", mistakes)))
		return exitTrouble, nil
	}
	_, err := fmt.Fprintln(a.stdout, a.words.say("rules.good", a.words.count("n.rule-files", checked)))
	return exitOK, err
}

// spells lists the new spellings of a rule in a fixed order.
func spells(m map[string]int) string {
	var list []string
	for _, text := range slices.Sorted(maps.Keys(m)) {
		list = append(list, fmt.Sprintf("%s = %d", text, m[text]))
	}
	return strings.Join(list, ", ")
}
