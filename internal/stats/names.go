package stats

import (
	"hash/maphash"
	"iter"
)

// A nameTable finds entries by their names. The hash of a name is worked out once,
// by whoever prepares a hit. It is a table with linear probing, at most three quarters full.
type nameTable struct {
	seed  maphash.Seed
	slots []nameSlot // len is a power of 2
	n     int

	version uint64 // changes with every entry that comes or goes
}

type nameSlot struct {
	hash uint64
	e    *entry // nil: free
}

func newNameTable() nameTable {
	return nameTable{seed: maphash.MakeSeed(), slots: make([]nameSlot, 16)}
}

// hash is never 0, which stands for no name; hashBytes is the same.
func (t *nameTable) hash(name string) uint64      { return max(1, maphash.String(t.seed, name)) }
func (t *nameTable) hashBytes(name []byte) uint64 { return max(1, maphash.Bytes(t.seed, name)) }

// find returns the entry of the name that has a hash, or nil. Hashes of 64 bits stand
// for names: that two of some thousands share one is as likely as a broken memory, and
// the names are far away.
func (t *nameTable) find(hash uint64) *entry {
	for i := t.home(hash); t.slots[i].e != nil; i = t.after(i) {
		if s := &t.slots[i]; s.hash == hash {
			return s.e
		}
	}
	return nil
}

// still returns the entry that has a hash. It was e at a version of the table.
func (t *nameTable) still(hash uint64, e *entry, version uint64) *entry {
	if t.version == version {
		return e
	}
	return t.find(hash)
}

// slot returns where a search for a hash begins.
func (t *nameTable) slot(hash uint64) *nameSlot { return &t.slots[t.home(hash)] }

// get is find for a name.
func (t *nameTable) get(name string) *entry { return t.find(t.hash(name)) }

// put adds an entry whose name has none.
func (t *nameTable) put(hash uint64, e *entry) {
	if 4*(t.n+1) > 3*len(t.slots) {
		old := t.slots
		t.slots = make([]nameSlot, 2*len(old))
		clear(t.slots) // to be written before it is read spares a page its second fault
		for _, s := range old {
			if s.e != nil {
				t.place(s)
			}
		}
	}
	e.hash = hash
	t.place(nameSlot{hash, e})
	t.n++
	t.version++
}

func (t *nameTable) place(s nameSlot) {
	i := t.home(s.hash)
	for t.slots[i].e != nil {
		i = t.after(i)
	}
	t.slots[i] = s
}

// remove takes an entry out. Those behind it move up where their place allows, so
// that no search ends at the gap.
func (t *nameTable) remove(e *entry) {
	gap := t.home(e.hash)
	for t.slots[gap].e != e {
		gap = t.after(gap)
	}
	for i := t.after(gap); t.slots[i].e != nil; i = t.after(i) {
		home := t.home(t.slots[i].hash)
		if (i-home)&(len(t.slots)-1) >= (i-gap)&(len(t.slots)-1) {
			t.slots[gap] = t.slots[i]
			gap = i
		}
	}
	t.slots[gap] = nameSlot{}
	t.n--
	t.version++
}

func (t *nameTable) home(hash uint64) int { return int(hash) & (len(t.slots) - 1) }

func (t *nameTable) after(i int) int { return (i + 1) & (len(t.slots) - 1) }

// all goes over the entries, in no order; none may be added or removed meanwhile.
func (t *nameTable) all() iter.Seq[*entry] {
	return func(yield func(*entry) bool) {
		for i := range t.slots {
			if e := t.slots[i].e; e != nil && !yield(e) {
				return
			}
		}
	}
}
