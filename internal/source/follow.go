package source

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"time"
)

// A followFeed reads many growing files, one after the other in turns. All of
// its work happens in the goroutine that calls Next, apart from notifications
// and from inputs that can block.
type followFeed struct {
	opts    Options
	fs      fileSystem
	sources []followSource
	globs   []*globFollower
	turn    int // index of the source to ask first
	nextID  int

	watcher  *watcher
	wake     chan struct{}
	timer    *time.Timer
	since    int64 // when the feed was opened, nanoseconds since 1970
	now      time.Time
	lastPoll time.Time

	stopped  bool      // a context ended: only what is there now still comes
	deadline time.Time // when that is given up

	owners  map[identity]*follower // nil for files that are nobody's: copies, old ones
	history []identity             // the keys of owners, oldest first
	scratch []byte
}

// A followSource is one source of a followFeed.
type followSource interface {
	// step hands out bytes or events that are there; it never waits.
	step(now time.Time, buf []byte) (Piece, bool)
	ready() bool
	done() bool // nothing will ever come again
	close() error
}

const (
	// stopTime is how long a stopped feed goes on reading what is there already.
	stopTime = 500 * time.Millisecond
	// clockTick is by how much the clock of a file system may be behind.
	clockTick = 20 * time.Millisecond
	// maxHistory bounds the files that are remembered.
	maxHistory = 8192
)

// openFollow implements Open with Options.Follow.
func openFollow(args []string, opts Options) (Feed, error) {
	f := &followFeed{
		opts:    opts,
		fs:      opts.fs,
		wake:    make(chan struct{}, 1),
		timer:   time.NewTimer(0),
		owners:  map[identity]*follower{},
		scratch: make([]byte, tailBlock),
		since:   time.Now().Add(-clockTick).UnixNano(),
	}
	f.now = time.Now()
	if !opts.noWatch {
		f.watcher = newWatcher()
	}
	for _, arg := range args {
		f.addArgument(arg)
	}
	if f.watcher == nil && !opts.noWatch && len(f.sources) > 0 {
		if first, ok := f.sources[0].(*follower); ok && watchable {
			first.events = append(first.events, note("no-notifications", first.name, opts.Poll).event(Trouble))
		}
	}
	return f, nil
}

// addArgument adds what arg names: a file that may not exist yet, a glob or a
// folder, whose files may come later, or something to be read as it streams.
func (f *followFeed) addArgument(arg string) {
	if arg == StdinName {
		f.addStream(arg)
		return
	}
	st, err := f.fs.stat(arg)
	switch {
	case err == nil && st.folder && f.opts.Recursive:
		f.addGlob(&globFollower{feed: f, pattern: arg, folder: true})
	case err != nil && hasMeta(arg) && !existsLiterally(arg):
		f.addGlob(&globFollower{feed: f, pattern: arg})
	case err == nil && !st.regular && !st.folder:
		f.addStream(arg)
	default:
		f.addFile(arg, false)
	}
}

// addFile follows name, unless that is followed already.
func (f *followFeed) addFile(name string, joined bool) *follower {
	path, err := filepath.Abs(name)
	if err != nil {
		path = name // there is no current folder; the name itself is all we have
	}
	same := func(s followSource) bool { g, ok := s.(*follower); return ok && g.path == path }
	if slices.ContainsFunc(f.sources, same) {
		return nil
	}
	g := &follower{feed: f, id: f.nextID, name: name, path: path, joined: joined,
		told: map[troubleKind]string{}, due: true}
	f.nextID++
	f.sources = append(f.sources, g)
	g.watch()
	g.checkPath(f.now) // from here on, no generation is missed
	return g
}

func (f *followFeed) addGlob(g *globFollower) {
	f.globs = append(f.globs, g)
	g.expand(false)
}

// addStream reads a pipe or standard input along with the files.
func (f *followFeed) addStream(name string) {
	s := &streamSource{id: f.nextID, name: name}
	s.start(f)
	f.nextID++
	f.sources = append(f.sources, s)
}

