//go:build purego || !gc || !amd64

package stats

// These do nothing: the next read takes as long as it takes.

func prefetchSlots(*nameSlot, *nameSlot) {}
func prefetchEntries(*entry, *entry)     {}
func prefetchCell(*uint32)               {}
