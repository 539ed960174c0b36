package annotate

import "strings"

const (
	roomBytes  = 4 << 10 // in which short names stand together
	mostShared = 64      // bytes of a short name
)

// A nameRoom makes strings. Short ones stand one behind the other in shared memory, so
// that few allocate; to search for the same name among earlier ones would take longer.
type nameRoom struct{ room strings.Builder }

// endpoint returns an endpoint of line as host:port, [v6]:port or a host alone.
func (n *nameRoom) endpoint(line []byte, e *endpoint) string {
	const marks = len("[]:")
	most := marks + e.host.End - e.host.Start + e.port.End - e.port.Start
	if most > mostShared {
		var b strings.Builder
		b.Grow(most)
		e.spell(&b, line)
		return b.String()
	}
	if n.room.Len()+most > n.room.Cap() {
		n.room.Reset() // the strings keep the old one
		n.room.Grow(roomBytes)
	}
	from := n.room.Len()
	e.spell(&n.room, line)
	return n.room.String()[from:]
}

// spell writes the endpoint of line.
func (e *endpoint) spell(b *strings.Builder, line []byte) {
	switch host := line[e.host.Start:e.host.End]; {
	case e.port == Span{}:
		b.Write(host)
		return
	case e.six:
		b.WriteByte('[')
		b.Write(host)
		b.WriteByte(']')
	case e.port.Start == e.host.End+1 && line[e.host.End] == ':':
		b.Write(line[e.host.Start:e.port.End])
		return
	default:
		b.Write(host)
	}
	b.WriteByte(':')
	b.Write(line[e.port.Start:e.port.End])
}
