package annotate

import (
	"hash/maphash"
	"strings"
)

const (
	interned   = 1 << 10 // names that are remembered
	nameBytes  = 4 << 10 // of the room in which short names stand together
	mostShared = 64      // bytes of a short name
)

// An interner makes strings of runs of bytes. Lines that name the same few peers again
// and again do not allocate, others hardly do: their names stand in shared memory.
type interner struct {
	seed maphash.Seed
	last []string // by hash; len is interned
	room strings.Builder
}

func (n *interner) get(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if n.last == nil {
		n.seed, n.last = maphash.MakeSeed(), make([]string, interned)
	}
	at := &n.last[maphash.Bytes(n.seed, b)%interned]
	if *at != string(b) {
		*at = n.copy(b)
	}
	return *at
}

// copy returns b as a string.
func (n *interner) copy(b []byte) string {
	if len(b) > mostShared {
		return string(b)
	}
	if n.room.Len()+len(b) > n.room.Cap() {
		n.room.Reset() // the strings keep the old one
		n.room.Grow(nameBytes)
	}
	from := n.room.Len()
	n.room.Write(b)
	return n.room.String()[from:]
}
