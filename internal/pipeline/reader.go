package pipeline

import (
	"bytes"
	"context"
	"io"
	"maps"
	"slices"

	"wsalog/annotate"
	"wsalog/internal/charset"
	"wsalog/internal/source"
)

// A reader fills jobs from a feed and cuts them into segments. The line in
// progress of the source that was read last stays at the end of the buffer, so
// that its next bytes are read to where they belong.
type reader struct {
	cfg     *Config
	feed    source.Feed
	pool    *pool
	hunger  *appetite
	hand    func(j *job, now bool) // passes a job on; now asks for it without delay
	streams map[int]*stream

	job    *job
	size   int     // bytes that the job should hold
	open   *stream // whose line in progress is job.buf[openAt:], or nil
	openAt int
	quiet  bool // everything handed on so far was followed by an idle mark
}

// run reads until the feed ends or ctx is done, and hands on all it has read.
func (r *reader) run(ctx context.Context) error {
	r.quiet = true
	err := r.read(ctx)
	if err != nil && r.cfg.Drain > 0 && ctx.Err() != nil && context.Cause(ctx) != errSink {
		r.drain(context.WithoutCancel(ctx))
	}
	r.finish()
	return err
}

// read reads until the feed ends, and then returns nil, or fails.
func (r *reader) read(ctx context.Context) error {
	for {
		if !r.feed.Ready() {
			r.pass(true)
		}
		p, err := r.feed.Next(ctx, r.space())
		r.take(p)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// drain reads what arrived before an interrupt and is still worth showing.
func (r *reader) drain(ctx context.Context) {
	for left := r.cfg.Drain; left > 0 && r.feed.Ready(); {
		buf := r.space()
		p, err := r.feed.Next(ctx, buf[:min(int64(len(buf)), left)])
		r.take(p)
		left -= int64(p.N)
		if err != nil {
			return
		}
	}
}

// space returns the part of the buffer to read into. It is at least a quarter of
// what a job should hold.
func (r *reader) space() []byte {
	if j := r.job; j != nil && (r.room() < r.size/4 || len(j.segments) >= maxSegments) {
		if len(j.segments) > 0 {
			r.pass(false)
		} else { // nothing but a long line in progress
			n := copy(j.buf, j.buf[r.openAt:])
			j.buf = slices.Grow(j.buf[:n], max(r.cfg.LineLimit-n, 0)+r.cfg.BlockSize)
			r.openAt, r.size = 0, cap(j.buf)
			j.makeCounts()
		}
	}
	if r.job == nil {
		r.fresh(0)
	}
	j := r.job
	return j.buf[len(j.buf) : len(j.buf)+r.room()]
}

// room returns how many more bytes the job should hold.
func (r *reader) room() int { return min(r.size, cap(r.job.buf)) - len(r.job.buf) }

// fresh begins a new job with the open stream's line in progress, and room for
// extra more bytes or for a read behind it.
func (r *reader) fresh(extra int) {
	j := r.pool.get()
	j.reset()
	need := r.hunger.next()
	var tail []byte
	if r.open != nil {
		tail = r.open.tail
		r.open.tail = tail[:0]
		if n := len(tail) + extra; n > need/2 {
			need += n
		}
		if r.open.cutter.InLine() {
			need = max(need, r.cfg.LineLimit+r.cfg.BlockSize)
		}
	}
	if cap(j.buf) > 3*max(need, r.cfg.BlockSize) {
		j.buf, j.text, j.counts = nil, nil, nil // a long line has blown it up, and is over
	}
	if j.buf == nil {
		j.buf = make([]byte, 0, need) // unlike slices.Grow, this writes nothing there
	}
	j.buf = append(slices.Grow(j.buf, need), tail...)
	j.makeCounts()
	r.job, r.openAt, r.size = j, 0, need
}

// pass hands the job on if there is something in it. With idle set, nothing more
// is ready behind it, which the sinks must be told once.
func (r *reader) pass(idle bool) {
	tell := idle && !r.quiet
	switch {
	case r.job == nil && !tell:
		return
	case r.job == nil:
		r.fresh(0)
	case len(r.job.segments) == 0 && !tell:
		return // at most a line in progress
	}
	j := r.job
	if r.open != nil {
		r.open.keep(j.buf[r.openAt:])
	}
	j.idle, r.quiet, r.job = idle, idle, nil
	r.hand(j, idle)
}

// take cuts a piece that the feed has written behind the buffer's end.
func (r *reader) take(p source.Piece) {
	if p.N == 0 && !p.End && !p.Reset && len(p.Events) == 0 {
		return
	}
	s := r.streams[p.ID]
	if s == nil {
		s = newStream(p.ID, p.Name, r.cfg)
		r.streams[p.ID] = s
		s.at, s.line = p.Offset, p.Offset
	}
	before := r.bring(s, p.N)
	if p.Reset {
		r.cut(s, r.openAt+before, true)
		s.renew(p.Offset, r.cfg)
		before = 0
	}
	if before == 0 && p.N > 0 && !s.cutter.InLine() {
		s.at, s.line = p.Offset, p.Offset
	}
	s.setChanged(p.Changed)
	s.hear(p)
	s.announce(p, false)
	if p.N == 0 && !p.End {
		r.tell(s)
	}
	r.cut(s, r.openAt+before+p.N, p.End)
	s.announce(p, true)
	if p.Last && (s.spoke || !s.refused) {
		s.pending = append(s.pending, annotate.SourceEvent{Kind: annotate.Ended})
	}
	r.tell(s)
	if p.End && cap(s.tail) > 0 {
		s.tail = nil
	}
	if p.Last { // of ten thousand files, nine thousand nine hundred are done
		delete(r.streams, p.ID)
		r.open = nil
	}
}

// bring makes s the open stream: its line in progress and the n bytes behind the
// buffer's end stand together. It returns the length of the former.
func (r *reader) bring(s *stream, n int) (before int) {
	j := r.job
	end := len(j.buf)
	if r.open == s {
		j.buf = j.buf[:end+n]
		return end - r.openAt
	}
	if r.open != nil {
		r.open.keep(j.buf[r.openAt:end])
	}
	r.open, r.openAt = s, end
	before = len(s.tail)
	switch {
	case before == 0:
		j.buf = j.buf[:end+n]
	case end+before+n <= cap(j.buf):
		j.buf = j.buf[:end+before+n]
		copy(j.buf[end+before:], j.buf[end:end+n])
		copy(j.buf[end:], s.tail)
		s.tail = s.tail[:0]
	default:
		r.move(j.buf[end : end+n])
	}
	return before
}

// move starts a new job with the open stream's line in progress and data, which
// lies behind the present job's buffer.
func (r *reader) move(data []byte) {
	old := r.job
	r.fresh(len(data))
	r.job.buf = append(r.job.buf, data...)
	if len(old.segments) == 0 {
		r.pool.put(old)
		return
	}
	r.quiet = false
	r.hand(old, false)
}

// cut makes segments of the open stream's bytes up to end. With flush set, the
// last line needs no line end.
func (r *reader) cut(s *stream, end int, flush bool) {
	j := r.job
	if !s.begun && end > r.openAt && !r.begin(s, j.buf[r.openAt:end], flush) {
		return
	}
	for r.openAt < end {
		if flush && end-r.openAt == s.mark {
			r.segment(s, s.mark) // nothing but a mark
			break
		}
		region := j.buf[r.openAt+s.mark : end]
		looked := r.lookAtLong(s, region)
		inLine := s.cutter.InLine()
		span, rest, ok := s.cutter.Next(region, flush, j.counts[len(j.counts):cap(j.counts)])
		if !ok {
			break
		}
		j.counts = j.counts[:len(j.counts)+len(span.Before)]
		text := region[:span.End]
		if !looked && !span.ASCII { // which would tell the detector nothing
			r.look(s, text)
		}
		if !inLine {
			s.line = s.at + int64(s.mark)
		}
		s.note(text, span.Header)
		r.segment(s, s.mark+span.End).span = span
		// A window leaves its end in the region: the next one begins with it.
		r.openAt -= span.End - rest
		s.at -= int64(span.End - rest)
	}
	if flush {
		s.cutter.Reset()
	}
}

// lookAtLong lets the detector see the line in progress before it is cut into
// windows, since windows end between characters.
func (r *reader) lookAtLong(s *stream, region []byte) bool {
	limit := r.cfg.LineLimit
	if s.detector.Decided() || len(region) <= limit || bytes.IndexByte(region[:limit], '\n') >= 0 {
		return false
	}
	r.look(s, region[:limit])
	return true
}

// begin looks at a source's first bytes. It reports false when more are needed.
func (r *reader) begin(s *stream, b []byte, final bool) bool {
	mark, done := s.detector.Begin(b, s.at%2 == 1, final)
	if !done {
		return false
	}
	s.begun = s.detector.Begun()
	if e := s.detector.Encoding(); e != s.encoding {
		r.decided(s, e)
	}
	s.mark = mark
	if s.encoding != nil && s.encoding.Order != charset.Bytes && s.at%2 == 1 {
		r.openAt++ // the second half of a unit that was not delivered
		s.at++
	}
	return true
}

// look lets the detector see whole lines.
func (r *reader) look(s *stream, lines []byte) {
	if s.detector.Decided() {
		return
	}
	if e := s.detector.Look(lines); e != s.encoding {
		r.decided(s, e)
	}
}

// decided notes that s is read as e from here on.
func (r *reader) decided(s *stream, e *charset.Encoding) {
	s.setEncoding(e)
	s.pending = append(s.pending, annotate.SourceEvent{Kind: annotate.Decoded, Text: e.Name})
}

// segment adds a segment of n bytes at the open end.
func (r *reader) segment(s *stream, n int) *segment {
	seg := r.job.add()
	seg.stream, seg.start, seg.end, seg.mark = s, r.openAt, r.openAt+n, s.mark
	seg.encoding, seg.context, seg.restart, seg.changed = s.encoding, s.context, s.restart, s.changed
	seg.offset, seg.lineOffset = s.at, s.line
	seg.events = append(seg.events, s.pending...)
	s.pending, s.restart, s.mark = s.pending[:0], false, 0
	r.openAt += n
	s.at += int64(n)
	return seg
}

// tell adds a segment without bytes if there are events to tell.
func (r *reader) tell(s *stream) {
	if len(s.pending) == 0 {
		return
	}
	mark := s.mark
	s.mark = 0
	r.segment(s, 0)
	s.mark = mark
}

// finish hands on the lines in progress: nothing more comes.
func (r *reader) finish() {
	ids := slices.Sorted(maps.Keys(r.streams))
	for _, id := range ids {
		s := r.streams[id]
		if s != r.open && len(s.tail) == 0 && s.mark == 0 {
			continue
		}
		r.space()
		before := r.bring(s, 0)
		r.cut(s, r.openAt+before, true)
	}
	r.pass(true)
}
