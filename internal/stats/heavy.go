package stats

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"

	"wsalog/internal/prefetch"
)

// An entry counts what shares one name: a peer or a template. What each hit touches
// stands first. As an entry takes four cache lines, that is the first two, and the third
// for shown, of which templates alone have need, and for codes after the first.
type entry struct {
	n      int64 // hits that were seen for sure
	events int64
	codes  counts // in few, as long as they fit
	spans  Spans
	few    [4]CodeCount
	err    int64     // hits that may have been missed before the entry was made, at most
	shown  *fileStat // the source of which no line comes before the sample's
	sample *Sample   // templates; nil: none yet
	resets []int64   // peers: the earliest resets, in seconds on AxisTime, ascending
	name   string
	sum    uint64 // hashOf(name)
	hash   uint64 // in the table that holds the entry
}

// newEntry makes an empty entry. It reads nothing of it, which spares fresh memory a
// second page fault.
func newEntry(name string, sum uint64) *entry {
	e := &entry{name: name, sum: sum}
	e.codes = e.few[:0]
	return e
}

// begin makes of e the empty entry of another name. It keeps the room of its slices.
func (e *entry) begin(name string, sum uint64) {
	*e = entry{name: name, sum: sum, codes: e.codes[:0], resets: e.resets[:0]}
}

// ahead brings near what counting a hit of e touches, if there is an e.
func (e *entry) ahead() {
	if e != nil {
		prefetch.Lines(e, 3)
	}
}

// upper is the largest number of hits the name can have had.
func (e *entry) upper() int64 { return e.n + e.err }

// A heavy counts by name in bounded memory. Up to limit names it is exact. Past
// that it keeps the heaviest names by filtered Space-Saving: a hit of a name
// without an entry raises a cell that the name shares with others, so a cell is
// never below what any of its names can have; a name gets the place of the
// lightest entry as soon as its cell says that it may be heavier. Rare names thus
// do not push each other through the table, and what a new entry may have missed
// is bounded by its cell.
type heavy struct {
	limit  int
	byName nameTable

	// Only past the limit:
	cells    []uint32  // upper bounds by hash of the name; len is a power of 2
	order    []minItem // heap of entries by an upper() that may be out of date, but never too large
	distinct *distinct
	missed   int64 // hits of names that had no entry, or lost it
	width    int   // len(cells) when they are made

	perCode map[int]*distinct // different names by code; nil where nobody asks
}

type minItem struct {
	key int64
	e   *entry
}

func newHeavy(limit, width int) *heavy {
	return &heavy{limit: limit, width: width, byName: newNameTable()}
}

// over reports whether the table is approximate.
func (h *heavy) over() bool { return h.cells != nil }

// admit makes an entry for a name that has none and is hit now, or returns nil
// when the table has no place for it. The caller counts the hit in the entry.
// The sum is hashOf(name).
func admit[T string | []byte](h *heavy, hash, sum uint64, name T) *entry {
	if h.byName.n < h.limit {
		e := newEntry(strings.Clone(string(name)), sum)
		h.byName.put(hash, e)
		if h.over() {
			h.distinct.add(sum)
			h.push(minItem{0, e})
		}
		return e
	}
	h.overflow()
	h.distinct.add(sum)
	cell := h.cell(sum)
	if *cell < 1<<32-1 {
		*cell++
	}
	least := h.lightest()
	if int64(*cell) <= least.upper() {
		h.missed++
		return nil
	}
	h.drop(least)
	// The same place serves the new name.
	least.begin(strings.Clone(string(name)), sum)
	least.err = int64(*cell) - 1
	h.byName.put(hash, least)
	h.order[0].key = least.upper()
	h.down(0)
	return least
}

// cell returns the cell of a name, past the limit.
func (h *heavy) cell(sum uint64) *uint32 { return &h.cells[sum&uint64(len(h.cells)-1)] }

// ahead announces that a name without an entry is hit.
func (h *heavy) ahead(sum uint64) {
	if h.over() {
		prefetch.Line(h.cell(sum))
	}
}

// enter makes an empty entry for a name that has none.
func (h *heavy) enter(name string) *entry {
	e := newEntry(name, hashOf(name))
	h.byName.put(h.byName.hash(name), e)
	return e
}

// overflow switches to bounded counting.
func (h *heavy) overflow() {
	if h.over() {
		return
	}
	h.cells = make([]uint32, h.width)
	h.distinct = newDistinct()
	h.sketch(&h.byName)
	h.reorder()
}

// sketch adds the names of entries, and the codes that each had so far.
func (h *heavy) sketch(entries *nameTable) {
	for e := range entries.all() {
		h.distinct.add(e.sum)
		if h.perCode == nil {
			continue
		}
		for _, c := range e.codes {
			h.namesOf(c.Code).add(e.sum)
		}
	}
}

// namesOf returns the sketch of the names that were hit by a code. Past the limit it
// must be told of every hit: the entries then no longer know all names of a code.
func (h *heavy) namesOf(code int) *distinct {
	d := h.perCode[code]
	if d == nil {
		d = newDistinct()
		h.perCode[code] = d
	}
	return d
}

// reorder builds the heap anew. It starts from sorted entries, so that equal
// input gives equal heaps.
func (h *heavy) reorder() {
	h.order = h.order[:0]
	for _, e := range h.sorted() {
		h.order = append(h.order, minItem{e.upper(), e})
	}
	slices.Reverse(h.order)
	for i := len(h.order)/2 - 1; i >= 0; i-- {
		h.down(i)
	}
}

