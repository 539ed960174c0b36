package stats

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// pairs appends code and hits to list, which it makes where there is none.
func (c counts) pairs(list [][2]int64) [][2]int64 {
	if list == nil {
		list = make([][2]int64, 0, len(c))
	}
	for _, e := range c {
		list = append(list, [2]int64{int64(e.Code), e.N})
	}
	return list
}

func fromPairs(list [][2]int64) counts {
	var c counts
	for _, p := range list {
		c.add(int(p[0]), p[1])
	}
	return c
}

// sparse lists the index and value of what is not 0.
func sparse(list []int64) [][2]int64 {
	filled := 0
	for _, n := range list {
		if n != 0 {
			filled++
		}
	}
	out := make([][2]int64, 0, filled)
	for i, n := range list {
		if n != 0 {
			out = append(out, [2]int64{int64(i), n})
		}
	}
	return out
}

// dense is the inverse of sparse.
func dense(dst []int64, list [][2]int64) error {
	for _, p := range list {
		if p[0] < 0 || p[0] >= int64(len(dst)) {
			return fmt.Errorf("hour %d does not exist", p[0])
		}
		dst[p[0]] += p[1]
	}
	return nil
}

// clone copies m; the copy is never nil.
func clone[K comparable](m map[K]int64) map[K]int64 {
	out := make(map[K]int64, len(m))
	maps.Copy(out, m)
	return out
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	return slices.Sorted(maps.Keys(m))
}
