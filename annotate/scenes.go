package annotate

import "math"

// longestScene is the length in bytes of the longest line whose scene is remembered.
const longestScene = math.MaxUint16

// facts returns a scene of a line of up to longestScene bytes as it is remembered.
func (s *scene) facts() ShapeFacts {
	kind := uint64(s.call)
	if s.peer.six {
		kind |= 1 << 8
	}
	return ShapeFacts{
		packSpan(s.peer.host) | packSpan(s.peer.port)<<32,
		packSpan(s.peer.span) | packSpan(s.span)<<32,
		kind,
	}
}

// set makes s the scene that was remembered.
func (s *scene) set(f *ShapeFacts) {
	s.peer.host.set(f[0])
	s.peer.port.set(f[0] >> 32)
	s.peer.span.set(f[1])
	s.span.set(f[1] >> 32)
	s.call, s.peer.six = callID(f[2]), f[2]>>8 != 0
}

func packSpan(s Span) uint64 { return uint64(uint16(s.Start)) | uint64(uint16(s.End))<<16 }

func (s *Span) set(u uint64) { s.Start, s.End = int(uint16(u)), int(uint16(u>>16)) }
