package report

import (
	"fmt"
	"io"
	"strconv"

	"wsalog/annotate"
	"wsalog/internal/stats"
	"wsalog/rules"
)

// schema is the version of every JSON form that this package writes.
const schema = 1

// maxText bounds the text of one hit, in bytes before escaping.
const maxText = 16 << 10

// flushAt is the size of the buffer, in bytes, at which a HitStream writes.
const flushAt = 64 << 10

// Texts returns what the catalogue says about a code, or nil. Trays call it from
// several goroutines at once.
type Texts func(number int, lang rules.Lang) *rules.Text

// HitOptions configures a HitStream. The zero value works: plain fields,
// English, no catalogue texts, every hit.
type HitOptions struct {
	Fields  Fields
	Lang    rules.Lang
	Texts   Texts        // nil leaves summaries out
	Accept  stats.Filter // nil takes every hit; related twins are asked about too
	Version string       // for the start object
	Args    []string
	Sources []string
}

// A HitStream is a sink that writes one JSON object a line: a start object, a
// hit for each code on each line, a related object for each Win32 twin, and a
// summary. It writes when its buffer is full, when the input is idle and at the
// end. It is used by one goroutine, its trays by one each.
type HitStream struct {
	w       io.Writer
	o       HitOptions
	buf     []byte
	lines   hitLines // of hits that were not prepared
	started bool
	totals  *stats.Collector
}

// NewHitStream returns a HitStream that writes to w.
func NewHitStream(w io.Writer, o HitOptions) *HitStream {
	s := &HitStream{w: w, o: o, totals: stats.New(stats.Options{Accept: o.Accept, Light: true})}
	s.lines = newHitLines(&s.o)
	return s
}

// Batch writes the hits of b.
func (s *HitStream) Batch(b *annotate.Batch) error {
	s.start()
	if err := s.totals.Batch(b); err != nil {
		return err
	}
	return s.rest(b, b.Records)
}

// rest writes the hits of records that were not prepared.
func (s *HitStream) rest(b *annotate.Batch, records []annotate.Record) error {
	for i := range records {
		s.buf = s.lines.append(s.buf, b, &records[i])
		if len(s.buf) >= flushAt {
			if err := s.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// NewTray returns a tray on which the lines of hits are written ahead.
func (s *HitStream) NewTray() annotate.Tray {
	return &hitTray{counts: s.totals.NewTray(), lines: newHitLines(&s.o)}
}

// Deliver writes the hits of b as they were prepared.
func (s *HitStream) Deliver(b *annotate.Batch, t annotate.Tray) error {
	s.start()
	tray := t.(*hitTray)
	if err := s.totals.Deliver(b, tray.counts); err != nil {
		return err
	}
	text, records := tray.take()
	if len(text) < directSize {
		s.buf = append(s.buf, text...)
		if len(s.buf) >= flushAt {
			if err := s.flush(); err != nil {
				return err
			}
		}
	} else if err := s.through(text); err != nil {
		return err
	}
	return s.rest(b, b.Records[records:])
}

// directSize is the length in bytes from which on text is not copied first.
const directSize = 16 << 10

// through writes text behind what is buffered.
func (s *HitStream) through(text []byte) error {
	if err := s.flush(); err != nil {
		return err
	}
	if _, err := s.w.Write(text); err != nil {
		return fmt.Errorf("write hits: %w", err)
	}
	return nil
}

// Idle writes out what is buffered.
func (s *HitStream) Idle() error {
	s.start()
	return s.flush()
}

// Close writes the summary object.
func (s *HitStream) Close(t annotate.Totals) error {
	s.start()
	if err := s.totals.Close(t); err != nil {
		return err
	}
	s.buf = appendRunSummary(s.buf, s.totals.Table(), t)
	s.buf = append(s.buf, '\n')
	return s.flush()
}

func (s *HitStream) flush() error {
	if len(s.buf) == 0 {
		return nil
	}
	_, err := s.w.Write(s.buf)
	s.buf = s.buf[:0]
	if err != nil {
		return fmt.Errorf("write hits: %w", err)
	}
	return nil
}

func (s *HitStream) start() {
	if s.started {
		return
	}
	s.started = true
	b := append(s.buf, `{"type":"start","schema":`...)
	b = strconv.AppendInt(b, schema, 10)
	b = appendStringKey(b, "version", s.o.Version)
	b = appendStrings(appendKey(b, "args"), s.o.Args)
	b = appendStrings(appendKey(b, "sources"), s.o.Sources)
	s.buf = append(b, '}', '\n')
}

func appendStrings(dst []byte, list []string) []byte {
	dst = append(dst, '[')
	for i, v := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendJSON(dst, v)
	}
	return append(dst, ']')
}
