package source

import (
	"bytes"
	"errors"
	"slices"
	"syscall"
	"time"
)

// step looks at the followed name if there is a reason to, and reads what there
// is. ok is unset when there is nothing to hand out.
func (f *follower) step(now time.Time, buf []byte) (p Piece, ok bool) {
	dirty := f.dirty.Swap(false)
	if !dirty && !f.due && !f.more && len(f.events) == 0 {
		return Piece{}, false
	}
	if dirty || f.due {
		f.checkPath(now)
	}
	if f.due {
		f.due = false
		if p, ok := f.readLate(now, buf); ok {
			f.more = true // the rest of the round is still to do
			f.due = f.feed.stopped
			return p, true
		}
	}
	p, ok = f.readSome(now, buf)
	f.more = ok
	if !ok && len(f.events) == 0 {
		return Piece{}, false
	}
	p.ID, p.Name, p.Changed = f.id, f.name, f.lastChange
	// Events that readSome made happened before the bytes it returned.
	p.Events, f.events = f.events, nil
	return p, true
}

// readSome reads from the oldest generation, and goes on to the next one when
// that is finished.
func (f *follower) readSome(now time.Time, buf []byte) (Piece, bool) {
	for len(f.gens) > 0 {
		if f.retired != nil {
			m := *f.retired
			f.retired = nil
			f.announce(m)
		}
		g := f.gens[0]
		if g.off == 0 && f.compressed(g) {
			if !g.rotated {
				return Piece{}, false
			}
			f.drop(g)
			continue
		}
		n, what, err := g.read(buf, f.feed.scratch)
		if err != nil {
			f.readFailed(g, err)
			return Piece{}, false
		}
		f.over(troubleRead, "readable")
		switch what {
		case foundChange:
			if !f.changed(g, now) {
				return Piece{}, false
			}
		case foundData:
			if p, ok := f.deliver(g, buf, n, now); ok {
				return p, true
			}
		case foundEnd:
			if p, ok, next := f.finish(g, now); !next {
				return p, ok
			}
		}
	}
	return Piece{}, false
}

// readFailed tells err. A descriptor that its server has forgotten is of no use
// any more: the file is opened anew, and resumed where it was left.
func (f *follower) readFailed(g *generation, err error) {
	f.tell(troubleRead, err)
	if errors.Is(err, syscall.ESTALE) && f.live == g {
		f.live = nil
		f.drop(g)
	}
}

// deliver hands out the n bytes in buf, which stand at g.off.
func (f *follower) deliver(g *generation, buf []byte, n int, now time.Time) (Piece, bool) {
	if g.unscanned && g == f.live {
		// It may have been copied and truncated more than once since the last look,
		// and again while what was found is being read.
		if missed := f.missed(); len(missed) > 0 {
			f.add(missed)
			return Piece{}, false
		}
		g.unscanned = false
	}
	if g.skipNUL {
		skip := 0
		if buf[0] == 0 {
			if data := g.f.data(g.off); data > g.off+int64(n) {
				g.off, g.headAt = data, data
				return Piece{}, false
			}
			skip = g.leadingHole(buf[:n])
			g.off += int64(skip)
			g.headAt = g.off
			n = copy(buf, buf[skip:n])
		}
		if n == 0 {
			return Piece{}, false
		}
		g.skipNUL = false
	}
	f.lateLast = false
	p := Piece{N: n, Offset: g.off, Reset: g.fresh}
	if st, err := g.f.stat(); g.fresh && err == nil {
		f.lastChange = time.Unix(0, st.modified)
	}
	g.fresh = false
	g.delivered(buf[:n], now)
	f.ended = false
	return p, true
}

// changed handles a generation whose delivered bytes are not there any more. It
// reports whether reading can go on at once.
func (f *follower) changed(g *generation, now time.Time) bool {
	off, kept, err := g.cutPoint(f.feed.scratch)
	switch {
	case err != nil:
		f.tell(troubleRead, err)
		return false
	case kept && off == g.off:
		return false
	case kept:
		f.say(Truncated, "end-cut", g.off, off)
		g.cut(off, f.feed.scratch)
		return true
	}
	m := g.mark()
	f.say(Truncated, "truncated", g.off)
	if g.remainder {
		f.drop(g) // a copy that is being overwritten; it was only a rescue
		return true
	}
	f.keepMark(m)
	fresh := g.fresh
	g.restart()
	g.lastData = now
	if rest := f.remainder(m); rest != nil {
		rest.fresh = fresh // other bytes may have come since those before its own
		f.gens = append([]*generation{rest}, f.gens...)
	}
	return true
}

