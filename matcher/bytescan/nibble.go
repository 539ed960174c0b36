package bytescan

// nibbleTables is what the nibble kernels read. The assembly knows its layout.
type nibbleTables struct {
	// look[f][t][n] has a bit for each of the eight buckets of group t whose feature f
	// may have the value n.
	look [features][groups][16]uint8
	// known has two bits for each window, by two hashes of it.
	known [1 << nibbleHashBits / 32]uint32
	// wide holds the wide windows, and sure one bit for each.
	wide wideSet
	sure [1 << sureBits / 32]uint32
	// decimal is the bit of the decimals' bucket, the last of the last group, or 0.
	decimal uint8
}

// nibbleHashBits makes a set of 8 KiB, in which with 400 windows one place of 7,000 is
// found by chance. By a single hash one of 160 would be, and where that is a word of
// every line the scan would stop in every line.
const nibbleHashBits = 16

// nibbleHashes returns the two hashes of a window.
func nibbleHashes(key uint32) (first, second uint32) {
	return mix(key) >> (32 - nibbleHashBits), key * 0x85EBCA6B >> (32 - nibbleHashBits)
}

func (t *nibbleTables) fill(buckets []masks, d decimals) {
	for k := range buckets {
		t.put(k, &buckets[k])
	}
	if d.any {
		t.decimal = 1 << 7
		var m masks
		d.heads(func(head []byte) { m.add([width]byte(head), false) })
		t.put(maxBuckets-1, &m)
	}
}

func (t *nibbleTables) put(bucket int, m *masks) {
	for f, values := range m {
		for n := range 16 {
			t.look[f][bucket/8][n] |= uint8(values>>n&1) << (bucket % 8)
		}
	}
}

func (t *nibbleTables) know(key uint32) {
	first, second := nibbleHashes(key)
	t.known[first/32] |= 1 << (first % 32)
	t.known[second/32] |= 1 << (second % 32)
}

func (t *nibbleTables) knowWide(key uint64) {
	t.wide.add(key)
	h := sureHash(key)
	t.sure[h/32] |= 1 << (h % 32)
}

// block is how many places the kernel looks at in one step.
const block = 64

// scanNibbles is the specification of the nibble kernels. It looks at the places
// b[from] … b[from+n-1] for n a multiple of block, and reads width-1 bytes behind
// them. With inner it reads one byte before and digits behind them, and checks that
// decimals stand alone; without, it lets more of them pass. It returns the first
// block with a candidate as the number of places before it, and its candidates as
// bits; (n, 0) if there are none.
func scanNibbles(t *nibbleTables, b []byte, from, n int, inner bool) (at int, mask uint64) {
	for at = 0; at < n; at += block {
		for i := range block {
			if t.passes(b, from+at+i, inner) || i%stride == 0 && t.mayBeWide(wideKeyOf(b[from+at+i:])) {
				mask |= 1 << i
			}
		}
		if mask != 0 {
			return at, mask
		}
	}
	return n, 0
}

// passes looks at one place: first whether its features agree with a bucket, then
// whether its hashes are those of a window.
func (t *nibbleTables) passes(b []byte, at int, inner bool) bool {
	var agree [groups]uint8
	for g := range agree {
		agree[g] = 0xff
		for f, n := range featuresOf([width]byte(b[at:])) {
			agree[g] &= t.look[f][g][n&15]
		}
	}
	if inner && (isDigit(b[at-1]) || !isDigit(b[at+digits-1]) || isDigit(b[at+digits])) {
		agree[groups-1] &^= t.decimal
	}
	h, g := nibbleHashes(keyOf(b[at:]))
	return agree != [groups]uint8{} && (t.known[h/32]>>(h%32))&(t.known[g/32]>>(g%32))&1 != 0
}

// mayBeWide reports whether eight bytes may be a wide window. The second set refuses
// more and is asked first; the kernel cannot, since its hash takes products of 64 bits.
func (t *nibbleTables) mayBeWide(key uint64) bool {
	h := sureHash(key)
	return t.sure[h/32]>>(h%32)&1 != 0 && t.wide.mayHold(key)
}

// A nibbleKernel is scanNibbles or its like in assembly.
type nibbleKernel func(t *nibbleTables, b []byte, from, n int, inner bool) (at int, mask uint64)

// findNibbles drives a kernel over whole blocks. What remains is looked at as part of
// the last block of the haystack, a second time where the two overlap; a haystack
// without a whole block is left to findKnown.
func findNibbles(s *Scanner, haystack []byte, p, end int, kernel nibbleKernel) (
	base int, mask uint64, next int,
) {
	places := len(haystack) - width + 1
	if places < block {
		return findKnown(s, haystack, p, end)
	}
	if p == 0 {
		if _, mask = kernel(&s.nibble, haystack, 0, block, false); mask != 0 || end <= block {
			return 0, mask, block
		}
		p = block
	}
	if n := min(len(haystack)-digits-p, end-p+block-1) &^ (block - 1); n > 0 {
		if at, mask := kernel(&s.nibble, haystack, p, n, true); mask != 0 {
			return p + at, mask, p + at + block
		}
		if p += n; p >= end {
			return p, 0, p
		}
	}
	base = min(p, places-block)
	_, mask = kernel(&s.nibble, haystack, base, block, false)
	return base, mask, base + block
}
