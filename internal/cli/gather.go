package cli

import (
	"errors"

	"wsalog/annotate"
	"wsalog/internal/pipeline"
	"wsalog/internal/view"
)

// A gathering hands batches to several sinks. One that needs no more input must
// not end the others, as it would with the pipeline itself: another --output still
// wants its lines, and --fail-on its counts.
type gathering struct {
	sinks []pipeline.Sink
	done  []bool
	// enough is the number of sinks, counted from the first, that must be done for
	// the run to end.
	enough int
	closed error // what ending the sinks brought
}

func gather(enough int, sinks []pipeline.Sink) *gathering {
	return &gathering{sinks: sinks, done: make([]bool, len(sinks)), enough: enough}
}

// NewTray returns the trays of the sinks, or nil when none of them prepares.
func (g *gathering) NewTray() annotate.Tray {
	if trays := pipeline.NewTrays(g.sinks); trays.Any() {
		return trays
	}
	return nil
}

// Deliver is Batch for a batch that was prepared.
func (g *gathering) Deliver(b *annotate.Batch, t annotate.Tray) error {
	trays := t.(pipeline.Trays)
	return g.each(func(i int, s pipeline.Sink) error { return trays.Deliver(i, s, b) })
}

// Batch hands b to the sinks that still want input. It returns view.ErrDone when
// enough of them want no more.
func (g *gathering) Batch(b *annotate.Batch) error {
	return g.each(func(_ int, s pipeline.Sink) error { return s.Batch(b) })
}

func (g *gathering) each(batch func(i int, s pipeline.Sink) error) error {
	for i, s := range g.sinks {
		if g.done[i] {
			continue
		}
		switch err := batch(i, s); {
		case errors.Is(err, view.ErrDone):
			g.done[i] = true
		case err != nil:
			return err
		}
	}
	for _, done := range g.done[:g.enough] {
		if !done {
			return nil
		}
	}
	return view.ErrDone
}

// Idle passes the pause on.
func (g *gathering) Idle() error {
	for _, s := range g.sinks {
		if err := s.Idle(); err != nil {
			return err
		}
	}
	return nil
}

// Close ends all sinks.
func (g *gathering) Close(t annotate.Totals) error {
	var errs []error
	for _, s := range g.sinks {
		errs = append(errs, s.Close(t))
	}
	g.closed = errors.Join(errs...)
	return g.closed
}
