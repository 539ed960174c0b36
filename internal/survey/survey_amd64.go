//go:build !purego && gc && amd64

package survey

import "golang.org/x/sys/cpu"

// surveyAVX2 looks at blocks of Step bytes of b from at on, which is a multiple of that and
// not 0, and stops before the first one with a "#F" that follows a line end, or where no
// more bytes than that are left. end is how far it came, total is lines and the line ends
// on its way; before, highFrom and highTo become what Pass says of them. It keeps nothing.
//
//go:noescape
func surveyAVX2(b []byte, at, lines int, before []uint32) (end, total, highFrom, highTo int)

func (p *Pass) rest(b []byte) {
	if !cpu.X86.HasAVX2 {
		p.portable(b)
		return
	}
	first := min(len(b), (p.End/Step+1)*Step)
	if p.look(b, p.End+1, first); p.End < first || first == len(b) {
		return
	}
	var from, to int
	p.End, p.Lines, from, to = surveyAVX2(b, p.End, p.Lines, p.Before)
	if to > 0 {
		if p.HighTo == 0 {
			p.HighFrom = from
		}
		p.HighTo = to
	}
	p.look(b, p.End, len(b)) // at most one block more
}
