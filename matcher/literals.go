package matcher

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"wsalog/matcher/ahocorasick"
	"wsalog/matcher/bytescan"
	"wsalog/matcher/fold"
	"wsalog/rules"
)

// A literal is one text that is searched for in lines. It is a spelling, a cue before
// a short number, or a cue of context rules.
type literal struct {
	text     string
	spelling int32 // index in lexicon.spellings, -1 when none
	short    int32 // index in rules.ShortCues, -1 when none
	cue      int32 // bit of the cue, -1 when none
	code     bool  // a code literal: it makes its line worth a look
	cased    bool  // found in other case, too, where the tables alone would miss that
	digits   bool  // it holds some
}

// A lexicon holds every literal and the tables over them.
type lexicon struct {
	spellings []rules.Spelling
	literals  []literal
	firstCue  int32  // the literal of the first cue; those behind it are cues in order of their bits
	marked    []bool // by bit of a cue: it counts only in front of a code in decimal
	codes     []bytescan.Range
	own       bool // user rules add spellings
	cues      map[string]int32
	ascii     *ahocorasick.Table        // the literals in ASCII
	wide      func() *ahocorasick.Table // the others, made at first use
	asciiLong func() *index             // both for long lines
	wideLong  func() *index

	// triggers are pieces of escaped texts; a line that holds one is unescaped and
	// searched again. Both are made when the first line with an escape comes.
	triggers  func() []string
	triggered func() *ahocorasick.Automaton
}

// cueRoom is more than the number of cues, for which room is made at once.
const cueRoom = 2048

func newLexicon(user []*rules.ContextRule) *lexicon {
	lx := &lexicon{codes: decimalRanges(), spellings: rules.Spellings(), cues: make(map[string]int32, cueRoom)}
	for _, r := range user {
		for _, text := range slices.Sorted(maps.Keys(r.Spells)) {
			lx.own = true
			lx.spellings = append(lx.spellings, rules.Spelling{Text: text, Code: r.Spells[text], Form: rules.FormName, Variety: rules.NameUser})
		}
	}
	lx.literals = make([]literal, 0, len(lx.spellings)+len(rules.ShortCues())+cueRoom)
	for i := range lx.spellings {
		s := &lx.spellings[i]
		lx.literals = append(lx.literals, literal{text: s.Text, spelling: int32(i), short: -1, cue: -1, code: !s.CueOnly,
			cased: rules.IsCommon(s.Code)}) // shouted texts of rare codes are not worth their tables
	}
	for i, s := range rules.ShortCues() {
		lx.literals = append(lx.literals, literal{text: s.Text, spelling: -1, short: int32(i), cue: -1, code: true})
	}
	lx.firstCue = int32(len(lx.literals))
	lx.triggers = sync.OnceValue(func() []string { return escapeTriggers(lx.spellings) })
	lx.triggered = sync.OnceValue(func() *ahocorasick.Automaton { return newAutomaton(folded(lx.triggers())) })
	return lx
}

// casings returns the texts that stand for a literal: its own, and the forms in
// other case that tables, which fold ASCII only, would miss: all upper and
// all lower case, and with the first letter in its other case. All are as long.
func (l *literal) casings() []string {
	list := []string{asciiLower(l.text)}
	if !l.cased || isASCII([]byte(l.text)) {
		return list
	}
	first, size := utf8.DecodeRuneInString(l.text)
	variants := []string{strings.ToLower(l.text), strings.ToUpper(l.text)}
	if first >= utf8.RuneSelf {
		rest := l.text[size:]
		variants = append(variants, string(unicode.ToUpper(first))+rest, string(unicode.ToLower(first))+rest)
	}
	for _, v := range variants {
		if v = asciiLower(v); len(v) == len(l.text) && !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// asciiLower lowers ASCII letters only.
func asciiLower(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 'A' && r <= 'Z' }) {
		return s
	}
	b := []byte(s)
	fold.Into(b, b)
	return string(b)
}

