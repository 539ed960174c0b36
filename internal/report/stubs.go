package report

import (
	"fmt"
	"html"
	"io"
	"strings"

	"wsalog/internal/stats"
)

// writeHTML writes the text report as a page.
func writeHTML(w io.Writer, t *stats.Table, o Options) error {
	var b strings.Builder
	if err := writeText(&b, t, o); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "<!DOCTYPE html><meta charset=utf-8><title>%s</title><pre>%s</pre>\n", wordsOf(o.Lang).title, html.EscapeString(b.String()))
	return err
}
