package view

import "bytes"

// A ring keeps copies of the last lines of a source, which become context when a
// line is chosen after them: also across batches, and however slowly a log that
// is followed grows.
type ring struct {
	lines [][]byte // with their terminators, oldest at first
	first int
	used  int
	num   int64 // of the newest line
}

// keepLast takes the last lines of p, at most n of them. before is the number of
// the line that follows p.
func (r *ring) keepLast(p []byte, before int64, n int) {
	if r.lines == nil {
		r.lines = make([][]byte, n)
	}
	if before-1-countLines(p) != r.num {
		r.used = 0 // what is kept does not adjoin
	}
	from := len(p)
	for i := 0; i < n && from > 0; i++ {
		from = bytes.LastIndexByte(p[:from-1], '\n') + 1
	}
	for p = p[from:]; len(p) > 0; {
		end := bytes.IndexByte(p, '\n') + 1
		if end == 0 {
			end = len(p)
		}
		r.push(p[:end])
		p = p[end:]
	}
	r.num = before - 1
}

func (r *ring) push(line []byte) {
	at := (r.first + r.used) % len(r.lines)
	if r.used == len(r.lines) {
		at = r.first
		r.first = (r.first + 1) % len(r.lines)
	} else {
		r.used++
	}
	r.lines[at] = append(r.lines[at][:0], line...)
}

// writeBefore writes the lines that were kept as context and lets them go.
func (v *View) writeBefore(s *source) {
	r := &s.ring
	for i := range r.used {
		raw := r.lines[(r.first+i)%len(r.lines)]
		v.writeLine(s, raw, r.num-int64(r.used-1-i), '-')
		v.out.settle() // the ring's memory is used again
	}
	r.used = 0
}
