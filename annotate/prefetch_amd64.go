//go:build !purego && gc && amd64

package annotate

// prefetch starts to bring the cache line of p near, and changes nothing.
//
//go:noescape
func prefetch(p *shapePlace)
