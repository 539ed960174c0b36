//go:build purego || !gc || !amd64

package survey

func (p *Pass) rest(b []byte) { p.portable(b) }
