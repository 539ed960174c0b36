package cli

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wsalog/rules"
)

// The ways in which words fit a text, worst first.
const (
	noFit      = iota
	anyOrder   // all words of the question, in any order
	partOfText // the question is a piece of the text
	wholeText  // the text is a piece of the question, as in a pasted message
	sameText
)

// byPhrase looks for the question among the Windows system texts of every
// language, and returns the codes that fit best.
func (a *app) byPhrase(query string) []finding {
	q := fold(query)
	if tooShort(q) {
		return nil
	}
	best := noFit
	type hit struct {
		finding
		size int // length of the phrase
	}
	var hits []hit
	for _, p := range rules.Phrases() {
		text := fold(p.Text)
		fit := fitOf(q, text)
		if fit == noFit || fit < best || fit == wholeText && p.NeedsSocket {
			continue
		}
		if fit > best {
			best, hits = fit, nil
		}
		how := a.words.say("how.message", p.Lang, p.Text)
		for _, n := range []int{p.Code, p.Also} {
			if n != 0 {
				hits = append(hits, hit{finding{query: query, number: n, how: how}, len(text)})
			}
		}
	}
	if best == wholeText { // the longest phrase says most: others may be pieces of it
		slices.SortStableFunc(hits, func(x, y hit) int { return y.size - x.size })
		for i := range hits {
			if hits[i].size < hits[0].size {
				hits = hits[:i]
				break
			}
		}
	}
	var list []finding
	for _, h := range hits {
		if twin, ok := rules.LookupRelated(h.number); ok { // what people more likely look for
			list = append(list, finding{query: query, number: twin.Twin, how: h.how})
		}
		list = append(list, h.finding)
	}
	return distinct(list)
}

// byOwnWords looks for the words in what wsalog itself says about the codes.
func (a *app) byOwnWords(query string) []finding {
	q := fold(query)
	if tooShort(q) {
		return nil
	}
	best := noFit
	var list []finding
	for i := range rules.Codes() {
		for _, lang := range []rules.Lang{rules.English, rules.Chinese} {
			t := rules.TextOf(rules.Codes()[i].Number, lang)
			fit := max(fitOf(q, fold(t.Word)), min(fitOf(q, fold(ownWords(t))), anyOrder))
			if holdsWord(q, fold(t.Word)) {
				fit = max(fit, partOfText)
			}
			if fit == noFit || fit < best || fit == wholeText && isASCII(q) && !strings.Contains(q, " ") {
				continue
			}
			if fit > best {
				best, list = fit, nil
			}
			list = append(list, finding{query: query, number: rules.Codes()[i].Number, how: a.words.say("how.own", t.Word)})
		}
	}
	return distinct(list)
}

// ownWords is what wsalog says about a code in short, for every call.
func ownWords(t *rules.Text) string {
	s := t.Word + " " + t.Cause + " " + t.Meaning
	for _, d := range t.ByCall {
		s += " " + d.Cause
	}
	return s
}

func distinct(list []finding) []finding {
	seen := make(map[int]bool, len(list))
	kept := list[:0]
	for _, f := range list {
		if !seen[f.number] {
			seen[f.number] = true
			kept = append(kept, f)
		}
	}
	return socketsFirst(kept)
}

func fitOf(q, text string) int {
	switch {
	case text == "":
		return noFit
	case q == text:
		return sameText
	case strings.Contains(q, text):
		return wholeText
	case isPiece(text, q):
		return partOfText
	}
	words := strings.FieldsFunc(text, notInWord)
	for _, word := range strings.Fields(q) {
		if !slices.Contains(words, word) && (isASCII(word) || !strings.Contains(text, word)) {
			return noFit
		}
	}
	return anyOrder
}

// isPiece reports whether q stands in text, in ASCII from the start of a word on:
// "refus" is a piece of "refused", "port" none of "unsupported".
func isPiece(text, q string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], q)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		if i == 0 || !isASCII(q) || notInWord(before) {
			return true
		}
		from = i + 1
	}
}

// holdsWord reports whether a question holds everything that a code's word is
// made of, in whatever order: "address already in use" holds "address in use",
// and in Chinese the characters count.
func holdsWord(q, word string) bool {
	if !isASCII(word) {
		return word != "" && !strings.ContainsFunc(word, func(r rune) bool { return !strings.ContainsRune(q, r) })
	}
	return strings.Contains(word, " ") && fitOf(word, q) == anyOrder
}

func notInWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' }

// isASCII: languages that other letters belong to may write words in one piece,
// or bend them.
func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// tooShort keeps questions apart that would fit nearly every text, and numbers: a
// piece of one says nothing.
func tooShort(q string) bool {
	if strings.Trim(q, "0123456789.,:-+x ") == "" {
		return true
	}
	for _, r := range q {
		if unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hangul, r) || unicode.Is(unicode.Hiragana, r) {
			return utf8.RuneCountInString(q) < 2
		}
	}
	return utf8.RuneCountInString(q) < 4
}

// fold makes texts comparable that differ in case, quotation marks, blanks and
// the full stop.
func fold(s string) string {
	s = strings.NewReplacer("’", "'", "‘", "'", "\u00a0", " ", "。", "", "．", "").Replace(strings.ToLower(s))
	return strings.Trim(strings.Join(strings.Fields(s), " "), " .!?\"'")
}