// Next implements Feed.
func (f *followFeed) Next(ctx context.Context, buf []byte) (Piece, error) {
	if len(buf) == 0 {
		panic("source: internal error: Next with an empty buffer")
	}
	for {
		f.now = time.Now()
		if err := ctx.Err(); err != nil {
			f.stop()
			return Piece{}, err
		}
		if f.stopped && f.now.After(f.deadline) {
			return Piece{}, io.EOF
		}
		f.poll()
		if p, ok := f.round(buf); ok {
			return p, nil
		}
		if f.stopped || f.allDone() {
			return Piece{}, io.EOF
		}
		if err := f.wait(ctx); err != nil {
			f.stop()
			return Piece{}, err
		}
	}
}

// stop lets the following calls of Next read what is there, and then end.
func (f *followFeed) stop() {
	if f.stopped {
		return
	}
	f.stopped = true
	f.deadline = f.now.Add(stopTime)
	f.lastPoll = time.Time{}
}

// poll has every source looked at in any case from time to time.
func (f *followFeed) poll() {
	if f.now.Sub(f.lastPoll) < f.opts.Poll {
		return
	}
	f.lastPoll = f.now
	if !f.stopped {
		for _, g := range f.globs {
			g.look(f.now)
		}
	}
	for _, s := range f.sources {
		if g, ok := s.(*follower); ok {
			g.due = true
		}
	}
}

// round asks each source once, beginning with the one whose turn it is.
func (f *followFeed) round(buf []byte) (Piece, bool) {
	for i := range f.sources {
		k := (f.turn + i) % len(f.sources)
		if p, ok := f.sources[k].step(f.now, buf); ok {
			f.turn = k + 1
			return p, true
		}
	}
	return Piece{}, false
}

func (f *followFeed) allDone() bool {
	return len(f.globs) == 0 && !slices.ContainsFunc(f.sources, func(s followSource) bool { return !s.done() })
}

// wait blocks until there may be something to do.
func (f *followFeed) wait(ctx context.Context) error {
	f.timer.Reset(time.Until(f.lastPoll.Add(f.opts.Poll)))
	select {
	case <-f.wake:
	case <-f.timer.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// notify ends a wait; it may be called from any goroutine.
func (f *followFeed) notify() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// Ready implements Feed.
func (f *followFeed) Ready() bool {
	return slices.ContainsFunc(f.sources, followSource.ready)
}

// Close implements Feed.
func (f *followFeed) Close() error {
	f.timer.Stop()
	var first error
	for _, s := range f.sources {
		if err := s.close(); err != nil && first == nil {
			first = err
		}
	}
	f.sources, f.globs = nil, nil
	return first
}

// own notes that g reads, or has read, the file id.
func (f *followFeed) own(id identity, g *follower) {
	if _, ok := f.owners[id]; !ok {
		f.history = append(f.history, id)
	}
	f.owners[id] = g
	if len(f.history) > maxHistory {
		delete(f.owners, f.history[0])
		f.history = f.history[1:]
	}
}

// ignore notes that the file id is no missed generation of anything.
func (f *followFeed) ignore(id identity) {
	if _, ok := f.owners[id]; !ok {
		f.own(id, nil)
	}
}

// knows reports whether the file id was met before.
func (f *followFeed) knows(id identity) bool {
	_, ok := f.owners[id]
	return ok
}

// ownedByOther reports whether another follower than g reads the file id. Where
// files have no time of birth, a number can belong to a new file by now, unless
// the old one is still open.
func (f *followFeed) ownedByOther(id identity, g *follower) bool {
	owner := f.owners[id]
	return owner != nil && owner != g && (id.birth != 0 || owner.hasOpen(id))
}

// hasOpen reports whether the file id is being read.
func (f *followFeed) hasOpen(id identity) bool {
	return f.owners[id] != nil && f.owners[id].hasOpen(id)
}

func (f *follower) hasOpen(id identity) bool {
	is := func(g *generation) bool { return g.id == id }
	return slices.ContainsFunc(f.gens, is) || slices.ContainsFunc(f.late, is)
}

// done implements followSource: a name can come back at any time.
func (f *follower) done() bool { return false }
