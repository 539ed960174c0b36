package pipeline

import (
	"bytes"
	"time"

	"wsalog/annotate"
	"wsalog/internal/block"
	"wsalog/internal/charset"
	"wsalog/internal/source"
	"wsalog/matcher"
)

// A stream is what the pipeline remembers of one source. Its reading part
// belongs to the reader's goroutine, its delivery to whoever completes a job.
type stream struct {
	source *annotate.Source

	// Reading.
	detector charset.Detector
	encoding *charset.Encoding // that the cutter works with
	cutter   block.Cutter
	begun    bool   // the beginning was looked at for marks
	mark     int    // bytes of a mark that the next segment begins with
	tail     []byte // line in progress, while it is not in the reader's buffer
	at       int64  // offset in the source of the line in progress
	line     int64  // offset in the source of the beginning of that line
	restart  bool
	pending  []annotate.SourceEvent // told with the next segment
	order    dayOrder
	context  *annotate.Context
	changed  time.Time // the file's last change; zero when unknown
	spoke    bool      // bytes have come
	refused  bool      // it was not read, by mistake or on purpose

	delivery delivery
	seen     bool // by the sinks
}

// newStream returns the stream of a source that was not seen before.
func newStream(id int, name string, cfg *Config) *stream {
	s := &stream{
		source:  &annotate.Source{ID: id, Name: name},
		cutter:  block.Cutter{Limit: cfg.LineLimit},
		context: &annotate.Context{Year: cfg.Year},
		changed: cfg.Latest,
	}
	s.renew(0, cfg)
	return s
}

// renew begins a new generation of the source at an offset.
func (s *stream) renew(offset int64, cfg *Config) {
	s.detector.Restart(cfg.Encoding)
	s.cutter.Reset()
	s.setEncoding(s.detector.Encoding())
	s.begun, s.restart, s.mark = false, true, 0
	s.at, s.line = offset, offset
	if s.context.Match != nil {
		s.context = &annotate.Context{Year: s.context.Year, DayFirst: s.context.DayFirst}
	}
}

// setEncoding makes the cutter cut at e's line ends and characters.
func (s *stream) setEncoding(e *charset.Encoding) {
	s.encoding = e
	s.cutter.Newline, s.cutter.Boundary = block.Byte, nil
	if e != nil {
		s.cutter.Newline, s.cutter.Boundary = newlineOf(e), e.Boundary
	}
}

// setChanged makes the year of the file's last change that of stamps without one.
func (s *stream) setChanged(changed time.Time) {
	if changed.IsZero() {
		return
	}
	s.changed = changed
	if changed.Year() != s.context.Year {
		c := *s.context
		c.Year = changed.Year()
		s.context = &c
	}
}

// keep remembers the line in progress outside of the reader's buffer.
func (s *stream) keep(line []byte) {
	const small = 64 << 10
	if cap(s.tail) > small && len(line) < small/4 {
		s.tail = nil
	}
	s.tail = append(s.tail[:0], line...)
}

// note learns what whole lines tell about the lines below them: the order of day
// and month, and the columns of a W3C log.
func (s *stream) note(text []byte, header bool) {
	if header {
		n := s.cutter.Newline.First(text)
		if n == 0 {
			n = len(text)
		}
		line, _ := s.encoding.Append(nil, text[:n])
		c := *s.context
		c.Match = matcher.ParseFields(bytes.TrimRight(line, "\r\n"))
		s.context = &c
	}
	if s.order.look(text, s.cutter.Newline) && !s.context.DayFirst {
		c := *s.context
		c.DayFirst = true
		s.context = &c
	}
}

// eventKinds translates the feed's kinds of events.
var eventKinds = map[source.Kind]annotate.EventKind{
	source.Opened:    annotate.Opened,
	source.Rotated:   annotate.Rotated,
	source.Truncated: annotate.Truncated,
	source.Vanished:  annotate.Vanished,
	source.Trouble:   annotate.Trouble,
	source.Ended:     annotate.Ended,
	source.Skipped:   annotate.Skipped,
}

// hear notes whether the source was read at all: the end is told of those alone.
func (s *stream) hear(p source.Piece) {
	s.spoke = s.spoke || p.N > 0
	for _, e := range p.Events {
		s.refused = s.refused || e.Err != nil || e.Kind == source.Skipped
	}
}

// announce takes over the events of a piece that belong before its bytes, or
// those that belong behind them: with the last bytes of a source come the news
// of how it ended.
func (s *stream) announce(p source.Piece, behind bool) {
	for _, e := range p.Events {
		beginning := e.Kind == source.Opened || e.Kind == source.Rotated
		if behind == (e.Kind == source.Ended || p.End && !beginning) {
			ev := annotate.SourceEvent{Kind: eventKinds[e.Kind], Text: e.Text, Err: e.Err}
			if e.Note != nil { // else the interface would hold a nil pointer
				ev.Note = e.Note
			}
			s.pending = append(s.pending, ev)
		}
	}
}
