// Package term knows what a terminal can show: its size, colours and glyphs, how
// many cells a text takes, and how to keep what a log contains from steering it.
//
// Everything but Detect, EnableVT and Size is a pure function of its arguments;
// these three touch the operating system and are meant for internal/cli alone.
package term

import (
	"strconv"
	"strings"
)

// A Depth is the number of colours that may be written.
type Depth uint8

// The depths, poorest first.
const (
	NoColor Depth = iota
	Color16
	Color256
	TrueColor
)

// String names the depth for people.
func (d Depth) String() string { return [...]string{"none", "16", "256", "true"}[d] }

// A Choice is the value of --color.
type Choice uint8

// The choices.
const (
	Auto Choice = iota
	Always
	Never
)

// ParseChoice reads the value of --color.
func ParseChoice(s string) (Choice, bool) {
	switch s {
	case "", "auto":
		return Auto, true
	case "always":
		return Always, true
	case "never":
		return Never, true
	}
	return Auto, false
}

// Facts are what was seen of the world outside; Decide turns them into a Profile.
type Facts struct {
	Env      func(string) string // nil means an empty environment
	GOOS     string              // runtime.GOOS
	Terminal bool                // the output is a terminal
	Width    int                 // its size in cells, 0 when unknown
	Height   int
	CodePage int  // Windows: the console's output code page, 0 when unknown
	VT       bool // Windows: the console obeys escape sequences

	Color Choice // --color
	ASCII bool   // --ascii
	Theme string // --theme: "auto" or "", "light", "dark"
}

// A Profile is what wsalog may use of the place that it writes to.
type Profile struct {
	Terminal  bool // lines may be rewritten, bursts folded, a footer drawn
	Width     int  // in cells; at least 1 on a terminal, 0 elsewhere
	Height    int
	Colors    Depth
	Glyphs    Tier
	Light     bool // the background is light
	UTF8      bool // the locale takes UTF-8
	WideAmbig bool // characters of ambiguous width (· × «) take two cells
	Rewrite   bool // cursor movements work, so that lines can be rewritten in place
}

// Cells returns the ruler that fits the profile.
func (p Profile) Cells() Cells { return Cells{WideAmbig: p.WideAmbig} }

// Decide derives the profile. A flag outweighs a variable, and of the variables
// NO_COLOR outweighs CLICOLOR_FORCE.
func Decide(f Facts) Profile {
	env := f.Env
	if env == nil {
		env = func(string) string { return "" }
	}
	p := Profile{Terminal: f.Terminal, UTF8: utf8Locale(f, env)}
	dumb := env("TERM") == "dumb"
	p.Rewrite = f.Terminal && !dumb && (f.GOOS != "windows" || f.VT)
	if f.Terminal {
		p.Width, p.Height = size(f, env)
	}
	p.Glyphs = tier(f, env, p.UTF8)
	p.WideAmbig = wideAmbiguous(f, env)
	p.Light = light(f.Theme, env)
	if colored(f, env) {
		p.Colors = depth(f, env)
	}
	return p
}

// colored says whether any colour is wanted. The variables follow no-color.org
// and the CLICOLOR convention: empty counts as unset, "0" switches a force off.
func colored(f Facts, env func(string) string) bool {
	switch f.Color {
	case Always:
		return true
	case Never:
		return false
	}
	if env("NO_COLOR") != "" {
		return false
	}
	for _, name := range []string{"CLICOLOR_FORCE", "FORCE_COLOR"} {
		if v := env(name); v != "" && v != "0" {
			return true
		}
	}
	if !f.Terminal || env("TERM") == "dumb" || env("CLICOLOR") == "0" {
		return false
	}
	return f.GOOS != "windows" || f.VT
}

// depth is asked only where colour is wanted: it never answers NoColor.
func depth(f Facts, env func(string) string) Depth {
	name := env("TERM")
	switch v := strings.ToLower(env("COLORTERM")); {
	case v == "truecolor" || v == "24bit":
		return TrueColor
	case env("WT_SESSION") != "", strings.HasSuffix(name, "-direct"):
		return TrueColor
	case f.GOOS == "windows" && f.VT && name == "":
		return TrueColor // each console that knows sequences knows 24-bit colour
	case strings.Contains(name, "256color"):
		return Color256
	}
	return Color16
}

// size prefers what the terminal says to COLUMNS and LINES, which a shell may
// have exported an hour and three window sizes ago.
func size(f Facts, env func(string) string) (w, h int) {
	w, h = f.Width, f.Height
	if w <= 0 {
		w, _ = strconv.Atoi(env("COLUMNS"))
	}
	if h <= 0 {
		h, _ = strconv.Atoi(env("LINES"))
	}
	if w <= 0 || w > 100_000 {
		w = 80
	}
	if h <= 0 || h > 100_000 {
		h = 24
	}
	return w, h
}

func utf8Locale(f Facts, env func(string) string) bool {
	if f.GOOS == "windows" {
		return f.CodePage == 65001 || env("WT_SESSION") != ""
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(env(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return f.GOOS == "darwin" // its terminals are UTF-8 whatever the locale says
}

// tier chooses the glyphs. The text of a Windows console goes through UTF-16
// whatever its code page, so there the font decides: that of the old console
// window holds what code page 437 holds.
func tier(f Facts, env func(string) string, utf8 bool) Tier {
	switch {
	case f.ASCII:
		return ASCII
	case !f.Terminal:
		return Full // a file or pipe gets UTF-8, as documented
	case f.GOOS == "windows":
		if env("WT_SESSION") != "" || env("TERM_PROGRAM") != "" || env("ConEmuANSI") == "ON" {
			return Full
		}
		return CP437
	case env("TERM") == "linux" && utf8:
		return CP437 // the kernel's console has 256 glyphs
	case utf8:
		return Full
	}
	return ASCII
}

// wideAmbiguous is true for the old Windows console on an East Asian code page:
// its fonts draw · and × two cells wide.
func wideAmbiguous(f Facts, env func(string) string) bool {
	if f.GOOS != "windows" || env("WT_SESSION") != "" {
		return false
	}
	switch f.CodePage {
	case 932, 936, 949, 950:
		return true
	}
	return false
}

// light decides on the background: the flag, else COLORFGBG ("15;0": the last
// field is the background's colour number), else dark. The terminal itself is
// never asked: a question to it can be answered into the user's next command.
func light(theme string, env func(string) string) bool {
	switch theme {
	case "light":
		return true
	case "dark":
		return false
	}
	v := env("COLORFGBG")
	n, err := strconv.Atoi(v[strings.LastIndexByte(v, ';')+1:])
	return err == nil && (n == 7 || n >= 9 && n <= 15)
}
