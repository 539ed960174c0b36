package cli

import "unicode/utf8"

// closer reports the distance of a and b where it is at most limit. Texts whose
// lengths differ by more are not compared: one may be a whole pasted log.
func closer(a, b string, limit int) (int, bool) {
	if abs(utf8.RuneCountInString(a)-utf8.RuneCountInString(b)) > limit {
		return 0, false
	}
	d := distance(a, b)
	return d, d <= limit
}

// distance is the number of single-character changes (insert, delete, replace,
// swap of neighbours) that turn a into b: the optimal string alignment distance.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, above, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range above {
		above[j] = j
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			row[j+1] = min(above[j+1]+1, row[j]+1, above[j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(y)]
}
