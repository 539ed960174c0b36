package annotate

import (
	"math/rand/v2"
	"sync"
	"testing"
)

// TestShapeTableNeverErrs uses one table from several goroutines.
func TestShapeTableNeverErrs(t *testing.T) {
	t.Parallel()
	var table ShapeTable
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(n), 1))
			found := 0
			for range 30_000 {
				id := uint64(1 + rng.IntN(3000))
				want := ShapeFacts{id, id % 7, id % 3}
				if f, ok := table.Find(id<<40, int(id)); !ok {
					table.Add(id<<40, int(id), want)
				} else if found++; f != want {
					t.Errorf("%d: found %v", id, f)
					return
				}
			}
			if found < 15_000 {
				t.Errorf("only %d shapes were known", found)
			}
		})
	}
	all.Wait()
	if places := table.places.Load(); len(*places) < 2048 || len(*places) > 1<<14 {
		t.Errorf("%d places for 3000 shapes", len(*places))
	}
}

// TestShapeTableKeepsWhatIsOfUse adds many shapes, one of which is asked for often.
func TestShapeTableKeepsWhatIsOfUse(t *testing.T) {
	t.Parallel()
	var table ShapeTable
	rng := rand.New(rand.NewPCG(1, 2))
	table.Add(77, 100, ShapeFacts{1, 2, 3})
	lost := 0
	for range 200_000 {
		table.Add(rng.Uint64(), 50, ShapeFacts{4})
		if f, ok := table.Find(77, 100); !ok {
			lost++
			table.Add(77, 100, ShapeFacts{1, 2, 3})
		} else if f != (ShapeFacts{1, 2, 3}) {
			t.Fatalf("found %v", f)
		}
	}
	if lost > 0 {
		t.Errorf("it was lost %d times", lost)
	}
	if n := len(*table.places.Load()); n != mostShapes {
		t.Errorf("%d places", n)
	}
	if _, ok := table.Find(77, 101); ok {
		t.Error("a line of another length is known")
	}
}

// TestScenesAsFacts remembers a scene.
func TestScenesAsFacts(t *testing.T) {
	t.Parallel()
	for _, want := range []scene{
		{},
		{endpoint{Span{1, 2}, Span{3, 65535}, true, Span{0, 400}}, callNone, Span{}},
		{endpoint{Span{65534, 65535}, Span{}, false, Span{7, 8}}, callNone + 9, Span{300, 65535}},
	} {
		f := want.facts()
		var got scene
		if got.set(&f); got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}
