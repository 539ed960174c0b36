//go:build purego || !gc || !amd64

package annotate

// prefetch does nothing: the next read takes as long as it takes.
func prefetch(*shapePlace) {}
