package source

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A globFollower lets new files join that match a pattern, or lie in a folder.
type globFollower struct {
	feed    *followFeed
	pattern string
	folder  bool
	next    time.Time
	told    bool
	packed  bool            // it was told that compressed files match
	known   map[string]bool // names that need no second look
}

// look expands the pattern again when it is time: a costly one is expanded less
// often, so that it takes no more than a tenth of a core. What it takes to begin
// with files that joined does not count, as that is done once: the next file that
// joins should not wait for it.
func (g *globFollower) look(now time.Time) {
	if now.Before(g.next) {
		return
	}
	start := time.Now() // later than now: other patterns were expanded since
	once := g.expand(true)
	g.next = now.Add(max(g.feed.opts.Poll, 10*(time.Since(start)-once)))
}

// expand adds what matches and is not known yet. joined is set for files that
// came later than the start: these are read from their beginning. It returns how
// long it took to begin with files that it will not have to judge again.
func (g *globFollower) expand(joined bool) (once time.Duration) {
	if g.known == nil {
		g.known = map[string]bool{}
	}
	var in []input
	var err error
	if g.folder {
		in = walk(g.pattern, nil)
	} else {
		in, err = globFiles(g.pattern, g.feed.opts.Recursive, foldsCase)
	}
	if err != nil {
		g.tell(trouble(err))
		return 0
	}
	for _, in := range in {
		if in.err != nil {
			g.tell(trouble(in.err))
		} else if !g.known[in.name] {
			start := time.Now()
			g.add(in, joined)
			if g.known[in.name] {
				once += time.Since(start)
			}
		}
	}
	if len(in) == 0 && !g.folder {
		g.tell(note("no-match-yet", g.pattern).event(Vanished))
	}
	return once
}

// tell says something once, under the name of the pattern.
func (g *globFollower) tell(ev Event) {
	if !g.told {
		g.told = true
		g.say(ev)
	}
}

func (g *globFollower) say(ev Event) {
	g.feed.sources = append(g.feed.sources,
		&notice{Piece{ID: g.feed.nextID, Name: g.pattern, Events: []Event{ev}, End: true}})
	g.feed.nextID++
}

// add follows in unless it is no log: compressed, binary in a folder, what the
// program writes itself, or a generation or copy of a file that is followed.
func (g *globFollower) add(in input, joined bool) {
	f := g.feed
	file, err := f.fs.open(in.name)
	if err != nil {
		f.addFile(in.name, joined) // it tells why, and tries again
		g.known[in.name] = true
		return
	}
	defer file.Close()
	st, err := file.stat()
	if err != nil || !st.regular {
		return
	}
	if f.writes(file) {
		g.known[in.name] = true // should its name lead to another file, that is output, too
		return
	}
	if joined {
		if !f.knows(st.id) {
			f.askLogs(in.name)
		}
		// Its name may belong to another file soon, and an empty file may be the
		// beginning of a copy: look again.
		like := f.copyOf(file, st)
		if like == isCopy {
			f.ignore(st.id)
		}
		if like != noCopy || f.knows(st.id) || st.size == 0 && f.looksRotated(in.name) {
			return
		}
	}
	n, _ := file.ReadAt(f.scratch[:headSize], 0)
	kind, _ := packingOf(f.scratch[:n])
	switch {
	case kind != plain:
		// Rotation compresses what was read already; that is no news.
		whose := strings.TrimSuffix(in.name, filepath.Ext(in.name))
		if !g.packed && in.named && !(joined && f.looksRotated(whose)) {
			g.packed = true
			g.say(note("packed-match", g.pattern, in.name, kind.String()).event(Skipped))
		}
	case !in.named && isBinary(f.scratch[:n]):
	default:
		f.addFile(in.name, joined)
	}
	g.known[in.name] = true
}

// writes reports whether file is one that the program writes itself.
func (f *followFeed) writes(file file) bool {
	if len(f.opts.Outputs) == 0 && f.opts.IsOutput == nil {
		return false
	}
	st, err := file.Stat()
	return err == nil && f.opts.isOutput(st)
}

// looksRotated reports whether name is one that a followed file is rotated to.
func (f *followFeed) looksRotated(name string) bool {
	return slices.ContainsFunc(f.sources, func(s followSource) bool {
		g, ok := s.(*follower)
		return ok && g.rule.fits(filepath.Base(g.path), g.realBase, filepath.Base(name))
	})
}

// askLogs has those logs look first that the file at path may have been rotated
// from. Where a log was rotated twice since the last look, the file in between is
// thus read as its generation, before the newer one, and not as another log. Only
// longer names are asked about, as rotation appends something: app.log is asked
// about app.log.1, and app.log.9 about app.log.10, so nobody waits for himself.
func (f *followFeed) askLogs(path string) {
	path, err := filepath.Abs(path)
	if err != nil {
		return // as in addFile: without folders there is no telling whose it is
	}
	dir, name := filepath.Dir(path), filepath.Base(path)
	for _, s := range f.sources {
		g, ok := s.(*follower)
		if !ok {
			continue
		}
		base := filepath.Base(g.path)
		if len(base) < len(name) && g.rule.fits(base, g.realBase, name) && slices.Contains(g.siblingFolders(), dir) {
			g.checkPath(f.now)
		}
	}
}

// copyOf compares file with every generation that somebody follows.
func (f *followFeed) copyOf(file file, st fileStat) likeness {
	best := noCopy
	for _, s := range f.sources {
		if g, ok := s.(*follower); ok {
			best = max(best, g.copyOf(file, st))
		}
	}
	return best
}

// A notice is a source that only has something to tell.
type notice struct{ p Piece }

func (n *notice) step(time.Time, []byte) (Piece, bool) {
	if !n.p.End {
		return Piece{}, false
	}
	p := n.p
	n.p = Piece{}
	return p, true
}

func (n *notice) ready() bool  { return n.p.End }
func (n *notice) done() bool   { return !n.p.End }
func (n *notice) close() error { return nil }

// A streamSource reads what cannot be followed but may go on: standard input, a
// pipe, a device.
type streamSource struct {
	id    int
	name  string
	r     *pumpReader
	err   error
	off   int64
	ended bool
}

func (s *streamSource) start(f *followFeed) {
	in := f.opts.Stdin
	if s.name == StdinName {
		if in == nil {
			s.err = note("no-stdin")
			return
		}
		s.r = &pumpReader{pump: startPump(f.notify, func(p *pump) { produce(p, s.name, in) })}
		return
	}
	s.r = &pumpReader{pump: openingPump(f.notify, s.name)}
}

// step implements followSource. The members of an archive come as one stream.
func (s *streamSource) step(_ time.Time, buf []byte) (Piece, bool) {
	if s.ended {
		return Piece{}, false
	}
	var p Piece
	err := s.err
	if err != nil {
		p.Events = []Event{trouble(err)}
		p.End = true
	} else if p, _, err = s.r.read(context.Background(), buf, false); errors.Is(err, errNothing) {
		return Piece{}, false
	} else {
		p.End = err == io.EOF || p.End && !s.r.members
	}
	s.ended = p.End
	p.ID, p.Name, p.Offset = s.id, s.name, s.off
	s.off += int64(p.N)
	return p, true
}

func (s *streamSource) ready() bool { return !s.ended && s.r != nil && s.r.ready(false) }
func (s *streamSource) done() bool  { return s.ended }

func (s *streamSource) close() error {
	if s.r == nil {
		return nil
	}
	return s.r.close()
}
