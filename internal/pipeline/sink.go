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
