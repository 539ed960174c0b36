package source

// Names are the files that args stand for at this moment, in the order in which a
// batch would read them. Nothing is opened; "-" and what cannot be found is left
// out.
func Names(args []string, recursive bool) []string {
	var names []string
	for _, in := range expand(args, Options{Recursive: recursive}) {
		if in.err == nil && in.name != StdinName {
			names = append(names, in.name)
		}
	}
	return names
}
