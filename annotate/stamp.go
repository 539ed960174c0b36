package annotate

import "time"

// A stamp is looked for in a line's first stampWindow bytes and must begin in
// the first stampStart of them: what stands further right is message, not stamp.
const (
	stampStart  = 100
	stampWindow = 160
)

// Stamp finds the time that a line begins with, also behind a short prefix such
// as a level, a container name or a JSON key. A stamp without a year takes
// ctx.Year, one whose day and month could be swapped follows ctx.DayFirst; a nil
// ctx means year 0 and month first. Stamps that name a day before one that only
// names a clock time are not preferred: the first one in the line counts.
func (a *Annotator) Stamp(line []byte, ctx *Context) (s Stamp) {
	a.stampTo(&s, line, ctx)
	return s
}

// stampTo puts what Stamp returns into s, in place: whoever copies a stamp at once waits
// for its parts to be written.
func (a *Annotator) stampTo(to *Stamp, line []byte, ctx *Context) {
	b := line[:min(len(line), stampWindow)]
	f := &a.stampFields
	*f = fields{}
	if ctx != nil {
		f.ctxYear, f.dayFirst = ctx.Year, ctx.DayFirst
	}
	// Lines of one log look alike. A stamp at the very front needs no search,
	// and trying the shape that worked last cannot change the answer: at one
	// place at most one shape fits.
	if i, ok := front(b); ok {
		if s := a.hint.last; s != nil && s(b, i, f) {
			f.stamp(to)
			return
		}
	}
	if s, i := scan(b, min(len(b), stampStart), f, false); s != nil {
		if j, ok := front(b); ok && i == j {
			a.hint.last = s
		}
		f.stamp(to)
		return
	}
	// Loggers that sort the keys of JSON put the time at the line's end.
	if n := len(line); n > stampStart && line[0] == '{' {
		tail := line[max(stampStart, n-stampWindow):]
		if s, _ := scan(tail, len(tail), f, true); s != nil {
			f.stamp(to)
			return
		}
	}
	*to = Stamp{}
}

// scan looks for the first stamp that begins before b[end] and returns its shape
// and place; only behind a key that names a time, if keyed.
func scan(b []byte, end int, f *fields, keyed bool) (shape, int) {
	inWord := false
	for i, c := range b[:end] {
		k := startKind[c]
		if k&mayStart != 0 && !inWord {
			if s := pickShape(b, i); s != nil && (!keyed || keyBefore(b, i)) {
				f.reset()
				if s(b, i, f) {
					return s, i
				}
			}
		}
		inWord = k&word != 0
	}
	return nil, 0
}

// A shapeHint remembers the shape of the latest stamp at the front of a line.
type shapeHint struct{ last shape }

// A shape parses the stamp that begins at b[i] into f, or reports false. Shapes
// check all that they need themselves, and exclude each other at one place.
type shape func(b []byte, i int, f *fields) bool

// front returns the place of a stamp that nothing but a bracket precedes.
func front(b []byte) (int, bool) {
	switch {
	case len(b) < 2:
		return 0, false
	case b[0] == '[' && startKind[b[1]]&mayStart != 0:
		return 1, true
	}
	return 0, startKind[b[0]]&mayStart != 0
}

// What a byte means to the search for a stamp.
const (
	mayStart = 1 << iota // a stamp can begin with it
	word                 // a stamp cannot begin right behind it: words, versions, paths, file names
)

var startKind = func() (t [256]uint8) {
	for c := '0'; c <= '9'; c++ {
		t[c] = mayStart | word
	}
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c&^0x20] = word, word
	}
	for _, c := range ".-/\\_+%#$~&" {
		t[c] = word
	}
	for _, c := range "JFMASOND" + "IWE" { // months, levels of glog
		t[c] |= mayStart
	}
	return t
}()

