package source

import (
	"path/filepath"
	"slices"
	"strings"
)

// A nameRule tells which files beside a followed one can be its rotated
// generations. It learns from where the generations really went; until the first
// one was seen to go somewhere it takes the ways in which rotation usually names
// files: app.log.1, app.log-20260131, app.log.2026-01-31T10-00.
type nameRule struct {
	shapes []string // see shapeOf
}

// maxShapes bounds what a rule learns; more than one shape is rare (the date
// changes its form, an operator renames by hand).
const maxShapes = 4

// learn notes that a generation of the file named base is now named name.
func (r *nameRule) learn(base, name string) {
	if name == "" || name == base {
		return
	}
	shape := shapeOf(base, name)
	if slices.Contains(r.shapes, shape) {
		return
	}
	if len(r.shapes) == maxShapes {
		r.shapes = r.shapes[1:]
	}
	r.shapes = append(r.shapes, shape)
}

// fits reports whether name can be a generation of the file named base, or of
// real, which base is a link to.
func (r *nameRule) fits(base, real, name string) bool {
	switch {
	case name == base || name == real:
		return false
	case len(r.shapes) > 0:
		return slices.Contains(r.shapes, shapeOf(base, name))
	}
	return usualRotation(base, name) || real != "" && usualRotation(real, name)
}

// usualRotation reports whether name is base, a separator, and numbers.
func usualRotation(base, name string) bool {
	rest, ok := strings.CutPrefix(name, base)
	if !ok || len(rest) < 2 || !strings.ContainsRune(".-_", rune(rest[0])) {
		return false
	}
	if rest == ".old" || rest == ".prev" {
		return true
	}
	return strings.Trim(rest, "0123456789.-_:TZ+") == "" && strings.ContainsAny(rest, "0123456789")
}

// shapeOf returns what name adds to base, with each number replaced by one #.
// What both share stays as it is: app1.log.1 is no generation of app2.log.
func shapeOf(base, name string) string {
	same := 0
	for same < min(len(base), len(name)) && base[same] == name[same] {
		same++
	}
	var b strings.Builder
	b.WriteString(name[:same])
	b.WriteByte('/') // in no name
	number := false
	for _, c := range name[same:] {
		digit := '0' <= c && c <= '9'
		switch {
		case !digit:
			b.WriteRune(c)
		case !number:
			b.WriteByte('#')
		}
		number = digit
	}
	return b.String()
}

// lastNumber returns the digits of the last number in name, without leading
// zeros, so that comparing first their length and then their text orders them.
func lastNumber(path string) string {
	name := filepath.Base(path)
	end := strings.LastIndexAny(name, "0123456789") + 1
	start := end
	for start > 0 && '0' <= name[start-1] && name[start-1] <= '9' {
		start--
	}
	return strings.TrimLeft(name[start:end], "0")
}

// compareNumbers orders two results of lastNumber.
func compareNumbers(a, b string) int {
	if len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}
