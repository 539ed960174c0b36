package pipeline

import (
	"bytes"

	"wsalog/annotate"
)

const (
	firstLines = 50  // of a source in which its first stamp is looked for
	firstReach = 512 // bytes of each of these lines
)

// firstStamp returns the first stamp of a source, once, when s holds the line. It looks at
// no more lines than are left of firstLines, behind the lines that began before s.
func (v *delivery) firstStamp(s *segment, search annotator) (first annotate.Stamp) {
	rest := s.text
	for n := v.lines; n < firstLines && len(rest) > 0 && !v.begun && !s.batch.Continued; n++ {
		line := rest
		if end := bytes.IndexByte(rest, '\n'); end >= 0 {
			line, rest = rest[:end], rest[end+1:]
		} else {
			rest = nil
		}
		if first = search.Stamp(line[:min(len(line), firstReach)], s.context); first.Valid {
			v.begun = true
			v.years.adjust(&first)
		}
	}
	return first
}

// finalStamp makes the stamp that reaches the end of its source the last one of s, which is
// the last segment, where the lines of s alone do not tell one.
func (v *delivery) finalStamp(s *segment, search annotator) {
	b := &s.batch
	if b.LastStamp.Valid {
		return
	}
	v.searchAside(search)
	b.LastStamp, b.LastAge = v.carry.Last()
}
