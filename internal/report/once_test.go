package report

import (
	"strings"
	"testing"

	"wsalog/internal/stats"
	"wsalog/rules"
)

// TestOnce: what happened once is told in the singular.
func TestOnce(t *testing.T) {
	c := stats.New(stats.Options{})
	newLog(c, "app.log").add(day, 10048, "bind", "0.0.0.0:80", "")
	tab := c.Table()
	text := render(t, "text", tab, Options{})
	for _, want := range []string{"1 hit on 1 line (", "port taken once (10048)"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if text := render(t, "text", tab, Options{Lang: rules.Chinese}); !strings.Contains(text, "bind 有 1 次发现") {
		t.Errorf("not the same in Chinese:\n%s", text)
	}
}
