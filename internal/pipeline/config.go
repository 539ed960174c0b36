package pipeline

import (
	"cmp"
	"time"

	"wsalog/annotate"
	"wsalog/internal/block"
	"wsalog/internal/charset"
	"wsalog/matcher"
)

// DefaultBlockSize is how many bytes are searched at once. Smaller blocks would fit a
// second level cache, but handing them from one goroutine to another costs more than
// that gains: with a quarter of this, a report takes a tenth longer.
const DefaultBlockSize = 512 << 10

// smallestBlock leaves room for a read and the line before it.
const smallestBlock = 512

// A Finder finds matches in blocks; *matcher.Matcher is one. It is called from
// several goroutines.
type Finder interface {
	Append(dst []matcher.Match, block []byte, ctx *matcher.Context) []matcher.Match
	Timeouts() map[string]int
	// Outliner returns nil where lines have no outlines.
	Outliner() *matcher.Outliner
}

// Config configures a run. Only Matcher is required.
type Config struct {
	Matcher Finder

	// Workers is how many goroutines search at the same time. With one, or for
	// input that trickles, the reading goroutine searches itself.
	Workers int
	// BlockSize is the number of bytes handed to a worker; DefaultBlockSize when 0.
	BlockSize int
	// LineLimit is the length in bytes above which a line is searched in
	// overlapping windows; block.DefaultLimit when 0.
	LineLimit int

	// Encoding is the encoding of every source, nil to find out for each.
	Encoding *charset.Encoding
	// Year is the year of stamps without one in sources that tell none, and
	// Latest the time after which nothing in these was written; zero if unknown.
	Year   int
	Latest time.Time
	// Window drops records outside of a period; nil keeps all.
	Window *TimeWindow
	// Drain is how many bytes, which a feed holds ready when the run is
	// cancelled, are still read and delivered.
	Drain int64
	// Busy is called once, when there is so much to read that another goroutine is to
	// search; nil for nothing.
	Busy func()
}

// annotator is what a worker needs of *annotate.Annotator.
type annotator interface {
	AppendCounted(dst []annotate.Record, block []byte, counts annotate.LineCounts, ms []matcher.Match, ctx *annotate.Context) []annotate.Record
	LastStamp(block []byte, ctx *annotate.Context) (annotate.Stamp, int64)
	Stamp(line []byte, ctx *annotate.Context) annotate.Stamp
}

// withDefaults fills in what the caller left open and lifts what is too small.
func (c Config) withDefaults() Config {
	c.Workers = max(c.Workers, 1)
	c.BlockSize = max(cmp.Or(c.BlockSize, DefaultBlockSize), smallestBlock)
	c.LineLimit = max(cmp.Or(c.LineLimit, block.DefaultLimit), block.MinLimit)
	return c
}
