package charset

import (
	"bytes"
	"unicode/utf8"
)

const (
	startBytes  = 4096 // looked at for the NUL pattern of UTF-16
	sampleBytes = 8192 // text kept while the evidence is thin
	sureMargin  = 12   // log likelihood ratio at which a guess stands
	thinMargin  = 3    // below which bytes are rather left as they are
)

// A Detector decides which encoding one source has. It looks first at how the
// source begins, then at its first lines that are not ASCII; while only ASCII
// was seen there is nothing to decide, and nobody waits. The zero value is
// ready; a Detector is used by one goroutine.
type Detector struct {
	enc     *Encoding
	sure    bool
	begun   bool
	sample  []byte
	pattern int // bytes of the source's beginning that Begin has looked at
}

// Force sets the encoding; nothing is looked at any more.
func (d *Detector) Force(e *Encoding) { d.enc, d.sure = e, true }

// Encoding returns what was decided so far, nil while only ASCII was seen.
func (d *Detector) Encoding() *Encoding { return d.enc }

// Decided reports whether nothing will change the decision any more.
func (d *Detector) Decided() bool { return d.sure }

// Begun reports whether Begin needs no more bytes.
func (d *Detector) Begun() bool { return d.begun }

// Restart makes the detector ready for a new generation of its source, such as
// the file that follows a rotated one. A forced encoding stays.
func (d *Detector) Restart(forced *Encoding) {
	*d = Detector{sample: d.sample[:0]}
	if forced != nil {
		d.Force(forced)
	}
}

// Begin looks at the first bytes of a source, of which b is all that is known,
// for a byte order mark and for the NULs of UTF-16. odd tells that b begins at
// an odd offset. It returns the length of the mark, and whether it has seen
// enough; final says that no more bytes will come. Once it has seen enough it
// need not be called again.
func (d *Detector) Begin(b []byte, odd, final bool) (mark int, done bool) {
	if d.begun {
		return 0, true
	}
	if !odd && d.pattern == 0 {
		for _, e := range []*Encoding{UTF8, UTF16LE, UTF16BE} {
			if bytes.HasPrefix(b, e.BOM) && (!d.sure || d.enc == e) {
				d.Force(e)
				d.begun = true
				return len(e.BOM), true
			}
			if !final && len(b) < len(e.BOM) && bytes.HasPrefix(e.BOM, b) {
				return 0, false
			}
		}
	}
	if d.sure {
		d.begun = true
		return 0, true
	}
	d.pattern += len(b)
	if e := UTF16Pattern(b, odd); e != nil {
		d.Force(e)
	} else if d.pattern < 4 && !final {
		// Too short to show a pattern. A whole line of that length is ASCII all
		// the same, and need not wait: the pattern is looked for again behind it.
		d.pattern -= len(b)
		if !bytes.Contains(b, []byte{'\n'}) {
			return 0, false
		}
		d.pattern += len(b)
		return 0, true
	}
	d.begun = true
	return 0, true
}

// UTF16Pattern recognises UTF-16 without a mark in how a source begins: ASCII
// characters of which the other byte is NUL, all on the same side. odd tells that
// b begins at an odd offset. It returns UTF16LE, UTF16BE or nil. It is what a
// Detector goes by, for others that must come to the same answer.
func UTF16Pattern(b []byte, odd bool) *Encoding {
	b = b[:min(len(b), startBytes)]
	if odd && len(b) > 0 {
		b = b[1:]
	}
	little, big, visible := 0, 0, 0
	for i := 0; i+2 <= len(b); i += 2 {
		c := b[i] | b[i+1]
		switch {
		case b[i+1] == 0 && isText(c):
			little++
		case b[i] == 0 && isText(c):
			big++
		default:
			continue
		}
		if c > ' ' {
			visible++
		}
	}
	if visible < 2 {
		return nil // blanks between NULs could be anything
	}
	units := len(b) / 2
	switch {
	case little >= 2 && little*8 >= units && big*8 <= little:
		return UTF16LE
	case big >= 2 && big*8 >= units && little*8 <= big:
		return UTF16BE
	}
	return nil
}

func isText(b byte) bool { return in(b, ' ', '~') || in(b, '\t', '\r') }

// Look takes note of whole lines, or of a long line's beginning, and returns the encoding to read them in: nil
// when all that was seen is ASCII. A line that leaves doubt is read by the best
// guess, and the decision stays open until more text has come.
func (d *Detector) Look(lines []byte) *Encoding {
	if d.sure {
		return d.enc
	}
	i := FirstNonASCII(lines)
	if i < 0 {
		return d.enc
	}
	from := bytes.LastIndexByte(lines[:i], '\n') + 1
	text := lines[from:]
	room := sampleBytes - len(d.sample)
	text = text[:min(len(text), room)]
	if text[len(text)-1] != '\n' {
		// It may end inside a character, which is no reason to doubt UTF-8.
		text = text[:len(text)-partialUTF8(text)]
	}
	d.sample = append(d.sample, text...)
	d.enc, d.sure = decide(d.sample)
	if d.sure || len(d.sample) >= sampleBytes {
		d.sure, d.sample = true, nil
	}
	return d.enc
}

// decide judges a sample. sure is false when the next lines could well change
// the verdict.
func decide(sample []byte) (e *Encoding, sure bool) {
	good, long, bad := 0, 0, 0
	for b := sample; len(b) > 0; {
		_, size := utf8.DecodeRune(b)
		switch {
		case size > 2:
			long++
			good++
		case size == 2:
			good++
		case b[0] >= utf8.RuneSelf:
			bad++
		}
		b = b[size:]
	}
	if bad == 0 || good >= 4*bad {
		// Two-byte sequences happen to be text in other encodings now and then.
		return UTF8, long > 1 || good > 4
	}
	e, margin := guess(sample)
	if margin < thinMargin {
		return Raw, false
	}
	return e, e != Raw && margin >= sureMargin
}
