package cli

import (
	"strings"

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