func isDigit(c byte) bool  { return c-'0' < 10 }
func isLetter(c byte) bool { return c|0x20-'a' < 26 }
func isAlnum(c byte) bool  { return isDigit(c) || isLetter(c) }

// at returns b[i], or 0 outside.
func at(b []byte, i int) byte {
	if uint(i) < uint(len(b)) {
		return b[i]
	}
	return 0
}

// pickShape chooses by the first bytes which shape a stamp at b[i] could have.
func pickShape(b []byte, i int) shape {
	if !isDigit(b[i]) {
		next := at(b, i+1)
		if isDigit(next) {
			return glog
		}
		if monthSecond[b[i]%32]&(1<<(next%32)) != 0 {
			return monthFirst
		}
		return nil
	}
	n := digits(b, i)
	next := at(b, i+n)
	switch n {
	case 4:
		switch {
		case next == '-' || next == '/' || next == '.':
			return yearFirst
		case next >= 0x80 || next == ' ':
			return eastAsian
		}
	case 1, 2:
		switch {
		case next == ':':
			return clockOnly
		case next == '.' || next == '/' || next == '-':
			return dayFirst
		case next == ' ':
			return dayName
		}
	case 6, 8, 14:
		return compact
	case 10, 13, 16, 19:
		return epoch
	}
	return nil
}

// monthSecond holds for the first letter of a month which letters come second, so
// that most words are told from months at a glance.
var monthSecond = func() (t [32]uint32) {
	for _, name := range monthNames {
		t[name[0]%32] |= 1 << (name[1] % 32)
	}
	return t
}()

// fields collects the parts of a stamp while a shape reads it.
type fields struct {
	year, month, day     int
	hour, min, sec, nsec int
	zone                 int // seconds east of UTC
	hasZone              bool
	noYear               bool
	noDay                bool

	ctxYear  int
	dayFirst bool
}

// reset forgets the parts and keeps what is known from the Context.
func (f *fields) reset() { *f = fields{ctxYear: f.ctxYear, dayFirst: f.dayFirst} }

// setDate checks and stores a full date.
func (f *fields) setDate(y, m, d int) bool {
	if y < 1970 || y > 2099 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return false
	}
	f.year, f.month, f.day = y, m, d
	return true
}

// setDay checks and stores a date whose year the log leaves out.
func (f *fields) setDay(m, d int) bool {
	y := f.ctxYear
	// 29 February needs a leap year; an unknown year is year 0, which is one.
	if m < 1 || m > 12 || d < 1 || d > daysIn(4, m) {
		return false
	}
	f.year, f.month, f.day, f.noYear = y, m, d, true
	return true
}

func daysIn(y, m int) int {
	switch m {
	case 2:
		if y%4 == 0 && (y%100 != 0 || y%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// stamp puts the parts together.
func (f *fields) stamp(s *Stamp) {
	if f.noDay {
		f.year, f.month, f.day = 0, 1, 1
	}
	sec := daysFromEpoch(f.year, f.month, f.day)*86400 + int64(f.hour*3600+f.min*60+f.sec-f.zone)
	s.Time = time.Unix(sec, int64(f.nsec)).UTC()
	s.Valid, s.HasZone, s.OffsetSec, s.Inherited = true, f.hasZone, f.zone, false
	s.NoYear, s.ClockOnly = f.noYear, f.noDay
}

// daysFromEpoch counts days from 1 January 1970 in the Gregorian calendar. Years
// are counted from March, so that the leap day is a year's last.
func daysFromEpoch(y, m, d int) int64 {
	if m <= 2 {
		y--
		m += 12
	}
	yearDays := y*365 + floorDiv(y, 4) - floorDiv(y, 100) + floorDiv(y, 400)
	monthDays := (153*(m-3) + 2) / 5
	return int64(yearDays+monthDays+d-1) - 719468
}

func floorDiv(a, b int) int {
	if a < 0 {
		return -((b - 1 - a) / b)
	}
	return a / b
}
