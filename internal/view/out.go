package view

import (
	"fmt"
	"io"
)

const (
	bufferSize = 64 << 10 // written out when this much has gathered
	directSize = 16 << 10 // spans from this size on are not copied
	keepSize   = 1 << 20  // a buffer that grew beyond is given back
)

// out gathers small writes and lets large ones through. Spans of a batch that
// follow each other in memory become one write, however many calls named them.
type out struct {
	w    io.Writer
	buf  []byte
	pend []byte // part of the batch, comes after buf; must be settled before the batch is given back
	err  error  // the first write error; nothing is written after it
}

// span writes bytes that belong to the batch.
func (o *out) span(p []byte) {
	if len(p) == 0 {
		return
	}
	if n := len(o.pend); n > 0 && cap(o.pend)-n >= len(p) && &o.pend[:n+1][n] == &p[0] {
		o.pend = o.pend[:n+len(p)]
		return
	}
	o.settle()
	o.pend = p
}

// str writes a short text.
func (o *out) str(s string) {
	o.settle()
	o.buf = append(o.buf, s...)
}

// bytes writes a short text that may change after the call.
func (o *out) bytes(p []byte) {
	o.settle()
	o.buf = append(o.buf, p...)
}

// settle lets go of the batch's memory: small spans are copied, large ones written.
func (o *out) settle() {
	if len(o.pend) >= directSize {
		o.flushBuf()
		o.write(o.pend)
	} else {
		o.buf = append(o.buf, o.pend...)
	}
	o.pend = nil
	if len(o.buf) >= bufferSize {
		o.flushBuf()
	}
}

// flush writes out all that was gathered.
func (o *out) flush() error {
	o.settle()
	o.flushBuf()
	return o.err
}

func (o *out) flushBuf() {
	o.write(o.buf)
	if o.buf = o.buf[:0]; cap(o.buf) > keepSize {
		o.buf = nil
	}
}

func (o *out) write(p []byte) {
	if o.err != nil || len(p) == 0 {
		return
	}
	n, err := o.w.Write(p)
	if err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	if err != nil {
		o.err = fmt.Errorf("write output: %w", err)
	}
}
