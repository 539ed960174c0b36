package annotate

import "bytes"

// Ahead marks b as if nothing of its source came before it. FirstLine need not be
// known yet, so that workers can do this before batches are in order; Join then
// makes of it what Mark would have found. What e knew before is forgotten.
func (e *Events) Ahead(b *Batch) {
	*e = Events{open: e.open[:0]}
	line := b.FirstLine
	b.FirstLine = 0
	e.Mark(b)
	b.FirstLine = line
}

// Join does what Mark does with b, on which ahead.Ahead was called and whose
// records are still the same. Batches must come in input order. Only where an
// event reaches into b are its lines looked at again.
func (e *Events) Join(b *Batch, ahead *Events) {
	if b.Continued || e.reaches(b) {
		e.Mark(b)
		return
	}
	e.open = e.open[:0]
	for _, o := range ahead.open {
		e.open = append(e.open, openEvent{o.code, o.first + b.FirstLine})
	}
	e.indented, e.next = ahead.indented, b.FirstLine+b.Lines
}

// reaches reports whether an open event may go on in b.
func (e *Events) reaches(b *Batch) bool {
	if len(e.open) == 0 || b.FirstLine != e.next || interrupted(b.Events) {
		return false
	}
	first, _, _ := bytes.Cut(b.Bytes, newline)
	return len(b.Bytes) == 0 || continues(trimCR(first), e.indented)
}
