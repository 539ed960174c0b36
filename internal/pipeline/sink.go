// Package pipeline moves blocks from a feed through workers, which decode,
// match and annotate them, to the sinks, in input order.
package pipeline

import "wsalog/annotate"

// A Sink consumes batches. Its methods are called from one goroutine, in input
// order. An error stops the run; a sink whose reader went away returns an error
// that wraps syscall.EPIPE.
type Sink interface {
	// Batch consumes one batch; it must not keep the batch's slices.
	Batch(*annotate.Batch) error
	// Idle is called when everything read so far was delivered and more may
	// come: a sink writes out what it holds.
	Idle() error
	// Close is called once at the end, also after an interrupt.
	Close(annotate.Totals) error
}

// A Preparer is a sink that can do most of its work on a batch before its turn.
// The workers have it prepare batches on trays, several at the same time, so that
// what must be done in order is short. Batches lack nothing when they are
// prepared: lines have their numbers, stamps their years, and hits their events,
// which are marked only where somebody prepares.
type Preparer interface {
	Sink
	// NewTray returns an empty tray, or nil when there is nothing to prepare;
	// the run then calls Batch. Trays are made and used while other methods of
	// the sink run.
	NewTray() annotate.Tray
	// Deliver consumes one batch in place of Batch. It takes what the tray holds
	// of it, and is called for all batches of a tray in the order of Prepare.
	Deliver(*annotate.Batch, annotate.Tray) error
}
