package source

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"sync/atomic"
	"syscall"
	"time"
)

// A follower follows one name. It reads the generations that the name led to in
// the order in which they were written; notifications only tell it when to look.
type follower struct {
	feed       *followFeed
	id         int
	name       string    // as people know it
	path       string    // absolute
	realBase   string    // base name behind links, of the current generation
	lastChange time.Time // of the generation that was begun last, when it was begun

	gens     []*generation // to be read, oldest first
	live     *generation   // what the name leads to; nil when it leads nowhere
	late     []*generation // older than gens, which do not wait for them; perhaps still written
	lateLast bool          // the last bytes came from a late one
	retired  *mark         // the last generation, if it was retired before another one was there
	marks    []mark        // finished ones, oldest first, at most maxMarks
	rule     nameRule
	joined   bool // it was found later than the start
	started  bool // a first generation was opened, or there was none at the start

	rescans    int   // how often to scan in any case: a sibling could not be judged yet
	folderTime int64 // when the folder was last changed, at the last scan
	goneSince  time.Time
	told       map[troubleKind]string
	events     []Event

	dirty     atomic.Bool // something may have happened; set from other goroutines
	due       bool        // it is time to look in any case
	more      bool        // the last read did not reach the end
	ended     bool        // End was delivered and nothing after it
	unwatch   []func()
	watchedAt string // the path behind links that is watched as well
}

const maxMarks = 8

// A troubleKind is a kind of trouble that is told once until it is over.
type troubleKind uint8

const (
	troublePath   troubleKind = iota // the name cannot be looked at or opened
	troubleRead                      // a generation cannot be read
	troubleOnce                      // a sibling cannot be read
	troubleGone                      // the name leads nowhere, or to no file
	troublePacked                    // what the name leads to is compressed
	troubleOutput                    // the name leads to what the program writes
)

// notify is called by the watcher's goroutine.
func (f *follower) notify() {
	f.dirty.Store(true)
	f.feed.notify()
}

// tell makes an event of err unless the same was told already.
func (f *follower) tell(kind troubleKind, err error) {
	text := unwrapPath(err).Error()
	if f.told[kind] == text {
		return
	}
	f.told[kind] = text
	ev := note("retrying", f.name, unwrapPath(err)).event(Trouble)
	ev.Err = &fs.PathError{Op: "read", Path: f.name, Err: unwrapPath(err)}
	f.events = append(f.events, ev)
}

// over takes back what was told; it tells the note id if there was something.
func (f *follower) over(kind troubleKind, id string) {
	if _, ok := f.told[kind]; !ok {
		return
	}
	delete(f.told, kind)
	f.say(Opened, id)
}

// compressed reports whether g, of which nothing was delivered, holds compressed
// content, and tells so once. Such a file is written as a whole and not line by
// line, so it is not followed; what takes its place is.
func (f *follower) compressed(g *generation) bool {
	kind := g.packing(f.feed.scratch)
	if kind == plain {
		if f.told[troublePacked] != "" && g.hasMore() {
			f.over(troublePacked, "not-packed")
		}
		return false
	}
	if f.told[troublePacked] == "" {
		f.told[troublePacked] = kind.String()
		f.events = append(f.events, trouble(note("packed", f.name, kind.String())))
	}
	return true
}

// say tells the note id, which begins with the name.
func (f *follower) say(kind Kind, id string, args ...any) {
	f.events = append(f.events, note(id, append([]any{f.name}, args...)...).event(kind))
}

// checkPath finds out whether the name leads to another file by now.
func (f *follower) checkPath(now time.Time) {
	for range 5 { // each round opens a file that appeared during the one before
		st, err := f.feed.fs.stat(f.path)
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
			f.lost(now, "")
			return
		case err != nil && f.live != nil && f.live.f.doomed():
			f.live.doomed = true
			f.lost(now, "")
			return
		case err != nil:
			f.tell(troublePath, err)
			return
		case !st.regular:
			f.lost(now, map[bool]string{true: "now-folder", false: "now-special"}[st.folder])
			return
		case f.live != nil && f.live.id.same(st.id):
			f.live.rotated = false
			if f.rescans > 0 {
				f.rescans--
				f.add(f.missed())
			}
			f.goneSince = time.Time{}
			f.over(troubleGone, "back")
			f.over(troublePath, "readable")
			return
		}
		if !f.feed.knows(st.id) {
			f.feed.askLogs(f.path)
		}
		if f.feed.ownedByOther(st.id, f) {
			f.rotateLive(now) // a rotated file whose new name is followed, too
			f.started = true
			return
		}
		if !f.newcomer(now) {
			return
		}
	}
}

// lost notes that the name leads nowhere. A gap of a second is usual while a log
// is rotated and not worth telling.
func (f *follower) lost(now time.Time, why string) {
	f.rotateLive(now)
	if f.goneSince.IsZero() {
		f.goneSince = now
	}
	first := !f.started
	f.started = true
	if (first || why != "" || now.Sub(f.goneSince) > time.Second) && f.told[troubleGone] == "" {
		f.told[troubleGone] = "gone"
		switch {
		case why != "":
			f.say(Vanished, why)
		case first:
			f.say(Vanished, "missing")
		default:
			f.say(Vanished, "gone")
		}
	}
	if first {
		f.ignoreSiblings()
		return
	}
	f.scan(now)
}

