package cli

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"
)

// A valueError says why a value is refused, by a key of the words.
type valueError struct {
	key  string
	args []any
}

func (e *valueError) Error() string { return english.say(e.key, e.args...) }

// A flagValue is the value of one flag, for pflag.
type flagValue struct {
	spec *flagSpec
	text string
	list []string
	n    int
	on   bool
	set  bool // by the user, in whatever way
	// typed: on the command line, so that a conflict with another flag is told;
	// what a variable or the configuration says gives way silently.
	typed bool
}

// String implements pflag.Value.
func (v *flagValue) String() string {
	if v == nil || v.spec == nil {
		return ""
	}
	switch v.spec.kind {
	case switchFlag:
		return strconv.FormatBool(v.on)
	case listFlag, filesFlag:
		return strings.Join(v.list, ",")
	case numberFlag:
		return strconv.Itoa(v.n)
	}
	return v.text
}

// Type implements pflag.Value. "bool" is what pflag itself looks for.
func (v *flagValue) Type() string {
	if v.spec.kind == switchFlag {
		return "bool"
	}
	return v.spec.arg
}

// Set implements pflag.Value. The error is a *valueError.
func (v *flagValue) Set(s string) error {
	if err := v.parse(s); err != nil {
		return err
	}
	v.set, v.typed = true, true
	return nil
}

// configure takes a value from a variable or the configuration.
func (v *flagValue) configure(s string) error {
	err := v.parse(s)
	v.set = err == nil
	return err
}

func (v *flagValue) parse(s string) error {
	switch v.spec.kind {
	case switchFlag:
		on, ok := parseSwitch(s)
		if !ok {
			return &valueError{"value.switch", nil}
		}
		v.on = on
	case numberFlag:
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 {
			return &valueError{"value.number", nil}
		}
		v.n = n
	case wordFlag:
		if err := v.spec.allows(s); err != nil {
			return err
		}
		v.text = s
	case filesFlag:
		if s == "" {
			return &valueError{"value.empty", nil}
		}
		if s == "-" && v.spec.name == "output" {
			return &valueError{"value.stdout", nil}
		}
		v.list = append(v.list, s)
	case listFlag:
		for _, item := range strings.Split(s, ",") {
			if item = strings.TrimSpace(item); item == "" {
				return &valueError{"value.empty", nil}
			}
			if err := v.spec.allows(item); err != nil {
				return err
			}
			v.list = append(v.list, item)
		}
	default:
		v.text = s
	}
	return nil
}

// allows refuses a word that is not among the flag's values.
func (f *flagSpec) allows(word string) error {
	if f.values == nil || slices.Contains(f.values(), word) {
		return nil
	}
	return &valueError{"value.word", []any{strings.Join(f.values(), ", ")}}
}

// isListed reports whether text, the value of a variable, is meant as several
// values of a flag that commas do not separate. Outputs may have any name.
func (f *flagSpec) isListed(text string) bool {
	if f.kind != filesFlag || f.name == "output" || !strings.Contains(text, ",") {
		return false
	}
	_, err := os.Lstat(text)
	return err != nil
}

func parseSwitch(s string) (on, ok bool) {
	switch strings.ToLower(s) {
	case "true", "1", "yes", "on":
		return true, true
	case "false", "0", "no", "off":
		return false, true
	}
	return false, false
}

// settings are the values of all flags of the command that runs. Flags that
// belong to other commands have their defaults.
type settings struct {
	values  map[string]*flagValue
	command commandSet
}

// newSettings makes the flags of a command and adds them to set.
func newSettings(set *pflag.FlagSet, on commandSet, w words) *settings {
	s := &settings{values: make(map[string]*flagValue, len(flagTable)), command: on}
	all := make([]flagValue, len(flagTable))
	for i := range flagTable {
		spec, v := &flagTable[i], &all[i]
		v.spec = spec
		if spec.def != "" {
			if err := v.parse(spec.def); err != nil {
				panic(fmt.Sprintf("cli: internal error: default of --%s: %v", spec.name, err))
			}
		}
		s.values[spec.name] = v
		if spec.on&on == 0 {
			continue
		}
		f := set.VarPF(v, spec.name, spec.short, w.say("flag."+spec.name))
		if spec.kind == switchFlag {
			f.NoOptDefVal = "true"
		}
	}
	return s
}

func (s *settings) value(name string) *flagValue {
	v := s.values[name]
	if v == nil {
		panic("cli: internal error: no flag " + name)
	}
	return v
}

func (s *settings) on(name string) bool       { return s.value(name).on }
func (s *settings) text(name string) string   { return s.value(name).text }
func (s *settings) list(name string) []string { return s.value(name).list }
func (s *settings) number(name string) int    { return s.value(name).n }
func (s *settings) isSet(name string) bool    { return s.value(name).set }
func (s *settings) int64Of(name string) int64 { return int64(s.value(name).n) }

// fill gives the flags that the command line left open the values of the
// variables and, where there is none, of the configuration.
func (a *app) fill(command commandSet) error {
	for i := range flagTable {
		spec := &flagTable[i]
		v := a.settings.values[spec.name]
		if v.set || spec.lineOnly || spec.on&command == 0 {
			continue
		}
		name := variable(spec.name)
		if text := a.env(name); text != "" {
			if spec.isListed(text) {
				return a.usage("flag.invalid", name, text, a.words.say("value.single"))
			}
			if err := v.configure(text); err != nil {
				return a.usage("flag.invalid", name, text, a.why(err))
			}
			continue
		}
		e, ok := a.config.find(spec.name, command)
		if !ok {
			continue
		}
		for _, text := range e.values {
			if err := v.configure(text); err != nil {
				return a.trouble("config.value", a.config.file, e.line, e.key, text, a.why(err))
			}
		}
	}
	return nil
}

// variable is the name of the environment variable of a flag.
func variable(flag string) string {
	return "WSALOG_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}
