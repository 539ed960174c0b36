package prefetch

import "testing"

// TestLineChangesNothing asks for memory that is there, and for none.
func TestLineChangesNothing(t *testing.T) {
	t.Parallel()
	list := make([]int64, 1<<16)
	for i := range list {
		list[i] = int64(i)
	}
	for i := range list {
		Line(&list[i])
	}
	Line[int64](nil)
	for i, n := range list {
		if n != int64(i) {
			t.Fatalf("%d became %d", i, n)
		}
	}
}
