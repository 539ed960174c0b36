package cli

import (
	"context"

	"wsalog/annotate"
	"wsalog/internal/pipeline"
	"wsalog/internal/source"
)

// An emptySpotter notes the sources that were read to their end without a byte or
// any news. The pipeline has nothing to tell of them, but they were read, too.
type emptySpotter struct {
	source.Feed
	spoke map[int]bool // sources that had bytes or news, by id
	found []*annotate.Source
}

func spotEmpty(feed source.Feed) *emptySpotter {
	return &emptySpotter{Feed: feed, spoke: make(map[int]bool)}
}

// Next implements source.Feed.
func (e *emptySpotter) Next(ctx context.Context, buf []byte) (source.Piece, error) {
	p, err := e.Feed.Next(ctx, buf)
	if p.N > 0 || len(p.Events) > 0 {
		e.spoke[p.ID] = true
	}
	if err == nil && p.End && !e.spoke[p.ID] {
		e.found = append(e.found, &annotate.Source{ID: p.ID, Name: p.Name})
	}
	if p.Last { // following opens new ones without end
		delete(e.spoke, p.ID)
	}
	return p, err
}

// countEmpty tells a sink of the files that were read and held nothing.
func (r *run) countEmpty(sink pipeline.Sink) error {
	for _, src := range r.empty {
		if err := sink.Batch(&annotate.Batch{Source: src}); err != nil {
			return err
		}
	}
	return nil
}
