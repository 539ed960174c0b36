package main

import "strings"

// A field appends one changing part of a line.
type field func(b []byte, g *generator) []byte

// A piece is fixed text and the field behind it.
type piece struct {
	text  string
	field field // nil at the end of a template
}

// A template is a record, prepared so that writing it is a row of appends.
type template struct {
	pieces []piece
	lines  int // how many lines the record takes
}

// compile prepares a text in which {name} stands for a field. Other braces are
// text: a name holds small letters and digits only. The record gets its final
// line end here.
func compile(text string) template {
	text += "\n"
	t := template{lines: strings.Count(text, "\n")}
	for {
		before, name, after, ok := cutField(text)
		if !ok {
			t.pieces = append(t.pieces, piece{text: text})
			return t
		}
		f, ok := fields[name]
		if !ok {
			panic("bench/gen: no field {" + name + "}")
		}
		t.pieces = append(t.pieces, piece{before, f})
		text = after
	}
}

func compileAll(texts []string) []template {
	list := make([]template, len(texts))
	for i, t := range texts {
		list[i] = compile(t)
	}
	return list
}

// cutField cuts text at its first {name}.
func cutField(text string) (before, name, after string, ok bool) {
	for from := 0; ; {
		i := strings.IndexByte(text[from:], '{')
		if i < 0 {
			return text, "", "", false
		}
		i += from
		j := i + 1
		for j < len(text) && (text[j] >= 'a' && text[j] <= 'z' || text[j] >= '0' && text[j] <= '9') {
			j++
		}
		if j > i+1 && j < len(text) && text[j] == '}' {
			return text[:i], text[i+1 : j], text[j+1:], true
		}
		from = i + 1
	}
}

// append writes the record.
func (t *template) append(b []byte, g *generator) []byte {
	for i := range t.pieces {
		p := &t.pieces[i]
		b = append(b, p.text...)
		if p.field != nil {
			b = p.field(b, g)
		}
	}
	return b
}