// rotateLive notes that the name leads elsewhere.
func (f *follower) rotateLive(now time.Time) {
	if f.live == nil {
		return
	}
	f.live.rotated = true
	f.live.lastData = now
	f.live = nil
}

// scan adds missed generations if the folder changed since the last scan.
func (f *follower) scan(now time.Time) {
	st, err := f.feed.fs.stat(filepath.Dir(f.path))
	if err != nil || st.modified == f.folderTime && f.rescans == 0 {
		return
	}
	f.rescans = max(0, f.rescans-1)
	f.learn()
	f.folderTime = settled(st.modified, now)
	f.add(f.missed())
}

// settled returns a time of change, or 0 if it is so recent that another change
// could get the same time.
func settled(modified int64, now time.Time) int64 {
	if now.UnixNano()-modified < int64(50*time.Millisecond) {
		return 0
	}
	return modified
}

// learn looks where rotated generations went, and so what rotated names look like.
func (f *follower) learn() {
	base := filepath.Base(f.path)
	for _, g := range f.gens {
		if !g.rotated {
			continue
		}
		path := g.f.path()
		if (path == "" || path == f.path) && !g.sought {
			g.sought = true
			path = f.seek(g)
		}
		if path != "" && path != f.path {
			f.rule.learn(base, filepath.Base(path))
		}
	}
}

// newcomer opens what the name leads to. It reports whether the name should be
// looked at once more: a file was opened, and another one may have come since.
func (f *follower) newcomer(now time.Time) bool {
	file, err := f.feed.fs.open(f.path)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			f.rotateLive(now)
			f.tell(troublePath, err)
		}
		return errors.Is(err, fs.ErrNotExist)
	}
	st, err := file.stat()
	if err != nil || !st.regular {
		file.Close()
		return err == nil
	}
	f.over(troublePath, "readable")
	if f.feed.writes(file) {
		file.Close()
		f.writesItself(now)
		return false
	}
	f.over(troubleOutput, "readable")
	f.goneSince = time.Time{}
	if i := slices.IndexFunc(f.gens, func(g *generation) bool { return g.id.same(st.id) }); i >= 0 {
		file.Close()
		f.comeBack(i, now)
		return true
	}
	if f.feed.ownedByOther(st.id, f) {
		file.Close()
		return true
	}
	g := f.takeLate(st.id)
	if g != nil {
		file.Close()
	} else {
		g = f.generationOf(file, st)
	}
	f.due = true // what was written to older files comes first
	f.rotateLive(now)
	f.learn()
	f.enter(g, now)
	return true
}

// writesItself notes that the name leads to what the program writes, which it
// would read without end.
func (f *follower) writesItself(now time.Time) {
	f.rotateLive(now)
	if !f.started {
		f.started = true
		f.ignoreSiblings()
	}
	if f.told[troubleOutput] == "" {
		f.told[troubleOutput] = "told"
		f.events = append(f.events, trouble(note("output-named", f.name)))
	}
}

// comeBack makes the generation gens[i] the live one again: it was renamed away
// and back. What was opened since is read before it.
func (f *follower) comeBack(i int, now time.Time) {
	g := f.gens[i]
	f.rotateLive(now)
	if i < len(f.gens)-1 {
		f.gens = append(slices.Delete(f.gens, i, i+1), g)
		g.fresh = true
		if i == 0 {
			f.gens[0].fresh = true
		}
	}
	g.rotated, g.sealed = false, false
	f.live = g
	f.over(troubleGone, "back")
}

// generationOf makes a generation of a file that was opened under the name.
func (f *follower) generationOf(file file, st fileStat) *generation {
	for _, m := range slices.Backward(f.marks) {
		if m.id.same(st.id) {
			return m.resume(file, st.id)
		}
	}
	return &generation{f: file, id: st.id, at: file.path(), fresh: true, skipNUL: true}
}

// enter puts g, which the name leads to now, at the end of the generations, and
// those that were missed before it.
func (f *follower) enter(g *generation, now time.Time) {
	f.feed.own(g.id, f)
	first := !f.started
	f.started = true
	f.realBase = filepath.Base(f.path)
	if g.at != "" {
		f.realBase = filepath.Base(g.at)
	}
	f.gens = append(f.gens, g)
	f.live = g
	if first {
		f.ignoreSiblings()
		if f.joined {
			f.add(f.missed())
		} else if f.feed.opts.Tail >= 0 && g.packing(f.feed.scratch) == plain {
			if err := g.skipToTail(f.feed.opts.Tail, f.feed.scratch); err != nil {
				f.tell(troubleRead, err)
			}
		}
	} else {
		if dir, err := f.feed.fs.stat(filepath.Dir(f.path)); err == nil {
			f.folderTime = settled(dir.modified, now)
		}
		f.add(f.missed())
		f.over(troubleGone, "appeared")
	}
	f.ended = false
	f.watch()
}

// ignoreSiblings declares all siblings old that are there at the start; if the
// file joined later, those that are older than the feed.
func (f *follower) ignoreSiblings() {
	f.eachSibling(func(_ string, st fileStat) {
		age := st.id.birth
		if age == 0 {
			age = st.modified
		}
		if !f.joined || age < f.feed.since {
			f.feed.ignore(st.id)
		}
	})
}
