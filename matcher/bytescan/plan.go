package bytescan

import (
	"cmp"
	"slices"
)

// A Plan says by which bytes each literal is found. To make one takes milliseconds, a
// Scanner of it a tenth of that; so a program whose literals are known can carry
// their plan as constant data. What a Scanner finds follows from the texts alone: a
// plan that logs have outgrown makes it slow, not wrong.
type Plan struct {
	Short []Planned // found by windows of four bytes; those of one window together, the deepest first
	Long  []Planned // found by wide windows
	// Mixed says that the buckets let so much pass that the scan does without.
	Mixed bool
}

// A Planned is a literal and how it is found.
type Planned struct {
	Text   string // in lower case if Fold
	Fold   bool   // ASCII letters match in either case
	At     uint8  // offset of the window, or of the first of eight wide ones
	Bucket uint8  // of a short literal's window
}

// maxLiterals is how many long literals an index has numbers for.
const maxLiterals = 1 << (32 - offsetBits - tagBits)

// NewPlan chooses how the literals are found besides the decimals. It returns nil when
// they do not suit a scan, as New does.
func NewPlan(lits []Literal, ranges []Range) *Plan {
	short := func(l Literal) bool { return len(l.Bytes) < width }
	if len(lits) > maxLiterals || slices.ContainsFunc(lits, short) {
		return nil
	}
	ordinary := logs()
	choices, rate := chooseWindows(ordinary, lits)
	if rate > tooDense {
		return nil
	}
	p := new(Plan)
	for i, l := range lits {
		x := Planned{Text: string(foldedText(l)), Fold: l.Fold, At: uint8(choices[i].offset)}
		if choices[i].wide {
			p.Long = append(p.Long, x)
		} else {
			p.Short = append(p.Short, x)
		}
	}
	p.Short, p.Long = inOrder(p.Short, (*Planned).key), inOrder(p.Long, func(*Planned) uint32 { return 0 })
	free := maxBuckets
	if len(ranges) > 0 {
		free--
	}
	p.Mixed = p.fill(ordinary, free) > tooMixed
	return p
}

// inOrder sorts a list and drops what is in it twice.
func inOrder(list []Planned, key func(*Planned) uint32) []Planned {
	slices.SortFunc(list, func(a, b Planned) int {
		fold := 0
		if a.Fold != b.Fold {
			fold = 1
			if a.Fold {
				fold = -1
			}
		}
		return cmp.Or(cmp.Compare(key(&a), key(&b)), cmp.Compare(b.At, a.At), cmp.Compare(a.Text, b.Text), fold)
	})
	return slices.Compact(list)
}

// fill gives each window a bucket and returns the rate of candidates, per byte of
// ordinary log.
func (p *Plan) fill(ordinary *sample, buckets int) (rate float64) {
	var windows []window
	for i := range p.Short {
		x := &p.Short[i]
		if i == 0 || x.key() != p.Short[i-1].key() {
			windows = append(windows, window{key: x.key()})
		}
		windows[len(windows)-1].masks.add(x.window(), x.Fold)
	}
	rate = fillBuckets(ordinary, windows, buckets)
	bucketOf := make(map[uint32]uint8, len(windows))
	for i := range windows {
		bucketOf[windows[i].key] = windows[i].bucket
	}
	for i := range p.Short {
		p.Short[i].Bucket = bucketOf[p.Short[i].key()]
	}
	return rate
}

// window returns the four bytes by which a short literal is found.
func (x *Planned) window() [width]byte { return [width]byte([]byte(x.Text[x.At : x.At+width])) }

// key returns the key of a short literal's window.
func (x *Planned) key() uint32 {
	w := x.window()
	return keyOf(w[:])
}

// Scanner returns a Scanner for the plan's literals and the decimals, for which it
// keeps the plan. It panics if opts.Impl is not one of Impls.
func (p *Plan) Scanner(opts Options) *Scanner {
	s := &Scanner{impl: impls()[0], decimal: newDecimals(opts.Decimals)}
	if opts.Impl != "" {
		s.impl = implNamed(opts.Impl)
	} else if p.Mixed {
		s.impl = portable()[0]
	}
	s.index.fill(p.Short)
	s.wide.fill(p.Long, &s.nibble)
	s.deepest = max(s.index.deepest, s.wide.deepest)
	var buckets [maxBuckets]masks
	for i := range p.Short {
		x := &p.Short[i]
		buckets[x.Bucket].add(x.window(), x.Fold)
		s.know(x.key())
	}
	s.nibble.fill(buckets[:], s.decimal)
	for _, key := range s.decimal.keys() {
		s.know(key)
	}
	return s
}
