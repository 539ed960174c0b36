package annotate

import (
	"sync"
	"sync/atomic"

	"wsalog/internal/prefetch"
)

// A ShapeTable remembers three words for each of many shapes; see matcher.Match. The
// zero value is empty and ready. Several goroutines may use it at the same time. What it
// holds is a matter of chance: it forgets, never errs. Each shape has two places side by
// side, which it shares with others; a new one takes that of the two that was of use
// longer ago. How many places there are grows with the number of shapes that came, up
// to 2 MiB: four for each, since where a third shape shares two places, one of them is
// sought for again and again.
type ShapeTable struct {
	places atomic.Pointer[[]shapePlace] // nil at first; len is a power of 2
	added  atomic.Int32                 // shapes
	growth sync.Mutex
}

// A ShapeFacts is what a ShapeTable holds of a shape.
type ShapeFacts [3]uint64

// A shapePlace is half of a cache line, and holds no pointers. Nothing guards its words:
// the first, made of key and facts, tells a place that two wrote at once, or that is
// being written, from a good one.
type shapePlace struct {
	sum   atomic.Uint64 // 0 in a free place
	facts [3]atomic.Uint64
}

const (
	fewShapes  = 1 << 8
	mostShapes = 1 << 16
)

// Find returns what is remembered of the shape of lines of a length.
func (s *ShapeTable) Find(shape uint64, length int) (f ShapeFacts, ok bool) {
	ok = s.find(keyOf(shape, length), &f)
	return f, ok
}

// find puts what is remembered of a key into f, in place.
func (s *ShapeTable) find(key uint64, f *ShapeFacts) bool {
	places := s.places.Load()
	if places == nil {
		return false
	}
	pair := pairOf(*places, key)
	sum := pair[0].read(f)
	if sum == sumOf(key, f) {
		return true
	}
	newer := *f
	older := pair[1].read(f)
	if older != sumOf(key, f) {
		return false
	}
	pair[1].write(sum, &newer)
	pair[0].write(older, f)
	return true
}

// Ahead announces that Find will be called after some other work. Until then what it
// reads comes near, which is far away as a rule.
func (s *ShapeTable) Ahead(shape uint64, length int) {
	if places := s.places.Load(); places != nil && shape != 0 {
		prefetch.Line(&pairOf(*places, keyOf(shape, length))[0])
	}
}

// Add remembers a shape that Find did not find. Shape is not 0.
func (s *ShapeTable) Add(shape uint64, length int, f ShapeFacts) {
	places := s.places.Load()
	if places == nil || len(*places) < mostShapes && int(s.added.Load()) > len(*places)/4 {
		places = s.grow(places)
	}
	s.added.Add(1)
	key := keyOf(shape, length)
	pushPlace(*places, key, sumOf(key, &f), &f)
}

// pushPlace puts facts in the first of the places of a key, and what is there in the
// second.
func pushPlace(places []shapePlace, key, sum uint64, f *ShapeFacts) {
	pair := pairOf(places, key)
	var newer ShapeFacts
	if sum := pair[0].read(&newer); sum != 0 {
		pair[1].write(sum, &newer)
	}
	pair[0].write(sum, f)
}

// grow doubles the places unless somebody else just did, and returns them. What others
// add to the old ones meanwhile may be lost.
func (s *ShapeTable) grow(old *[]shapePlace) *[]shapePlace {
	s.growth.Lock()
	defer s.growth.Unlock()
	if now := s.places.Load(); now != old {
		return now
	}
	if old == nil {
		old = new([]shapePlace)
	}
	places := make([]shapePlace, max(fewShapes, 2*len(*old)))
	// To be written before it is read spares a page its second fault.
	clear(places)
	var f ShapeFacts
	for i := len(*old) - 1; i >= 0; i-- { // of two, the one that was of use longer ago first
		if sum := (*old)[i].read(&f); sum != 0 {
			pushPlace(places, sum^sumOf(0, &f), sum, &f)
		}
	}
	s.places.Store(&places)
	return &places
}

func (p *shapePlace) read(f *ShapeFacts) (sum uint64) {
	sum = p.sum.Load()
	for i := range f {
		f[i] = p.facts[i].Load()
	}
	return sum
}

func (p *shapePlace) write(sum uint64, f *ShapeFacts) {
	for i := range f {
		p.facts[i].Store(f[i])
	}
	p.sum.Store(sum)
}

// pairOf returns the two places of a key.
func pairOf(places []shapePlace, key uint64) []shapePlace {
	return places[key&uint64(len(places)-2):][:2]
}

// keyOf returns what stands for a shape of lines of a length.
func keyOf(shape uint64, length int) uint64 { return shape + uint64(length)*0x9E3779B97F4A7C15 }

// sumOf returns the sum of a place, which gives the key back: sumOf(0, f) is what facts
// add to it.
func sumOf(key uint64, f *ShapeFacts) uint64 {
	h := (f[0] + 1) * 0xC4CEB9FE1A85EC53
	h = (h ^ h>>29 ^ f[1]) * 0xFF51AFD7ED558CCD
	return key ^ (h^h>>32^f[2])*0x9E3779B97F4A7C15
}
