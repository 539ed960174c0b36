//go:build purego || !gc || !amd64

package survey

func text(b []byte, from int) Found { return textPortable(b, from) }

// implName says which implementation Text uses.
func implName() string { return "portable" }
