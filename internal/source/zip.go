package source

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"encoding/binary"
	"hash"
	"hash/crc32"
	"io"
	"strings"
	"time"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
)

// An unzipper reads a zip archive front to back, by its local headers (PKWARE
// APPNOTE 4.3). So an archive can come through a pipe, and one whose end with
// the directory is missing still gives what is there. Every member becomes a
// source of its own, named archive!member.
type unzipper struct {
	p  *pump
	s  *stream
	br *bufio.Reader
}

// A zipMember is what a local header says.
type zipMember struct {
	name     string
	flags    uint16
	method   uint16
	changed  time.Time
	crc      uint32
	packed   uint64 // size in the archive, if sized
	sized    bool
	zip64    bool
	showName string
}

// Flags and methods of APPNOTE 4.4.4 and 4.4.5.
const (
	zipEncrypted  = 1 << 0
	zipDescriptor = 1 << 3

	zipStore   = 0
	zipDeflate = 8
	zipBzip2   = 12
	zipZstd    = 93
)

// run reads all members. It ends quietly where the directory begins.
func (u *unzipper) run() {
	for {
		sig, err := u.br.Peek(4)
		if err != nil {
			u.fail(note("zip-cut", u.s.name, io.ErrUnexpectedEOF))
			return
		}
		switch string(sig) {
		case "PK\x03\x04":
			if !u.member() {
				return
			}
		case "PK\x07\x08": // an archive that was meant to be split begins so
			u.br.Discard(4)
		case "PK\x01\x02", "PK\x05\x06", "PK\x06\x06":
			io.Copy(io.Discard, u.br) // a writer of the pipe shall not break
			return
		default:
			u.fail(note("zip-damaged", u.s.name))
			return
		}
	}
}

func (u *unzipper) fail(err error) {
	if u.s.err != nil {
		err = note("read-failed", u.s.name, u.s.err)
	}
	u.p.send(chunk{events: []Event{trouble(err)}})
}

// member reads one member; false when reading cannot go on behind it.
func (u *unzipper) member() bool {
	m, err := u.header()
	if err != nil {
		u.fail(note("zip-cut", u.s.name, err))
		return false
	}
	var body *io.LimitedReader
	raw := u.br
	if m.sized {
		body = &io.LimitedReader{R: u.br, N: int64(m.packed)}
		raw = bufio.NewReader(body)
	}
	folder := strings.HasSuffix(m.name, "/")
	switch {
	case folder && (m.sized || m.method == zipStore):
	case m.flags&zipEncrypted != 0:
		err = note("zip-encrypted")
	case folder:
		err = u.skip(m, raw)
	default:
		err = u.content(m, raw)
	}
	if err != nil {
		u.fail(note("read-failed", m.showName, err))
	}
	if !m.sized {
		return err == nil && u.descriptor(m) == nil
	}
	_, err = io.Copy(io.Discard, body)
	if err == nil && body.N > 0 {
		u.fail(note("zip-cut", u.s.name, io.ErrUnexpectedEOF))
		return false
	}
	if err == nil && m.flags&zipDescriptor != 0 {
		err = u.descriptor(m)
	}
	return err == nil
}

// dosTime reads a time of an archive. It is in the zone of the machine that made
// it, which is taken to be this one's.
func dosTime(date, clock uint16) time.Time {
	if date == 0 {
		return time.Time{} // the program did not care
	}
	return time.Date(1980+int(date>>9), time.Month(date>>5&15), int(date&31),
		int(clock>>11), int(clock>>5&63), int(clock&31)*2, 0, time.Local)
}

// header reads a local header.
func (u *unzipper) header() (*zipMember, error) {
	var h [30]byte
	if _, err := io.ReadFull(u.br, h[:]); err != nil {
		return nil, err
	}
	le := binary.LittleEndian
	nameExtra := make([]byte, int(le.Uint16(h[26:]))+int(le.Uint16(h[28:])))
	if _, err := io.ReadFull(u.br, nameExtra); err != nil {
		return nil, err
	}
	name, extra := nameExtra[:le.Uint16(h[26:])], nameExtra[le.Uint16(h[26:]):]
	m := &zipMember{
		name:    string(name),
		flags:   le.Uint16(h[6:]),
		method:  le.Uint16(h[8:]),
		changed: dosTime(le.Uint16(h[12:]), le.Uint16(h[10:])),
		crc:     le.Uint32(h[14:]),
		packed:  uint64(le.Uint32(h[18:])),
	}
	m.showName = u.s.name + "!" + m.name
	for len(extra) >= 4 {
		id, size := le.Uint16(extra), int(le.Uint16(extra[2:]))
		extra = extra[4:]
		field := extra[:min(size, len(extra))]
		extra = extra[len(field):]
		if id == 1 { // zip64: the original size, then the packed one
			m.zip64 = true
			if m.packed == 0xffffffff && len(field) >= 16 {
				m.packed = le.Uint64(field[8:])
			}
		}
	}
	m.sized = m.flags&zipDescriptor == 0 || m.packed > 0
	return m, nil
}

