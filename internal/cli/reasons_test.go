package cli

import (
	"fmt"
	"sync"
	"testing"
)

// TestReasonsAreSharedByGoroutines adds and asks at the same time, as report -f
// does; the race detector sees what goes wrong, and so does the runtime now and then.
func TestReasonsAreSharedByGoroutines(t *testing.T) {
	var r reasons
	var wait sync.WaitGroup
	wait.Go(func() {
		for i := range 2 * mostSaid {
			r.add(fmt.Sprint("cause ", i), fmt.Sprint("原因 ", i))
		}
	})
	for i := range 2 * mostSaid {
		english := fmt.Sprint("cause ", i)
		if said := r.of(english); said != english && said != fmt.Sprint("原因 ", i) {
			t.Fatalf("%s is told as %s", english, said)
		}
	}
	wait.Wait()
	if said := r.of("cause 7"); said != "原因 7" {
		t.Errorf("cause 7 is told as %s", said)
	}
	if len(r.said) != mostSaid {
		t.Errorf("%d reasons are kept, want %d", len(r.said), mostSaid)
	}
}
