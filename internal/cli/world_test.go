package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"wsalog/internal/term"
)

// A world is an app whose surroundings a test has made up.
type world struct {
	*app
	out, err bytes.Buffer
	vars     map[string]string
	facts    [3]term.Facts
}

// newWorld returns a world with these variables ("NAME=value"), an empty standard
// input, and a clock that stands still.
func newWorld(vars ...string) *world {
	w := &world{vars: map[string]string{"WSALOG_NO_CONFIG": "1"}}
	for _, v := range vars {
		name, value, _ := strings.Cut(v, "=")
		w.vars[name] = value
	}
	w.app = &app{
		stdin: strings.NewReader(""), stdout: &w.out, stderr: &w.err,
		env:     func(name string) string { return w.vars[name] },
		now:     func() time.Time { return time.Date(2026, 7, 14, 12, 0, 0, 0, time.UTC) },
		look:    func(s stream) term.Facts { return w.facts[s] },
		size:    func() (int, int) { return 0, 0 },
		exit:    func(int) {},
		restore: func() {},
	}
	return w
}

// runs runs wsalog and returns its exit code and what it printed.
func runs(t *testing.T, w *world, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	w.out.Reset()
	w.err.Reset()
	code = w.run(args)
	return code, w.out.String(), w.err.String()
}
