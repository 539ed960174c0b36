package view

import (
	"fmt"
	"strings"

	"wsalog/annotate"
	"wsalog/internal/term"
)

// maxBox is the widest that a box gets: longer lines are hard to read.
const maxBox = 120

// boxCauses is the number of likely causes that a box lists; explain tells all.
const boxCauses = 3

// caretsFit is the narrowest screen that gets carets. On a narrower one, and
// under a line that fills more than a row, what identified an error is painted,
// or without colours put between brackets.
const caretsFit = 60

// appendCarets appends the line of marks under a line that was drawn from column
// col: ^ under what identified an error, ~ under the call and the peer.
func (v *View) appendCarets(dst []byte, segs []segment) []byte {
	col := 0
	for _, s := range segs {
		if s.kind == plain || s.to <= s.from {
			continue
		}
		dst = appendBlanks(dst, s.from-col)
		glyph, ink := "^", s.ink
		if s.kind == used {
			glyph, ink = "~", &v.theme.Dim
		}
		dst = ink.Append(dst, strings.Repeat(glyph, s.to-s.from))
		col = s.to
	}
	return append(dst, '\n')
}

// appendBox appends the explanation of one hit, wrapped to the width.
func (v *View) appendBox(dst []byte, l *line, h *annotate.Hit) []byte {
	c := v.book.get(h.Code)
	n := &v.note
	n.reset()
	v.appendTitle(l, h, c)
	width := min(v.width(), maxBox)
	dst = n.appendWrapped(dst, v.cells, width, "  "+v.glyph.Corner+" ", v.theme.Dim, 5)

	blanks := "     "
	part := func(label, text string) {
		if text == "" {
			return
		}
		n.reset()
		n.add(label, &v.theme.Dim)
		n.add(text, nil)
		dst = n.appendWrapped(dst, v.cells, width, blanks, term.Ink{}, len(blanks)+v.cells.Width(label))
	}
	part("", v.glyph.Plain(c.text.For(l.rec.Call).Meaning))
	part(v.label(v.words.likely), v.causes(c))
	check := ""
	if len(c.text.Checks) > 0 {
		check = v.glyph.Plain(command(c.text.Checks[0], l.rec.Peer))
	}
	more := fmt.Sprintf(v.words.more, c.label)
	label := v.label(v.words.check)
	if row := label + check + "       " + more; check != "" && v.cells.Width(blanks+row) <= width {
		check += "       " + more
		more = ""
	}
	part(label, check)
	part("", more)
	return dst
}

// label pads the word that opens a row of a box.
func (v *View) label(s string) string {
	return s + strings.Repeat(" ", max(8-v.cells.Width(s), 1))
}

// causes lists the likeliest causes of a code.
func (v *View) causes(c *codeState) string {
	list := c.text.Causes[:min(len(c.text.Causes), boxCauses)]
	return v.glyph.Plain(strings.Join(list, v.glyph.Dot))
}

// command takes the command out of a check, where it has one, and puts the
// peer's host and port in. A peer comes from the log: unless it is plainly a
// host name or an address it stays out of what people paste into a shell.
func command(check, peer string) string {
	if rest, ok := strings.CutPrefix(check, "`"); ok {
		check, _, _ = strings.Cut(rest, "`")
	}
	check = strings.ReplaceAll(check, "`", "")
	host, port := splitPeer(peer)
	if host != "" {
		check = replaceWord(check, "HOST", host)
	}
	if port != "" {
		check = replaceWord(check, "PORT", port)
	}
	return check
}

// splitPeer parts host and port; what is not safe to paste comes back empty.
func splitPeer(peer string) (host, port string) {
	host = peer
	i := strings.LastIndexByte(peer, ':')
	if i >= 0 && (strings.Count(peer, ":") == 1 || strings.HasSuffix(peer[:i], "]")) {
		host, port = peer[:i], peer[i+1:]
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	for i := range len(host) {
		if !isWordByte(host[i]) && !strings.ContainsRune(".-:", rune(host[i])) {
			host = ""
			break
		}
	}
	if strings.HasPrefix(host, "-") {
		host = ""
	}
	if strings.Trim(port, "0123456789") != "" {
		port = ""
	}
	return host, port
}

// replaceWord replaces word where no letter or digit touches it.
func replaceWord(s, word, with string) string {
	var b strings.Builder
	for {
		i := strings.Index(s, word)
		if i < 0 {
			return b.String() + s
		}
		end := i + len(word)
		alone := (i == 0 || !isWordByte(s[i-1])) && (end == len(s) || !isWordByte(s[end]))
		b.WriteString(s[:i])
		if alone {
			b.WriteString(with)
		} else {
			b.WriteString(word)
		}
		s = s[end:]
	}
}

func isWordByte(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_'
}
