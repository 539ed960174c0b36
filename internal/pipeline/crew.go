package pipeline

import (
	"runtime"
	"sync"
)

// A crew searches jobs, completes them in input order, and lets the sinks prepare
// them. Its workers are started when there is more to do than the reader's
// goroutine can do by itself.
type crew struct {
	hunger  appetite
	pool    *pool
	order   chan *job // every job, in input order; done or not
	queue   chan *job // jobs for the workers
	workers sync.WaitGroup

	turn     sync.Mutex // guards line and completer
	line     []*job     // those that are not complete, in input order
	complete completer

	self    *worker // the reader's
	make    func() *worker
	busy    func() // see Config.Busy
	started int
	limit   int
}

// newCrew returns a crew without workers. One job may be filled, one delivered,
// and one wait in front of the workers while each of them has one.
func newCrew(cfg *Config, newAnnotator func() annotator, sinks []Sink) *crew {
	jobs := cfg.Workers + 3
	prepares := NewTrays(sinks).Any()
	c := &crew{
		hunger: appetite{block: cfg.BlockSize}, pool: newPool(jobs, sinks), limit: cfg.Workers, busy: cfg.Busy,
		order: make(chan *job, jobs), queue: make(chan *job, jobs),
		complete: completer{window: cfg.Window, limit: cfg.LineLimit, search: newAnnotator(), events: prepares},
	}
	c.make = func() *worker {
		return &worker{find: cfg.Matcher, annotate: newAnnotator(), window: cfg.Window != nil, hunger: &c.hunger, events: prepares}
	}
	c.self = c.make()
	return c
}

// hand takes the next job from the reader. With now set there is nothing to read
// in the meantime, so that the reader may as well search it itself.
func (c *crew) hand(j *job, now bool) {
	c.turn.Lock()
	c.line = append(c.line, j)
	c.turn.Unlock()
	c.order <- j
	if c.limit == 1 || now && len(c.queue) == 0 {
		c.work(c.self, j)
		return
	}
	c.queue <- j
	if c.started < c.limit && len(c.queue) > 0 {
		if c.started++; c.started == 1 && c.busy != nil {
			c.busy()
		}
		w := c.make()
		c.workers.Go(func() {
			for j := range c.queue {
				c.work(w, j)
			}
		})
	}
}

// work searches j. Whoever has searched the job whose turn it is completes it and
// those behind it that have waited, and has them prepared: most of the time that
// is the job it has searched, whose bytes are still at hand.
func (c *crew) work(w *worker, j *job) {
	w.do(j)
	c.turn.Lock()
	j.searched = true
	n := 0
	for n < len(c.line) && c.line[n].searched {
		c.complete.job(c.line[n])
		n++
	}
	w.ready = append(w.ready[:0], c.line[:n]...)
	c.line = append(c.line[:0], c.line[n:]...)
	c.turn.Unlock()
	for _, j := range w.ready {
		j.prepare()
		j.done <- struct{}{}
	}
	// The deliverer goes first. With as many workers as processors, it and the reader
	// would wait until the workers have nothing left, and then the workers for them.
	runtime.Gosched()
}

// close ends the crew after the jobs that it has.
func (c *crew) close() {
	close(c.queue)
	close(c.order)
}