// decoder returns what decompresses the member, and what to call at its end.
func (u *unzipper) decoder(m *zipMember, raw *bufio.Reader) (r io.Reader, done func(), err error) {
	done = func() {}
	switch m.method {
	case zipStore:
		if !m.sized {
			return nil, nil, note("zip-no-size")
		}
		return raw, done, nil
	case zipDeflate:
		return flate.NewReader(raw), done, nil
	case zipBzip2:
		return bzip2.NewReader(raw), done, nil
	case zipZstd:
		zr, err := zstd.NewReader(raw, zstd.WithDecoderConcurrency(1),
			zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, nil, err
		}
		return zr, zr.Close, nil
	}
	return nil, nil, note("zip-method", int(m.method))
}

// skip reads over a member whose sizes are not known. Java compresses even the
// nothing that is in a folder, to two bytes.
func (u *unzipper) skip(m *zipMember, raw *bufio.Reader) error {
	r, done, err := u.decoder(m, raw)
	if err != nil {
		return err
	}
	defer done()
	_, err = io.Copy(io.Discard, r)
	return err
}

// content queues the member as a source of its own.
func (u *unzipper) content(m *zipMember, raw *bufio.Reader) error {
	r, done, err := u.decoder(m, raw)
	if err != nil {
		return err
	}
	defer done()
	sum := &sumReader{r: r, sum: crc32.NewIEEE()}
	head := make([]byte, 8192)
	n, err := io.ReadFull(sum, head)
	head = head[:n]
	if err == io.EOF || err == io.ErrUnexpectedEOF && sum.ended {
		err = nil
	}
	kind, _ := packingOf(head)
	begin := chunk{begin: true, member: m.showName, changed: m.changed}
	switch {
	case kind == zipped || kind == plain && isBinary(head): // archives are not unpacked twice
		begin.events = []Event{note("binary", m.showName).event(Skipped)}
		begin.end = true
		u.p.send(begin)
		io.Copy(io.Discard, sum)
		return nil
	case !u.p.send(begin):
		return nil
	}
	all := io.MultiReader(bytes.NewReader(head), sum)
	total := int64(n)
	switch {
	case err != nil:
		u.p.copyFrom(bytes.NewReader(head))
	case kind != plain && kind != zipped:
		total, err = unpack(u.p, kind, bufio.NewReader(all))
		if err == nil {
			io.Copy(io.Discard, sum)
		}
	default:
		total, err = u.p.copyFrom(all)
	}
	end := chunk{end: true}
	if err == nil && m.flags&zipDescriptor == 0 && sum.ended && sum.sum.Sum32() != m.crc {
		err = note("zip-checksum")
	}
	if err != nil {
		end.events = []Event{packTrouble(u.s, m.showName, zipped, total, err)}
		err = nil
		if !m.sized {
			err = note("zip-lost")
		}
	}
	u.p.send(end)
	return err
}

// descriptor reads what follows a member whose sizes were not known when its
// header was written: a signature that may be missing, the checksum, and sizes
// of 4 or 8 bytes. Which, shows in where the next signature stands.
func (u *unzipper) descriptor(m *zipMember) error {
	if sig, _ := u.br.Peek(4); string(sig) == "PK\x07\x08" {
		u.br.Discard(4)
	}
	size := 12
	if b, _ := u.br.Peek(24); len(b) == 24 && string(b[20:22]) == "PK" &&
		(m.zip64 || string(b[12:14]) != "PK") {
		size = 20
	}
	_, err := u.br.Discard(size)
	return err
}

// A sumReader computes the checksum of what passes.
type sumReader struct {
	r     io.Reader
	sum   hash.Hash32
	ended bool // r said io.EOF
}

func (s *sumReader) Read(b []byte) (int, error) {
	n, err := s.r.Read(b)
	s.sum.Write(b[:n])
	s.ended = s.ended || err == io.EOF
	return n, err
}
