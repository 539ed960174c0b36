package cli

// typed returns the first of some flags that stands on the command line and is in
// use, or "". Only such flags can contradict each other: who typed one of them does
// not think of what a configuration says for other runs.
func (s *settings) typed(names ...string) string {
	for _, name := range names {
		if s.value(name).typed && s.inUse(name) {
			return name
		}
	}
	return ""
}

// inUse reports whether a flag was given a value that asks for something.
func (s *settings) inUse(name string) bool {
	v := s.value(name)
	if !v.set {
		return false
	}
	switch v.spec.kind {
	case switchFlag:
		return v.on
	case numberFlag:
		return v.n > 0 || name == "tail" // no last line at all is a wish, too
	case listFlag, filesFlag:
		return len(v.list) > 0
	}
	return v.text != "" && v.text != v.spec.def
}

// clash reports whether two flags that exclude each other were both typed. Where
// only one was, the other is put back to its default; where neither was, the
// second.
func (s *settings) clash(first, second string) bool {
	switch {
	case !s.inUse(first) || !s.inUse(second):
		return false
	case s.value(first).typed && s.value(second).typed:
		return true
	case s.value(second).typed:
		s.drop(first)
	default:
		s.drop(second)
	}
	return false
}

// needs reports whether a flag was typed that makes no sense without another one,
// which is not in use. Where it was only configured, it is dropped.
func (s *settings) needs(flag, other string) bool {
	if !s.inUse(flag) || s.inUse(other) {
		return false
	}
	if s.value(flag).typed {
		return true
	}
	s.drop(flag)
	return false
}

// drop puts a flag back to its default.
func (s *settings) drop(name string) {
	v := &flagValue{spec: s.value(name).spec}
	_ = v.parse(v.spec.def) // newSettings has tried it; an empty one leaves the zero value
	s.values[name] = v
}
