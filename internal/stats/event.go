package stats

import (
	"bytes"

	"wsalog/annotate"
)

// An eventTracker tells the first hit of an event from those that repeat it on
// continuation lines.
type eventTracker interface {
	// isNew is asked once for every hit, in input order.
	isNew(b *annotate.Batch, r *annotate.Record, h *annotate.Hit) bool
	// next is told when a batch is done.
	next(b *annotate.Batch)
}

// perHit takes every hit for an event of its own.
type perHit struct{}

func newEventTracker() eventTracker { return perHit{} }

func (perHit) isNew(*annotate.Batch, *annotate.Record, *annotate.Hit) bool { return true }
func (perHit) next(*annotate.Batch)                                        {}

// maxFirst is how many lines of a source are searched for its first stamp.
const maxFirst = 50

// firstStamp returns the first stamp of a batch that begins a source.
func firstStamp(b *annotate.Batch) annotate.Stamp {
	a := annotate.New()
	ctx := &annotate.Context{Year: max(0, b.LastStamp.Time.Year())}
	rest := b.Bytes
	for i := 0; i < maxFirst && len(rest) > 0; i++ {
		line := rest
		if n := bytes.IndexByte(rest, '\n'); n >= 0 {
			line, rest = rest[:n], rest[n+1:]
		} else {
			rest = nil
		}
		if s := a.Stamp(line[:min(len(line), 512)], ctx); s.Valid {
			return s
		}
	}
	return annotate.Stamp{}
}
