package rules

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// A fileText is a Text as its file has it: one table for each code.
type fileText struct {
	Word    string                `toml:"word"`
	Cause   string                `toml:"cause"`
	Meaning string                `toml:"meaning"`
	Causes  []string              `toml:"causes"`
	Checks  []string              `toml:"checks"`
	Notes   []string              `toml:"notes"`
	ByCall  map[string]fileDetail `toml:"by_call"`
}

type fileDetail struct {
	Cause   string `toml:"cause"`
	Meaning string `toml:"meaning"`
}

// textsOfFiles reads the texts of a language, one for each code in order. Each part
// has a file, and no other file lies beside them.
func textsOfFiles(t *testing.T, lang Lang) []Text {
	t.Helper()
	parts := make(map[Part]map[int]Text)
	for _, name := range filesOf(t, path.Join("text", lang.String(), "*.toml")) {
		part, err := ParsePart(strings.TrimSuffix(path.Base(name), ".toml"))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if parts[part], err = parseTexts(name, readFile(t, name), part); err != nil {
			t.Fatal(err)
		}
	}
	list := make([]Text, 0, len(catalogue))
	for _, c := range Codes() {
		x, ok := parts[c.Part][c.Number]
		if !ok {
			t.Fatalf("text/%s/%s.toml has no table [%d]", lang, c.Part, c.Number)
		}
		list = append(list, x)
	}
	return list
}

// parseTexts reads one file of texts. An error names the file and, where it is
// known, the line.
func parseTexts(name string, data []byte, part Part) (map[int]Text, error) {
	var tables map[string]fileText
	dec := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	if err := dec.Decode(&tables); err != nil {
		return nil, fmt.Errorf("%s: %w", at(name, err), err)
	}
	texts := make(map[int]Text, len(tables))
	for key, t := range tables {
		number, err := strconv.Atoi(key)
		if err != nil {
			return nil, fmt.Errorf("%s: table [%s]: the key of a table is the number of a code", name, key)
		}
		c, ok := Lookup(number)
		if !ok {
			return nil, fmt.Errorf("%s: table [%s]: no such code in the catalogue", name, key)
		}
		if c.Part != part {
			return nil, fmt.Errorf("%s: table [%s]: %s belongs into %s.toml", name, key, c.Name, c.Part)
		}
		texts[number] = t.text()
	}
	return texts, nil
}

func (f fileText) text() Text {
	x := Text{Word: f.Word, Cause: f.Cause, Meaning: f.Meaning, Causes: f.Causes, Checks: f.Checks, Notes: f.Notes}
	for _, call := range slices.Sorted(maps.Keys(f.ByCall)) {
		d := f.ByCall[call]
		x.ByCall = append(x.ByCall, CallText{call, d.Cause, d.Meaning})
	}
	return x
}

// at adds the line to a file name if the error of the TOML reader knows it.
func at(name string, err error) string {
	if e := decodeError(name, err); e.Line > 0 {
		return fmt.Sprintf("%s:%d", name, e.Line)
	}
	return name
}
