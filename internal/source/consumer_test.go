package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A consumer takes what a feed delivers, checks the promises on pieces, and
// knows when all lines that were written have come.
type consumer struct {
	tr    *trace
	s     *scenario
	total atomic.Int64 // lines written; -1 while not known

	mu      sync.Mutex
	lines   int
	last    time.Time
	state   map[int]*sourceState
	partial map[int][]byte // of each source, the line that is not complete yet
}

type sourceState struct {
	next int64
	any  bool
}

func newConsumer(tr *trace, s *scenario) *consumer {
	c := &consumer{tr: tr, s: s, last: time.Now(), state: map[int]*sourceState{}, partial: map[int][]byte{}}
	c.total.Store(-1)
	return c
}

func (c *consumer) written(n int) { c.total.Store(int64(n)) }

// How long nothing more must have come before lines count as lost: those that are
// in no file any more, and those that could still be read, which takes long where
// each call does. Both are only waited for when something is missing.
const (
	settle   = 2500 * time.Millisecond
	patience = 20 * time.Second
)

// await returns when everything has come, or nothing comes any more.
func (c *consumer) await(dir string) {
	c.mu.Lock()
	c.last = time.Now()
	c.mu.Unlock()
	for {
		c.mu.Lock()
		enough := int64(c.lines) >= c.total.Load()
		idle := time.Since(c.last)
		c.mu.Unlock()
		switch {
		case enough && idle > 300*time.Millisecond, idle > patience:
			return
		case idle > settle:
			if c.hasAllOf(dir) {
				return
			}
			time.Sleep(settle / 10)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// hasAllOf reports whether every line has come that some file in dir still holds.
func (c *consumer) hasAllOf(dir string) bool {
	disk, _ := linesOnDisk(dir, c.s)
	c.mu.Lock()
	data := bytes.Clone(c.tr.data)
	for _, part := range c.partial {
		data = append(append(data, part...), '\n')
	}
	c.mu.Unlock()
	if c.s.decode != nil {
		data = c.s.decode(data)
	}
	for line := range bytes.SplitAfterSeq(data, []byte("\n")) {
		if n, ok := parseLine(line); ok {
			delete(disk, n)
		}
	}
	return len(disk) == 0
}

func (c *consumer) consume(t *testing.T, f Feed, ctx context.Context) {
	buf := make([]byte, 256<<10)
	for {
		p, err := f.Next(ctx, buf)
		if err != nil {
			if !errors.Is(err, context.Canceled) {
				t.Errorf("%s: Next: %v", c.s.name, err)
			}
			break
		}
		c.take(p, buf[:p.N])
		time.Sleep(c.s.slow)
	}
	start := time.Now()
	for {
		p, err := f.Next(context.Background(), buf)
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Errorf("%s: Next after the end: %v", c.s.name, err)
			break
		}
		c.take(p, buf[:p.N])
	}
	if d := time.Since(start); d > 20*stopTime { // as in TestFollowStops
		t.Errorf("%s: took %v to stop", c.s.name, d)
	}
	for id := range c.partial {
		c.flush(id)
	}
}

// take notes one piece.
func (c *consumer) take(p Piece, data []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tr.pieces++
	c.tr.events = append(c.tr.events, p.Events...)
	for _, e := range p.Events {
		if err := checkNote(e); err != nil && c.tr.problem == "" {
			c.tr.problem = err.Error()
		}
	}
	st := c.state[p.ID]
	if st == nil {
		st = &sourceState{}
		c.state[p.ID] = st
	}
	if p.Reset && p.N > 0 {
		c.flush(p.ID)
	} else if p.N > 0 && st.any && p.Offset != st.next && c.tr.problem == "" {
		c.tr.problem = fmt.Sprintf("a piece at offset %d follows one that ended at %d", p.Offset, st.next)
	}
	if p.N > 0 {
		st.any, st.next = true, p.Offset+int64(p.N)
		c.last = time.Now()
	}
	c.lines += bytes.Count(data, []byte("\n"))
	part := append(c.partial[p.ID], data...)
	whole := len(part)
	if c.s.decode == nil {
		whole = bytes.LastIndexByte(part, '\n') + 1
	}
	c.emit(part[:whole])
	c.partial[p.ID] = append(part[:0], part[whole:]...)
	if p.End {
		c.flush(p.ID)
	}
}

// flush gives out a line that did not end.
func (c *consumer) flush(id int) {
	if rest := c.partial[id]; len(rest) > 0 {
		c.lines++
		if c.s.decode == nil {
			rest = append(rest, '\n')
		}
		c.emit(rest)
		c.partial[id] = nil
	}
}

func (c *consumer) emit(b []byte) { c.tr.data = append(c.tr.data, b...) }
