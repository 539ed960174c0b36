package source

import (
	"bytes"
	"io"
	"time"
)

// Sizes of what a generation remembers of the bytes it delivered. Together with
// one more kibibyte for each mark they stay far below 64 KiB per followed file.
const (
	headSize   = 1 << 10  // the fingerprint: the first bytes of the file
	anchorSize = 1 << 10  // compared at each read: the last bytes delivered
	windowSize = 16 << 10 // kept to find where a file was cut
)

// A generation is one file that a followed name leads to, or led to before the
// log was rotated. It is read through its own descriptor, whatever its name is
// by now.
type generation struct {
	f      file
	id     identity
	at     string // its path when it was opened, links resolved; may be empty
	off    int64  // everything before was delivered (or deliberately passed over)
	head   []byte // the first bytes of the file, at most headSize, as delivered
	headAt int64  // their offset: 0, or the length of the hole before them
	window []byte // the bytes before off, at most windowSize
	unit   unit   // of its text; width 0 until the first bytes are known

	modified, size int64  // when it was put in order
	print          []byte // of a missed generation, its first bytes before any was delivered
	printAt        int64

	fresh      bool   // the next piece begins anew, see Piece.Reset
	skipNUL    bool   // nothing was delivered yet: a leading hole is not content
	truncated  bool   // it began anew, so that even a short hole is one
	unscanned  bool   // perhaps truncated, and siblings were not searched since its new content is there
	rotated    bool   // the name no longer leads here
	sought     bool   // its new name was looked for among its siblings
	remainder  bool   // a copy of a truncated generation, of which the end was missing
	doomed     bool   // deleted, and in the way of a new file as long as it is open
	sealed     bool   // nobody could write it at the last look
	trouble    string // why it could not be read when it was late, as told; empty if it could
	calledLate string // how that was told
	lastData   time.Time
	waiting    time.Time // since when it has content and must wait for an older one
}

// What a read of a generation found.
type found uint8

const (
	foundEnd found = iota
	foundData
	foundChange // the bytes before off are not those that were delivered
)

// read reads at most len(buf) bytes at off. The bytes before off are compared
// with what was delivered after the new bytes were read: had it been the other
// way round, a file truncated and refilled between the two reads would pass.
func (g *generation) read(buf, scratch []byte) (int, found, error) {
	n, err := g.f.ReadAt(buf, g.off)
	if err != nil && err != io.EOF {
		return 0, foundEnd, err
	}
	same, err := g.anchored(scratch)
	switch {
	case err != nil:
		return 0, foundEnd, err
	case !same:
		return 0, foundChange, nil
	case n == 0:
		return 0, foundEnd, nil
	}
	return n, foundData, nil
}

// anchored reports whether the file still has the last bytes that were
// delivered, in their place.
func (g *generation) anchored(scratch []byte) (bool, error) {
	want := g.anchor()
	if len(want) == 0 {
		if g.off == 0 {
			return true, nil
		}
		st, err := g.f.stat()
		return st.size >= g.off, err
	}
	n, err := g.f.ReadAt(scratch[:len(want)], g.off-int64(len(want)))
	if err != nil && err != io.EOF {
		return false, err
	}
	return n == len(want) && bytes.Equal(scratch[:n], want), nil
}

func (g *generation) anchor() []byte {
	return g.window[max(0, len(g.window)-anchorSize):]
}

// delivered notes that data, which stands at off, goes out.
func (g *generation) delivered(data []byte, now time.Time) {
	if g.headAt+int64(len(g.head)) == g.off && len(g.head) < headSize {
		g.head = append(g.head, data[:min(len(data), headSize-len(g.head))]...)
	}
	if g.unit.width == 0 {
		g.unit = unitOf(data[:min(len(data), headSize)])
	}
	g.remember(data)
	g.off += int64(len(data))
	g.lastData = now
	g.sealed = false
}

// remember appends data to the window.
func (g *generation) remember(data []byte) {
	if len(data) >= windowSize {
		g.window = append(g.window[:0], data[len(data)-windowSize:]...)
		return
	}
	if over := len(g.window) + len(data) - windowSize; over > 0 {
		g.window = g.window[:copy(g.window, g.window[over:])]
	}
	g.window = append(g.window, data...)
}

// atLineStart reports whether what was delivered ends with a line feed.
func (g *generation) atLineStart() bool {
	return g.off == 0 || g.unit.lastLine(g.window, g.off-int64(len(g.window))) == len(g.window)
}

// fingerprint returns the first bytes of the file and their offset: those that
// were delivered, or if none were yet, those to be delivered.
func (g *generation) fingerprint(scratch []byte) ([]byte, int64) {
	if len(g.head) > 0 || g.off > 0 {
		return g.head, g.headAt
	}
	if g.print != nil {
		return g.print, g.printAt
	}
	at := int64(0)
	for at < maxHole {
		n, _ := g.f.ReadAt(scratch[:headSize], at)
		zeros := 0
		for zeros < n && scratch[zeros] == 0 {
			zeros++
		}
		if zeros == 0 {
			return scratch[:n], at
		}
		at = max(at+int64(zeros), g.f.data(at))
	}
	return nil, 0
}

// packing tells how the content of the file is compressed, by its first bytes.
func (g *generation) packing(scratch []byte) packing {
	n, _ := g.f.ReadAt(scratch[:maxMagic], 0)
	kind, _ := packingOf(scratch[:n])
	return kind
}

// maxMagic is enough to recognise every packing.
const maxMagic = 16

// maxHole bounds how far the end of a leading hole is searched for.
const maxHole = 1 << 30

// isZero reports whether b holds nothing but zeros.
func isZero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// hasMore reports whether there is something to read.
func (g *generation) hasMore() bool {
	st, err := g.f.stat()
	return err == nil && st.size > g.off
}

// A mark is what is kept of a generation that is finished, to know it again.
type mark struct {
	id     identity
	off    int64
	head   []byte
	headAt int64
	anchor []byte
	unit   unit
}

func (g *generation) mark() mark {
	return mark{id: g.id, off: g.off, head: bytes.Clone(g.head), headAt: g.headAt,
		anchor: bytes.Clone(g.anchor()), unit: g.unit}
}

// resume makes a generation of a mark whose content was found in f.
func (m mark) resume(f file, id identity) *generation {
	return &generation{f: f, id: id, at: f.path(), off: m.off, head: bytes.Clone(m.head), headAt: m.headAt,
		window: bytes.Clone(m.anchor), unit: m.unit, fresh: true}
}
