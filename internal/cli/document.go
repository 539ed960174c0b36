package cli

import (
	"io"
	"runtime"
	"strings"

	"wsalog/internal/term"
)

// document writes what render makes to standard output or, whole, to the --output
// files, each in its own one of formats.
func (a *app) document(formats []string, render func(form string, p term.Profile) ([]byte, error)) error {
	for _, name := range a.settings.outputs() {
		form, err := a.formatFor(name, formats)
		if err != nil {
			return err
		}
		p := term.Profile{}
		if name == "" {
			p = a.profile(stdoutStream)
		}
		data, err := render(form, p)
		if err != nil {
			return err
		}
		write := func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		}
		if name == "" {
			err = write(a.stdout)
		} else {
			err = writeWhole(name, nil, write)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// checkFormats is the error of the first output whose format a command lacks.
func (a *app) checkFormats(formats []string) error {
	for _, name := range a.settings.outputs() {
		if _, err := a.formatFor(name, formats); err != nil {
			return err
		}
	}
	return nil
}

// profile says what may be used of a stream.
func (a *app) profile(s stream) term.Profile {
	f := a.look(s)
	f.Env, f.GOOS = a.env, runtime.GOOS
	f.Color, _ = term.ParseChoice(a.settings.text("color"))
	f.ASCII = a.settings.on("ascii")
	f.Theme = a.settings.text("theme")
	return term.Decide(f)
}

// theme returns the inks for a profile, nil where nothing is painted.
func (a *app) theme(p term.Profile) *term.Theme {
	if p.Colors == term.NoColor {
		return nil
	}
	return term.NewTheme(p.Renderer(io.Discard))
}

// harmless makes text that may come from a log or a file name safe for the
// terminal that shows complaints.
func (a *app) harmless(s string) string {
	var b strings.Builder
	clean := term.Sanitiser{Tier: term.Full}
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(clean.Line(line))
	}
	return b.String()
}
