//go:build !purego && gc && amd64

package stats

// prefetchSlots starts to bring two slots near, and changes nothing.
//
//go:noescape
func prefetchSlots(a, b *nameSlot)

// prefetchEntries does it with what a hit touches of two entries, which may be nil.
//
//go:noescape
func prefetchEntries(a, b *entry)

// prefetchCell does it with a cell.
//
//go:noescape
func prefetchCell(cell *uint32)
