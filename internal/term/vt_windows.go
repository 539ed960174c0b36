package term

import "golang.org/x/sys/windows"

// EnableVT makes the console behind fd obey escape sequences. ok is false for
// consoles before Windows 10 1511 and for what is no console. The returned
// function restores the mode that was found.
func EnableVT(fd uintptr) (restore func(), ok bool) {
	h := windows.Handle(fd)
	var mode uint32
	if windows.GetConsoleMode(h, &mode) != nil {
		return func() {}, false
	}
	want := mode | windows.ENABLE_PROCESSED_OUTPUT | windows.ENABLE_WRAP_AT_EOL_OUTPUT |
		windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING
	if want != mode && windows.SetConsoleMode(h, want) != nil {
		return func() {}, false
	}
	return func() { _ = windows.SetConsoleMode(h, mode) }, true
}

func codePage() int {
	cp, err := windows.GetConsoleOutputCP()
	if err != nil {
		return 0
	}
	return int(cp)
}
