package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wsalog/internal/term"
	"wsalog/rules"
)

// manyPages is the number of findings for one question above which they are
// listed instead of explained.
const manyPages = 3

// explain looks up everything that it is asked about.
func (a *app) explain(args []string) (int, error) {
	args = plainNumbers(args)
	if len(args) == 0 {
		return exitTrouble, a.usage("explain.nothing")
	}
	formats := formatsOf(onExplain)
	if err := a.checkFormats(formats); err != nil {
		return exitTrouble, err
	}
	answers, unknown, err := a.answers(args)
	if err != nil {
		return exitTrouble, err
	}
	if len(answers) > 0 {
		err := a.document(formats, func(form string, p term.Profile) ([]byte, error) {
			return a.explained(answers, form, p)
		})
		if err != nil {
			return exitTrouble, err
		}
	}
	for _, query := range unknown {
		a.complain(a.words.say("explain.unknown", query) + a.suggestion(query))
	}
	if len(unknown) > 0 {
		return exitTrouble, nil
	}
	return exitOK, nil
}

// answers looks up each argument, or all of them as one text where not every one
// is a spelling of a code by itself: quotation marks are easily forgotten.
func (a *app) answers(args []string) (answers [][]finding, unknown []string, err error) {
	for _, query := range args {
		if list := a.lookup(query); len(list) > 0 {
			answers = append(answers, list)
		} else {
			unknown = append(unknown, query)
		}
	}
	if len(unknown) == 0 {
		return answers, nil, nil
	}
	if len(args) > 1 && !slices.ContainsFunc(unknown, isNumber) {
		list, err := a.lookupText(strings.Join(args, " "))
		if err != nil || len(list) > 0 {
			return [][]finding{list}, nil, err
		}
	}
	if len(answers) == 0 && len(args) > 1 && !strings.Contains(strings.Join(unknown, ""), " ") {
		return nil, []string{strings.Join(args, " ")}, nil // words of one question
	}
	answers, unknown = nil, nil
	for _, query := range args {
		list := a.lookup(query)
		if len(list) == 0 {
			if list, err = a.lookupText(query); err != nil {
				return nil, nil, err
			}
		}
		if len(list) > 0 {
			answers = append(answers, list)
		} else {
			unknown = append(unknown, query)
		}
	}
	return answers, unknown, nil
}

// lookupText takes the question for words of a text or for a line of a log.
// Parsing texts and building the matcher cost milliseconds, so the cheap ways
// come first.
func (a *app) lookupText(query string) ([]finding, error) {
	if list := a.byTokens(query); len(list) > 0 {
		return list, nil
	}
	phrases := a.byPhrase(query)
	if mayBeLine(query) {
		list, err := a.byLine(query)
		if err != nil || len(list) > 0 {
			return list, err
		}
	}
	if len(phrases) > 0 {
		return phrases, nil
	}
	if own := a.byOwnWords(query); len(own) > 0 {
		return own, nil
	}
	return a.bySharedRun(query), nil
}

// byTokens reads a question that is several spellings in a row.
func (a *app) byTokens(query string) []finding {
	var list []finding
	tokens := strings.FieldsFunc(query, func(r rune) bool { return r == ' ' || r == '\t' || r == ',' || r == ';' })
	if len(tokens) < 2 {
		return nil
	}
	for _, token := range tokens {
		found := a.lookup(token)
		if len(found) == 0 {
			return nil
		}
		list = append(list, found...)
	}
	return distinct(list)
}

// suggestion is the end of the complaint about an unknown question.
func (a *app) suggestion(query string) string {
	if other := a.otherSystem(query); other != "" {
		return "\n" + other
	}
	var near []string
	for _, c := range a.nearest(query) {
		near = append(near, strconv.Itoa(c.Number)+" "+c.Name)
	}
	if len(near) == 0 {
		return "\n" + a.words.say("explain.hint")
	}
	return "\n" + a.words.say("explain.near", strings.Join(near, ", "))
}

// otherCodes says what to give --code instead of something unknown.
func (a *app) otherCodes(item string) string {
	if len(a.nearest(item)) == 0 && a.otherSystem(item) == "" {
		return a.words.say("filter.hint")
	}
	return strings.TrimPrefix(a.suggestion(item), "\n")
}

// explained renders the answers in a format.
func (a *app) explained(answers [][]finding, form string, p term.Profile) ([]byte, error) {
	lang := a.words.lang()
	var pages []*page
	switch form {
	case "json":
		for _, list := range answers {
			for _, f := range list {
				pages = append(pages, newPage(f, lang))
			}
		}
		return jsonDocument(pages)
	case "md":
		var b strings.Builder
		for _, list := range answers {
			for _, f := range list {
				if b.Len() > 0 {
					b.WriteByte('\n')
				}
				a.words.markdown(&b, newPage(f, lang))
			}
		}
		return []byte(b.String()), nil
	}
	t := a.typesetter(p)
	for i, list := range answers {
		if i > 0 {
			t.b.WriteString("\n" + t.theme.Dim.Paint(strings.Repeat(t.glyph.Rule, min(t.width, pageWidth))) + "\n\n")
		}
		a.answer(t, list, lang)
	}
	return []byte(t.b.String()), nil
}

// answer writes the pages for one question, or a list where they are many.
func (a *app) answer(t *typesetter, list []finding, lang rules.Lang) {
	if len(list) > manyPages {
		t.paragraph("", a.words.say("explain.many", len(list), t.clean.Line(list[0].query)), nil)
		t.b.WriteByte('\n')
		for _, f := range list {
			s := seeAlsoOf(f.number, lang)
			t.paragraph(fmt.Sprintf("  %-5d  ", f.number), strings.TrimSpace(s.Name+"  "+s.Word), nil)
		}
		return
	}
	for i, f := range list {
		if i > 0 {
			t.b.WriteByte('\n')
		}
		t.page(newPage(f, lang))
	}
}

func jsonDocument(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(v)
	return b.Bytes(), err
}
