package pipeline

import (
	"bytes"

	"wsalog/annotate"
	"wsalog/internal/block"
	"wsalog/internal/charset"
	"wsalog/matcher"
)

// A worker searches jobs. It is used by one goroutine.
type worker struct {
	find     Finder
	annotate annotator
	window   bool // every line's time is wanted
	events   bool // somebody asks which hits begin an event
	hunger   *appetite
	ready    []*job // that it prepares
}

// do searches every segment of j and fills in its batch, but for what only the
// order of segments tells.
func (w *worker) do(j *job) {
	j.text, j.records = j.text[:0], j.records[:0]
	for i := range j.segments {
		s := &j.segments[i]
		s.from = len(j.records)
		w.decode(j, s)
		if len(s.text) > 0 {
			w.search(j, s)
			w.stamps(s)
		}
		s.to = len(j.records)
	}
	w.hunger.learn(len(j.buf), len(j.records))
	// Only now have j.records come to rest.
	for i := range j.segments {
		s := &j.segments[i]
		s.batch.Records = j.records[s.from:s.to:s.to]
		if w.events && len(s.batch.Records) > 0 {
			s.marks.Ahead(&s.batch)
		}
	}
}

// decode fills in the batch's bytes and what is counted in them.
func (w *worker) decode(j *job, s *segment) {
	raw, b := j.buf[s.start:s.end], &s.batch
	b.Source, b.Offset, b.Events = s.stream.source, s.offset, s.events
	b.RawLen = int64(len(raw) - s.span.Scanned)
	b.Continues, b.Continued = s.span.Continues, s.span.Continued
	if s.encoding != nil {
		b.Encoding = s.encoding.Name
	}
	if s.encoding.Decodes() {
		w.transcode(j, s, raw[s.mark:])
	} else {
		b.Bytes, b.Scanned, s.textAt = raw, s.span.Scanned, s.mark
		if s.encoding == charset.UTF8 && !s.span.ASCII {
			from, to := max(s.span.Scanned, s.mark), len(raw)
			if s.span.Counted {
				from, to = s.mark+s.span.ASCIITo, s.mark+s.span.ASCIIFrom
			}
			b.Undecoded = int64(charset.CountInvalid(raw[from:to]))
		}
	}
	s.text = b.Bytes[s.textAt:]
	if text := s.text[b.Scanned:]; len(text) > 0 {
		if s.span.Counted {
			b.Lines = int64(s.span.Lines)
		} else {
			b.Lines = int64(bytes.Count(text, newline))
		}
		if text[len(text)-1] != '\n' {
			b.Lines++
		}
		if b.Continued {
			b.Lines--
		}
	}
}

var newline = []byte{'\n'}

// transcode appends raw in UTF-8 to the job's text and moves the span's offsets
// to where they are there. What was counted of raw is dropped.
func (w *worker) transcode(j *job, s *segment, raw []byte) {
	begin, at := len(j.text), 0
	step := func(to int) int {
		if to > at {
			var bad int
			j.text, bad = s.encoding.Append(j.text, raw[at:to])
			if at >= s.span.Scanned {
				s.batch.Undecoded += int64(bad)
			}
			at = to
		}
		return len(j.text) - begin
	}
	from := step(s.span.OwnFrom)
	scanned := step(s.span.Scanned)
	to := step(s.span.OwnTo)
	s.batch.Bytes = j.text[begin : begin+step(len(raw))]
	s.span.OwnFrom, s.batch.Scanned, s.span.OwnTo = from, scanned, to
	s.span.Counted, s.span.Before = false, nil
}

// search finds the segment's matches and makes records of them.
func (w *worker) search(j *job, s *segment) {
	j.matches = w.find.Append(j.matches[:0], s.text, s.context.Match)
	if s.span.Continues || s.span.Continued {
		j.matches = owned(j.matches, s.span)
	}
	if len(j.matches) == 0 {
		return
	}
	for i := range j.matches {
		if m := &j.matches[i]; m.Verdict == matcher.Rejected {
			if s.rejects == nil {
				s.rejects = make(map[string]int)
			} else if s.batch.Rejects == nil {
				clear(s.rejects)
			}
			s.batch.Rejects = s.rejects
			s.rejects[m.Rule]++
		}
	}
	counts := annotate.LineCounts{Step: block.Step, Before: s.span.Before}
	j.records = w.annotate.AppendCounted(j.records, s.text, counts, j.matches, s.context)
	w.place(j, s, j.records[s.from:])
}

// owned drops the matches that begin in another window's share.
func owned(ms []matcher.Match, span block.Span) []matcher.Match {
	kept := ms[:0]
	for _, m := range ms {
		if m.Start >= span.OwnFrom && m.Start < span.OwnTo {
			m.Shape = 0 // others of the shape may have all of its matches
			kept = append(kept, m)
		}
	}
	return kept
}

// place tells each record where its line stands in the source.
func (w *worker) place(j *job, s *segment, records []annotate.Record) {
	raw := j.buf[s.start+s.mark : s.end]
	newline := block.Byte
	if s.encoding.Decodes() {
		newline = newlineOf(s.encoding)
	}
	line, at := 0, 0
	for i := range records {
		r := &records[i]
		switch {
		case r.LineInBatch == 0 && s.span.Continued:
			// The middle of a line says nothing about its time.
			r.RawOffset, r.Stamp = s.lineOffset-s.offset, annotate.Stamp{}
		case s.encoding.Decodes():
			at += newline.Skip(raw[at:], r.LineInBatch-line)
			line = r.LineInBatch
			r.RawOffset = int64(s.mark + at)
		default:
			r.RawOffset = int64(s.mark + r.Start)
		}
		r.Start += s.textAt
	}
}

// newlineOf returns how e spells the end of a line.
func newlineOf(e *charset.Encoding) block.Newline {
	switch e.Order {
	case charset.LittleEndian:
		return block.LE
	case charset.BigEndian:
		return block.BE
	}
	return block.Byte
}

// stamps notes the times that later segments and the window need.
func (w *worker) stamps(s *segment) {
	if s.span.Continued {
		return
	}
	w.lastStamp(s)
	if !w.window {
		return
	}
	for at := 0; at < len(s.text); {
		n := bytes.IndexByte(s.text[at:], '\n') + 1
		if n == 0 {
			n = len(s.text) - at
		}
		if stamp := w.annotate.Stamp(s.text[at:at+n], s.context); stamp.Valid {
			s.times = append(s.times, lineTime{s.textAt + at, stamp})
		}
		at += n
	}
}
