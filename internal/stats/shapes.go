package stats

import "wsalog/annotate"

// A told is the digits of a line that stand in its template, and where. Lines of one
// shape differ in digits only, see annotate.Record, and nearly all of these are masked:
// where the others are the same, the template is.
type told struct {
	runs   uint64 // 16 bits each: place in the line, and length in the low 4
	digits uint64 // 4 bits each
	n      int    // runs so far
	count  int    // digits so far
	many   bool   // too many to be remembered
}

const _ = uint(1<<12 - maxMasked) // a place takes twelve bits

const (
	mostRuns   = 4
	mostDigits = 16
	longestRun = 15
)

// add notes the digits of text[from:to].
func (t *told) add(text []byte, from, to int) {
	for i := from; i < to; i++ {
		if !isDigit(text[i]) {
			continue
		}
		start := i
		for i < to && isDigit(text[i]) && t.count < mostDigits {
			t.digits |= uint64(text[i]-'0') << (4 * t.count)
			t.count++
			i++
		}
		n := i - start
		if t.many = t.many || n == 0 || n > longestRun || t.n == mostRuns; t.many {
			return
		}
		t.runs |= uint64(start<<4|n) << (16 * t.n)
		t.n++
		if i < to && isDigit(text[i]) {
			t.many = true
			return
		}
	}
}

// word notes what counts of a word's digits: all where it is not masked. The one
// before an x tells hexadecimal numbers.
func (t *told) word(text []byte, from, to int, masked bool) {
	if !masked {
		t.add(text, from, to)
	} else if to-from > 1 && text[from+1]|0x20 == 'x' {
		t.add(text, from, from+1)
	}
}

// same reports whether the digits of text are those that runs and digits tell.
func same(text []byte, runs, digits uint64) bool {
	for ; runs != 0; runs >>= 16 {
		i, n := int(runs>>4&0xFFF), int(runs&15)
		if i+n > len(text) {
			return false
		}
		for _, c := range text[i : i+n] {
			if uint64(c-'0') != digits&15 {
				return false
			}
			digits >>= 4
		}
	}
	return true
}

// findShape returns the hash of the template of r's line, if it is remembered.
func (t *tray) findShape(r *annotate.Record) (hash uint64, ok bool) {
	f, ok := t.c.shapes.Find(r.Shape, len(r.Text))
	return f[0], ok && same(r.Text, f[1], f[2])
}

// addShape remembers the hash of the template of r's line, in which d stands.
func (t *tray) addShape(r *annotate.Record, hash uint64, d *told) {
	if r.Shape != 0 && !d.many {
		t.c.shapes.Add(r.Shape, len(r.Text), annotate.ShapeFacts{hash, d.runs, d.digits})
	}
}
