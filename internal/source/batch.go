package source

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/hpcloud/tail"
)

// A batchFeed reads one input after the other, once.
type batchFeed struct {
	inputs []input
	opts   Options
	nextID int

	cur     reader  // the open input, nil between two
	input   current // the input itself
	member  current // the member of it that is being read, if it is an archive
	stopped bool    // a context ended: only what was read already still comes
}

// A current is what is known of a source that is being read.
type current struct {
	id      int // -1 until it has something to say: an archive may never have
	name    string
	changed time.Time
	off     int64 // bytes handed out
}

// A scope says whose bytes a reader delivers.
type scope uint8

const (
	whole      scope = iota // the input's own
	newMember               // a member's that begins here
	sameMember              // the same member's
)

// A reader is an open input of a batchFeed.
type reader interface {
	// read fills buf as far as it can and sets N, Events and End, and where a
	// member of an archive begins Name and Changed. It returns io.EOF, and nothing
	// with it, when all is read, and errNothing where it would have to wait but
	// wait is not set.
	read(ctx context.Context, buf []byte, wait bool) (p Piece, s scope, err error)
	// ready reports whether read would return something without waiting; with
	// stopped set, whether it would still return something when it must not wait.
	ready(stopped bool) bool
	close() error
}

// Next implements Feed.
func (f *batchFeed) Next(ctx context.Context, buf []byte) (Piece, error) {
	if len(buf) == 0 {
		panic("source: internal error: Next with an empty buffer")
	}
	for {
		if err := ctx.Err(); err != nil {
			f.stopped = true
			return Piece{}, err
		}
		if f.cur == nil {
			if f.stopped || len(f.inputs) == 0 {
				return Piece{}, io.EOF
			}
			if p, ok := f.openNext(); ok {
				return p, nil
			}
			continue
		}
		p, scope, err := f.cur.read(ctx, buf, !f.stopped)
		switch {
		case err == io.EOF:
			f.closeCurrent()
		case errors.Is(err, errNothing):
			return Piece{}, io.EOF
		case err != nil:
			f.stopped = true
			return Piece{}, err
		default:
			return f.label(p, scope), nil
		}
	}
}

// label completes a piece with whose it is.
func (f *batchFeed) label(p Piece, s scope) Piece {
	cur := &f.input
	switch s {
	case newMember:
		f.member = current{id: -1, name: p.Name, changed: p.Changed}
		cur = &f.member
	case sameMember:
		cur = &f.member
	}
	if cur.id < 0 {
		cur.id = f.nextID
		f.nextID++
	}
	p.ID, p.Name, p.Changed, p.Offset = cur.id, cur.name, cur.changed, cur.off
	p.Last = p.End
	cur.off += int64(p.N)
	return p
}

// openNext opens the next input. ok is set when there is something to tell
// instead: that it could not be opened, or is not to be read.
func (f *batchFeed) openNext() (p Piece, ok bool) {
	in := f.inputs[0]
	f.inputs = f.inputs[1:]
	refuse := func(ev Event) (Piece, bool) {
		return f.label(Piece{Events: []Event{ev}, End: true}, whole), true
	}
	f.input = current{id: -1, name: in.name}
	if in.err != nil {
		return refuse(trouble(in.err))
	}
	if in.name == StdinName {
		if f.opts.Stdin == nil {
			return refuse(trouble(note("no-stdin")))
		}
		f.cur = streamReader(in.name, f.opts.Stdin)
		return Piece{}, false
	}
	if st, err := os.Stat(in.name); err == nil && !st.Mode().IsRegular() && !st.IsDir() {
		f.cur = &pumpReader{pump: openingPump(nil, in.name)}
		return Piece{}, false
	}
	file, st, err := openInput(in.name)
	if err != nil {
		return refuse(trouble(err))
	}
	if f.opts.isOutput(st) {
		file.Close()
		return refuse(outputEvent(in))
	}
	f.input.changed = st.ModTime()
	f.cur = &fileReader{name: in.name, file: file, size: st.Size(), skipBinary: !in.named}
	return Piece{}, false
}

// outputEvent refuses to read what is being written: an error if the user named
// it, a matter of course if it was found in a folder.
func outputEvent(in input) Event {
	if in.named {
		return trouble(note("output-named", in.name))
	}
	return note("output", in.name).event(Skipped)
}

// openInput opens name, which must not be a folder.
func openInput(name string) (*os.File, fs.FileInfo, error) {
	file, err := OpenShared(name)
	if err != nil {
		return nil, nil, err
	}
	st, err := file.Stat()
	if err == nil && st.IsDir() {
		err = note("read-failed", name, errIsFolder)
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, st, nil
}

func (f *batchFeed) closeCurrent() error {
	if f.cur == nil {
		return nil
	}
	err := f.cur.close()
	f.cur = nil
	return err
}

// Ready implements Feed.
func (f *batchFeed) Ready() bool { return f.cur != nil && f.cur.ready(f.stopped) }

// Close implements Feed.
func (f *batchFeed) Close() error {
	f.inputs = nil
	return f.closeCurrent()
}

// OpenShared opens name in a way that lets other programs rename and delete it,
// which on Windows os.Open would not. Whoever looks at a log that is being written
// opens it so. Its error is an *fs.PathError.
func OpenShared(name string) (*os.File, error) {
	file, err := tail.OpenFile(name)
	var perr *fs.PathError
	if err != nil && !errors.As(err, &perr) {
		// The library's Windows variant returns the bare error.
		err = &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return file, err
}
