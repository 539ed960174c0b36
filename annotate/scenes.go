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

// sceneOf returns the scene that was remembered.
func sceneOf(f *ShapeFacts) scene {
	return scene{
		peer: endpoint{unpackSpan(f[0]), unpackSpan(f[0] >> 32), f[2]>>8 != 0, unpackSpan(f[1])},
		call: callID(f[2]), span: unpackSpan(f[1] >> 32),
	}
}

func packSpan(s Span) uint64   { return uint64(uint16(s.Start)) | uint64(uint16(s.End))<<16 }
func unpackSpan(u uint64) Span { return Span{int(uint16(u)), int(uint16(u >> 16))} }