// finish decides what to do at the end of g. next is set when another look at
// the generations is worth while.
func (f *follower) finish(g *generation, now time.Time) (p Piece, ok, next bool) {
	switch {
	case !g.rotated:
		return Piece{}, false, false
	case g.remainder || g.sealed || g.doomed || f.feed.stopped:
		return f.retire(g)
	}
	w := g.f.writers()
	if w == noWriters {
		g.sealed = true // what was written before that still has to be read
		return Piece{}, false, true
	}
	wait := f.feed.opts.RotateWait
	quiet := now.Sub(g.lastData)
	if len(f.gens) > 1 && f.gens[1].hasMore() {
		successor := f.gens[1]
		if successor.waiting.IsZero() {
			successor.waiting = now
		}
		if w == unknownWriters {
			wait = 2 * f.feed.opts.Poll
		}
		if quiet < wait && now.Sub(successor.waiting) < f.feed.opts.RotateWait {
			return Piece{}, false, false
		}
		// Somebody may still write here, but others wait: from now on whole lines
		// of both, as they come.
		m := g.mark()
		f.keepMark(m) // copies of it are known while it is looked at, too
		g.lastData = now
		f.late = append(f.late, g)
		f.next()
		f.announce(m)
		return Piece{}, false, true
	}
	if w == unknownWriters && quiet >= wait {
		return f.retire(g)
	}
	return Piece{}, false, false
}

// retire is done with a generation that is read to its end. If no other is there
// yet, the source ends for the time being, so that a last line without its line
// feed gets out.
func (f *follower) retire(g *generation) (p Piece, ok, next bool) {
	m := g.mark()
	if g.sealed && !f.feed.stopped {
		f.keepLate(g)
	} else {
		f.drop(g)
	}
	if len(f.gens) > 0 {
		if !g.remainder {
			f.announce(m)
		}
		return Piece{}, false, true
	}
	if !g.remainder {
		f.retired = &m
	}
	end := !f.ended
	f.ended = true
	return Piece{End: end, Offset: m.off}, end, false
}

// drop closes g and remembers it.
func (f *follower) drop(g *generation) {
	f.keepMark(g.mark())
	g.f.Close()
	f.next()
}

// next removes the first generation; the one behind it begins anew.
func (f *follower) next() {
	f.gens = f.gens[1:]
	if len(f.gens) > 0 {
		g := f.gens[0]
		g.fresh = true
		g.lastData = f.feed.now
		// While it waited it may have been copied and truncated, which does not show
		// in a file of which nothing was read.
		g.unscanned = g.unscanned || g.off == 0
	}
}

// announce tells that the next generation is being read. If it holds what the
// one before it held, it is the same content under a new identity (an editor
// saved the file, a server forgot its number), and is resumed.
func (f *follower) announce(m mark) {
	g := f.gens[0]
	if g.id.same(m.id) {
		return // it was renamed away and back
	}
	if g.off == 0 && m.off >= headSize && len(m.head) > 0 {
		same := m.resume(g.f, g.id)
		if ok, err := same.anchored(f.feed.scratch); err == nil && ok {
			if ok, err := same.sameHead(f.feed.scratch); err == nil && ok {
				same.at, same.rotated, same.fresh = g.at, g.rotated, f.lateLast
				*g = *same
				return
			}
		}
	}
	f.say(Rotated, "rotated")
}

// keepMark remembers a finished generation. Of two with one content, as a file
// and its copy, the longer one counts.
func (f *follower) keepMark(m mark) {
	for i, old := range f.marks {
		grown := old.id == m.id && bytes.HasPrefix(m.head, old.head) // it was read on since
		if len(m.head) > 0 && old.headAt == m.headAt && (grown || bytes.Equal(old.head, m.head)) {
			if old.off > m.off {
				m = old
			}
			f.marks = slices.Delete(f.marks, i, i+1)
			break
		}
	}
	if len(f.marks) == maxMarks {
		f.marks = append(f.marks[:0], f.marks[1:]...)
	}
	f.marks = append(f.marks, m)
}

// ready reports whether step would return bytes at once.
func (f *follower) ready() bool {
	if f.feed.stopped && len(f.gens) > 0 && (len(f.gens) > 1 || f.dirty.Load() || f.gens[0].hasMore()) {
		return true // Next does not wait any more
	}
	return f.more && len(f.gens) > 0 && f.gens[0].hasMore()
}

func (f *follower) close() error {
	for _, stop := range f.unwatch {
		stop()
	}
	for _, g := range append(f.gens, f.late...) {
		g.f.Close()
	}
	f.gens, f.late = nil, nil
	return nil
}
