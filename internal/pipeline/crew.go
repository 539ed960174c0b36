package pipeline

import "sync"

// A crew searches jobs and keeps their order. Its workers are started when there
// is more to do than the reader's goroutine can do by itself.
type crew struct {
	hunger  appetite
	pool    *pool
	order   chan *job // every job, in input order; done or not
	queue   chan *job // jobs for the workers
	workers sync.WaitGroup

	self    *worker // the reader's
	make    func() *worker
	started int
	limit   int
}

// newCrew returns a crew without workers. One job may be filled, one delivered,
// and one wait in front of the workers while each of them has one.
func newCrew(cfg *Config, newAnnotator func() annotator) *crew {
	jobs := cfg.Workers + 3
	c := &crew{hunger: appetite{block: cfg.BlockSize}, pool: newPool(jobs), order: make(chan *job, jobs), queue: make(chan *job, jobs), limit: cfg.Workers}
	c.make = func() *worker {
		return &worker{find: cfg.Matcher, annotate: newAnnotator(), window: cfg.Window != nil, hunger: &c.hunger}
	}
	c.self = c.make()
	return c
}

// hand takes the next job from the reader. With now set there is nothing to read
// in the meantime, so that the reader may as well search it itself.
func (c *crew) hand(j *job, now bool) {
	c.order <- j
	if c.limit == 1 || now && len(c.queue) == 0 {
		c.self.do(j)
		j.done <- struct{}{}
		return
	}
	c.queue <- j
	if c.started < c.limit && len(c.queue) > 0 {
		c.started++
		w := c.make()
		c.workers.Go(func() {
			for j := range c.queue {
				w.do(j)
				j.done <- struct{}{}
			}
		})
	}
}

// close ends the crew after the jobs that it has.
func (c *crew) close() {
	close(c.queue)
	close(c.order)
}
