package main

import "math/bits"

// A random is the source of all chance in a log: splitmix64, three
// multiplications a draw, the same on every machine for the same seed.
type random struct{ state uint64 }

func (r *random) next() uint64 {
	r.state += 0x9E3779B97F4A7C15
	z := r.state
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below returns a number of [0, n).
func (r *random) below(n int) int {
	hi, _ := bits.Mul64(r.next(), uint64(n))
	return int(hi)
}

// between returns a number of [from, to].
func (r *random) between(from, to int) int { return from + r.below(to-from+1) }

// chance returns a threshold for hit: the share p of all draws lies below it.
func chance(p float64) uint64 {
	switch {
	case p <= 0:
		return 0
	case p >= 1:
		return 1<<64 - 1
	}
	return uint64(p * (1 << 64))
}

// hit reports whether an event with this threshold happens.
func (r *random) hit(threshold uint64) bool { return threshold > 0 && r.next() <= threshold }
