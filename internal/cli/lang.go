package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"wsalog/rules"
)

// earlyLanguage decides in which language the program speaks before the flags
// are parsed, since help and complaints about flags need it: --lang, then
// WSALOG_LANG, the configuration, the locale.
func (a *app) earlyLanguage(args []string) rules.Lang {
	value, _ := scanFlag(args, "lang")
	for _, value := range []string{value, a.env("WSALOG_LANG")} {
		if l, err := rules.ParseLang(value); err == nil {
			a.words = wordsOf(l)
			a.loadConfig(args)
			return l
		}
	}
	a.words = wordsOf(a.localeLanguage())
	a.loadConfig(args)
	if l, err := rules.ParseLang(a.config.early("lang")); err == nil {
		return l
	}
	return a.localeLanguage()
}

// tableLanguage is the language that the configuration's table for the command of
// args asks for; it matters where neither flag nor variable does.
func (a *app) tableLanguage(root *cobra.Command, args []string) (rules.Lang, bool) {
	if _, typed := scanFlag(args, "lang"); typed || a.env("WSALOG_LANG") != "" {
		return 0, false
	}
	c, _, err := root.Find(args)
	if err != nil {
		return 0, false
	}
	for c.HasParent() && c.Parent().HasParent() {
		c = c.Parent()
	}
	command := commandOf(c.Name())
	if !c.HasParent() {
		command = onAnnotate
	}
	e, ok := a.config.find("lang", command)
	if !ok || e.table == "" || len(e.values) != 1 {
		return 0, false
	}
	lang, err := rules.ParseLang(e.values[0])
	return lang, err == nil
}

// localeLanguage follows POSIX: the first of the variables that is set decides.
// Where none is, Windows is asked for the language of its user interface.
func (a *app) localeLanguage() rules.Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := a.env(name); v != "" {
			return languageOf(v)
		}
	}
	return languageOf(systemLanguage())
}

func languageOf(tag string) rules.Lang {
	if strings.HasPrefix(strings.ToLower(tag), "zh") {
		return rules.Chinese
	}
	return rules.English
}

// switchedOn reports what the last of a switch's uses before a lone "--" says.
func switchedOn(args []string, name string) bool {
	on := false
	for _, arg := range args {
		if arg == "--" {
			break
		}
		if arg == "--"+name {
			on = true
		} else if value, ok := strings.CutPrefix(arg, "--"+name+"="); ok {
			on, _ = parseSwitch(value) // the flag's own parser complains of other words
		}
	}
	return on
}

// scanFlag finds the last value of a long flag, as "--name value" or
// "--name=value", before a lone "--".
func scanFlag(args []string, name string) (value string, found bool) {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		rest, ok := strings.CutPrefix(arg, "--"+name)
		switch {
		case !ok:
		case rest == "":
			found = true
			if i+1 < len(args) {
				value = args[i+1]
			}
		case rest[0] == '=':
			value, found = rest[1:], true
		}
	}
	return value, found
}
