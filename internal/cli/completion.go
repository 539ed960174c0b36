package cli

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wsalog/rules"
)

// shells are the shells that completion knows.
var shells = []string{"bash", "zsh", "fish", "powershell"}

func (a *app) completionCommand() *cobra.Command {
	c := a.group("completion")
	c.ValidArgs = shells
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return a.usage("completion.which", strings.Join(shells, ", "))
		}
		root := c.Root()
		switch args[0] {
		case "bash":
			return root.GenBashCompletionV2(a.stdout, true)
		case "zsh":
			return root.GenZshCompletion(a.stdout)
		case "fish":
			return root.GenFishCompletion(a.stdout, true)
		case "powershell", "pwsh":
			return root.GenPowerShellCompletionWithDesc(a.stdout)
		}
		return a.usage("completion.which", strings.Join(shells, ", "))
	}
	return c
}

func (a *app) manCommand() *cobra.Command {
	c := a.group("man")
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) > 0 {
			return a.usage("codes.argument", args[0])
		}
		_, err := fmt.Fprint(a.stdout, a.manual(c.Root()))
		return err
	}
	return c
}

// completions tells the shells what may stand behind a command and its flags.
func (a *app) completions(c *cobra.Command, on commandSet) {
	switch {
	case on == onExplain:
		c.ValidArgsFunction = completeCodes
	case on == onCodes:
		c.ValidArgsFunction = cobra.NoFileCompletions
	case on == onRules && strings.HasSuffix(c.Use, "show"):
		c.ValidArgsFunction = completeRules
	}
	for i := range flagTable {
		f := &flagTable[i]
		if f.on&on == 0 || f.kind == switchFlag {
			continue
		}
		var complete cobra.CompletionFunc
		switch {
		case f.values != nil:
			complete = cobra.FixedCompletions(f.values(), cobra.ShellCompDirectiveNoFileComp)
		case f.name == "code" || f.name == "not-code":
			complete = completeCodes
		case f.name == "format":
			complete = cobra.FixedCompletions(formatsOf(on), cobra.ShellCompDirectiveNoFileComp)
		case f.name == "output" || f.name == "config" || f.name == "rules":
			continue // files, which is what shells complete anyway
		default:
			complete = cobra.NoFileCompletions
		}
		if err := c.RegisterFlagCompletionFunc(f.name, complete); err != nil {
			panic("cli: internal error: " + err.Error())
		}
	}
}

// formatsOf are the values of --format for a command.
func formatsOf(on commandSet) []string {
	switch on {
	case onAnnotate:
		return []string{"text", "ndjson"}
	case onExplain:
		return []string{"text", "json", "md"}
	case onCodes:
		return []string{"text", "json", "csv", "md"}
	case onCompare:
		return []string{"text", "json", "md", "html"}
	}
	return []string{"text", "json", "ndjson", "csv", "md", "html"}
}

func completeCodes(_ *cobra.Command, _ []string, start string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var list []cobra.Completion
	for i := range rules.Codes() {
		c := &rules.Codes()[i]
		number := strconv.Itoa(c.Number)
		if strings.HasPrefix(number, start) {
			list = append(list, cobra.CompletionWithDesc(number, c.Name))
		}
		if start != "" && strings.HasPrefix(c.Name, strings.ToUpper(start)) {
			list = append(list, cobra.CompletionWithDesc(c.Name, number))
		}
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

func completeRules(_ *cobra.Command, _ []string, start string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var list []cobra.Completion
	for _, r := range rules.ContextRules() {
		if strings.HasPrefix(r.ID, start) {
			list = append(list, cobra.CompletionWithDesc(r.ID, r.Doc))
		}
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}
