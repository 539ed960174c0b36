package matcher

import (
	"strings"
	"testing"
	"time"
)

// TestLongLinesTakeNoSquareOfTheirLength searches lines that a hostile log may
// hold. Each takes a fraction of a second, and took minutes when something was
// done for every pair of their bytes or matches.
func TestLongLinesTakeNoSquareOfTheirLength(t *testing.T) {
	m, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows := ParseFields([]byte("#Fields: date time sc-status sc-win32-status time-taken"))
	const size, limit = 1 << 20, 30 * time.Second
	for name, line := range map[string]string{
		"backslashes": `error \u8fdc\u7a0b ` + strings.Repeat(`\`, size) + ` end`,
		"names":       strings.Repeat("WSAECONNREFUSED 10061 10054 ", size/28),
		"numbers":     "error " + strings.Repeat("10061 10054 ", size/12),
		"entities":    `error \u8fdc\u7a0b ` + strings.Repeat("&#1", size/3),
		"zeros":       "error 0x" + strings.Repeat("0", size) + "274D",
		"ids":         strings.Repeat("a274d1 ", size/7),
		"statuses":    strings.Repeat("0 64 1 8 ", size/9),
		"long row":    "2026-07-14 10:22:33 " + strings.Repeat("64 ", size/3),
	} {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			m.Append(nil, []byte(line+"\n"), rows)
			if took := time.Since(began); took > limit {
				t.Errorf("a line of %d KiB takes %v", len(line)>>10, took)
			}
		})
	}
}
