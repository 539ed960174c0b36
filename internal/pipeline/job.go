package pipeline

import (
	"time"

	"wsalog/annotate"
	"wsalog/internal/block"
	"wsalog/internal/charset"
	"wsalog/matcher"
)

// maxSegments bounds how many blocks share a job, and with them what a job of
// many small files or lines can hold.
const maxSegments = 256

// A segment is one block of one source: a stretch of its job's buffer with all
// that a worker must know about it, and what the worker found.
type segment struct {
	stream     *stream
	start, end int // in job.buf
	mark       int // leading bytes that are a byte order mark
	span       block.Span
	encoding   *charset.Encoding
	context    *annotate.Context
	offset     int64     // of the first byte in the source
	lineOffset int64     // of the line that the segment begins in
	restart    bool      // first of a new generation of its source
	changed    time.Time // last change of its file, see years
	events     []annotate.SourceEvent

	batch    annotate.Batch
	marks    annotate.Events // of the batch by itself
	text     []byte          // what was searched: batch.Bytes without a mark
	textAt   int             // offset of text in batch.Bytes
	from, to int             // its records in job.records
	times    []lineTime
	aside    []byte // of text: where a stamp may stand, see lastStamp
	rejects  map[string]int
}

// A job is a buffer on its way from the reader through a worker to the sinks,
// and back. Everything in it is reused.
type job struct {
	buf      []byte // raw bytes; its capacity is the block size or, for long lines, more
	segments []segment
	counts   []uint32 // the segments' Span.Before, one behind the other
	text     []byte   // decoded bytes
	matches  []matcher.Match
	records  []annotate.Record
	trays    Trays
	idle     bool // nothing more is ready behind this job
	searched bool // and waits for its turn to be completed
	done     chan struct{}
}

// add appends a segment, reusing the slices of an old one.
func (j *job) add() *segment {
	if len(j.segments) < cap(j.segments) {
		j.segments = j.segments[:len(j.segments)+1]
	} else {
		j.segments = append(j.segments, segment{})
	}
	s := &j.segments[len(j.segments)-1]
	*s = segment{events: s.events[:0], times: s.times[:0], rejects: s.rejects, marks: s.marks,
		batch: annotate.Batch{Outside: s.batch.Outside[:0]}}
	return s
}

// makeCounts makes room for the counts of all that buf can hold, in however many segments:
// a thirty-second of its bytes. There are no segments yet.
func (j *job) makeCounts() {
	if n := block.Steps(cap(j.buf)) + maxSegments; cap(j.counts)-len(j.counts) < n {
		j.counts = make([]uint32, 0, n)
	}
}

// reset empties the job for its next round.
func (j *job) reset() {
	j.counts = j.counts[:0]
	j.buf, j.segments, j.idle, j.searched = j.buf[:0], j.segments[:0], false, false
	if cap(j.records) > 2*manyRecords {
		j.records, j.matches = nil, nil
		clear(j.segments[:cap(j.segments)]) // their batches hold on to the records
	}
}

// A pool hands out a bounded number of jobs. That bound is the back pressure:
// with every job on its way, the reader waits for the sinks.
type pool struct {
	free  chan *job
	left  int // jobs that may still be made
	sinks []Sink
}

func newPool(n int, sinks []Sink) *pool {
	return &pool{free: make(chan *job, n), left: n, sinks: sinks}
}

// get returns a free job, waiting for one when all are on their way. It is
// called by the reader alone.
func (p *pool) get() *job {
	select {
	case j := <-p.free:
		return j
	default:
	}
	if p.left > 0 {
		p.left--
		return &job{done: make(chan struct{}, 1), trays: NewTrays(p.sinks)}
	}
	return <-p.free
}

// put gives a job back.
func (p *pool) put(j *job) { p.free <- j }

// prepare lets the sinks work on the job's batches, which are complete.
func (j *job) prepare() {
	j.trays.Clear()
	for i := range j.segments {
		j.trays.Prepare(&j.segments[i].batch)
	}
}
