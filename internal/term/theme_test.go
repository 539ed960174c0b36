package term

import (
	"io"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
)

// Backgrounds that people have: black, the Windows console, editors' and
// distributions' dark defaults, Solarized; white, Solarized light, light greys.
var (
	darkGrounds  = []string{"#000000", "#0c0c0c", "#1e1e1e", "#002b36", "#282c34", "#300a24"}
	lightGrounds = []string{"#ffffff", "#fdf6e3", "#fafafa", "#eeeeee"}
)

// What the sixteen colours look like in xterm and in the Windows console; each
// with its own background colours for the dark and the light side.
var sixteen = map[string]struct {
	dark, light string
	colors      [16]string
}{
	"xterm": {"#000000", "#ffffff", [16]string{"#000000", "#cd0000", "#00cd00", "#cdcd00", "#0000ee", "#cd00cd", "#00cdcd", "#e5e5e5",
		"#7f7f7f", "#ff0000", "#00ff00", "#ffff00", "#5c5cff", "#ff00ff", "#00ffff", "#ffffff"}},
	"windows": {"#0c0c0c", "#f2f2f2", [16]string{"#0c0c0c", "#c50f1f", "#13a10e", "#c19c00", "#0037da", "#881798", "#3a96dd", "#cccccc",
		"#767676", "#e74856", "#16c60c", "#f9f1a5", "#3b78ff", "#b4009e", "#61d6d6", "#f2f2f2"}},
}

func TestContrast(t *testing.T) {
	check := func(name, color, ground string) {
		if c := contrast(color, ground); c < 4.5 {
			t.Errorf("%s: %s on %s has contrast %.2f, want 4.5", name, color, ground, c)
		}
	}
	for side, pal := range map[string]Palette{"dark": DarkPalette, "light": LightPalette} {
		grounds := darkGrounds
		if side == "light" {
			grounds = lightGrounds
		}
		for name, c := range map[string]lipgloss.CompleteColor{"error": pal.Error, "warn": pal.Warn, "info": pal.Info, "dim": pal.Dim} {
			for _, g := range grounds {
				check(side+" "+name, c.TrueColor, g)
				check(side+" "+name+" 256", cube(t, c.ANSI256), g)
			}
			n, err := strconv.Atoi(c.ANSI)
			if err != nil || n > 15 {
				t.Fatalf("%s %s: no basic colour %q", side, name, c.ANSI)
			}
			for term, s := range sixteen {
				ground := s.dark
				if side == "light" {
					ground = s.light
				}
				check(side+" "+name+" "+term, s.colors[n], ground)
			}
		}
	}
}

// Machado, Oliveira and Fernandes 2009: full dichromacy in linear RGB.
var sight = map[string][3][3]float64{
	"usual":        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

func TestSeveritiesStayApart(t *testing.T) {
	for side, pal := range map[string]Palette{"dark": DarkPalette, "light": LightPalette} {
		for eye, m := range sight {
			cs := []string{pal.Error.TrueColor, pal.Warn.TrueColor, pal.Info.TrueColor}
			for i := range cs {
				for j := range i {
					if d := distance(seen(cs[i], m), seen(cs[j], m)); d < 30 {
						t.Errorf("%s, %s: %s and %s are only %.0f apart", side, eye, cs[i], cs[j], d)
					}
				}
			}
		}
	}
}

func TestThemeFollowsTheProfile(t *testing.T) {
	for depth, want := range map[Depth]string{NoColor: "", Color16: "\x1b[1;91m", Color256: "\x1b[1;38;5;210m", TrueColor: "\x1b[1;38;2;255;135;135m"} {
		th := NewTheme(Profile{Colors: depth}.Renderer(io.Discard))
		if th.Error.On != want {
			t.Errorf("%s colours: error starts with %q, want %q", depth, th.Error.On, want)
		}
		if s := th.Error.Paint("x"); depth != NoColor && !strings.HasSuffix(s, "\x1b[0m") {
			t.Errorf("%s colours: %q does not end with a reset", depth, s)
		}
		if depth == NoColor && *th != (Theme{}) {
			t.Errorf("no colours, yet %+v", th)
		}
	}
	light := NewTheme(Profile{Colors: Color256, Light: true}.Renderer(io.Discard))
	if light.Error.On != "\x1b[1;38;5;124m" {
		t.Errorf("light error starts with %q", light.Error.On)
	}
}

func TestGlyphs(t *testing.T) {
	for _, tier := range []Tier{Full, CP437, ASCII} {
		g := Glyphs(tier)
		if g.Tier != tier {
			t.Errorf("%s: set says %s", tier, g.Tier)
		}
		plain := g.Plain("a → b · “c” × 2 … d’s – ≥ 3")
		for _, s := range []string{g.Mark, g.Times, g.Dot, g.Arrow, g.Gutter, g.Corner, g.Rule, g.Ellipsis, strings.Join(g.Bars, ""), plain} {
			for _, r := range s {
				if tier == ASCII && r > 0x7e || tier == CP437 && r > 0x7e && !strings.ContainsRune("«»·→─│└├█▄≥", r) {
					t.Errorf("%s: %q holds %q", tier, s, r)
				}
			}
		}
		if s := g.Spark([]int64{0, 1, 50, 100}); len([]rune(s)) != 4 {
			t.Errorf("%s: spark %q", tier, s)
		}
	}
	if s := Glyphs(Full).Spark([]int64{0, 1, 50, 100}); s != "▁▂▄█" {
		t.Errorf("spark %q", s)
	}
	if s := Glyphs(Full).Spark([]int64{5}); s != "" {
		t.Errorf("one value makes no spark: %q", s)
	}
}

// cube gives the fixed colour of an index above 15 of the 256.
func cube(t *testing.T, index string) string {
	n, err := strconv.Atoi(index)
	if err != nil || n < 16 || n > 255 {
		t.Fatalf("no fixed colour %q", index)
	}
	if n >= 232 {
		v := strconv.FormatInt(int64(8+10*(n-232)), 16)
		v = strings.Repeat("0", 2-len(v)) + v
		return "#" + v + v + v
	}
	s := "#"
	for _, i := range []int{(n - 16) / 36, (n - 16) / 6 % 6, (n - 16) % 6} {
		s += []string{"00", "5f", "87", "af", "d7", "ff"}[i]
	}
	return s
}

func linear(hex string) (rgb [3]float64) {
	for i := range rgb {
		n, _ := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		c := float64(n) / 255
		if rgb[i] = c / 12.92; c > 0.04045 {
			rgb[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	return rgb
}

func contrast(a, b string) float64 {
	lum := func(h string) float64 {
		c := linear(h)
		return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] + 0.05
	}
	x, y := lum(a), lum(b)
	return max(x, y) / min(x, y)
}

func seen(hex string, m [3][3]float64) (out [3]float64) {
	in := linear(hex)
	for i, row := range m {
		out[i] = min(1, max(0, row[0]*in[0]+row[1]*in[1]+row[2]*in[2]))
	}
	return out
}

// distance is CIE76 between two linear RGB colours.
func distance(a, b [3]float64) float64 {
	lab := func(c [3]float64) [3]float64 {
		f := func(v float64) float64 {
			if v > 0.008856 {
				return math.Cbrt(v)
			}
			return 7.787*v + 16.0/116
		}
		x := f((0.4124*c[0] + 0.3576*c[1] + 0.1805*c[2]) / 0.9505)
		y := f(0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2])
		z := f((0.0193*c[0] + 0.1192*c[1] + 0.9505*c[2]) / 1.089)
		return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
	}
	p, q := lab(a), lab(b)
	return math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
}
