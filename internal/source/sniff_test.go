package source

import (
	"strings"
	"testing"
)

func TestPackingOf(t *testing.T) {
	t.Parallel()
	for name, pack := range packers {
		packed := pack(t, logText(60))
		want, _, _ := strings.Cut(name, " ")
		decidedAt := -1
		for i := range min(len(packed), 40) {
			kind, decided := packingOf(packed[:i])
			if decided && i > 0 && decidedAt < 0 {
				decidedAt = i
				if kind.String() != want {
					t.Errorf("%s: recognised as %s at byte %d", name, kind, i)
				}
			}
		}
		if decidedAt < 0 {
			t.Errorf("%s: never recognised", name)
		}
	}
	for _, text := range []string{"BZh is no archive", "PK stands for", "\x1f\x8b", "[*M", "Pack my box", "(\xb5/ no"} {
		if kind, _ := packingOf([]byte(text)); kind != plain {
			t.Errorf("%q: recognised as %s", text, kind)
		}
	}
}
