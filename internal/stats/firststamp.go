package stats

import (
	"bytes"

	"wsalog/annotate"
)

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
