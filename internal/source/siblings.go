package source

import (
	"bytes"
	"cmp"
	"math"
	"path/filepath"
	"slices"
	"strings"
)

// siblingFolders returns where generations of the followed file may lie: beside
// it, and where its last generation went.
func (f *follower) siblingFolders() []string {
	dirs := []string{filepath.Dir(f.path)}
	add := func(path string) {
		if dir := filepath.Dir(path); path != "" && !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	for _, g := range f.gens {
		if g.rotated {
			add(g.f.path())
		} else {
			add(g.at)
		}
	}
	return dirs
}

// eachSibling calls visit for every regular file whose name could be that of a
// generation, with its path and state, none of which is open.
func (f *follower) eachSibling(visit func(path string, st fileStat)) {
	base := filepath.Base(f.path)
	for _, dir := range f.siblingFolders() {
		names, err := f.feed.fs.names(dir)
		if err != nil {
			continue // the name itself is looked at as well, and tells
		}
		for _, name := range names {
			if !f.rule.fits(base, f.realBase, name) {
				continue
			}
			path := filepath.Join(dir, name)
			if st, err := f.feed.fs.stat(path); err == nil && st.regular {
				visit(path, st)
			}
		}
	}
}

// maxSought bounds the files among which a renamed one is looked for.
const maxSought = 4096

// seek looks for the new name of g beside its old one, for systems that do not
// tell. Rotated files begin like the one that they were.
func (f *follower) seek(g *generation) string {
	stem, _, _ := strings.Cut(filepath.Base(f.path), ".")
	dir := filepath.Dir(f.path)
	names, err := f.feed.fs.names(dir)
	if err != nil {
		return ""
	}
	looks := 0
	for _, name := range names {
		if !strings.HasPrefix(name, stem) || name == filepath.Base(f.path) {
			continue
		}
		if looks++; looks > maxSought {
			break
		}
		path := filepath.Join(dir, name)
		if st, err := f.feed.fs.stat(path); err == nil && g.id.same(st.id) {
			return path
		}
	}
	return ""
}

// missed opens the generations that came and went while nobody looked: unknown
// files with a fitting name, not older than those remembered, that are no copies.
func (f *follower) missed() []*generation {
	f.feed.askLogs(f.path)
	var gens []*generation
	folder := filepath.Dir(f.path)
	for range 4 {
		before, err := f.feed.fs.stat(folder)
		gens = f.missedNow(gens)
		after, err2 := f.feed.fs.stat(folder)
		if err != nil || err2 != nil || before.modified == after.modified {
			break
		}
		// A file that is renamed while the folder is listed can be overlooked.
	}
	return f.withoutCopies(gens)
}

// missedNow appends to gens what one look at the siblings finds.
func (f *follower) missedNow(gens []*generation) []*generation {
	floor := f.oldestBirth()
	f.eachSibling(func(path string, st fileStat) {
		if g := f.openMissed(path, st, floor); g != nil {
			gens = append(gens, g)
			f.feed.own(g.id, f)
		}
	})
	return gens
}

// withoutCopies drops copies of generations that are new themselves: of those
// that begin alike the longest is the original, or if they are equal the one that
// was written first. The birth of a copy tells less: a backup that is made again
// and again in the same file is older than what it holds.
func (f *follower) withoutCopies(gens []*generation) []*generation {
	if len(gens) < 2 {
		return gens
	}
	namesNow(gens)
	slices.SortStableFunc(gens, func(a, b *generation) int {
		return cmp.Or(cmp.Compare(b.size, a.size), cmp.Compare(a.modified, b.modified),
			cmp.Compare(a.id.birth, b.id.birth))
	})
	var kept []*generation
	for _, g := range gens {
		if slices.ContainsFunc(kept, func(h *generation) bool { return sameStart(h, g) }) {
			g.f.Close()
			continue
		}
		kept = append(kept, g)
	}
	return kept
}

// oldestBirth returns the birth of the oldest generation that is remembered. A
// missed one cannot be older: it came after the first that was followed. The
// live one does not count, as what was missed came before it.
func (f *follower) oldestBirth() int64 {
	oldest := int64(math.MaxInt64)
	for _, g := range f.gens {
		if g != f.live {
			oldest = min(oldest, g.id.birth)
		}
	}
	for _, m := range f.marks {
		oldest = min(oldest, m.id.birth)
	}
	if oldest == math.MaxInt64 {
		return 0 // nothing was followed before, so anything that is new counts
	}
	return oldest
}

// maxDoubt is how long, in nanoseconds, a file that nobody writes any more is
// looked at again because it may be a copy that is being made.
const maxDoubt = 10e9

// openMissed opens path if it may be a missed generation.
func (f *follower) openMissed(path string, st fileStat, floor int64) *generation {
	known := func(st fileStat) bool {
		if st.id.birth == 0 {
			// Without births, what did not change since the start is old.
			return st.size == 0 || f.feed.knows(st.id) || st.modified < f.feed.since
		}
		return st.size == 0 || f.feed.knows(st.id) || st.id.birth < floor
	}
	if known(st) {
		return nil
	}
	file, err := f.feed.fs.open(path)
	if err != nil {
		f.tell(troubleOnce, err)
		f.rescans = max(f.rescans, 1)
		return nil
	}
	if st, err = file.stat(); err != nil || !st.regular || known(st) || f.feed.writes(file) {
		file.Close()
		return nil
	}
	if g := f.longer(file, st); g != nil {
		return g
	}
	switch f.copyOf(file, st) {
	case isCopy:
		f.feed.ignore(st.id)
		file.Close()
		return nil
	case maybeCopy:
		if f.feed.now.UnixNano()-st.modified < maxDoubt {
			f.rescans = max(f.rescans, 1)
		}
		file.Close()
		return nil
	}
	g := &generation{f: file, id: st.id, at: path, fresh: true, skipNUL: true, rotated: true}
	head, at := g.fingerprint(f.feed.scratch)
	g.print, g.printAt = bytes.Clone(head), at
	return g
}

// add queues missed generations behind those that were begun. All that are
// untouched are put in the order in which they were written: of their births;
// where these are equal, as the clocks of file systems tick every few
// milliseconds, of their last changes; and then of the numbers in their names.
// The one that still bears the followed name is the last.
func (f *follower) add(missed []*generation) {
	if len(missed) == 0 {
		return
	}
	// This is asked after missed was collected: if the live one is still the live
	// one, all of those were there before it.
	st, err := f.feed.fs.stat(f.path)
	var begun, last []*generation
	for _, g := range f.gens {
		switch {
		case g == f.live && err == nil && g.id.same(st.id):
			last = append(last, g)
		case g.off > 0 || g.remainder:
			begun = append(begun, g)
		default:
			missed = append(missed, g)
		}
	}
	if len(missed) > 1 {
		direction := f.numberDirection()
		namesNow(missed)
		slices.SortStableFunc(missed, func(a, b *generation) int {
			byNumber := direction * compareNumbers(lastNumber(a.at), lastNumber(b.at))
			return cmp.Or(cmp.Compare(a.id.birth, b.id.birth), cmp.Compare(a.modified, b.modified), byNumber)
		})
	}
	f.gens = slices.Concat(begun, missed, last)
}

// namesNow brings paths, times and sizes of gens up to date, the paths as of one
// moment: rotation by shifting numbers renames all of them again and again.
func namesNow(gens []*generation) {
	for range 50 {
		same := true
		for _, g := range gens {
			if path := g.f.path(); path != "" && path != g.at {
				g.at, same = path, false
			}
		}
		if same {
			break
		}
	}
	for _, g := range gens {
		if st, err := g.f.stat(); err == nil {
			g.modified, g.size = st.modified, st.size
		}
	}
}

// numberDirection tells from the births of all siblings, or from their last
// changes where births are not known, whether younger files have higher numbers
// (1, app.log.20260131) or lower ones (-1, app.log.1).
func (f *follower) numberDirection() int {
	sum := 0
	var seen []*generation
	f.eachSibling(func(path string, st fileStat) {
		number := lastNumber(path)
		for _, s := range seen[max(0, len(seen)-20):] {
			younger := cmp.Compare(st.id.birth, s.id.birth)
			if st.id.birth == 0 {
				younger = cmp.Compare(st.modified, s.modified)
			}
			sum += younger * cmp.Compare(compareNumbers(number, s.at), 0)
		}
		seen = append(seen, &generation{id: st.id, at: number, modified: st.modified})
	})
	return cmp.Compare(sum, 0)
}

// remainder looks for the copy that was made of g before it was truncated, and
// returns what it holds behind the bytes that were delivered; nil if nothing.
func (f *follower) remainder(m mark) *generation {
	var best *generation
	var bestSize int64
	f.eachSibling(func(path string, st fileStat) {
		if st.size <= m.off || st.size <= bestSize || f.feed.hasOpen(st.id) {
			return
		}
		file, err := f.feed.fs.open(path)
		if err != nil {
			return
		}
		g := m.resume(file, st.id)
		same, err := g.anchored(f.feed.scratch)
		if err != nil || !same || f.feed.writes(file) || f.compare(file, st, m.head, m.headAt, false) == noCopy {
			file.Close()
			return
		}
		f.feed.own(st.id, f) // whatever it holds, it is a copy of ours
		if best != nil {
			best.f.Close()
		}
		best, bestSize = g, st.size
	})
	if best != nil {
		best.fresh, best.rotated, best.remainder = false, true, true
	}
	return best
}