// build makes the table of the ASCII literals after the last addCue. The
// other one is made when the first line asks for it: half of all literals are of
// no use to a log in ASCII.
func (lx *lexicon) build() {
	for i := range lx.literals {
		l := &lx.literals[i]
		l.digits = strings.ContainsAny(l.text, "0123456789")
	}
	lx.ascii = lx.newTable(true)
	lx.wide = sync.OnceValue(func() *ahocorasick.Table { return lx.newTable(false) })
	lx.asciiLong = sync.OnceValue(func() *index { return lx.newIndex(true) })
	lx.wideLong = sync.OnceValue(func() *index { return lx.newIndex(false) })
}

// escapes reports whether line must be unescaped and searched again: it holds the
// escaped form of a piece of a text.
func (lx *lexicon) escapes(line []byte) bool {
	return (bytes.Contains(line, []byte(`\u`)) || bytes.Contains(line, []byte("&#"))) && lx.triggered().Contains(line)
}

// search appends the occurrences of all literals in line, in order of their ends.
func (lx *lexicon) search(dst []ahocorasick.Occurrence, line []byte, s *ahocorasick.Scratch) []ahocorasick.Occurrence {
	long := len(line) >= longLine
	if long {
		dst = lx.asciiLong().append(dst, line)
	} else {
		dst = lx.ascii.Append(dst, line, s)
	}
	if isASCII(line) {
		return dst
	}
	n := len(dst)
	if long {
		dst = lx.wideLong().append(dst, line)
	} else {
		dst = lx.wide().Append(dst, line, s)
	}
	if len(dst) > n {
		slices.SortFunc(dst, func(a, b ahocorasick.Occurrence) int { return int(a.End - b.End) })
	}
	return dst
}

// isASCII looks at eight bytes at a time, since it is asked of every line.
func isASCII(line []byte) bool {
	high := uint64(0)
	for ; len(line) >= 8; line = line[8:] {
		high |= binary.LittleEndian.Uint64(line)
	}
	for _, b := range line {
		high |= uint64(b)
	}
	return high&0x8080808080808080 == 0
}

// escapeLead is how many escaped characters a trigger holds where the phrase
// begins with characters above ASCII: two are rare enough together.
const escapeLead = 2

// escapeLength is the least length of a trigger where the phrase has so much: from
// there on the prefilter finds a literal by more of its bytes, and for less.
const escapeLength = 15

// escapeTriggers returns short pieces of the phrases of common codes in their
// JSON-escaped forms, with one backslash and with two, and as HTML entities. A
// line that holds one is unescaped and searched again.
func escapeTriggers(list []rules.Spelling) []string {
	seen := map[string]bool{}
	var out []string
	add := func(t string) {
		if !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	for _, s := range list {
		if s.Form != rules.FormMessage || s.Variety != rules.MessageText || !rules.IsCommon(s.Code) {
			continue
		}
		if piece := escapePiece(s.Text); piece != "" {
			add(rules.Escape(piece))
			add(strings.ReplaceAll(rules.Escape(piece), `\`, `\\`))
			if piece[0] < utf8.RuneSelf { // Latin texts come through HTML, too
				add(rules.Entities(piece))
			}
		}
	}
	return out
}

// escapePiece cuts the piece of a phrase that serves as a trigger: its first two
// characters above ASCII, or the first one with up to four ASCII letters on either
// side where the phrase is mostly ASCII, and what follows until the trigger is long.
func escapePiece(text string) string {
	from := strings.IndexFunc(text, func(r rune) bool { return r >= utf8.RuneSelf })
	if from < 0 {
		return ""
	}
	to, n := from, 0
	for to < len(text) && n < escapeLead && text[to] >= utf8.RuneSelf {
		_, size := utf8.DecodeRuneInString(text[to:])
		to, n = to+size, n+1
	}
	if n < escapeLead {
		from = max(0, from-4)
		for first := to; to < len(text) && to-first < 4 && text[to] < utf8.RuneSelf; to++ {
		}
		if to-from < 5 {
			return ""
		}
	}
	for short := escapedLength(text[from:to]); to < len(text) && short < escapeLength; {
		_, size := utf8.DecodeRuneInString(text[to:])
		short += escapedLength(text[to : to+size])
		to += size
	}
	return text[from:to]
}

// escapedLength returns the length of text with its characters above ASCII escaped, at
// least: both \u00e9 and &#233; have six bytes.
func escapedLength(text string) int {
	n := 0
	for _, r := range text {
		if n++; r >= utf8.RuneSelf {
			n += len("&#233;") - 1
		}
	}
	return n
}
