package stats

import (
	"slices"
	"unicode/utf8"

	"wsalog/annotate"
)

// maxTemplate bounds a template, and maxMasked the bytes of a line that it is
// made from.
const (
	maxTemplate = 512
	maxMasked   = 4 << 10
)

// What stands in a template for a changing part of the line.
const (
	maskNumber = "<n>"
	maskPeer   = "<peer>"
)

// appendTemplate appends the shape of a record's line: numbers, addresses, times
// and ids are masked, runs of blanks become one, and what spells a code stays,
// so that lines that say the same about different peers share a template and
// lines about different codes do not. The result is valid UTF-8 without control
// characters, at most maxTemplate bytes long.
func appendTemplate(dst []byte, r *annotate.Record) []byte {
	return tellTemplate(dst, r, nil)
}

// tellTemplate is appendTemplate that moreover notes which digits of the line the
// template depends on, unless t is nil.
func tellTemplate(dst []byte, r *annotate.Record, t *told) []byte {
	text := r.Text[:min(len(r.Text), maxMasked)]
	w := writerFor(text)
	w.told = t
	return w.template(dst, text, r)
}

// template appends the shape of r, of which text is the beginning.
func (w templateWriter) template(dst, text []byte, r *annotate.Record) []byte {
	base := len(dst)
	var few [8]annotate.Span
	kept := keptSpans(few[:0], r)
	for i := 0; i < len(text) && len(dst)-base < maxTemplate; {
		for len(kept) > 0 && kept[0].End <= i {
			kept = kept[1:]
		}
		if len(kept) > 0 && kept[0].Start <= i {
			end := min(kept[0].End, len(text))
			dst = w.plain(dst, base, text, i, end)
			if w.told != nil {
				w.told.add(text, i, end)
			}
			i = end
			continue
		}
		if i == r.PeerSpan.Start && r.PeerSpan.End > i {
			dst = append(dst, maskPeer...)
			i = min(r.PeerSpan.End, len(text))
			continue
		}
		end := len(text)
		if len(kept) > 0 {
			end = min(end, kept[0].Start)
		}
		if r.PeerSpan.Start > i && r.PeerSpan.End > r.PeerSpan.Start {
			end = min(end, r.PeerSpan.Start)
		}
		dst = w.masked(dst, base, text, i, end)
		i = end
	}
	return cut(dst, base)
}

// keptSpans returns the spans of r's hits by where they begin. It may use buf.
func keptSpans(buf []annotate.Span, r *annotate.Record) []annotate.Span {
	if len(r.Hits) == 1 {
		return r.Hits[0].Spans
	}
	for i := range r.Hits {
		buf = append(buf, r.Hits[i].Spans...)
	}
	slices.SortFunc(buf, func(a, b annotate.Span) int { return a.Start - b.Start })
	return buf
}

// cut shortens what stands in dst after base to maxTemplate bytes, between two
// characters, without blanks at its end.
func cut(dst []byte, base int) []byte {
	end := min(len(dst), base+maxTemplate)
	for end < len(dst) && end > base && !utf8.RuneStart(dst[end]) {
		end--
	}
	for end > base && dst[end-1] == ' ' {
		end--
	}
	return dst[:end]
}

// token returns the length of the word that text begins with, and whether it is a
// number, address, time or id.
func token(text []byte) (n int, masked bool) {
	if isGUID(text) {
		return guidLen, true
	}
	var sum wordSum
	for {
		for n < len(text) && wordByte[text[n]] {
			sum += sums[text[n]]
			n++
		}
		digits, letters, hex := sum.counts()
		// 10:22:33.114, 2026-07-14, 10.0.0.5:5432 are one word.
		if n+1 >= len(text) || digits == 0 || !joins(text[n]) || !isDigit(text[n+1]) || letters != hex && letters != 1 {
			return n, isNumber(text[:n], digits, letters, hex)
		}
		n++
	}
}

// A wordSum counts digits, letters, and those of the letters that are a to f.
type wordSum uint64

func (s wordSum) counts() (digits, letters, hex int) {
	return int(s & 0xFFFF), int(s >> 16 & 0xFFFF), int(s >> 32)
}

// sums is what each byte of a word adds to its sum.
var sums = func() (t [256]wordSum) {
	for c := range t {
		switch {
		case isDigit(byte(c)):
			t[c] = 1
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			t[c] = 1<<16 | 1<<32
		case wordByte[c]:
			t[c] = 1 << 16
		}
	}
	return t
}()

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isNumber judges a word by its counts of digits, letters and letters a to f.
func isNumber(word []byte, digits, letters, hex int) bool {
	switch {
	case digits == 0:
		return false
	case letters == 0:
		return true
	case letters == 1 && digits >= 4, letters == 2 && digits >= 8: // 10:22:33Z, 2026-07-14T10:22:33Z
		return true
	case word[0] == '0' && len(word) > 2 && word[1]|0x20 == 'x':
		return true
	}
	return letters == hex && digits+hex >= 8
}

// guidLen is the length of 9f86d081-884c-7d65-9a2f-eaa0c55ad015.
const guidLen = 36

// isGUID reports whether text begins with a GUID. They are told by their dashes,
// because their groups look like words or numbers by chance.
func isGUID(text []byte) bool {
	if len(text) < guidLen || text[8] != '-' || len(text) > guidLen && wordByte[text[guidLen]] {
		return false
	}
	for i, c := range text[:guidLen] {
		dash := i == 8 || i == 13 || i == 18 || i == 23
		isHex := c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
		if dash && c != '-' || !dash && !isHex {
			return false
		}
	}
	return true
}

func joins(c byte) bool {
	return c == ':' || c == '.' || c == ',' || c == '-' || c == '/'
}

// wordByte marks the bytes of a word.
var wordByte = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
	}
	return t
}()

// maxSample bounds the text of a sample, in bytes.
const maxSample = 1024

// sampleOf copies the line of a record, or a part around its first hit.
func sampleOf(b *annotate.Batch, r *annotate.Record, h *annotate.Hit) Sample {
	text := r.Text
	cutOff := len(text) > maxSample
	if cutOff {
		at := 0
		if len(h.Spans) > 0 {
			at = h.Spans[0].Start
		}
		from := max(0, min(at-maxSample/2, len(text)-maxSample))
		text = text[from : from+maxSample]
		for len(text) > 0 && !utf8.RuneStart(text[0]) {
			text = text[1:]
		}
	}
	s := Sample{valid(b.Source.Name), b.FirstLine + int64(r.LineInBatch), "", cutOff}
	if utf8.Valid(text) {
		s.Text = string(text)
		return s
	}
	var buf []byte
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r != utf8.RuneError || n > 1 || !cutOff || len(text)-i >= utf8.UTFMax {
			buf = utf8.AppendRune(buf, r)
		}
		i += n
	}
	s.Text = string(buf)
	return s
}
