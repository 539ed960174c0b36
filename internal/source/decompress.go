package source

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
)

// maxWindow is the largest history that a decompressor may keep. It is what
// zstd --ultra -22 and twice what xz -9 need; whatever asks for more is refused,
// so that a small file cannot fill the memory.
const maxWindow = 128 << 20

// A stream is raw input on its way through a pump. It remembers the error of the
// input itself, to tell it from damage that a decompressor finds.
type stream struct {
	name string
	r    io.Reader
	err  error
}

func (s *stream) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// produce reads r to its end into p, decompressed if its content is compressed.
func produce(p *pump, name string, r io.Reader) {
	s := &stream{name: name, r: r}
	head, kind, err := sniff(s)
	if err == nil && kind != plain {
		unpackTo(p, s, kind, io.MultiReader(bytes.NewReader(head), s))
		return
	}
	var n int64
	if len(head) > 0 {
		b := p.buffer()
		if b == nil {
			return
		}
		n = int64(copy(b, head))
		p.send(chunk{data: b[:n]})
	}
	if err == nil {
		var more int64
		more, err = p.copyFrom(s)
		n += more
	}
	if err != nil && err != io.EOF {
		p.send(chunk{events: []Event{trouble(note("broke-off", name, n, err))}})
	}
}

// sniff reads until the packing is known, which text decides at its first or
// second byte: a live pipe does not wait for more.
func sniff(r io.Reader) (head []byte, kind packing, err error) {
	buf := make([]byte, 4096)
	for {
		var n int
		n, err = r.Read(buf[len(head):])
		head = buf[:len(head)+n]
		kind, decided := packingOf(head)
		if len(head) > 0 && decided || err != nil {
			if err == io.EOF && kind != plain {
				err = nil
			}
			return head, kind, err
		}
	}
}

// unpackTo queues the content of r, which is packed as kind.
func unpackTo(p *pump, s *stream, kind packing, r io.Reader) {
	br := bufio.NewReaderSize(r, 64<<10)
	if kind == zipped {
		(&unzipper{p: p, s: s, br: br}).run()
		return
	}
	n, err := unpack(p, kind, br)
	if err == nil {
		err = s.err // between two members, where an error looks like the end
	}
	if err != nil {
		p.send(chunk{events: []Event{packTrouble(s, s.name, kind, n, err)}})
	}
}

// unpack queues the content of br and returns its length.
func unpack(p *pump, kind packing, br *bufio.Reader) (int64, error) {
	switch kind {
	case gzipped:
		return gunzip(p, br)
	case bzipped:
		return p.copyFrom(bzip2.NewReader(br))
	case xzipped:
		if err := checkXZ(br); err != nil {
			return 0, err
		}
		last := &lastBytes{r: br}
		r, err := xz.NewReader(last)
		if err != nil {
			return 0, err
		}
		n, err := p.copyFrom(r)
		if err == nil && string(last.two[:]) != "YZ" {
			err = io.ErrUnexpectedEOF // the library takes a cut between two blocks for the end
		}
		return n, err
	case zstandard:
		r, err := zstd.NewReader(br, zstd.WithDecoderConcurrency(1),
			zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return 0, err
		}
		defer r.Close()
		return p.copyFrom(r)
	}
	panic("source: internal error: unpack " + kind.String())
}

// errTrailing marks something behind the compressed content that belongs to no
// member. Like gzip(1) we read what is ours and say so.
var errTrailing = errors.New("something else follows the compressed data")

// gunzip reads one member after the other. Zeros behind the last one are
// padding (tapes, block devices), anything else is errTrailing.
func gunzip(p *pump, br *bufio.Reader) (total int64, err error) {
	zr, err := gzip.NewReader(br)
	if err != nil {
		return 0, err
	}
	for {
		zr.Multistream(false)
		n, err := p.copyFrom(zr)
		total += n
		if err != nil {
			return total, err
		}
		next, _ := br.Peek(2)
		switch {
		case len(next) == 0:
			return total, nil
		case len(next) == 2 && next[0] == 0x1f && next[1] == 0x8b:
			if err := zr.Reset(br); err != nil {
				return total, err
			}
			continue
		}
		for {
			switch b, err := br.ReadByte(); {
			case err != nil:
				return total, nil
			case b != 0:
				return total, errTrailing
			}
		}
	}
}

// lastBytes remembers the last two bytes that passed, not counting zeros behind
// them: the end mark of an xz file and its padding.
type lastBytes struct {
	r   io.Reader
	two [2]byte
}

func (l *lastBytes) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	if text := bytes.TrimRight(b[:n], "\x00"); len(text) > 1 {
		copy(l.two[:], text[len(text)-2:])
	} else if len(text) == 1 {
		l.two[0], l.two[1] = l.two[1], text[0]
	}
	return n, err
}

// checkXZ refuses an xz file whose first block asks for a dictionary larger than
// maxWindow (xz file format 1.2, sections 2.1.1, 3.1 and 5.3.1).
func checkXZ(br *bufio.Reader) error {
	head, _ := br.Peek(12 + 1)
	if len(head) < 13 || head[12] == 0 {
		return nil // cut, or without a block; the reader says which
	}
	size := (int(head[12]) + 1) * 4
	head, _ = br.Peek(12 + size)
	if len(head) < 12+size {
		return nil
	}
	block := head[12:]
	rest := block[2:]
	for _, present := range []bool{block[1]&0x40 != 0, block[1]&0x80 != 0} {
		for present && len(rest) > 0 {
			present = rest[0]&0x80 != 0 // the size fields are 7 bits a byte
			rest = rest[1:]
		}
	}
	// A filter is its id, the length of its properties, and these; LZMA2 is 0x21.
	if len(rest) < 3 || rest[0] != 0x21 || rest[1] != 1 {
		return nil
	}
	bits := rest[2] & 0x3f
	if dict := uint64(2|bits&1) << (bits/2 + 11); dict > maxWindow {
		return note("dictionary", int64(dict>>20), int64(maxWindow>>20))
	}
	return nil
}

// packTrouble words what went wrong after n bytes of content came out of name.
func packTrouble(s *stream, name string, kind packing, n int64, err error) Event {
	switch {
	case s.err != nil:
		return trouble(note("read-failed", name, s.err))
	case errors.Is(err, errTrailing):
		return note("packed-trailing", name, kind.String()).event(Trouble)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return trouble(note("packed-cut", name, kind.String(), n, err))
	}
	return trouble(note("packed-damaged", name, kind.String(), n, err))
}
