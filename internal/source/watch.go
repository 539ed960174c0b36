//go:build linux || darwin

package source

import (
	"path/filepath"
	"sync"
	"time"

	"github.com/hpcloud/tail/watch"
)

// watchable says that this system can tell when files change.
const watchable = true

// A watcher calls functions when something happens to files. What it says is a
// hint: it may say too much, too late, or nothing at all.
//
// There is one for the whole process because the library below it has one. It
// serves all feeds, as two watches of one name would take the events from each
// other. Everything that calls the library happens in its own goroutine, since
// the library can block.
type watcher struct {
	mu    sync.Mutex
	todo  []func()
	more  chan struct{}
	subs  map[*subscription]bool
	names map[string]*watchedName
	dirs  map[string]identity // folders as they are named, and what they were last
}

// A subscription asks for the events of one name.
type subscription struct {
	path   string // absolute
	at     string // with the links in its folder resolved; empty while not watched
	notify func()
}

// A watchedName is a name that the library watches. One goroutine drains its
// events as long as it is watched.
type watchedName struct {
	mu   sync.Mutex
	subs map[*subscription]bool
}

// dirCheck is the time between two looks at whether a folder is still the same.
const dirCheck = 250 * time.Millisecond

// newWatcher returns the watcher of the process, nil if it cannot work.
var newWatcher = sync.OnceValue(func() *watcher {
	// The library ends the process where it cannot get what it needs.
	if !probeWatch() {
		return nil
	}
	w := &watcher{
		more:  make(chan struct{}, 1),
		subs:  map[*subscription]bool{},
		names: map[string]*watchedName{},
		dirs:  map[string]identity{},
	}
	go w.run()
	return w
})

// subscribe has notify called when something happens to path, and once when the
// watch is set. It never waits. The returned function ends the subscription;
// notify may still be called a last time after it.
func (w *watcher) subscribe(path string, notify func()) (cancel func()) {
	if w == nil {
		return func() {}
	}
	s := &subscription{path: path, notify: notify}
	w.do(func() {
		w.subs[s] = true
		w.attach(s)
		notify()
	})
	return func() {
		w.do(func() {
			delete(w.subs, s)
			w.detach(s)
		})
	}
}

// do queues work for the goroutine.
func (w *watcher) do(f func()) {
	w.mu.Lock()
	w.todo = append(w.todo, f)
	w.mu.Unlock()
	select {
	case w.more <- struct{}{}:
	default:
	}
}

func (w *watcher) run() {
	tick := time.NewTicker(dirCheck)
	for {
		select {
		case <-w.more:
		case <-tick.C:
			w.checkDirs()
		}
		w.mu.Lock()
		todo := w.todo
		w.todo = nil
		w.mu.Unlock()
		for _, f := range todo {
			f()
		}
	}
}

// checkDirs renews the watches in folders that are not the same any more: a
// watch stays with the folder that was there when it was set.
func (w *watcher) checkDirs() {
	used := map[string][]*subscription{}
	for s := range w.subs {
		dir := filepath.Dir(s.path)
		used[dir] = append(used[dir], s)
	}
	for dir := range w.dirs {
		if used[dir] == nil {
			delete(w.dirs, dir)
		}
	}
	for dir, subs := range used {
		if identityOf(dir) == w.dirs[dir] {
			continue
		}
		for _, s := range subs {
			w.detach(s)
		}
		for _, s := range subs {
			w.attach(s)
			s.notify()
		}
	}
}

// attach sets the watch of s, if its folder is there.
func (w *watcher) attach(s *subscription) {
	dir := filepath.Dir(s.path)
	w.dirs[dir] = identityOf(dir)
	real, err := filepath.EvalSymlinks(dir)
	if err != nil || crowded(real) {
		return
	}
	at := filepath.Join(real, filepath.Base(s.path))
	n := w.names[at]
	if n == nil {
		if watch.WatchCreate(at) != nil {
			return // polling has to do
		}
		n = &watchedName{subs: map[*subscription]bool{}}
		w.names[at] = n
		events := watch.Events(at)
		go func() {
			for range events {
				n.notify()
			}
		}()
	}
	n.mu.Lock()
	n.subs[s] = true
	n.mu.Unlock()
	s.at = at
}

// detach removes s from its watch, and the watch if nobody else needs it.
func (w *watcher) detach(s *subscription) {
	n := w.names[s.at]
	s.at = ""
	if n == nil {
		return
	}
	n.mu.Lock()
	delete(n.subs, s)
	empty := len(n.subs) == 0
	n.mu.Unlock()
	if empty {
		for at, other := range w.names {
			if other == n {
				delete(w.names, at)
				// An error says that the folder is gone, and the watch with it.
				_ = watch.RemoveWatchCreate(at)
			}
		}
	}
}

func (n *watchedName) notify() {
	n.mu.Lock()
	defer n.mu.Unlock()
	for s := range n.subs {
		s.notify()
	}
}

// identityOf returns what a folder is, zero if it is not there.
func identityOf(dir string) identity {
	st, err := diskFS{}.stat(dir)
	if err != nil {
		return identity{}
	}
	return st.id
}

// watch has the current names of f watched: its own, and the one behind links.
func (f *follower) watch() {
	w := f.feed.watcher
	if len(f.unwatch) == 0 {
		f.unwatch = append(f.unwatch, w.subscribe(f.path, f.notify))
	}
	real, err := filepath.EvalSymlinks(f.path)
	dir, dirErr := filepath.EvalSymlinks(filepath.Dir(f.path))
	if err != nil || dirErr != nil || real == filepath.Join(dir, filepath.Base(f.path)) || real == f.watchedAt {
		return
	}
	for _, stop := range f.unwatch[1:] {
		stop()
	}
	f.watchedAt = real
	f.unwatch = append(f.unwatch[:1], w.subscribe(real, f.notify))
}
