package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"
)

// marshal encodes v as compact JSON in which, as in appendJSON, no character can
// steer a terminal. Characters of HTML stay as they are.
func marshal(v any) ([]byte, error) {
	if row, ok := v.(jsonRow); ok {
		return row.appendTo(nil), nil
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("encode JSON: %w", err)
	}
	return tame(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}

// tame escapes what steers a terminal. In JSON such characters stand only within
// strings.
func tame(b []byte) []byte {
	var out []byte
	from := 0
	for i := 0; i < len(b); {
		r, n := rune(b[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(b[i:])
		}
		if r == 0x7F || r >= utf8.RuneSelf && steers(r) {
			out = appendU(append(out, b[from:i]...), r)
			from = i + n
		}
		i += n
	}
	if out == nil {
		return b
	}
	return append(out, b[from:]...)
}

// A jsonPage writes one object with a member a line, and lists with an element
// a line, so that two reports can be compared with line tools.
type jsonPage struct {
	b     bytes.Buffer
	w     io.Writer // where b goes as it fills, nil to keep all of it for end
	begun bool
	err   error
}

// pageBuffer is the length in bytes at which a page writes.
const pageBuffer = 64 << 10

// drain writes what is in the buffer when that is enough.
func (p *jsonPage) drain(enough int) {
	if p.w == nil || p.b.Len() < enough {
		return
	}
	if p.err == nil {
		_, p.err = p.w.Write(p.b.Bytes())
	}
	p.b.Reset()
}

func (p *jsonPage) member(key string, v any) {
	p.open(key)
	p.value(v)
}

func (p *jsonPage) open(key string) {
	if p.begun {
		p.b.WriteString(",\n")
	} else {
		p.b.WriteString("{\n")
		p.begun = true
	}
	p.b.Write(appendJSON(nil, key))
	p.b.WriteString(": ")
}

func (p *jsonPage) value(v any) {
	if row, ok := v.(jsonRow); ok {
		p.b.Write(row.appendTo(p.b.AvailableBuffer()))
		p.drain(pageBuffer)
		return
	}
	enc, err := marshal(v)
	if err != nil && p.err == nil {
		p.err = err
	}
	p.b.Write(enc)
}

// end returns what was not written yet.
func (p *jsonPage) end() ([]byte, error) {
	p.b.WriteString("\n}\n")
	return p.b.Bytes(), p.err
}

// list writes a member whose value is a list.
func list[T any](p *jsonPage, key string, items []T) {
	p.open(key)
	if len(items) == 0 {
		p.b.WriteString("[]")
		return
	}
	for i, item := range items {
		if i == 0 {
			p.b.WriteString("[\n  ")
		} else {
			p.b.WriteString(",\n  ")
		}
		p.value(item)
	}
	p.b.WriteString("\n]")
}
