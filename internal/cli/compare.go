package cli

// compare shows two sets of logs side by side.
func (a *app) compare(args []string) (int, error) {
	return exitTrouble, a.trouble("not-ready", "compare")
}
