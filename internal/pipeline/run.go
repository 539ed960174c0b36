package pipeline

import (
	"context"
	"errors"

	"wsalog/annotate"
	"wsalog/internal/source"
)

// errSink tells the reader that nobody wants its bytes any more.
var errSink = errors.New("a sink failed")

// Run reads feed to its end, searches it, and hands every batch to every sink, in
// input order. It calls Close on each sink exactly once, and returns when all
// its goroutines have ended; closing the feed is left to the caller.
//
// When ctx is done, Run stops reading, delivers what was read and returns
// ctx.Err(). When a sink fails, the others get no more batches, and Run returns
// the sink's error. Run must be able to rely on feed.Next to return when its
// context is done. A Run uses its own goroutines for reading, searching and
// preparing; all else of a sink is called from the caller's.
func Run(ctx context.Context, cfg Config, feed source.Feed, sinks ...Sink) (annotate.Totals, error) {
	next := annotate.Together(cfg.Matcher.Outliner)
	return run(ctx, cfg, func() annotator { return next() }, feed, sinks)
}

// run is Run with a way to make annotators.
func run(ctx context.Context, cfg Config, newAnnotator func() annotator, feed source.Feed, sinks []Sink,
) (annotate.Totals, error) {
	cfg = cfg.withDefaults()
	reading, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	c := newCrew(&cfg, newAnnotator, sinks)
	readErr := make(chan error, 1)
	go func() {
		r := &reader{cfg: &cfg, feed: feed, pool: c.pool, hunger: &c.hunger, hand: c.hand, streams: make(map[int]*stream)}
		err := r.run(reading)
		c.close()
		readErr <- err
	}()

	d := &deliverer{sinks: sinks}
	var sinkErr error
	for j := range c.order {
		<-j.done
		if sinkErr == nil {
			if sinkErr = d.job(j); sinkErr != nil {
				stop(errSink)
			}
		}
		c.pool.put(j)
	}
	err := <-readErr
	c.workers.Wait()
	d.totals.Timeouts = cfg.Matcher.Timeouts()
	errs := []error{sinkErr}
	if sinkErr == nil {
		errs[0] = err
	}
	for _, s := range sinks {
		errs = append(errs, s.Close(d.totals))
	}
	return d.totals, errors.Join(errs...)
}
