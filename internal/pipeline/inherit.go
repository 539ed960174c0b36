package pipeline

import (
	"bytes"

	"wsalog/annotate"
)

const (
	// nearLines at the end of a block are always searched for a stamp, so that
	// lines of the next block can inherit it. Most logs have one in the last line.
	nearLines = 8
	// farLines is as far as annotate lets a stamp reach down.
	farLines = 100
	// farBytes is the most that is put aside to be searched only when a record
	// asks for it. In logs without stamps hardly any does, and searching them
	// at the end of each block would cost more than finding the matches.
	farBytes = 64 << 10
)

// lastStamp looks for the stamp that the lines below the segment inherit. What
// is expensive to search and may never be asked for is put aside in s.aside.
func (w *worker) lastStamp(s *segment) {
	b := &s.batch
	near := lastLines(s.text, nearLines)
	if b.LastStamp, b.LastAge = w.annotate.LastStamp(near, s.context); b.LastStamp.Valid || len(near) == len(s.text) {
		return
	}
	if far := lastLines(s.text, farLines); len(far) <= farBytes && len(far) < len(s.text) {
		s.aside = far
		return
	}
	b.LastStamp, b.LastAge = w.annotate.LastStamp(s.text, s.context)
}

// lastLines returns the last n lines of text, or all of it.
func lastLines(text []byte, n int) []byte {
	at := len(text)
	for ; n > 0 && at > 0; n-- {
		at = bytes.LastIndexByte(text[:at-1], '\n') + 1
	}
	return text[at:]
}

// An aside is text behind the last stamp that is known, not searched yet.
type aside struct {
	text    []byte
	context *annotate.Context
	behind  int64 // lines that came after it
}

// stamp gives the records of s their years and the stamps of lines in earlier
// batches.
func (v *delivery) stamp(s *segment, search annotator) {
	b := &s.batch
	if inherits(b.Records) {
		v.searchAside(search)
	}
	for i := range b.Records {
		v.years.adjust(&b.Records[i].Stamp)
	}
	v.years.adjust(&b.LastStamp)
	v.carry.Fill(b)
	v.aside.behind += b.Lines
	switch {
	case b.LastStamp.Valid:
		v.aside.text = v.aside.text[:0]
	case len(s.aside) > 0:
		v.aside = aside{text: append(v.aside.text[:0], s.aside...), context: s.context}
	}
}

// searchAside searches what was put aside, if anything was.
func (v *delivery) searchAside(search annotator) {
	if len(v.aside.text) == 0 {
		return
	}
	if stamp, age := search.LastStamp(v.aside.text, v.aside.context); stamp.Valid {
		v.years.adjust(&stamp)
		v.carry.Fill(&annotate.Batch{LastStamp: stamp, LastAge: age + v.aside.behind})
	}
	v.aside.text = v.aside.text[:0]
}

// inherits reports whether a record near the beginning has no stamp.
func inherits(records []annotate.Record) bool {
	for i := range records {
		if records[i].LineInBatch > farLines {
			break
		}
		if !records[i].Stamp.Valid {
			return true
		}
	}
	return false
}
