package term

import (
	"os"
	"testing"
)

func environ(kv ...string) func(string) string {
	m := map[string]string{}
	for i := 0; i < len(kv); i += 2 {
		m[kv[i]] = kv[i+1]
	}
	return func(k string) string { return m[k] }
}

func TestDecideColors(t *testing.T) {
	for _, c := range []struct {
		name string
		f    Facts
		want Depth
	}{
		{"terminal", Facts{Terminal: true, Env: environ("TERM", "xterm")}, Color16},
		{"256", Facts{Terminal: true, Env: environ("TERM", "xterm-256color")}, Color256},
		{"truecolor", Facts{Terminal: true, Env: environ("TERM", "tmux-256color", "COLORTERM", "truecolor")}, TrueColor},
		{"pipe", Facts{Env: environ("TERM", "xterm-256color")}, NoColor},
		{"pipe, always", Facts{Color: Always, Env: environ("TERM", "xterm-256color")}, Color256},
		{"always outweighs NO_COLOR", Facts{Color: Always, Env: environ("NO_COLOR", "1")}, Color16},
		{"never outweighs the force", Facts{Terminal: true, Color: Never, Env: environ("CLICOLOR_FORCE", "1")}, NoColor},
		{"NO_COLOR", Facts{Terminal: true, Env: environ("TERM", "xterm", "NO_COLOR", "1")}, NoColor},
		{"empty NO_COLOR is unset", Facts{Terminal: true, Env: environ("TERM", "xterm", "NO_COLOR", "")}, Color16},
		{"NO_COLOR outweighs the force", Facts{Env: environ("NO_COLOR", "1", "CLICOLOR_FORCE", "1")}, NoColor},
		{"force in a pipe", Facts{Env: environ("CLICOLOR_FORCE", "1")}, Color16},
		{"force 0 in a pipe", Facts{Env: environ("CLICOLOR_FORCE", "0")}, NoColor},
		{"dumb", Facts{Terminal: true, Env: environ("TERM", "dumb")}, NoColor},
		{"old console", Facts{Terminal: true, GOOS: "windows"}, NoColor},
		{"new console", Facts{Terminal: true, GOOS: "windows", VT: true}, TrueColor},
	} {
		if got := Decide(c.f).Colors; got != c.want {
			t.Errorf("%s: colours %s, want %s", c.name, got, c.want)
		}
	}
}

func TestDecideGlyphs(t *testing.T) {
	for _, c := range []struct {
		name string
		f    Facts
		want Tier
	}{
		{"utf-8", Facts{Terminal: true, Env: environ("LANG", "de_DE.UTF-8")}, Full},
		{"LC_ALL outweighs LANG", Facts{Terminal: true, Env: environ("LC_ALL", "C", "LANG", "en_US.UTF-8")}, ASCII},
		{"no locale", Facts{Terminal: true}, ASCII},
		{"mac without a locale", Facts{Terminal: true, GOOS: "darwin"}, Full},
		{"kernel console", Facts{Terminal: true, Env: environ("TERM", "linux", "LANG", "en_US.utf8")}, CP437},
		{"flag", Facts{Terminal: true, ASCII: true, Env: environ("LANG", "en_US.UTF-8")}, ASCII},
		{"pipe", Facts{}, Full},
		{"console window", Facts{Terminal: true, GOOS: "windows", VT: true, CodePage: 437}, CP437},
		{"Windows Terminal", Facts{Terminal: true, GOOS: "windows", VT: true, Env: environ("WT_SESSION", "x")}, Full},
	} {
		if got := Decide(c.f).Glyphs; got != c.want {
			t.Errorf("%s: tier %s, want %s", c.name, got, c.want)
		}
	}
}

func TestDecideRest(t *testing.T) {
	p := Decide(Facts{Terminal: true, Env: environ("COLUMNS", "132", "LINES", "x", "COLORFGBG", "0;15")})
	if p.Width != 132 || p.Height != 24 || !p.Light || !p.Rewrite {
		t.Errorf("variables: %+v", p)
	}
	p = Decide(Facts{Terminal: true, Width: 100, Height: 30, Theme: "dark", Env: environ("COLUMNS", "132", "COLORFGBG", "0;15")})
	if p.Width != 100 || p.Height != 30 || p.Light {
		t.Errorf("the terminal and the flag come first: %+v", p)
	}
	if p = Decide(Facts{Terminal: true, Env: environ("TERM", "dumb")}); p.Rewrite {
		t.Errorf("a dumb terminal cannot rewrite: %+v", p)
	}
	if p = Decide(Facts{}); p.Width != 0 || p.Rewrite {
		t.Errorf("a pipe has no width: %+v", p)
	}
	if p = Decide(Facts{Terminal: true, GOOS: "windows", CodePage: 936}); !p.WideAmbig || p.Rewrite {
		t.Errorf("old East Asian console: %+v", p)
	}
	for _, s := range []string{"auto", "always", "never", ""} {
		if _, ok := ParseChoice(s); !ok {
			t.Errorf("ParseChoice(%q) failed", s)
		}
	}
	if _, ok := ParseChoice("sometimes"); ok {
		t.Error("ParseChoice accepts anything")
	}
}

func TestDetectOfAFile(t *testing.T) {
	f, err := os.Create(t.TempDir() + "/out")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	facts, restore := Detect(f.Fd(), environ("TERM", "xterm"))
	restore()
	if facts.Terminal || facts.Width != 0 || facts.GOOS == "" || Decide(facts).Terminal {
		t.Errorf("a file looks like %+v", facts)
	}
	if w, h := Size(f.Fd()); w != 0 || h != 0 {
		t.Errorf("a file is %d by %d", w, h)
	}
}
