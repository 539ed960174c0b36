package term

import (
	"fmt"
	"strconv"
)

// AppendThousands appends n with a comma after each thousand.
func AppendThousands(dst []byte, n int64) []byte {
	var digits [20]byte
	d := strconv.AppendInt(digits[:0], n, 10)
	for i, c := range d {
		if left := len(d) - i; i > 0 && left%3 == 0 && d[i-1] != '-' {
			dst = append(dst, ',')
		}
		dst = append(dst, c)
	}
	return dst
}

// Thousands writes n with a comma after each thousand.
func Thousands(n int64) string { return string(AppendThousands(nil, n)) }

// Counted puts n into the form for one or into that for many, each with a verb %s.
func Counted(one, many string, n int64) string {
	if n == 1 {
		many = one
	}
	return fmt.Sprintf(many, Thousands(n))
}
