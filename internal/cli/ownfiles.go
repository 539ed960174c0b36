package cli

import (
	"os"
	"slices"
	"sync"

	"wsalog/internal/source"
)

// overwrites refuses to replace a file that the run reads. A file that only a
// pattern names counts too: on Windows no shell expands patterns, so the user sees
// none of the names. Nothing is lost with an empty one.
func (r *run) overwrites() error {
	for _, out := range r.app.settings.list("output") {
		to, err := os.Stat(out)
		if err != nil || !to.Mode().IsRegular() {
			continue
		}
		for _, arg := range r.args {
			from, err := os.Stat(arg)
			switch {
			case arg == source.StdinName:
			case err == nil && os.SameFile(from, to):
				return r.app.trouble("run.overwrites", out)
			case to.Size() > 0 && r.holds(arg, to):
				return r.app.trouble("run.overwrites-match", out, arg)
			}
		}
	}
	return nil
}

// holds reports whether an argument that is a pattern or a folder holds the file
// to. Folders matter to the annotated stream alone: a report that lies beside its
// logs may be written anew every day.
func (r *run) holds(arg string, to os.FileInfo) bool {
	folders := r.app.settings.on("recursive") && r.app.settings.command == onAnnotate
	return slices.ContainsFunc(source.Names([]string{arg}, folders), func(name string) bool {
		st, err := os.Stat(name)
		return err == nil && os.SameFile(st, to)
	})
}

// patternRunes make an argument a pattern if no file bears it as its name.
const patternRunes = "*?[{"

// writesTo are the files that the run writes, so that it does not read itself.
func (r *run) writesTo() []os.FileInfo {
	var list []os.FileInfo
	for _, f := range r.outputs {
		if st, err := f.Stat(); err == nil {
			list = append(list, st)
		}
	}
	for _, name := range r.app.settings.list("output") {
		if st, err := os.Stat(name); err == nil {
			list = append(list, st)
		}
	}
	if f, ok := r.app.stdout.(*os.File); ok {
		if st, err := f.Stat(); err == nil && st.Mode().IsRegular() {
			list = append(list, st)
		}
	}
	return list
}

// ownFiles are the files that a run makes while it reads: the documents of report
// -f --every. Its methods may be called from several goroutines.
type ownFiles struct {
	mu   sync.Mutex
	made map[string][2]os.FileInfo // by target: the one in the making, the one before
}

// add notes the file that is being written for a target. Only the last two are
// kept: the system uses the numbers of replaced files again.
func (o *ownFiles) add(target string, st os.FileInfo) {
	os.SameFile(st, st) // has it look up its number while it bears its name
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.made == nil {
		o.made = make(map[string][2]os.FileInfo)
	}
	o.made[target] = [2]os.FileInfo{st, o.made[target][0]}
}

// has reports whether st is one of them.
func (o *ownFiles) has(st os.FileInfo) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, pair := range o.made {
		for _, own := range pair {
			if own != nil && os.SameFile(own, st) {
				return true
			}
		}
	}
	return false
}
