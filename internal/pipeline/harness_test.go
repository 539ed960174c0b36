package pipeline

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"
	"testing"
	"time"

	"wsalog/annotate"
	"wsalog/internal/source"
	"wsalog/matcher"
)

// A step is one thing that a scripted feed does.
type step struct {
	id      int
	data    []byte
	events  []source.Event
	reset   bool
	end     bool
	last    bool  // the end, and no other generation comes
	offset  int64 // used with reset
	changed time.Time
	wait    chan struct{} // Next blocks until it is closed, and Ready is false
}

// A scriptFeed plays steps. Pieces that do not fit the buffer are split.
type scriptFeed struct {
	steps  []step
	offset map[int]int64
	most   int  // bytes of a piece at most; 0 is no limit
	slow   bool // Ready is always false
	reads  int
}

func (f *scriptFeed) Next(ctx context.Context, buf []byte) (source.Piece, error) {
	if len(buf) == 0 {
		panic("empty buffer")
	}
	if err := ctx.Err(); err != nil {
		return source.Piece{}, err
	}
	if len(f.steps) == 0 {
		return source.Piece{}, io.EOF
	}
	f.reads++
	s := &f.steps[0]
	if s.wait != nil {
		select {
		case <-s.wait:
		case <-ctx.Done():
			return source.Piece{}, ctx.Err()
		}
	}
	if f.offset == nil {
		f.offset = map[int]int64{}
	}
	if s.reset {
		f.offset[s.id] = s.offset
	}
	room := buf
	if f.most > 0 && len(room) > f.most {
		room = room[:f.most]
	}
	n := copy(room, s.data)
	p := source.Piece{ID: s.id, Name: fmt.Sprintf("s%d", s.id), N: n, Offset: f.offset[s.id], Events: s.events,
		Reset: s.reset, Changed: s.changed}
	f.offset[s.id] += int64(n)
	s.data, s.events, s.reset = s.data[n:], nil, false
	if len(s.data) == 0 {
		p.End, p.Last = s.end || s.last, s.last
		f.steps = f.steps[1:]
	}
	return p, nil
}

func (f *scriptFeed) Ready() bool {
	return !f.slow && len(f.steps) > 0 && f.steps[0].wait == nil
}

func (f *scriptFeed) Close() error { return nil }

// whole returns a feed of one source.
func whole(data []byte) *scriptFeed { return &scriptFeed{steps: []step{{data: data, end: true}}} }

// split returns a feed of one source that arrives in pieces cut at these offsets.
func split(data []byte, at ...int) *scriptFeed {
	f := &scriptFeed{}
	from := 0
	for _, to := range append(at, len(data)) {
		f.steps = append(f.steps, step{data: data[from:to], end: to == len(data)})
		from = to
	}
	return f
}

// wordFinder finds the words ERR1 … ERR9 and rejects DECOY. It stands in for the
// matcher, so that these tests do not depend on its rules.
type wordFinder struct{}

func (wordFinder) Append(dst []matcher.Match, block []byte, ctx *matcher.Context) []matcher.Match {
	for at := 0; ; {
		i := bytes.IndexByte(block[at:], 'E')
		if i < 0 {
			return dst
		}
		at += i
		m := matcher.Match{Start: at, End: at + 4, Confidence: matcher.High, Rule: "word"}
		switch b := block[at:]; {
		case len(b) >= 4 && string(b[:3]) == "ERR" && isDigit(b[3]):
			m.Code = 10000 + int(b[3]-'0')
			if ctx != nil && ctx.HasW3C {
				m.Code += 100
			}
		case len(b) >= 5 && string(b[:5]) == "ECOYS":
			m.End, m.Verdict, m.Rule = at+5, matcher.Rejected, "decoy"
		default:
			at++
			continue
		}
		m.LineStart = bytes.LastIndexByte(block[:at], '\n') + 1
		m.LineEnd = len(block)
		if n := bytes.IndexByte(block[at:], '\n'); n >= 0 {
			m.LineEnd = at + n
		}
		for m.LineEnd > m.End && block[m.LineEnd-1] == '\r' {
			m.LineEnd--
		}
		dst = append(dst, m)
		at = m.End
	}
}

