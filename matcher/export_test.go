package matcher

// AppendLines is Append without the finder, as the beginning of a log is searched.
func (m *Matcher) AppendLines(dst []Match, block []byte, ctx *Context) []Match {
	m.searched.Store(-int64(len(block)))
	return m.Append(dst, block, ctx)
}
