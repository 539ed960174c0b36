package stats

import (
	"sync"
	"sync/atomic"

	"wsalog/annotate"
)

// A shapeTable remembers the hashes of templates by the shapes of lines; see
// annotate.Record. Lines of one shape differ in digits only, and nearly all of these
// are masked: of the others, a place holds where they stand and what they were. Each
// shape has two places side by side, which it shares with others. All trays of a
// Collector use one table at the same time.
type shapeTable struct {
	places atomic.Pointer[[]shapePlace] // nil at first; len is even
	fresh  atomic.Int32                 // shapes that were added since places has its size
	growth sync.Mutex
}

// A shapePlace is half of a cache line. Nothing guards its words: sum tells a place
// that was written by two at once, or is being written, from a good one.
type shapePlace struct{ sum, hash, runs, digits atomic.Uint64 }

const (
	fewShapes  = 1 << 8
	mostShapes = 1 << 15
)

// A told is the digits of a line that stand in its template, and where.
type told struct {
	runs   uint64 // 16 bits each: place in the line, and length in the low 4
	digits uint64 // 4 bits each
	n      int    // runs so far
	count  int    // digits so far
	many   bool   // too many to be remembered
}

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

// keyOf returns what a place has to do with r's line, never 0.
func keyOf(r *annotate.Record) uint64 {
	return max(1, r.Shape+uint64(len(r.Text))*0x9E3779B97F4A7C15)
}

// sumOf returns the sum of a place.
func sumOf(key, hash, runs, digits uint64) uint64 {
	return key ^ (hash+runs*0xC4CEB9FE1A85EC53)*0xFF51AFD7ED558CCD ^ digits*0x9E3779B97F4A7C15
}

// find returns the hash of the template of r's line, if it is remembered.
func (s *shapeTable) find(r *annotate.Record) (hash uint64, ok bool) {
	places := s.places.Load()
	if places == nil {
		return 0, false
	}
	key := keyOf(r)
	pair := pairOf(*places, key)
	for i := range pair {
		p := &pair[i]
		hash, runs, digits := p.hash.Load(), p.runs.Load(), p.digits.Load()
		if p.sum.Load() == sumOf(key, hash, runs, digits) && same(r.Text, runs, digits) {
			return hash, true
		}
	}
	return 0, false
}

// touch reads a word of the places that find will read for r, so that they arrive
// while other work is done.
func (s *shapeTable) touch(r *annotate.Record) uint64 {
	if places := s.places.Load(); places != nil && r.Shape != 0 {
		return pairOf(*places, keyOf(r))[0].sum.Load()
	}
	return 0
}

func pairOf(places []shapePlace, key uint64) []shapePlace {
	return places[key%uint64(len(places))&^1:][:2]
}

// add remembers the hash of the template of r's line, in which t stands.
func (s *shapeTable) add(r *annotate.Record, hash uint64, t *told) {
	if t.many {
		return
	}
	places := s.places.Load()
	if places == nil || int(s.fresh.Load()) > len(*places)/2 && len(*places) < mostShapes {
		places = s.grow(places)
	}
	s.fresh.Add(1)
	key := keyOf(r)
	pair := pairOf(*places, key)
	if hash, runs, digits := pair[0].hash.Load(), pair[0].runs.Load(), pair[0].digits.Load(); hash != 0 {
		pair[1].set(pair[0].sum.Load(), hash, runs, digits)
	}
	pair[0].set(sumOf(key, hash, t.runs, t.digits), hash, t.runs, t.digits)
}

func (p *shapePlace) set(sum, hash, runs, digits uint64) {
	p.hash.Store(hash)
	p.runs.Store(runs)
	p.digits.Store(digits)
	p.sum.Store(sum)
}

// grow doubles the places unless somebody else just did, and returns them. What others
// add to the old ones meanwhile may be lost.
func (s *shapeTable) grow(old *[]shapePlace) *[]shapePlace {
	s.growth.Lock()
	defer s.growth.Unlock()
	if now := s.places.Load(); now != old {
		return now
	}
	n := fewShapes
	if old != nil {
		n = 2 * len(*old)
	}
	places := make([]shapePlace, n)
	if old != nil {
		for i := len(*old) - 1; i >= 0; i-- { // the later of two last
			p := &(*old)[i]
			sum, hash, runs, digits := p.sum.Load(), p.hash.Load(), p.runs.Load(), p.digits.Load()
			if hash == 0 {
				continue
			}
			pair := pairOf(places, sum^sumOf(0, hash, runs, digits))
			if h := pair[0].hash.Load(); h != 0 {
				pair[1].set(pair[0].sum.Load(), h, pair[0].runs.Load(), pair[0].digits.Load())
			}
			pair[0].set(sum, hash, runs, digits)
		}
	}
	s.places.Store(&places)
	s.fresh.Store(0)
	return &places
}
