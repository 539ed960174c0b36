package source

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"
)

// A pump reads what may block or costs computing time (pipes, terminals,
// compressed content) in a goroutine of its own, at most pumpChunks ahead of its
// consumer. So a wait for input can be interrupted, and nothing that was read
// gets lost by it: it stays in the queue.
type pump struct {
	queue chan chunk
	free  chan []byte
	quit  chan struct{}
	once  sync.Once
	wake  func() // called after something was queued; may be nil

	cur   chunk  // what the consumer has begun
	pos   int    // bytes of cur.data that were handed out
	ahead *chunk // taken from the queue, not begun
}

// errNothing says that nothing is there yet.
var errNothing = errors.New("nothing to read yet")

const (
	pumpChunks    = 4
	pumpChunkSize = 128 << 10
)

// A chunk is a piece of work for the consumer. Its events come before its bytes.
type chunk struct {
	data    []byte
	begin   bool      // a member of an archive begins here
	member  string    // its name
	changed time.Time // its last change
	events  []Event
	end     bool // the member ends here
}

// startPump runs produce in a goroutine. When produce returns the pump ends.
func startPump(wake func(), produce func(p *pump)) *pump {
	p := &pump{
		queue: make(chan chunk, pumpChunks+4),
		free:  make(chan []byte, pumpChunks),
		quit:  make(chan struct{}),
		wake:  wake,
	}
	for range pumpChunks {
		p.free <- nil // buffers are made when they are first needed
	}
	go func() {
		defer func() {
			close(p.queue)
			p.notify()
		}()
		produce(p)
	}()
	return p
}

func (p *pump) notify() {
	if p.wake != nil {
		p.wake()
	}
}

// buffer waits for an unused buffer; nil when the consumer is gone.
func (p *pump) buffer() []byte {
	select {
	case b := <-p.free:
		if b == nil {
			b = make([]byte, pumpChunkSize)
		}
		return b[:cap(b)]
	case <-p.quit:
		return nil
	}
}

// send queues c; false when the consumer is gone.
func (p *pump) send(c chunk) bool {
	select {
	case p.queue <- c:
		p.notify()
		return true
	case <-p.quit:
		return false
	}
}

// copyFrom queues everything that r delivers, each read at once. It returns the
// number of bytes, and the error that ended reading unless that was io.EOF.
func (p *pump) copyFrom(r io.Reader) (int64, error) {
	var total int64
	for empty := 0; ; {
		b := p.buffer()
		if b == nil {
			return total, nil
		}
		n, err := r.Read(b)
		total += int64(n)
		if n > 0 {
			empty = 0
			if !p.send(chunk{data: b[:n]}) {
				return total, nil
			}
		} else {
			p.free <- b
			if empty++; empty > 100 && err == nil {
				err = io.ErrNoProgress
			}
		}
		switch {
		case err == io.EOF:
			return total, nil
		case err != nil:
			return total, err
		}
	}
}

// ready reports whether next would return something without waiting.
func (p *pump) ready() bool {
	return p.pos < len(p.cur.data) || p.ahead != nil || len(p.queue) > 0
}

// next goes on to the next chunk unless one is begun, and waits for it if wait
// is set. It returns io.EOF after the last one, errNothing when none is there.
func (p *pump) next(ctx context.Context, wait bool) error {
	if p.pos < len(p.cur.data) {
		return nil
	}
	p.recycle()
	if p.ahead != nil {
		p.cur, p.ahead = *p.ahead, nil
		return nil
	}
	var c chunk
	var ok bool
	select {
	case c, ok = <-p.queue:
	default:
		if !wait {
			return errNothing
		}
		select {
		case c, ok = <-p.queue:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	if !ok {
		return io.EOF
	}
	p.cur = c
	return nil
}

// fill moves bytes into buf: of the chunk begun, and of those behind it that are
// there already and hold nothing but bytes.
func (p *pump) fill(buf []byte) (n int) {
	for {
		k := copy(buf[n:], p.cur.data[p.pos:])
		n += k
		p.pos += k
		if n == len(buf) || p.pos < len(p.cur.data) || p.cur.end || p.ahead != nil {
			return n
		}
		select {
		case c, ok := <-p.queue:
			switch {
			case !ok:
				return n
			case c.begin || len(c.events) > 0 || c.end:
				p.ahead = &c
				return n
			}
			p.recycle()
			p.cur = c
		default:
			return n
		}
	}
}

// recycle hands the buffer of the finished chunk back.
func (p *pump) recycle() {
	if p.cur.data != nil {
		p.free <- p.cur.data
	}
	p.cur, p.pos = chunk{}, 0
}

// stop tells the producer that nobody listens any more. A producer that hangs in
// a read notices when the read returns.
func (p *pump) stop() { p.once.Do(func() { close(p.quit) }) }
