package term

import (
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// An Ink is a style as the bytes that switch it on and off, rendered once so
// that painting a million words costs no styling. The zero Ink paints nothing.
type Ink struct {
	On, Off string
}

// Paint returns s in the ink. An empty string stays empty.
func (k Ink) Paint(s string) string {
	if s == "" || k.On == "" {
		return s
	}
	return k.On + s + k.Off
}

// Append appends s in the ink to dst.
func (k Ink) Append(dst []byte, s string) []byte {
	dst = append(dst, k.On...)
	dst = append(dst, s...)
	return append(dst, k.Off...)
}

// A Theme is the set of inks. The zero Theme paints nothing.
type Theme struct {
	Error, Warn, Info Ink // what identified an error, and its word
	Used              Ink // what else was used: the call, the peer
	Note              Ink // the explanation
	Dim               Ink // marks, prefixes, hints
	Head              Ink // file headers and titles
}

// A Palette is the colours of a theme, in each depth.
type Palette struct {
	Error, Warn, Info, Dim lipgloss.CompleteColor
}

// The palettes. Each colour has a contrast of at least 4.5 with the usual
// backgrounds of its side, and error, warning and info stay apart for people
// with protanopia, deuteranopia and tritanopia; tests compute both. In sixteen
// colours the light side avoids yellow, which hardly shows on white.
var (
	DarkPalette = Palette{
		Error: lipgloss.CompleteColor{TrueColor: "#ff8787", ANSI256: "210", ANSI: "9"},
		Warn:  lipgloss.CompleteColor{TrueColor: "#ffff5f", ANSI256: "227", ANSI: "11"},
		Info:  lipgloss.CompleteColor{TrueColor: "#5fafff", ANSI256: "75", ANSI: "14"},
		Dim:   lipgloss.CompleteColor{TrueColor: "#a8a8a8", ANSI256: "248", ANSI: "7"},
	}
	LightPalette = Palette{
		Error: lipgloss.CompleteColor{TrueColor: "#af0000", ANSI256: "124", ANSI: "1"},
		Warn:  lipgloss.CompleteColor{TrueColor: "#5f005f", ANSI256: "53", ANSI: "5"},
		Info:  lipgloss.CompleteColor{TrueColor: "#0000d7", ANSI256: "20", ANSI: "4"},
		Dim:   lipgloss.CompleteColor{TrueColor: "#585858", ANSI256: "240", ANSI: "0"},
	}
)

// Renderer returns a lipgloss renderer for the profile's depth and background.
// It asks neither the environment nor the terminal; w is never written to.
func (p Profile) Renderer(w io.Writer) *lipgloss.Renderer {
	depth := [...]termenv.Profile{termenv.Ascii, termenv.ANSI, termenv.ANSI256, termenv.TrueColor}[p.Colors]
	r := lipgloss.NewRenderer(w, termenv.WithProfile(depth))
	r.SetColorProfile(depth)
	r.SetHasDarkBackground(!p.Light)
	return r
}

// NewTheme makes the inks for the renderer's depth and background.
func NewTheme(r *lipgloss.Renderer) *Theme {
	pal := DarkPalette
	if !r.HasDarkBackground() {
		pal = LightPalette
	}
	return &Theme{
		Error: ink(r.NewStyle().Foreground(pal.Error).Bold(true)),
		Warn:  ink(r.NewStyle().Foreground(pal.Warn)),
		Info:  ink(r.NewStyle().Foreground(pal.Info)),
		Used:  ink(r.NewStyle().Underline(true)),
		Note:  Ink{},
		Dim:   ink(r.NewStyle().Foreground(pal.Dim)),
		Head:  ink(r.NewStyle().Bold(true)),
	}
}

// ink renders a style around a letter and keeps what stands on either side.
func ink(s lipgloss.Style) Ink {
	on, off, ok := strings.Cut(s.Render("x"), "x")
	if !ok || on == "" {
		return Ink{}
	}
	return Ink{On: on, Off: off}
}