// drop forgets an entry; its cell stands for it from now on.
func (h *heavy) drop(e *entry) {
	h.byName.remove(e)
	h.missed += e.n
	cell := h.cell(e.sum)
	*cell = max(*cell, uint32(min(e.upper(), 1<<32-1)))
}

// lightest returns an entry with the smallest upper().
func (h *heavy) lightest() *entry {
	for h.order[0].key != h.order[0].e.upper() {
		h.order[0].key = h.order[0].e.upper()
		h.down(0)
		if len(h.order) > 2 { // one of these is the next to be asked
			h.order[1].e.ahead()
			h.order[2].e.ahead()
		}
	}
	return h.order[0].e
}

func (h *heavy) push(m minItem) {
	h.order = append(h.order, m)
	for i := len(h.order) - 1; i > 0; {
		up := (i - 1) / 2
		if h.order[up].key <= h.order[i].key {
			return
		}
		h.order[up], h.order[i] = h.order[i], h.order[up]
		i = up
	}
}

func (h *heavy) down(i int) {
	order := h.order
	moved := order[i]
	for {
		c := 2*i + 1
		if c >= len(order) {
			break
		}
		if c+1 < len(order) && order[c+1].key < order[c].key {
			c++
		}
		if order[c].key >= moved.key {
			break
		}
		order[i] = order[c]
		i = c
	}
	order[i] = moved
}

// bound returns the largest number of hits that a name without an entry can
// have, or that an entry can have missed.
func (h *heavy) bound() int64 {
	var b int64
	for _, c := range h.cells {
		b = max(b, int64(c))
	}
	for e := range h.byName.all() {
		b = max(b, e.err)
	}
	return b
}

// names returns how many different names were seen; past the limit it is an
// estimate.
func (h *heavy) names() int64 {
	if h.over() {
		return max(h.distinct.estimate(), int64(h.byName.n))
	}
	return int64(h.byName.n)
}

// A ranked is an entry with what decides its place nearly always: entries and their
// names are far away.
type ranked struct {
	n    int64
	head uint64 // the first bytes of the name
	e    *entry
}

// sorted lists the entries, heaviest first, ties by name.
func (h *heavy) sorted() []*entry {
	rank := make([]ranked, 0, h.byName.n)
	for e := range h.byName.all() {
		rank = append(rank, ranked{e.n, headOf(e.name), e})
	}
	slices.SortFunc(rank, func(a, b ranked) int {
		switch {
		case a.n != b.n:
			return cmp.Compare(b.n, a.n)
		case a.head != b.head:
			return cmp.Compare(a.head, b.head)
		}
		return cmp.Compare(a.e.name, b.e.name)
	})
	list := make([]*entry, len(rank))
	for i := range rank {
		list[i] = rank[i].e
	}
	return list
}

// headOf returns a number that orders names as their first eight bytes do.
func headOf(name string) uint64 {
	var b [8]byte
	copy(b[:], name)
	return binary.BigEndian.Uint64(b[:])
}

// merge adds o, which stays as it is.
func (h *heavy) merge(o *heavy) {
	if o.over() {
		h.overflow()
	}
	mine := h.cells
	if o.over() {
		mine = slices.Clone(h.cells)
	}
	for oe := range o.byName.all() {
		e := h.byName.get(oe.name)
		if e == nil {
			e = h.enter(oe.name)
			if mine != nil {
				e.err = int64(mine[e.sum&uint64(len(mine)-1)])
			}
		}
		e.merge(oe)
	}
	if o.over() {
		for e := range h.byName.all() {
			if o.byName.get(e.name) == nil {
				e.err += int64(o.cells[e.sum&uint64(len(o.cells)-1)])
			}
		}
		for i, c := range o.cells {
			h.cells[i] = uint32(min(uint64(h.cells[i])+uint64(c), 1<<32-1))
		}
		h.missed += o.missed
	}
	h.settle(o)
}

// settle brings the table back below its limit after a merge with o.
func (h *heavy) settle(o *heavy) {
	if h.byName.n > h.limit {
		h.overflow()
	}
	if !h.over() {
		return
	}
	if o.distinct == nil {
		h.sketch(&o.byName)
	} else {
		h.distinct.merge(o.distinct)
		for code, d := range o.perCode {
			if mine := h.perCode[code]; mine != nil {
				mine.merge(d)
			} else {
				h.perCode[code] = &distinct{slices.Clone(d.reg)}
			}
		}
	}
	if h.byName.n > h.limit {
		for _, e := range h.sorted()[h.limit:] {
			h.drop(e)
		}
	}
	h.reorder()
}

// maxResets is how many reset times a peer keeps: enough to see a steady gap.
const maxResets = 24

// reset notes a reset; at is in seconds. The earliest ones are kept, so that the
// choice does not depend on the order of merging.
func (e *entry) reset(at int64) {
	n := len(e.resets)
	if n == maxResets && at >= e.resets[n-1] {
		return
	}
	i, found := slices.BinarySearch(e.resets, at)
	if found {
		return
	}
	e.resets = slices.Insert(e.resets, i, at)
	if len(e.resets) > maxResets {
		e.resets = e.resets[:maxResets]
	}
}

func (e *entry) merge(o *entry) {
	e.n += o.n
	e.err += o.err
	e.events += o.events
	e.codes.merge(o.codes)
	e.spans.merge(&o.spans)
	for _, at := range o.resets {
		e.reset(at)
	}
	if o.sample != nil && (e.sample == nil || o.sample.before(e.sample)) {
		e.sample = o.sample
	}
}
