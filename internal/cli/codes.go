package cli

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wsalog/internal/term"
	"wsalog/rules"
)

// codes lists the catalogue.
func (a *app) codes(args []string) (int, error) {
	if len(args) > 0 {
		return exitTrouble, a.usage("codes.argument", args[0])
	}
	formats := formatsOf(onCodes)
	if err := a.checkFormats(formats); err != nil {
		return exitTrouble, err
	}
	list := a.chosenCodes()
	if len(list) == 0 {
		return exitTrouble, a.trouble("codes.none")
	}
	err := a.document(formats, func(form string, p term.Profile) ([]byte, error) { return a.listed(list, form, p) })
	return exitOK, err
}

// chosenCodes are the codes that --part, --class and --severity leave.
func (a *app) chosenCodes() []*rules.Code {
	var list []*rules.Code
	all := rules.Codes()
	for i := range all {
		c := &all[i]
		if a.allowed("part", c.Part.String()) && a.allowed("class", c.Class.String()) && a.allowed("severity", c.Severity.String()) {
			list = append(list, c)
		}
	}
	return list
}

func (a *app) allowed(flag, value string) bool {
	list := a.settings.list(flag)
	return len(list) == 0 || slices.Contains(list, value)
}

// A codeRow is a code as codes lists it; its JSON form is a contract.
type codeRow struct {
	Code     int    `json:"code"`
	Name     string `json:"name"`
	Part     string `json:"part"`
	Class    string `json:"class"`
	Severity string `json:"severity"`
	Hex      string `json:"hex"`
	Hresult  string `json:"hresult"`
	Word     string `json:"word"`
	Cause    string `json:"cause"`
}

func (a *app) listed(list []*rules.Code, form string, p term.Profile) ([]byte, error) {
	rows := make([]codeRow, len(list))
	for i, c := range list {
		t := rules.TextOf(c.Number, a.words.lang())
		rows[i] = codeRow{c.Number, c.Name, c.Part.String(), c.Class.String(), c.Severity.String(), c.Hex(), c.HresultHex(), t.Word, t.Cause}
	}
	switch form {
	case "json":
		return jsonDocument(rows)
	case "csv":
		return csvCodes(rows)
	case "md":
		return a.mdCodes(rows), nil
	}
	return a.textCodes(rows, p), nil
}

var codeColumns = []string{"code", "name", "part", "class", "severity", "hex", "hresult", "word", "cause"}

func csvCodes(rows []codeRow) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(codeColumns) // a buffer takes everything; Error below tells
	for _, r := range rows {
		_ = w.Write([]string{strconv.Itoa(r.Code), r.Name, r.Part, r.Class, r.Severity, r.Hex, r.Hresult, r.Word, r.Cause})
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

func (a *app) mdCodes(rows []codeRow) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n|---:|---|---|---|---|---|\n", a.words.say("column.code"), a.words.say("column.name"),
		a.words.say("column.part"), a.words.say("column.class"), a.words.say("column.severity"), a.words.say("column.word"))
	for _, r := range rows {
		fmt.Fprintf(&b, "| %d | %s | %s | %s | %s | %s: %s |\n", r.Code, mdText(r.Name), r.Part, r.Class, r.Severity, mdText(r.Word), mdText(r.Cause))
	}
	return b.Bytes()
}

// textCodes writes the list under a heading for each part. On a narrow screen the
// class is left out, and the text goes on below.
func (a *app) textCodes(rows []codeRow, p term.Profile) []byte {
	t := a.typesetter(p)
	if p.Terminal && p.Width > 0 {
		t.width = p.Width
	} else {
		t.width = 0
	}
	last := ""
	for _, r := range rows {
		if r.Part != last {
			if last != "" {
				t.b.WriteByte('\n')
			}
			last = r.Part
			t.b.WriteString(t.theme.Head.Paint(a.words.say("part."+r.Part)+" ("+r.Part+")") + "\n")
		}
		head := fmt.Sprintf("  %5d  %-24s  ", r.Code, r.Name)
		if t.width == 0 || t.width >= 100 {
			head += padCells(t.cells, a.words.say("class."+r.Class), 14) + "  "
		}
		t.codeLine(head, r.Word+a.words.say("colon")+r.Cause, a.inkOf(t, r.Severity))
	}
	return []byte(t.b.String())
}

// codeLine writes one code of a list.
func (t *typesetter) codeLine(head, text string, ink term.Ink) {
	indent := t.cells.Width(head)
	lines := []string{t.glyph.Plain(text)}
	switch {
	case t.width == 0:
	case t.width < narrowIndent+indent/2:
		indent = len("  10061  ")
		t.b.WriteString(ink.Paint(strings.TrimRight(head, " ")) + "\n")
		head = strings.Repeat(" ", indent)
		fallthrough
	default:
		room := max(t.width-indent, 10)
		lines = t.cells.Wrap(lines[0], room, room)
	}
	for _, line := range lines {
		t.b.WriteString(ink.Paint(head+line) + "\n")
		head = strings.Repeat(" ", indent)
	}
}

func (a *app) inkOf(t *typesetter, severity string) term.Ink {
	switch severity {
	case "warn":
		return t.theme.Warn
	case "info":
		return t.theme.Info
	}
	return term.Ink{}
}

func padCells(c term.Cells, s string, width int) string {
	return s + strings.Repeat(" ", max(width-c.Width(s), 0))
}
