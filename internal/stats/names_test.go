package stats

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestNamesAreFoundUntilRemoved compares a nameTable with a map.
func TestNamesAreFoundUntilRemoved(t *testing.T) {
	table, want := newNameTable(), make(map[string]*entry)
	r := rand.New(rand.NewPCG(4, 2))
	removed := 0
	for range 50_000 {
		name := fmt.Sprint("peer", r.IntN(700))
		e := table.get(name)
		if e != want[name] {
			t.Fatalf("%s: found %v, want %v", name, e, want[name])
		}
		switch {
		case e == nil:
			e = &entry{name: name}
			table.put(table.hash(name), e)
			want[name] = e
		case r.IntN(3) == 0:
			table.remove(e)
			delete(want, name)
			removed++
		}
		if table.n != len(want) {
			t.Fatalf("%d names, want %d", table.n, len(want))
		}
	}
	listed := 0
	for e := range table.all() {
		if want[e.name] != e {
			t.Errorf("%s is listed", e.name)
		}
		listed++
	}
	if listed != len(want) || removed < 1000 {
		t.Errorf("%d of %d names are listed, %d were removed", listed, len(want), removed)
	}
}
