package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// A config is what a configuration file says: flags by their long names at the
// top, and tables named like commands whose keys hold for that command alone.
type config struct {
	file    string
	err     error // why it is unusable; told when a command needs it
	entries []entry
}

// An entry is one key of a configuration.
type entry struct {
	table  string // name of the command, "" for all
	key    string
	values []string
	line   int
}

// commandNames are the tables that a configuration may have.
var commandNames = []struct {
	name string
	set  commandSet
}{
	{"annotate", onAnnotate}, {"report", onReport}, {"compare", onCompare},
	{"explain", onExplain}, {"codes", onCodes}, {"rules", onRules},
}

// loadConfig reads the file that the arguments name, or the usual one where it
// exists. Mistakes wait in config.err: help must work in spite of them.
func (a *app) loadConfig(args []string) {
	a.config = &config{}
	if switchedOn(args, "no-config") {
		return
	}
	if on, ok := parseSwitch(a.env("WSALOG_NO_CONFIG")); ok && on {
		return
	}
	file, named := scanFlag(args, "config")
	if !named {
		file = a.env("WSALOG_CONFIG")
		named = file != ""
	}
	if !named {
		file = a.usualConfig(runtime.GOOS)
	}
	if file == "" {
		return
	}
	data, err := os.ReadFile(file)
	if !named && errors.Is(err, fs.ErrNotExist) {
		return
	}
	a.config.file = file
	if err != nil {
		a.config.err = a.trouble("config.unreadable", a.reword(err))
		return
	}
	a.config.parse(data, a)
}

// usualConfig is where the configuration lies when nobody says otherwise.
func (a *app) usualConfig(goos string) string {
	if goos == "windows" {
		if dir := a.env("APPDATA"); dir != "" {
			return filepath.Join(dir, "wsalog", "config.toml")
		}
		return ""
	}
	if dir := a.env("XDG_CONFIG_HOME"); dir != "" {
		return filepath.Join(dir, "wsalog", "config.toml")
	}
	if dir := a.env("HOME"); dir != "" {
		return filepath.Join(dir, ".config", "wsalog", "config.toml")
	}
	return ""
}

func (c *config) parse(data []byte, a *app) {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // editors of Windows put it there
	var tree map[string]any
	if err := toml.Unmarshal(data, &tree); err != nil {
		line, col := 0, 0
		var bad *toml.DecodeError
		if errors.As(err, &bad) {
			line, col = bad.Position()
		}
		c.err = a.trouble("config.syntax", c.file, line, col, strings.TrimPrefix(err.Error(), "toml: "))
		return
	}
	for key, value := range tree {
		if table, ok := value.(map[string]any); ok {
			if !isCommand(key) {
				c.note(a.trouble("config.table", c.file, lineOf(data, key, ""), key, commandList()), lineOf(data, key, ""))
				continue
			}
			for k, v := range table {
				c.add(a, data, key, k, v)
			}
			continue
		}
		c.add(a, data, "", key, value)
	}
}

// add takes one key; a mistake becomes the file's error.
func (c *config) add(a *app, data []byte, table, key string, value any) {
	line := lineOf(data, table, key)
	spec := findFlag(key)
	if spec != nil && spec.lineOnly {
		c.note(a.trouble("config.line-only", c.file, line, key), line)
		return
	}
	if spec == nil {
		hint := a.closestFlag(key)
		c.note(a.trouble("config.key", c.file, line, key, strings.ReplaceAll(hint, "--", "")), line)
		return
	}
	if table != "" && spec.on&commandOf(table) == 0 {
		c.note(a.trouble("config.not-here", c.file, line, table, key, strings.Join(commandsWith(spec.on), ", ")), line)
		return
	}
	e := entry{table: table, key: key, line: line}
	switch v := value.(type) {
	case []any:
		for _, item := range v {
			e.values = append(e.values, fmt.Sprint(item))
		}
	default:
		e.values = []string{fmt.Sprint(v)}
	}
	c.entries = append(c.entries, e)
}

// note keeps the mistake that stands first in the file, so that the same file
// always gives the same message.
func (c *config) note(err error, line int) {
	var have *lineError
	if errors.As(c.err, &have) && have.line <= line {
		return
	}
	c.err = &lineError{err, line}
}

// A lineError is an error that belongs to a line.
type lineError struct {
	error
	line int
}

func (e *lineError) Unwrap() error { return e.error }

// find returns the entry for a flag: that of the command's own table before
// that of the top.
func (c *config) find(key string, command commandSet) (entry, bool) {
	var found entry
	ok := false
	for _, e := range c.entries {
		if e.key != key {
			continue
		}
		if e.table == "" && !ok || e.table != "" && commandOf(e.table) == command {
			found, ok = e, true
		}
	}
	return found, ok
}

// early returns a top-level value before any command is chosen.
func (c *config) early(key string) string {
	for _, e := range c.entries {
		if e.key == key && e.table == "" && len(e.values) == 1 {
			return e.values[0]
		}
	}
	return ""
}

func isCommand(name string) bool { return commandOf(name) != 0 }

func commandOf(name string) commandSet {
	for _, c := range commandNames {
		if c.name == name {
			return c.set
		}
	}
	return 0
}

func commandList() string {
	var names []string
	for _, c := range commandNames {
		names = append(names, c.name)
	}
	return strings.Join(names, ", ")
}

// lineOf finds the line of a key in a table; an empty key means the table's
// head. It returns 1 when the key is spelled in a way that it does not see.
func lineOf(data []byte, table, key string) int {
	current := ""
	for i, line := range bytes.Split(data, []byte("\n")) {
		text := strings.TrimSpace(string(line))
		if head, ok := strings.CutPrefix(text, "["); ok {
			current = strings.Trim(strings.SplitN(head, "]", 2)[0], `[" '`)
			if key == "" && current == table {
				return i + 1
			}
			continue
		}
		name, _, ok := strings.Cut(text, "=")
		if ok && key != "" && current == table && strings.Trim(name, "\"' \t") == key {
			return i + 1
		}
	}
	return 1
}
