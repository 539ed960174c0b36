package bytescan

// digits is the length of the decimals that are searched for.
const digits = 5

const (
	lowest  = 10000
	highest = 99999
)

// decimals is the set of numbers to find. A number is looked for by its first four
// digits; the kernel checks the fifth and that no digit stands on either side.
type decimals struct {
	any    bool
	ranges []Range
}

func newDecimals(ranges []Range) decimals {
	var d decimals
	for _, r := range ranges {
		if r.Lo, r.Hi = max(r.Lo, lowest), min(r.Hi, highest); r.Lo <= r.Hi {
			d.ranges = append(d.ranges, r)
		}
	}
	d.any = len(d.ranges) > 0
	return d
}

// standsAt reports whether a number of the set begins at at and stands alone.
func (d *decimals) standsAt(haystack []byte, at int) bool {
	if at+digits > len(haystack) || at > 0 && isDigit(haystack[at-1]) ||
		at+digits < len(haystack) && isDigit(haystack[at+digits]) {
		return false
	}
	value := 0
	for _, b := range haystack[at : at+digits] {
		if !isDigit(b) {
			return false
		}
		value = 10*value + int(b-'0')
	}
	for _, r := range d.ranges {
		if r.Lo <= value && value <= r.Hi {
			return true
		}
	}
	return false
}

// heads calls yield with the first four digits of the numbers of the set.
func (d *decimals) heads(yield func(head []byte)) {
	for _, r := range d.ranges {
		for head := r.Lo / 10; head <= r.Hi/10; head++ {
			yield([]byte{byte('0' + head/1000), byte('0' + head/100%10), byte('0' + head/10%10), byte('0' + head%10)})
		}
	}
}

// keys returns the window keys of the heads.
func (d *decimals) keys() []uint32 {
	var keys []uint32
	d.heads(func(head []byte) { keys = append(keys, keyOf(head)) })
	return keys
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
