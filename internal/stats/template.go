package stats

import (
	"bytes"
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
	base := len(dst)
	text := r.Text[:min(len(r.Text), maxMasked)]
	keep := keeper{hits: r.Hits}
	for i := 0; i < len(text) && len(dst)-base < maxTemplate; {
		if end := keep.spanAt(i); end > i {
			end = min(end, len(text))
			dst = appendPlain(dst, base, text[i:end])
			i = end
			continue
		}
		if i == r.PeerSpan.Start && r.PeerSpan.End > i {
			dst = append(dst, maskPeer...)
			i = min(r.PeerSpan.End, len(text))
			continue
		}
		end := keep.next(i, len(text), r)
		dst = appendMasked(dst, base, text[i:end])
		i = end
	}
	return cut(dst, base)
}

// appendMasked appends a stretch of a line that holds neither hit nor peer. It may
// stop when the template is full. What base is to appendPlain, it is here.
func appendMasked(dst []byte, base int, text []byte) []byte {
	for i := 0; i < len(text) && len(dst)-base < maxTemplate; {
		// Most bytes belong to words without digits and to what stands between.
		n := i
		for n < len(text) && copied[text[n]] {
			n++
		}
		word := n
		for word > i && wordByte[text[word-1]] {
			word--
		}
		if n < len(text) && !wordByte[text[n]] && !(text[n] == '-' && isGUID(text[word:])) {
			word = n // it ends here
		} else if n == len(text) {
			word = n
		}
		dst = append(dst, text[i:word]...)
		if i = word; i == len(text) {
			break
		}
		if wordByte[text[i]] {
			n, masked := token(text[i:])
			if masked {
				dst = append(dst, maskNumber...)
			} else {
				dst = appendPlain(dst, base, text[i:i+n])
			}
			i += n
			continue
		}
		dst = appendPlain(dst, base, text[i:i+1]) // a dash, a blank or a control character
		i++
	}
	return dst
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

// A keeper finds the spans of a record's hits.
type keeper struct{ hits []annotate.Hit }

// spanAt returns the end of the hit span that holds i, or i.
func (k keeper) spanAt(i int) int {
	for h := range k.hits {
		for _, s := range k.hits[h].Spans {
			if s.Start <= i && i < s.End {
				return s.End
			}
		}
	}
	return i
}

// next returns where the next kept or peer span after i begins, at most end.
func (k keeper) next(i, end int, r *annotate.Record) int {
	if r.PeerSpan.End > r.PeerSpan.Start && r.PeerSpan.Start > i {
		end = min(end, r.PeerSpan.Start)
	}
	for h := range k.hits {
		for _, s := range k.hits[h].Spans {
			if s.Start > i {
				end = min(end, s.Start)
			}
		}
	}
	return end
}

// token returns the length of the word that text begins with, and whether it is a
// number, address, time or id.
func token(text []byte) (n int, masked bool) {
	if isGUID(text) {
		return guidLen, true
	}
	digits, letters, hex := 0, 0, 0
	for n < len(text) {
		c := text[n]
		switch {
		case c >= '0' && c <= '9':
			digits++
		case wordByte[c]:
			letters++
			if c|0x20 >= 'a' && c|0x20 <= 'f' {
				hex++
			}
		case joins(c) && digits > 0 && n+1 < len(text) && text[n+1] >= '0' && text[n+1] <= '9' &&
			(letters == hex || letters == 1):
			// 10:22:33.114, 2026-07-14, 10.0.0.5:5432 are one word
		default:
			return n, isNumber(text[:n], digits, letters, hex)
		}
		n++
	}
	return n, isNumber(text[:n], digits, letters, hex)
}

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

// copied marks the bytes that stand in a template as they are and tell nothing of
// the word they are in: neither digits nor parts of characters above ASCII, nor
// the dash, which may be that of a GUID.
var copied = func() (t [256]bool) {
	for c := range t {
		t[c] = printable(byte(c)) && !(c >= '0' && c <= '9') && c != '-'
	}
	return t
}()

// printable reports whether c is a visible character of ASCII.
func printable(c byte) bool { return c > ' ' && c < 0x7F }

// appendPlain appends text as valid UTF-8 on one line: blanks and control
// characters become one blank, none at dst[base:]'s beginning, bytes that are no
// character become U+FFFD.
func appendPlain(dst []byte, base int, text []byte) []byte {
	for i := 0; i < len(text); {
		n := i
		for n < len(text) && printable(text[n]) {
			n++
		}
		dst = append(dst, text[i:n]...)
		if i = n; i == len(text) {
			break
		}
		if text[i] < utf8.RuneSelf {
			if len(dst) > base && dst[len(dst)-1] != ' ' {
				dst = append(dst, ' ')
			}
			i++
			continue
		}
		for n < len(text) && text[n] >= utf8.RuneSelf {
			n++
		}
		dst = appendHigh(dst, text[i:n])
		i = n
	}
	return dst
}

// appendHigh appends bytes above ASCII. Most are text as it should be.
func appendHigh(dst, text []byte) []byte {
	const leadsC1 = 0xC2 // the first byte of U+0080 to U+00BF
	if utf8.Valid(text) && bytes.IndexByte(text, leadsC1) < 0 {
		return append(dst, text...)
	}
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		if r >= 0x80 && r < 0xA0 {
			r = utf8.RuneError
		}
		dst = utf8.AppendRune(dst, r)
		text = text[n:]
	}
	return dst
}

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
	var buf []byte
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r != utf8.RuneError || n > 1 || !cutOff || len(text)-i >= utf8.UTFMax {
			buf = utf8.AppendRune(buf, r)
		}
		i += n
	}
	return Sample{valid(b.Source.Name), b.FirstLine + int64(r.LineInBatch), string(buf), cutOff}
}
