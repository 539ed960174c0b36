package source

import (
	"bytes"
	"slices"
)

// A likeness says whether a file is a copy of a generation: a backup, or what
// copytruncate makes. A short file that only repeats how another one begins may
// be a copy that is being made, or a log whose programs write the same banner.
type likeness uint8

const (
	noCopy likeness = iota
	maybeCopy
	isCopy
)

// longer returns a generation that goes on in file where a finished one ended: what
// had been read was a copy of a file that was still growing, and this is the file.
func (f *follower) longer(file file, st fileStat) *generation {
	for _, m := range f.marks {
		if st.size <= m.off || m.off < headSize || f.compare(file, st, m.head, m.headAt, false) == noCopy {
			continue
		}
		g := m.resume(file, st.id)
		if same, err := g.anchored(f.feed.scratch); err == nil && same && !f.isOpen(m) {
			g.rotated = true
			return g
		}
	}
	return nil
}

// isOpen reports whether a generation is being read that begins like m. Of late
// ones only those count that have something to read: the others may be the copy.
func (f *follower) isOpen(m mark) bool {
	like := func(g *generation) bool {
		head, at := g.fingerprint(f.feed.scratch)
		return at == m.headAt && bytes.Equal(head, m.head)
	}
	return slices.ContainsFunc(f.gens, like) ||
		slices.ContainsFunc(f.late, func(g *generation) bool { return like(g) && g.hasMore() })
}

// copyOf compares the start of file with those of the generations known.
func (f *follower) copyOf(file file, st fileStat) likeness {
	best := noCopy
	for _, g := range f.gens {
		head, at := g.fingerprint(f.feed.scratch)
		like := f.compare(file, st, bytes.Clone(head), at, false)
		if g.off == 0 || like == isCopy && g.rotated && g.off < st.size && !g.hasMore() {
			// What it copies may vanish before it is read, or was read to its end and
			// is itself a copy, made before the rest of this was written: see longer.
			like = min(like, maybeCopy)
		}
		best = max(best, like)
		if g == f.live && g.off > 0 && best == noCopy {
			// It may have been truncated and have new content, not seen yet.
			now := &generation{f: g.f}
			head, at := now.fingerprint(f.feed.scratch)
			best = min(f.compare(file, st, bytes.Clone(head), at, false), maybeCopy)
		}
	}
	for _, m := range f.marks {
		best = max(best, f.compare(file, st, m.head, m.headAt, true))
	}
	return best
}

// compare compares the start of file with head, which stands at at. final is set
// if the file that begins with head will not grow any more.
func (f *follower) compare(file file, st fileStat, head []byte, at int64, final bool) likeness {
	n := min(int64(len(head)), st.size-at)
	if n <= 0 {
		return noCopy
	}
	k, _ := file.ReadAt(f.feed.scratch[:n], at)
	switch {
	case !bytes.Equal(f.feed.scratch[:k], head[:n]), isZero(head):
		return noCopy
	case n == headSize:
		return isCopy
	case n == st.size-at || !final:
		return maybeCopy
	}
	return noCopy
}

// sameStart reports whether two missed generations begin with the same bytes, as
// far as both go. Those that go on where another one ended know their beginning
// from that one.
func sameStart(a, b *generation) bool {
	start := func(g *generation) ([]byte, int64) {
		if g.off > 0 {
			return g.head, g.headAt
		}
		return g.print, g.printAt
	}
	headA, offA := start(a)
	headB, offB := start(b)
	n := min(len(headA), len(headB))
	return offA == offB && n > 0 && bytes.Equal(headA[:n], headB[:n])
}
