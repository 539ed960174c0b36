package annotate

import "math"

// A knownScene is the scene of the lines of one shape; see matcher.Match. It holds no
// pointers and is half of a cache line: what is remembered is cold when it is needed.
type knownScene struct {
	shape            uint64 // 0 in a free place
	length           uint16
	call             callID
	six              bool
	host, port       shortSpan // of the peer
	peer             shortSpan
	callFrom, callTo uint16
}

// A shortSpan is a Span of a line that is short enough to be remembered.
type shortSpan struct{ start, end uint16 }

func short(s Span) shortSpan     { return shortSpan{uint16(s.Start), uint16(s.End)} }
func (s shortSpan) span() Span   { return Span{int(s.start), int(s.end)} }
func (s *knownScene) free() bool { return s.shape == 0 }

// longestScene is the length in bytes of the longest line whose scene is remembered.
const longestScene = math.MaxUint16

// remembered makes of a scene what is remembered of it.
func remembered(shape uint64, length int, s *scene) knownScene {
	return knownScene{
		shape: shape, length: uint16(length), call: s.call, six: s.peer.six,
		host: short(s.peer.host), port: short(s.peer.port), peer: short(s.peer.span),
		callFrom: uint16(s.span.Start), callTo: uint16(s.span.End),
	}
}

func (k *knownScene) scene() scene {
	return scene{
		peer: endpoint{k.host.span(), k.port.span(), k.six, k.peer.span()},
		call: k.call, span: Span{int(k.callFrom), int(k.callTo)},
	}
}

// The least and the largest number of places for scenes. How many there are grows
// with the number of shapes that came.
const (
	fewScenes  = 1 << 8
	mostScenes = 1 << 15
)

// A scenes remembers scenes by shapes. Each shape has two places side by side, which it
// shares with others; a new one takes that of the two that was of use longer ago.
type scenes struct {
	places []knownScene // len is even
	fresh  int          // scenes that were added since places has its size

	touched uint64 // sum of what was read ahead, for no use
}

// find returns the scene of a shape, or nil.
func (s *scenes) find(shape uint64, length int) *knownScene {
	if s.places == nil {
		return nil
	}
	pair := s.pair(shape)
	for i := range pair {
		if k := &pair[i]; k.shape == shape && int(k.length) == length {
			if i > 0 {
				pair[0], pair[1] = pair[1], pair[0]
			}
			return &pair[0]
		}
	}
	return nil
}

// ahead reads the place of the shape that is asked for next, which is far away and
// arrives while the line before is worked on.
func (s *scenes) ahead(shape uint64) {
	if s.places != nil && shape != 0 {
		s.touched += s.pair(shape)[0].shape
	}
}

// add remembers a scene that find does not find.
func (s *scenes) add(k knownScene) {
	switch {
	case s.places == nil:
		s.resize(fewScenes)
	case s.fresh > len(s.places)/2 && len(s.places) < mostScenes:
		s.resize(2 * len(s.places))
	}
	s.fresh++
	pair := s.pair(k.shape)
	pair[0], pair[1] = k, pair[0]
}

func (s *scenes) pair(shape uint64) []knownScene {
	return s.places[shape%uint64(len(s.places))&^1:][:2]
}

// resize makes n places.
func (s *scenes) resize(n int) {
	old := s.places
	s.places, s.fresh = make([]knownScene, n), 0
	for i := len(old) - 1; i >= 0; i-- { // the later of two first: it was of use longer ago
		if !old[i].free() {
			pair := s.pair(old[i].shape)
			pair[0], pair[1] = old[i], pair[0]
		}
	}
}
