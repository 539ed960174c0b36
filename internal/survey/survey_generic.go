//go:build purego || !gc || !amd64

package survey

func rest(b []byte, at int) Found { return restPortable(b, at) }
