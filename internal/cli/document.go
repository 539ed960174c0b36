package cli

import (
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"wsalog/internal/term"
)

// documentFormat is the format of a command that writes one document: --format,
// else what the first --output file is named like, else the first one.
func (a *app) documentFormat(formats ...string) (string, error) {
	form := a.settings.text("format")
	if form == "" && len(a.settings.list("output")) > 0 {
		if ext := strings.TrimPrefix(filepath.Ext(a.settings.list("output")[0]), "."); slices.Contains(formats, ext) {
			form = ext
		}
	}
	if form == "" {
		form = formats[0]
	}
	if !slices.Contains(formats, form) {
		return "", a.usage("format.unknown", form, strings.Join(formats, ", "))
	}
	return form, nil
}

// document writes what make renders to standard output or, whole, to the
// --output files.
func (a *app) document(render func(term.Profile) ([]byte, error)) error {
	files := a.settings.list("output")
	if len(files) == 0 {
		data, err := render(a.profile(stdoutStream))
		if err != nil {
			return err
		}
		_, err = a.stdout.Write(data)
		return err
	}
	data, err := render(term.Profile{})
	if err != nil {
		return err
	}
	for _, name := range files {
		err := writeWhole(name, func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		})
		if err != nil {
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
