package cli

import (
	"wsalog/internal/stats"
	"wsalog/rules"
)

// A commandSet says to which commands a flag belongs.
type commandSet uint8

const (
	onAnnotate commandSet = 1 << iota
	onReport
	onCompare
	onExplain
	onCodes
	onRules

	onLogs = onAnnotate | onReport | onCompare // commands that read logs
	onAll  = onLogs | onExplain | onCodes | onRules
)

// A flagKind says what a flag's value is.
type flagKind uint8

const (
	switchFlag flagKind = iota // on or off
	textFlag
	wordFlag   // one of values
	listFlag   // may be repeated; commas separate too
	filesFlag  // may be repeated, commas do not separate
	numberFlag // zero or more
)

// A flagSpec is one flag: its help text is "flag.NAME" in the tables of words.
// Help, completion, the manual page, the configuration and WSALOG_… variables
// all read this table.
type flagSpec struct {
	name, short string
	kind        flagKind
	group       string // heading of the help, "group.…" in the tables of words
	on          commandSet
	arg         string // placeholder of the value
	def         string
	values      func() []string // what a word, or each item of a list, may be; nil: anything
	lineOnly    bool            // makes no sense in a configuration or variable
}

func oneOf(values ...string) func() []string { return func() []string { return values } }

// flagTable lists every flag in the order in which help shows them.
var flagTable = []flagSpec{
	{name: "follow", short: "f", group: "input", on: onAnnotate | onReport},
	{name: "tail", short: "n", kind: numberFlag, group: "input", on: onAnnotate | onReport, arg: "N", def: "10"},
	{name: "from-start", group: "input", on: onAnnotate | onReport},
	{name: "recursive", short: "r", group: "input", on: onLogs},
	{name: "encoding", short: "E", kind: textFlag, group: "input", on: onLogs, arg: "NAME", def: "auto", values: encodingNames},
	{name: "since", kind: textFlag, group: "input", on: onLogs, arg: "TIME"},
	{name: "until", kind: textFlag, group: "input", on: onLogs, arg: "TIME"},
	{name: "tz", kind: textFlag, group: "input", on: onLogs, arg: "ZONE", def: "local"},
	{name: "jobs", short: "j", kind: numberFlag, group: "input", on: onLogs, arg: "N", def: "0"},
	{name: "merge", group: "input", on: onReport},

	{name: "only-hits", group: "choose", on: onAnnotate},
	{name: "invert-match", short: "v", group: "choose", on: onAnnotate},
	{name: "count", short: "c", group: "choose", on: onAnnotate},
	{name: "only-matching", short: "o", group: "choose", on: onAnnotate},
	{name: "files-with-matches", short: "l", group: "choose", on: onAnnotate},
	{name: "quiet", short: "q", group: "choose", on: onAnnotate},
	{name: "max-count", short: "m", kind: numberFlag, group: "choose", on: onAnnotate, arg: "N", def: "0"},
	{name: "after-context", short: "A", kind: numberFlag, group: "choose", on: onAnnotate, arg: "N", def: "0"},
	{name: "before-context", short: "B", kind: numberFlag, group: "choose", on: onAnnotate, arg: "N", def: "0"},
	{name: "context", short: "C", kind: numberFlag, group: "choose", on: onAnnotate, arg: "N", def: "0"},
	{name: "code", kind: listFlag, group: "choose", on: onLogs, arg: "LIST"},
	{name: "not-code", kind: listFlag, group: "choose", on: onLogs, arg: "LIST"},
	{name: "part", kind: listFlag, group: "choose", on: onLogs | onCodes, arg: "LIST", values: partNames},
	{name: "class", kind: listFlag, group: "choose", on: onLogs | onCodes, arg: "LIST", values: classNames},
	{name: "severity", kind: listFlag, group: "choose", on: onLogs | onCodes, arg: "LIST", values: severityNames},
	{name: "peer", kind: listFlag, group: "choose", on: onLogs, arg: "GLOB"},
	{name: "strict", group: "choose", on: onLogs},
	{name: "loose", group: "choose", on: onLogs},
	{name: "rules", kind: filesFlag, group: "choose", on: onLogs | onExplain | onRules, arg: "PATH"},

	{name: "format", kind: textFlag, group: "output", on: onLogs | onExplain | onCodes, arg: "NAME"},
	{name: "output", short: "O", kind: filesFlag, group: "output", on: onLogs | onExplain | onCodes, arg: "FILE"},
	{name: "with-filename", short: "H", group: "output", on: onAnnotate},
	{name: "line-number", short: "N", group: "output", on: onAnnotate},
	{name: "explain", kind: wordFlag, group: "output", on: onAnnotate, arg: "HOW", def: "short", values: oneOf("none", "short", "first", "full")},
	{name: "why", group: "output", on: onAnnotate},
	{name: "fields", kind: wordFlag, group: "output", on: onAnnotate, arg: "SET", def: "plain", values: oneOf("plain", "otel", "ecs")},
	{name: "by", kind: listFlag, group: "output", on: onReport, arg: "KEYS", values: stats.KeyNames},
	{name: "top", kind: numberFlag, group: "output", on: onReport, arg: "N", def: "10"},
	{name: "table", kind: wordFlag, group: "output", on: onReport, arg: "NAME", def: "codes", values: tableNames},
	{name: "no-bom", group: "output", on: onReport},
	{name: "every", kind: textFlag, group: "output", on: onReport, arg: "TIME"},
	{name: "per", kind: wordFlag, group: "output", on: onCompare, arg: "BASIS", def: "auto", values: oneOf("auto", "lines", "hours")},
	{name: "no-summary", group: "output", on: onAnnotate},
	{name: "stats", group: "output", on: onLogs},
	{name: "fail-on", kind: filesFlag, group: "output", on: onLogs, arg: "COND"},

	{name: "lang", kind: wordFlag, group: "screen", on: onAll, arg: "LANG", values: oneOf("en", "zh")},
	{name: "color", kind: wordFlag, group: "screen", on: onAll, arg: "WHEN", def: "auto", values: oneOf("auto", "always", "never")},
	{name: "theme", kind: wordFlag, group: "screen", on: onAll, arg: "NAME", def: "auto", values: oneOf("auto", "light", "dark")},
	{name: "ascii", group: "screen", on: onAll},
	{name: "no-fold", group: "screen", on: onAnnotate},
	{name: "raw", group: "screen", on: onAnnotate},

	{name: "config", kind: textFlag, group: "general", on: onAll, arg: "FILE", lineOnly: true},
	{name: "no-config", group: "general", on: onAll, lineOnly: true},
	{name: "help", short: "h", group: "general", on: onAll, lineOnly: true},
	{name: "version", group: "general", on: onAnnotate, lineOnly: true},
}

// flagGroups are the headings of the help in their order.
var flagGroups = []string{"input", "choose", "output", "screen", "general"}

// findFlag returns the flag with a name, or nil.
func findFlag(name string) *flagSpec {
	for i := range flagTable {
		if flagTable[i].name == name {
			return &flagTable[i]
		}
	}
	return nil
}

// usual is how a flag stands in help: "-f, --follow" or "    --peer GLOB".
func (f *flagSpec) usual() string {
	s := "    --" + f.name
	if f.short != "" {
		s = "-" + f.short + ", --" + f.name
	}
	if f.arg != "" {
		s += " " + f.arg
	}
	return s
}

// tableNames are the tables that CSV can hold.
func tableNames() []string { return []string{"codes", "peers", "files", "timeline"} }

func partNames() []string     { return namesOf(rules.Parts()) }
func classNames() []string    { return namesOf(rules.Classes()) }
func severityNames() []string { return namesOf([]rules.Severity{rules.Error, rules.Warn, rules.Info}) }

func namesOf[T interface{ String() string }](list []T) []string {
	names := make([]string, len(list))
	for i, v := range list {
		names[i] = v.String()
	}
	return names
}
