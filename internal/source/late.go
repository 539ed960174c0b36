package source

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"syscall"
	"time"
)

// maxLate bounds the late generations that nobody has open for writing; with more,
// which takes that many rotations within RotateWait, the oldest is given up.
const maxLate = maxMarks

// keepLate goes on looking at g, the first generation, for a while after it was
// read to its end and nobody had it open for writing: a program that opens, appends
// and closes for each line, or an operator's shell, may still write to it under its
// new name. Newer generations do not wait for that.
func (f *follower) keepLate(g *generation) {
	if g.f.path() == "" { // deleted: there is no way to open it any more
		f.drop(g)
		return
	}
	if len(f.late) >= maxLate {
		idle := func(g *generation) bool {
			return g.f.writers() == noWriters && (!g.hasMore() || g.trouble != "")
		}
		if i := slices.IndexFunc(f.late, idle); i >= 0 {
			f.dropLate(i)
		}
	}
	f.keepMark(g.mark())
	g.window = bytes.Clone(g.anchor()) // the rest of it is for files that are cut
	g.lastData = f.feed.now
	f.late = append(f.late, g)
	f.next()
}

// dropLate closes the late generation i and remembers it.
func (f *follower) dropLate(i int) {
	g := f.late[i]
	f.keepMark(g.mark())
	g.f.Close()
	f.late = slices.Delete(f.late, i, i+1)
}

// takeLate returns the late generation whose file is id, to be read as the live
// one since the name leads to it again; nil if there is none.
func (f *follower) takeLate(id identity) *generation {
	i := slices.IndexFunc(f.late, func(g *generation) bool { return g.id.same(id) })
	if i < 0 {
		return nil
	}
	g := f.late[i]
	f.late = slices.Delete(f.late, i, i+1)
	g.rotated, g.sealed, g.fresh = false, false, true
	g.waiting = time.Time{}
	if g.trouble != "" { // from now on it is that of the name
		f.told[troubleRead], g.trouble = g.trouble, ""
	}
	return g
}

// tooLate reports whether nothing more is to be expected of g, which is read to
// its end. Who has it open may write for ever; all others must write within
// RotateWait of the line before.
func (f *follower) tooLate(g *generation, now time.Time) bool {
	quiet := now.Sub(g.lastData) >= f.feed.opts.RotateWait
	if !quiet && g.f.path() != "" {
		return false
	}
	switch g.f.writers() {
	case noWriters: // what was written before that is still to be read
		return !g.hasMore()
	case unknownWriters:
		return quiet
	}
	return false
}

// lateFailed tells once that g cannot be read. It reports whether there is no use
// in trying again: nothing was written to it and it is too late for that, or its
// server has forgotten it, and its name no longer leads to it.
func (f *follower) lateFailed(g *generation, err error, now time.Time) bool {
	cause := unwrapPath(err)
	if text := cause.Error(); g.trouble != text {
		if g.trouble == "" {
			g.calledLate = cmp.Or(g.f.path(), f.name)
		}
		g.trouble = text
		ev := note("retrying", g.calledLate, cause).event(Trouble)
		ev.Err = &fs.PathError{Op: "read", Path: g.calledLate, Err: cause}
		f.events = append(f.events, ev)
	}
	if errors.Is(err, syscall.ESTALE) {
		return f.reopenLate(g) && now.Sub(g.lastData) >= f.feed.opts.RotateWait
	}
	st, err := g.f.stat()
	return err == nil && st.size <= g.off && f.tooLate(g, now)
}

// lateReadable tells that the trouble with g is over.
func (f *follower) lateReadable(g *generation) {
	if g.trouble != "" {
		g.trouble = ""
		f.events = append(f.events, note("readable", g.calledLate).event(Opened))
	}
}

// reopenLate opens g anew under the name that it has now. gone is set if that is
// in vain, as the name leads nowhere or to something else.
func (f *follower) reopenLate(g *generation) (gone bool) {
	path := g.f.path()
	if path == "" {
		return true
	}
	file, err := f.feed.fs.open(path)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	again := g.mark().resume(file, g.id)
	st, statErr := file.stat()
	same, err := again.anchored(f.feed.scratch)
	if statErr != nil || err != nil || !st.regular || !same {
		file.Close()
		return statErr == nil && err == nil
	}
	g.f.Close()
	g.f, g.id = file, st.id
	f.feed.own(st.id, f)
	return false
}

// readLate reads whole lines from generations that newer ones do not wait for any
// more. They come between two lines of the current one.
func (f *follower) readLate(now time.Time, buf []byte) (Piece, bool) {
	if len(f.gens) > 0 && !f.gens[0].atLineStart() && !f.feed.stopped {
		return Piece{}, false
	}
	for i := 0; i < len(f.late); i++ {
		g := f.late[i]
		n, what, err := g.read(buf, f.feed.scratch)
		if err != nil {
			if f.lateFailed(g, err, now) {
				f.dropLate(i)
				i--
			}
			continue
		}
		f.lateReadable(g)
		if what == foundData {
			if whole := g.unit.lastLine(buf[:n], g.off); whole > 0 {
				n = whole
			} else if n < len(buf) && now.Sub(g.lastData) < f.feed.opts.RotateWait && !f.feed.stopped {
				continue // a line is being written
			}
			g.fresh = true
			p, _ := f.deliver(g, buf, n, now)
			f.lateLast = true
			f.keepMark(g.mark()) // a copy of it made from now on is known, too
			if len(f.gens) > 0 {
				f.gens[0].fresh = true
			}
			p.ID, p.Name, p.Changed = f.id, f.name, f.lastChange
			return p, true
		}
		if what == foundChange || what == foundEnd && f.tooLate(g, now) {
			f.dropLate(i)
			i--
		}
	}
	return Piece{}, false
}
