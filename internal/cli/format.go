package cli

import (
	"slices"
	"strings"

	"wsalog/internal/report"
)

// outputs are the places to write to: the --output files, or "" for standard
// output.
func (s *settings) outputs() []string {
	if list := s.list("output"); len(list) > 0 {
		return list
	}
	return []string{""}
}

// formatFor is the format of one output of a command that can write formats, of
// which the first is the usual one. A --format that was typed holds for all
// outputs, else the ending of the file's name says it, else a configured format
// that the command has. An ending that says nothing is an error where the command
// writes documents: annotated logs and looked-up pages go to files of any name.
func (a *app) formatFor(file string, formats []string) (string, error) {
	v := a.settings.value("format")
	if v.typed {
		if !slices.Contains(formats, v.text) {
			return "", a.usage("format.unknown", v.text, strings.Join(formats, ", "))
		}
		return v.text, nil
	}
	if file != "" {
		f, err := report.FormatByFile(file)
		switch {
		case err == nil && slices.Contains(formats, f.Name):
			return f.Name, nil
		case err == nil:
			return "", a.usage("format.ending", file, f.Name, strings.Join(formats, ", "))
		}
	}
	switch {
	case slices.Contains(formats, v.text):
		return v.text, nil
	case file != "" && slices.Contains(formats, "html"):
		return "", a.usage("format.file", file)
	}
	return formats[0], nil
}
