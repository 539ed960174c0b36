package source

import (
	"bytes"
	"io"
)

// tailBlock is how much is read at a time when lines are counted from the end.
const tailBlock = 64 << 10

// skipToTail sets the generation to where its last lines begin, as if everything
// before had been delivered. What is left of a line without its end counts as a
// line, as in tail(1).
func (g *generation) skipToTail(lines int, scratch []byte) error {
	n, err := g.f.ReadAt(scratch[:headSize], 0)
	if err != nil && err != io.EOF {
		return err
	}
	head := bytes.Clone(scratch[:n])
	st, err := g.f.stat()
	if err != nil {
		return err
	}
	u := unitOf(head)
	off, err := tailOffset(g.f, st.size, lines, u, scratch)
	if err != nil || off == 0 {
		return err
	}
	size := min(off, windowSize)
	n, err = g.f.ReadAt(scratch[:size], off-size)
	if err != nil && err != io.EOF || int64(n) < size {
		return err // it shrinks at this very moment: from the start, then
	}
	g.off, g.unit, g.skipNUL = off, u, false
	g.head = head[:min(int64(len(head)), off)]
	g.window = append(g.window[:0], scratch[:n]...)
	return nil
}

// tailOffset returns where the last lines of the first size bytes of f begin.
func tailOffset(f io.ReaderAt, size int64, lines int, u unit, scratch []byte) (int64, error) {
	w := int64(u.width)
	end := size / w * w
	if lines == 0 {
		return end, nil
	}
	scratch = scratch[:tailBlock]
	last := true // the very last line feed ends the last line, it begins none
	for end > 0 {
		start := max(0, end-tailBlock)
		n, err := f.ReadAt(scratch[:end-start], start)
		if err != nil && err != io.EOF {
			return 0, err
		}
		if int64(n) < end-start {
			return 0, nil
		}
		for i := int64(n) - w; i >= 0; i -= w {
			if w == 1 {
				i = int64(bytes.LastIndexByte(scratch[:i+1], '\n'))
				if i < 0 {
					break
				}
			} else if !u.isNewline(scratch[i:]) {
				continue
			}
			if last && start+i+w == size/w*w {
				last = false
				continue
			}
			last = false
			if lines--; lines == 0 {
				return start + i + w, nil
			}
		}
		end = start
	}
	return 0, nil
}
