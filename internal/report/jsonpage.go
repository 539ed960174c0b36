package report

import (
	"io"
	"runtime"
	"sync/atomic"

	"wsalog/internal/stats"
)

// A jsonPage writes one object with a member a line, and lists with an element
// a line, so that two reports can be compared with line tools. It first collects
// parts, which several goroutines may then write at once: a report holds thousands
// of rows, and everything that it is made of lies far away in memory.
type jsonPage struct {
	parts []jsonPart
	begun bool
}

// A jsonPart appends a piece of a page. Parts of one page share nothing that any of
// them changes.
type jsonPart func(b *jsonBuffer)

// A jsonBuffer takes parts, one after the other.
type jsonBuffer struct {
	d       []byte
	moments momentWriter
	err     error
	entry   stats.EntryState // kept for its memory
	row     []int64          // likewise
}

// pageBuffer is the length in bytes that a buffer begins with: parts are cut so that
// they fit nearly always.
const pageBuffer = 64 << 10

// text appends s as it is.
func (b *jsonBuffer) text(s string) { b.d = append(b.d, s...) }

// value appends v as marshal has it.
func (b *jsonBuffer) value(v any) {
	enc, err := marshal(v)
	if err != nil && b.err == nil {
		b.err = err
	}
	b.d = append(b.d, enc...)
}

// A jsonRow appends one row of a list.
type jsonRow func(b *jsonBuffer, i int)

// rows appends the rows of a list of n from one index to another, and what stands
// around them.
func (b *jsonBuffer) rows(from, to, n int, row jsonRow) {
	if n == 0 {
		b.text("[]")
		return
	}
	for i := from; i < to; i++ {
		if i == 0 {
			b.text("[\n  ")
		} else {
			b.text(",\n  ")
		}
		row(b, i)
	}
	if to == n {
		b.text("\n]")
	}
}

func (p *jsonPage) add(part jsonPart) { p.parts = append(p.parts, part) }

// open begins a member.
func (p *jsonPage) open(key string) {
	lead := ",\n"
	if !p.begun {
		lead, p.begun = "{\n", true
	}
	p.add(func(b *jsonBuffer) {
		b.text(lead)
		b.d = append(appendJSON(b.d, key), ": "...)
	})
}

func (p *jsonPage) member(key string, v any) {
	p.open(key)
	p.add(func(b *jsonBuffer) { b.value(v) })
}

// list writes a member whose value is a list of n rows, so many in a part.
func (p *jsonPage) list(key string, n, inPart int, row jsonRow) {
	p.open(key)
	p.cut(n, inPart, func(b *jsonBuffer, from, to int) { b.rows(from, to, n, row) })
}

// cut adds parts for the rows of a list of n, one even where there is none.
func (p *jsonPage) cut(n, inPart int, part func(b *jsonBuffer, from, to int)) {
	for from := 0; from == 0 || from < n; from += inPart {
		p.add(func(b *jsonBuffer) { part(b, from, min(from+inPart, n)) })
	}
}

// inline adds parts for an array without line breaks.
func (p *jsonPage) inline(n, inPart int, row jsonRow) {
	p.cut(n, inPart, func(b *jsonBuffer, from, to int) {
		if from == 0 {
			b.text("[")
		}
		for i := from; i < to; i++ {
			if i > 0 {
				b.text(",")
			}
			row(b, i)
		}
		if to == n {
			b.text("]")
		}
	})
}

func (p *jsonPage) text(s string) { p.add(func(b *jsonBuffer) { b.text(s) }) }

// end returns the page.
func (p *jsonPage) end() ([]byte, error) {
	p.text("\n}\n")
	var b jsonBuffer
	for _, part := range p.parts {
		part(&b)
	}
	return b.d, b.err
}

// endTo writes the page. Parts are made in goroutines, a few ahead of what is
// written; their buffers serve again. All goroutines have ended, or need nothing more,
// when it returns: so all parts are made, even behind an error of the writer.
func (p *jsonPage) endTo(w io.Writer) error {
	p.text("\n}\n")
	workers := min(runtime.GOMAXPROCS(0), maxWriters)
	free := make(chan *jsonBuffer, 3*workers)
	for range cap(free) {
		free <- &jsonBuffer{}
	}
	made := make([]chan *jsonBuffer, len(p.parts))
	for i := range made {
		made[i] = make(chan *jsonBuffer, 1)
	}
	var next atomic.Int64
	for range workers {
		go func() {
			for {
				b := <-free // before the part is chosen: the earliest part always has one
				i := int(next.Add(1)) - 1
				if i >= len(p.parts) {
					free <- b
					return
				}
				if b.d == nil {
					b.d = make([]byte, 0, pageBuffer)
				}
				b.d = b.d[:0]
				p.parts[i](b)
				made[i] <- b
			}
		}()
	}
	var err error
	for _, part := range made {
		b := <-part
		if err == nil {
			err = b.err
		}
		if err == nil {
			_, err = w.Write(b.d)
		}
		free <- b
	}
	return err
}

// maxWriters bounds the goroutines that make parts.
const maxWriters = 4
