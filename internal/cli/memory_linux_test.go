package cli

import (
	"os"
	"runtime"
	"strings"
	"testing"
)

// TestGrowHeap has the heap grow, and asks the system whether some of it may be mapped in
// large pages now. Nothing of it may stay in use.
func TestGrowHeap(t *testing.T) {
	if advised(t) > 0 {
		t.Skip("the heap is in large pages from the beginning")
	}
	settings := map[string]string{}
	a := &app{env: func(name string) string { return settings[name] }}
	for _, name := range []string{"GOGC", "GOMEMLIMIT"} {
		settings[name] = "100"
		if a.growHeap(); advised(t) > 0 {
			t.Errorf("the heap grew although the user set %s", name)
		}
		delete(settings, name)
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	a.growHeap()
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown < heapAhead {
		t.Errorf("%d bytes were made, want %d at least", grown, heapAhead)
	}
	if after.HeapAlloc > before.HeapAlloc+heapAhead/2 {
		t.Errorf("%d bytes are in use, before %d", after.HeapAlloc, before.HeapAlloc)
	}
	if advised(t) == 0 {
		t.Error("no memory was advised to be in large pages")
	}
}

// advised returns how many mappings of this process carry the advice for large pages. It skips
// the test where the system does not tell, or has no large pages.
func advised(t *testing.T) (n int) {
	t.Helper()
	if _, err := os.Stat("/sys/kernel/mm/transparent_hugepage"); err != nil {
		t.Skip("no large pages here")
	}
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		t.Skip(err)
	}
	for line := range strings.Lines(string(maps)) {
		if flags, ok := strings.CutPrefix(line, "VmFlags:"); ok && strings.Contains(flags, " hg") {
			n++
		}
	}
	return n
}
