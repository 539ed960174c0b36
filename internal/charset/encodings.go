// Package charset names the encodings that logs come in, decides which one a
// source has, and turns its bytes into UTF-8.
//
// To add an encoding, add one entry to the table below; detection, decoding, the
// names for --encoding and the tests loop over it.
package charset

import (
	"fmt"
	"strings"
	"sync"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// An Order says in which order the bytes of a code unit stand, which is how a
// line end is spelled as well.
type Order uint8

// The orders.
const (
	Bytes        Order = iota // one byte is one unit
	LittleEndian              // UTF-16, low byte first
	BigEndian                 // UTF-16, high byte first
)

// An Encoding is one row of the table. Encodings are shared, immutable, and
// safe for use by several goroutines.
type Encoding struct {
	Name    string   // as reports print it and --encoding takes it
	Aliases []string // other names, in lower case
	BOM     []byte   // the mark that a source in this encoding may begin with; nil when there is none
	Order   Order

	// load returns the table of a legacy encoding, built at first use; nil for
	// encodings that need none.
	load func() *table
	// model scores text of a legacy encoding; nil for encodings that are
	// recognised by other means.
	model *model
}

// The encodings.
var (
	UTF8    = &Encoding{Name: "utf-8", Aliases: []string{"utf8", "65001"}, BOM: []byte("\xEF\xBB\xBF")}
	UTF16LE = &Encoding{Name: "utf-16le", Aliases: []string{"utf16le", "utf-16", "utf16", "unicode", "1200"},
		BOM: []byte("\xFF\xFE"), Order: LittleEndian}
	UTF16BE = &Encoding{Name: "utf-16be", Aliases: []string{"utf16be", "1201"},
		BOM: []byte("\xFE\xFF"), Order: BigEndian}
	GBK = &Encoding{Name: "gbk", Aliases: []string{"gb18030", "gb2312", "cp936", "936", "54936"},
		load: tableOf(simplifiedchinese.GB18030, true), model: &gbkModel}
	Big5 = &Encoding{Name: "big5", Aliases: []string{"big-5", "cp950", "950"},
		load: tableOf(traditionalchinese.Big5, false), model: &big5Model}
	ShiftJIS = &Encoding{Name: "shift-jis", Aliases: []string{"shift_jis", "sjis", "cp932", "932", "windows-31j"},
		load: tableOf(japanese.ShiftJIS, false), model: &sjisModel}
	EUCKR = &Encoding{Name: "euc-kr", Aliases: []string{"euckr", "cp949", "949", "uhc", "ks_c_5601-1987"},
		load: tableOf(korean.EUCKR, false), model: &euckrModel}
	Windows1251 = &Encoding{Name: "windows-1251", Aliases: []string{"cp1251", "1251"},
		load: tableOf(charmap.Windows1251, false), model: &cyrillicModel}
	Windows1252 = &Encoding{Name: "windows-1252", Aliases: []string{"cp1252", "1252", "latin1", "iso-8859-1"},
		load: tableOf(charmap.Windows1252, false), model: &latinModel}
	// Raw is no encoding: bytes pass as they are, whatever they mean.
	Raw = &Encoding{Name: "raw", Aliases: []string{"binary", "none"}}
)

// All returns every encoding, in the order in which help lists them.
func All() []*Encoding {
	return []*Encoding{UTF8, UTF16LE, UTF16BE, GBK, Big5, ShiftJIS, EUCKR, Windows1251, Windows1252, Raw}
}

// ByName finds an encoding by its name or an alias, in any case. "auto" and ""
// give nil: the encoding is then decided by looking at the source.
func ByName(name string) (*Encoding, error) {
	lower := strings.ToLower(strings.TrimSpace(name))
	if lower == "" || lower == "auto" {
		return nil, nil
	}
	var names []string
	for _, e := range All() {
		if e.Name == lower {
			return e, nil
		}
		for _, a := range e.Aliases {
			if a == lower {
				return e, nil
			}
		}
		names = append(names, e.Name)
	}
	return nil, fmt.Errorf("unknown encoding %q: use auto or one of %s", name, strings.Join(names, ", "))
}

// Decodes reports whether the encoding's bytes are rewritten as UTF-8. Sources
// in the others come out byte for byte.
func (e *Encoding) Decodes() bool { return e != nil && (e.Order != Bytes || e.load != nil) }

// Append appends src in UTF-8 to dst and returns the result with the number of
// bytes of src that did not decode. src must hold whole characters; what is cut
// off at its end does not decode. Bytes that do not decode are kept as they are;
// in UTF-16, where they could not stand in UTF-8, U+FFFD takes their place. A
// nil Encoding stands for ASCII that nobody decided about yet. Append does not
// allocate beyond growing dst.
func (e *Encoding) Append(dst, src []byte) (out []byte, undecoded int) {
	switch {
	case e == nil || e == Raw:
		return append(dst, src...), 0
	case e == UTF8:
		return append(dst, src...), CountInvalid(src)
	case e.Order != Bytes:
		return appendUTF16(dst, src, e.Order == BigEndian)
	}
	return e.load().append(dst, src)
}

// Boundary returns the largest offset n' <= n at which a character of b begins.
// b must begin with a character.
func (e *Encoding) Boundary(b []byte, n int) int {
	switch {
	case e == nil || e == Raw:
		return n
	case e == UTF8:
		return boundaryUTF8(b, n)
	case e.Order != Bytes:
		return boundaryUTF16(b, n, e.Order == BigEndian)
	}
	return e.load().boundary(b, n)
}

// tableOf returns a function that builds the table of enc once.
func tableOf(enc textEncoding, fourByte bool) func() *table {
	return sync.OnceValue(func() *table { return newTable(enc, fourByte) })
}
