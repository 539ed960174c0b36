package cli

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/pflag"
)

func TestFlagTable(t *testing.T) {
	seen := map[string]bool{}
	short := map[string]commandSet{}
	for i := range flagTable {
		f := &flagTable[i]
		if seen[f.name] {
			t.Errorf("--%s stands twice", f.name)
		}
		seen[f.name] = true
		if f.short != "" {
			if short[f.short]&f.on != 0 {
				t.Errorf("-%s stands twice", f.short)
			}
			short[f.short] |= f.on
		}
		if (f.kind == switchFlag) != (f.arg == "") {
			t.Errorf("--%s: placeholder %q", f.name, f.arg)
		}
		if f.on == 0 {
			t.Errorf("--%s belongs to no command", f.name)
		}
	}
	for _, c := range commandNames {
		set := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
		newSettings(set, c.set, english) // panics on a bad default
	}
}

func TestVariablesAndFlags(t *testing.T) {
	tests := []struct {
		vars []string
		args []string
		want string
	}{
		{nil, []string{"codes", "--part", "database"}, "WSAHOST_NOT_FOUND"},
		{[]string{"WSALOG_PART=database"}, []string{"codes"}, "WSAHOST_NOT_FOUND"},
		{[]string{"WSALOG_PART=berkeley"}, []string{"codes", "--part", "database"}, "WSAHOST_NOT_FOUND"},
		{[]string{"WSALOG_LANG=zh"}, []string{"codes"}, "找不到主机"},
		{[]string{"LANG=zh_CN.UTF-8"}, []string{"codes"}, "找不到主机"},
		{[]string{"LANG=zh_CN.UTF-8", "LC_ALL=en_US.UTF-8"}, []string{"codes"}, "host not found"},
		{[]string{"WSALOG_LANG=zh"}, []string{"codes", "--lang=en"}, "host not found"},
	}
	for _, test := range tests {
		code, stdout, stderr := runs(t, newWorld(test.vars...), test.args...)
		if code != 0 || !strings.Contains(stdout, test.want) {
			t.Errorf("%v %v: exit %d, no %q\n%s%s", test.vars, test.args, code, test.want, stdout, stderr)
		}
		if strings.Contains(strings.Join(test.args, " ")+strings.Join(test.vars, " "), "database") && strings.Contains(stdout, "WSAECONNREFUSED") {
			t.Errorf("%v %v: --part is not obeyed", test.vars, test.args)
		}
	}
}

func TestUsualConfig(t *testing.T) {
	tests := []struct {
		goos string
		vars []string
		want string
	}{
		{"linux", []string{"HOME=/home/me"}, "/home/me/.config/wsalog/config.toml"},
		{"darwin", []string{"HOME=/Users/me"}, "/Users/me/.config/wsalog/config.toml"},
		{"linux", []string{"HOME=/home/me", "XDG_CONFIG_HOME=/cfg"}, "/cfg/wsalog/config.toml"},
		{"windows", []string{"APPDATA=/data", "HOME=/home/me"}, "/data/wsalog/config.toml"},
		{"linux", nil, ""},
	}
	for _, test := range tests {
		if got := newWorld(test.vars...).usualConfig(test.goos); strings.ReplaceAll(got, "\\", "/") != test.want {
			t.Errorf("%s %v: %q, want %q", test.goos, test.vars, got, test.want)
		}
	}
}

func TestOutcomePrecedence(t *testing.T) {
	all := outcome{signal: exitInterrupt, trouble: true, condition: true, filtering: true}
	steps := []struct {
		change func(*outcome)
		want   int
	}{
		{func(*outcome) {}, 130},
		{func(o *outcome) { o.signal = exitTerm }, 143},
		{func(o *outcome) { o.signal = 0 }, 2},
		{func(o *outcome) { o.trouble = false }, 3},
		{func(o *outcome) { o.condition = false }, 1},
		{func(o *outcome) { o.chose = true }, 0},
		{func(o *outcome) { o.trouble, o.quiet = true, true }, 0},
		{func(o *outcome) { o.condition = true }, 3},
		{func(o *outcome) { o.chose = false }, 2},
	}
	for i, s := range steps {
		if s.change(&all); all.code() != s.want {
			t.Errorf("step %d: %d, want %d", i, all.code(), s.want)
		}
	}
}

func TestManualFitsMan(t *testing.T) {
	for _, lang := range []string{"en", "zh"} {
		_, man, _ := runs(t, newWorld(), "man", "--help")
		if man == "" {
			t.Error("man has no help")
		}
		_, man, _ = runs(t, newWorld("WSALOG_LANG="+lang), "man")
		for i, line := range bytes.Split([]byte(man), []byte("\n")) {
			if len(line) > 0 && line[0] == '.' && !bytes.ContainsAny(line[1:2], "TSBnfbr") {
				t.Errorf("line %d of the manual page is taken for a macro: %s", i+1, line)
			}
		}
	}
}
