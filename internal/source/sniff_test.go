package source

import (
	"strings"
	"testing"
	"unicode/utf16"

	"wsalog/internal/charset"
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

// utf16Of writes text without a mark, in either order.
func utf16Of(text string, big bool) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		if big {
			u = u<<8 | u>>8
		}
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// TestUnitIsWhatIsDecoded compares the unit that lines are counted in, and what
// is left out of folders, with how the text is read in the end.
func TestUnitIsWhatIsDecoded(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		head   []byte
		unit   unit
		binary bool
	}{
		{"mostly Chinese", utf16Of("由于目标计算机积极拒绝，无法连接；远程主机强迫关闭了现有的连接。10061\r\n", false), unit{width: 2}, false},
		{"mostly Chinese, big-endian", utf16Of("由于目标计算机积极拒绝，无法连接；远程主机强迫关闭了现有的连接。10061\r\n", true), unit{width: 2, big: true}, false},
		{"Latin", utf16Of("connect failed: 10061\r\n", false), unit{width: 2}, false},
		{"ASCII", []byte("connect failed: 10061\r\n"), unit{width: 1}, false},
		{"small numbers of 8 bits and NUL", []byte("\x01\x00\x02\x00\x03\x00\x04\x00\x05\x00\x06\x00"), unit{width: 1}, true},
		{"small numbers of 32 bits", []byte("A\x00\x00\x00B\x00\x00\x00C\x00\x00\x00D\x00\x00\x00"), unit{width: 2}, true},
	} {
		if u := unitOf(c.head); u != c.unit {
			t.Errorf("%s: unit %v, want %v", c.name, u, c.unit)
		}
		if b := isBinary(c.head); b != c.binary {
			t.Errorf("%s: binary %v, want %v", c.name, b, c.binary)
		}
		var d charset.Detector
		d.Begin(c.head, false, true)
		decoded := unit{width: 1}
		switch d.Encoding() {
		case charset.UTF16LE:
			decoded = unit{width: 2}
		case charset.UTF16BE:
			decoded = unit{width: 2, big: true}
		}
		if u := unitOf(c.head); u != decoded {
			t.Errorf("%s: unit %v, but decoded by %v", c.name, u, decoded)
		}
	}
}
