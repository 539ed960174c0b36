package annotate

type shapeHint struct{}

// Stamp finds the time stamp of a line.
func (a *Annotator) Stamp(line []byte, ctx *Context) Stamp { return Stamp{} }
