package matcher

import "slices"

// resolve sorts candidates by place and drops those that lie inside a longer one:
// the text of 11001 inside that of 11032, a number inside an HRESULT.
func resolve(cands []candidate) []candidate {
	slices.SortFunc(cands, func(a, b candidate) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	out := cands[:0]
	for _, c := range cands {
		if n := len(out); n > 0 {
			last := &out[n-1]
			if c.end <= last.end {
				if c.start == last.start && c.end == last.end && c.code != last.code && last.also == 0 && !c.related && !last.related {
					last.also = c.code
				}
				continue
			}
			if c.start < last.end && c.code == last.code && c.form == last.form {
				last.end = c.end
				continue
			}
		}
		out = append(out, c)
	}
	return out
}
