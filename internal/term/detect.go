package term

import (
	"runtime"

	xterm "golang.org/x/term"
)

// Detect looks at the file descriptor fd and gathers the facts that Decide
// needs; the caller adds what its flags say. On Windows it also switches the
// console's escape sequences on; call the returned function at the end to put
// the console back. Only internal/cli calls Detect.
func Detect(fd uintptr, env func(string) string) (f Facts, restore func()) {
	f = Facts{Env: env, GOOS: runtime.GOOS, Terminal: xterm.IsTerminal(int(fd))}
	if !f.Terminal {
		return f, func() {}
	}
	f.Width, f.Height = Size(fd)
	f.CodePage = codePage()
	restore, f.VT = EnableVT(fd)
	return f, restore
}

// Size asks the terminal behind fd for its size in cells; it returns zeros when
// there is no answer.
func Size(fd uintptr) (width, height int) {
	w, h, err := xterm.GetSize(int(fd))
	if err != nil {
		return 0, 0
	}
	return w, h
}
