package source

import (
	"errors"
	"io"
	"os"
	"slices"
	"time"
)

// StdinName is how standard input is named by the user and in Piece.Name.
const StdinName = "-"

// Options say how Open treats what it was given. The zero value reads files
// once, from their start to their end.
type Options struct {
	Recursive bool // folders are walked; without it a folder is an error
	Follow    bool // keep reading as tail -F does: by name, with retry

	// Tail is the number of last lines that a followed file begins with; 0 gives
	// only what is written from now on, -1 everything. Files that appear later
	// are always read from their start. It has no effect without Follow.
	Tail int

	// Stdin is read where an argument is "-". The feed never closes it.
	Stdin io.Reader

	// Outputs are the files that the program writes, and IsOutput, unless nil, tells
	// of those that it makes while it reads: none of them is read, as that might
	// never end. They are recognised by what they are (os.SameFile), so also under
	// the name that they get when they are complete. The infos are best those of the
	// open files, since on Windows one that os.Stat made leads to what bears the name
	// when Open is called. IsOutput is called from the goroutine that uses the feed,
	// for each regular file that is opened; nil entries of Outputs count for nothing.
	Outputs  []os.FileInfo
	IsOutput func(os.FileInfo) bool

	Poll       time.Duration // time between two looks at a followed file; 0 is 250 ms
	RotateWait time.Duration // how long a rotated file may stay quiet; 0 is 5 s

	fs      fileSystem // tests put faults here; nil is the machine's own
	noWatch bool       // tests do without notifications
}

// Defaults of Options.
const (
	defaultPoll       = 250 * time.Millisecond
	defaultRotateWait = 5 * time.Second
)

// withDefaults returns o with its zero fields filled in.
func (o Options) withDefaults() Options {
	if o.Poll <= 0 {
		o.Poll = defaultPoll
	}
	if o.RotateWait <= 0 {
		o.RotateWait = defaultRotateWait
	}
	if o.fs == nil {
		o.fs = diskFS{}
	}
	o.Outputs = slices.DeleteFunc(slices.Clone(o.Outputs), func(out os.FileInfo) bool { return out == nil })
	for _, out := range o.Outputs {
		os.SameFile(out, out) // has it look up its number now, while it bears its name
	}
	return o
}

// isOutput reports whether st is one of the files that the program writes.
func (o *Options) isOutput(st os.FileInfo) bool {
	same := func(out os.FileInfo) bool { return os.SameFile(st, out) }
	return st.Mode().IsRegular() && (slices.ContainsFunc(o.Outputs, same) || o.IsOutput != nil && o.IsOutput(st))
}

// Open returns a feed of everything that args name, in their order: files,
// globs ("**" crosses folders), folders with Options.Recursive, "-" for
// standard input, pipes and devices. A name that exists is taken as it stands,
// even if it looks like a glob.
//
// What cannot be read is no reason to stop: it shows up in the feed, in its
// place, as a Piece without bytes whose Event carries the error. The error that
// Open itself returns means that there is nothing to do at all.
func Open(args []string, opts Options) (Feed, error) {
	if len(args) == 0 {
		return nil, errors.New("open inputs: no file named")
	}
	opts = opts.withDefaults()
	if opts.Follow {
		return openFollow(args, opts)
	}
	return &batchFeed{inputs: expand(args, opts), opts: opts}, nil
}
