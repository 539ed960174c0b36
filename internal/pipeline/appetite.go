package pipeline

import "sync/atomic"

const (
	// firstBytes is the size of the first jobs: what the source is like is known
	// only when they have been searched.
	firstBytes = 32 << 10
	firstJobs  = 4

	// manyRecords is how many records a job should hold at most. They take far
	// more room than the lines they stand for when these are short.
	manyRecords = 2048
)

// An appetite is how many bytes the next job should hold: a block, or less while
// there is a hit on almost every line, since a job's records count as well in the
// bound of memory.
type appetite struct {
	block int
	jobs  int          // that the reader began so far
	dense atomic.Int64 // bytes that hold manyRecords records, 0 when a block holds fewer
}

// next returns the size of the job that the reader begins now.
func (a *appetite) next() int {
	size := a.block
	if a.jobs++; a.jobs <= firstJobs {
		size = min(size, firstBytes)
	}
	if dense := int(a.dense.Load()); dense > 0 {
		size = min(size, max(dense, smallestBlock))
	}
	return size
}

// learn notes how many records a job of n bytes gave.
func (a *appetite) learn(n, records int) {
	size := int64(0)
	if n > 0 && int64(records)*int64(a.block) > int64(n)*manyRecords {
		size = int64(n) * manyRecords / int64(records)
	}
	if a.dense.Load() != size {
		a.dense.Store(size)
	}
}
