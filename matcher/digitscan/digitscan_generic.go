//go:build purego || !gc || !amd64

package digitscan

func copyDigits(dst, text []byte, digits []uint64) bool { return copyPortable(dst, text, digits) }
