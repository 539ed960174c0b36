package annotate

// internLimit bounds how many names an interner keeps.
const internLimit = 4096

// An interner keeps one string per distinct run of bytes, so that lines that
// name the same peer again and again do not allocate.
type interner struct{ m map[string]string }

func (n *interner) get(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if s, ok := n.m[string(b)]; ok {
		return s
	}
	if n.m == nil || len(n.m) >= internLimit {
		n.m = make(map[string]string)
	}
	s := string(b)
	n.m[s] = s
	return s
}
