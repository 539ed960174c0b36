package source

import (
	"context"
	"io"
	"os"
)

// A fileReader reads a regular file straight into the caller's buffer.
type fileReader struct {
	name       string
	file       *os.File
	size       int64 // when it was opened
	skipBinary bool
	off        int64
	done       bool
	packed     *pumpReader // reads instead once the content turned out to be compressed
}

// read implements reader. End comes with the last bytes.
func (r *fileReader) read(ctx context.Context, buf []byte, wait bool) (p Piece, s scope, err error) {
	if r.packed != nil {
		return r.packed.read(ctx, buf, wait)
	}
	if r.done || !wait {
		return Piece{}, whole, io.EOF
	}
	for p.N < len(buf) && err == nil {
		var n int
		n, err = r.file.Read(buf[p.N:])
		p.N += n
	}
	if r.off == 0 && p.N > 0 {
		switch kind, _ := packingOf(buf[:p.N]); {
		case kind != plain:
			return r.unpack(ctx, buf, wait)
		case r.skipBinary && isBinary(buf[:p.N]):
			r.done = true
			return Piece{End: true, Events: []Event{note("binary", r.name).event(Skipped)}}, whole, nil
		}
	}
	r.off += int64(p.N)
	if err == nil {
		return p, whole, nil
	}
	r.done, p.End = true, true
	p.Events = r.endEvents(err)
	return p, whole, nil
}

// endEvents says what is wrong with the end of a file at which reading met err.
func (r *fileReader) endEvents(err error) []Event {
	if err != io.EOF {
		return []Event{trouble(note("broke-off", r.name, r.off, unwrapPath(err)))}
	}
	size := r.size
	if st, err := r.file.Stat(); err == nil {
		size = min(size, st.Size())
	}
	if size >= r.off && r.size <= r.off {
		return nil
	}
	ev := trouble(note("shrank", r.name, r.off, r.size))
	ev.Kind = Truncated
	return []Event{ev}
}

// unwrapPath drops the path of an error whose message names the file already.
func unwrapPath(err error) error {
	if e, ok := err.(*os.PathError); ok {
		return e.Err
	}
	return err
}

// unpack starts over with a decompressor.
func (r *fileReader) unpack(ctx context.Context, buf []byte, wait bool) (Piece, scope, error) {
	if _, err := r.file.Seek(0, io.SeekStart); err != nil {
		r.done = true
		return Piece{End: true, Events: []Event{trouble(note("read-failed", r.name, err))}}, whole, nil
	}
	r.packed = streamReader(r.name, r.file)
	return r.packed.read(ctx, buf, wait)
}

// ready implements reader: a regular file never waits.
func (r *fileReader) ready(stopped bool) bool {
	if r.packed != nil {
		return r.packed.ready(stopped)
	}
	return !stopped && !r.done && r.off < r.size
}

// close implements reader.
func (r *fileReader) close() error {
	if r.packed != nil {
		r.packed.close()
	}
	return r.file.Close()
}

// A pumpReader hands out what a pump read.
type pumpReader struct {
	pump     *pump
	members  bool // it is an archive
	inMember bool
	spoke    bool // something was told of the input itself
	ended    bool
}

// streamReader pumps r, which stays open.
func streamReader(name string, r io.Reader) *pumpReader {
	return &pumpReader{pump: startPump(nil, func(p *pump) { produce(p, name, r) })}
}

// openingPump pumps a pipe or device. Opening a named pipe waits for its writer,
// so that is left to the pump, too.
func openingPump(wake func(), name string) *pump {
	return startPump(wake, func(p *pump) {
		file, _, err := openInput(name)
		if err != nil {
			p.send(chunk{events: []Event{trouble(err)}})
			return
		}
		defer file.Close()
		produce(p, name, file)
	})
}

// read implements reader.
func (r *pumpReader) read(ctx context.Context, buf []byte, wait bool) (p Piece, s scope, err error) {
	if r.ended {
		return Piece{}, whole, io.EOF
	}
	err = r.pump.next(ctx, wait)
	if err == io.EOF {
		r.ended = true
		if r.members && !r.spoke {
			return Piece{}, whole, io.EOF // all there was to say was said by the members
		}
		return Piece{End: true}, whole, nil
	}
	if err != nil {
		return Piece{}, whole, err
	}
	c := &r.pump.cur
	p.Events, c.events = c.events, nil
	switch {
	case c.begin:
		c.begin = false
		r.members, r.inMember = true, true
		p.Name, p.Changed, s = c.member, c.changed, newMember
	case r.inMember:
		s = sameMember
	default:
		r.spoke = true
	}
	p.End = c.end
	r.inMember = r.inMember && !c.end
	p.N = r.pump.fill(buf)
	return p, s, nil
}

// ready implements reader.
func (r *pumpReader) ready(bool) bool { return !r.ended && r.pump.ready() }

// close implements reader. A producer that hangs in a read or in opening a pipe
// ends when that returns, or with the program.
func (r *pumpReader) close() error {
	r.pump.stop()
	return nil
}
