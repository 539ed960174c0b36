package term

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"unicode/utf8"
)

// A Sanitiser makes text harmless for a terminal and visible to people. It
// works character by character without memory: what follows an escape character
// is ordinary text once the escape itself is not sent.
//
//	C0 controls, DEL        ␛ ␇ ␡, in poorer tiers ^[ ^G ^?
//	C1 controls             <9B>
//	bidi and line controls  <202E>
//	bytes that are no UTF-8 <E9>
//
// Tab stays; a line feed stays, as does a carriage return right before one.
// Everything else is left as it is. The zero value writes for the full tier.
type Sanitiser struct {
	Tier Tier
}

// Append appends the harmless form of p to dst.
func (z Sanitiser) Append(dst, p []byte) []byte {
	for len(p) > 0 {
		n := Clean(p)
		dst = append(dst, p[:n]...)
		if p = p[n:]; len(p) == 0 {
			break
		}
		r, size := utf8.DecodeRune(p)
		dst = z.visible(dst, r, p[:size])
		p = p[size:]
	}
	return dst
}

// String returns the harmless form of s.
func (z Sanitiser) String(s string) string {
	p := []byte(s)
	if Clean(p) == len(p) {
		return s
	}
	return string(z.Append(nil, p))
}

// Line returns the harmless form of s, in which line ends are made visible too:
// for names and other texts that must stay on one line.
func (z Sanitiser) Line(s string) string {
	var out []byte
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r < ' ' || risky(r) || r == utf8.RuneError && size == 1 {
			out = z.visible(out, r, []byte(s[i:i+size]))
		} else {
			out = append(out, s[i:i+size]...)
		}
		i += size
	}
	return string(out)
}

func (z Sanitiser) visible(dst []byte, r rune, raw []byte) []byte {
	switch {
	case r == utf8.RuneError && len(raw) == 1:
		return fmt.Appendf(dst, "<%02X>", raw[0])
	case r < ' ' && z.Tier == Full:
		return utf8.AppendRune(dst, 0x2400+r)
	case r == 0x7f && z.Tier == Full:
		return utf8.AppendRune(dst, 0x2421)
	case r < ' ' || r == 0x7f:
		return append(dst, '^', byte(r)^0x40)
	default:
		return fmt.Appendf(dst, "<%02X>", r)
	}
}

// Clean returns the length of the longest start of p that is harmless: p[:n] can
// be sent to a terminal as it is. It is len(p) for ordinary text.
func Clean(p []byte) int {
	i := 0
	for i < len(p) {
		i += plainRun(p[i:])
		if i >= len(p) {
			break
		}
		switch b := p[i]; {
		case b >= ' ' && b < 0x7f, b == '\n', b == '\t':
			i++
		case b == '\r':
			if i+1 == len(p) || p[i+1] != '\n' {
				return i
			}
			i += 2
		case b < utf8.RuneSelf:
			return i
		default:
			r, size := utf8.DecodeRune(p[i:])
			if size == 1 || risky(r) {
				return i
			}
			i += size
		}
	}
	return i
}

// plainRun counts printable ASCII at the start of p, eight bytes at a time; it
// may stop early at a multiple of eight.
func plainRun(p []byte) int {
	const (
		low  = 0x0101010101010101
		high = 0x8080808080808080
	)
	i := 0
	for ; i+8 <= len(p); i += 8 {
		w := binary.LittleEndian.Uint64(p[i:])
		// A byte's high bit is set in bad when it is not ASCII, below a blank
		// (the subtraction borrows) or DEL (the addition carries). Borrows and
		// carries only spill upwards, so the lowest set bit is exact.
		bad := (w | (w - low*0x20) | ((w & ^uint64(high)) + low)) & high
		if bad != 0 {
			return i + bits.TrailingZeros64(bad)/8
		}
	}
	return i
}

// risky says whether a valid character steers a terminal or its text direction.
func risky(r rune) bool {
	switch {
	case r < 0x7f:
		return false
	case r <= 0x9f: // DEL and C1
		return true
	case r < 0x61c:
		return false
	case r == 0x61c, r == 0x200e, r == 0x200f: // direction marks
		return true
	case r >= 0x2028 && r <= 0x202e: // line and paragraph separators, embeddings, overrides
		return true
	case r >= 0x2066 && r <= 0x206f: // isolates and deprecated format controls
		return true
	case r >= 0xfff9 && r <= 0xfffb: // interlinear annotation
		return true
	}
	return r >= 0xe0000 && r <= 0xe007f // tags: text that no reader can see
}
