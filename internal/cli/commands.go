package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// A job is what a command does with its arguments; it returns the exit code.
type job func(args []string) (int, error)

// commands builds the command tree. The exit code of the command that ran ends
// up in status.
func (a *app) commands(status *int) *cobra.Command {
	root := a.command(status, "wsalog", onAnnotate, a.annotate)
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(
		a.command(status, "report", onReport, a.report),
		a.command(status, "compare", onCompare, a.compare),
		a.command(status, "explain", onExplain, a.explain),
		a.command(status, "codes", onCodes, a.codes),
		a.ruleCommands(status),
		a.completionCommand(),
		a.manCommand(),
	)
	root.SetHelpCommand(a.helpCommand())
	return root
}

// command makes one command of the tree, with the flags that belong to it.
func (a *app) command(status *int, name string, on commandSet, do job) *cobra.Command {
	c := &cobra.Command{
		Use:           name,
		Short:         a.words.say("short." + name),
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	s := newSettings(c.Flags(), on, a.words)
	c.RunE = func(_ *cobra.Command, args []string) error {
		a.settings, a.dash = s, c.Flags().ArgsLenAtDash()
		if s.on("version") {
			fmt.Fprintln(a.stdout, "wsalog "+version())
			return nil
		}
		if a.config.err != nil {
			return a.config.err
		}
		if err := a.fill(on); err != nil {
			return err
		}
		code, err := do(args)
		*status = code
		return err
	}
	c.SetHelpFunc(func(c *cobra.Command, _ []string) { a.help(a.stdout, c, on) })
	a.completions(c, on)
	return c
}

// group makes a command that only holds others.
func (a *app) group(name string) *cobra.Command {
	c := &cobra.Command{Use: name, Short: a.words.say("short." + name), SilenceErrors: true, SilenceUsage: true, Args: cobra.ArbitraryArgs}
	c.SetHelpFunc(func(c *cobra.Command, _ []string) { a.help(a.stdout, c, 0) })
	return c
}

func (a *app) helpCommand() *cobra.Command {
	c := &cobra.Command{Use: "help", Hidden: true, Args: cobra.ArbitraryArgs, SilenceErrors: true, SilenceUsage: true}
	c.RunE = func(c *cobra.Command, args []string) error {
		target, rest, err := c.Root().Find(args)
		if err != nil || len(rest) > 0 {
			return a.usage("command.unknown", args[len(args)-1])
		}
		return target.Help()
	}
	return c
}

// version is the module's version where one was recorded, else the commit that
// was built.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "devel"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "devel+" + s.Value[:12]
		}
	}
	return "devel"
}
