package prefetch

import "testing"

// TestNothingChanges asks for memory that is there, and for none.
func TestNothingChanges(t *testing.T) {
	t.Parallel()
	list := make([]int64, 1<<16)
	for i := range list {
		list[i] = int64(i)
	}
	for i := range list {
		Line(&list[i])
		Lines(&list[i], 1+i%4) // behind the last one, too
	}
	Line[int64](nil)
	Lines[int64](nil, 2)
	for i, n := range list {
		if n != int64(i) {
			t.Fatalf("%d became %d", i, n)
		}
	}
}