func (wordFinder) Timeouts() map[string]int { return nil }

func (wordFinder) Outliner() *matcher.Outliner { return nil }

// noFinder finds nothing.
type noFinder struct{}

func (noFinder) Append(dst []matcher.Match, _ []byte, _ *matcher.Context) []matcher.Match { return dst }
func (noFinder) Timeouts() map[string]int                                                 { return nil }
func (noFinder) Outliner() *matcher.Outliner                                              { return nil }

// A recorder is a sink that keeps what it is told.
type recorder struct {
	mu      sync.Mutex
	out     map[int]*bytes.Buffer
	all     bytes.Buffer
	records []string
	events  []string
	log     []string // "batch" and "idle" in order
	closed  int
	totals  annotate.Totals
	inside  bytes.Buffer // bytes that are not outside of the window
	bad     int64
	onBatch func(*annotate.Batch) error
	text    bool // records tell their text
}

func (r *recorder) Batch(b *annotate.Batch) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.onBatch != nil {
		if err := r.onBatch(b); err != nil {
			return err
		}
	}
	if r.out == nil {
		r.out = map[int]*bytes.Buffer{}
	}
	if r.out[b.Source.ID] == nil {
		r.out[b.Source.ID] = &bytes.Buffer{}
	}
	r.out[b.Source.ID].Write(b.Bytes[b.Scanned:])
	r.all.Write(b.Bytes[b.Scanned:])
	at := b.Scanned
	for _, o := range b.Outside {
		r.inside.Write(b.Bytes[min(at, o.Start):o.Start])
		at = max(at, o.End)
	}
	r.inside.Write(b.Bytes[at:])
	r.bad += b.Undecoded
	for _, e := range b.Events {
		r.events = append(r.events, fmt.Sprintf("%d %s %s", b.Source.ID, kindName(e.Kind), e.Text))
	}
	for i := range b.Records {
		rec := &b.Records[i]
		if !rec.Counted() {
			continue
		}
		s := fmt.Sprintf("%s:%d @%d", b.Source.Name, b.FirstLine+int64(rec.LineInBatch), b.Offset+rec.RawOffset)
		for _, h := range rec.Hits {
			s += fmt.Sprintf(" %d", h.Code)
		}
		if rec.Stamp.Valid {
			s += rec.Stamp.Time.Format(" 2006-01-02T15:04:05")
			if rec.Stamp.Inherited {
				s += "~"
			}
		}
		if r.text {
			s += fmt.Sprintf(" %q", rec.Text)
		}
		if !bytes.Equal(rec.Text, b.Bytes[rec.Start:rec.Start+len(rec.Text)]) {
			s += " MISPLACED"
		}
		r.records = append(r.records, s)
	}
	r.log = append(r.log, "batch")
	return nil
}

func (r *recorder) Idle() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.log = append(r.log, "idle")
	return nil
}

func (r *recorder) Close(t annotate.Totals) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed++
	r.totals = t
	return nil
}

func (r *recorder) text0() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.all.String()
}

func kindName(k annotate.EventKind) string {
	return [...]string{"opened", "rotated", "truncated", "vanished", "trouble", "decoded", "long", "ended", "skipped"}[k]
}

// play runs a feed and fails the test unless the sink was closed once.
func play(t testing.TB, cfg Config, feed source.Feed) *recorder {
	t.Helper()
	if cfg.Matcher == nil {
		cfg.Matcher = wordFinder{}
	}
	r := &recorder{}
	totals, err := Run(context.Background(), cfg, feed, r)
	if err != nil {
		t.Fatal(err)
	}
	if r.closed != 1 {
		t.Fatalf("sink closed %d times", r.closed)
	}
	if totals.Lines != r.totals.Lines || totals.Bytes != r.totals.Bytes {
		t.Fatalf("totals %v differ from the sink's %v", totals, r.totals)
	}
	return r
}

// within fails the test when f takes unreasonably long, as a deadlock would.
func within(t testing.TB, what string, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); f() }()
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatalf("%s: still waiting after 20 s", what)
	}
}
