package cli

import (
	"sync"

	"wsalog/internal/term"
)

// A console remembers what stands behind the streams and how to put it back. Each
// stream is asked once, since asking switches escape sequences on. Its methods may
// be called from several goroutines: a second Ctrl-C restores while the run lasts.
type console struct {
	detect func(stream) (term.Facts, func())
	size   func(stream) (width, height int)

	mu    sync.Mutex
	known map[stream]term.Facts
	undo  []func()
}

// look tells what stands behind a stream, with the size that it has now.
func (c *console) look(s stream) term.Facts {
	c.mu.Lock()
	defer c.mu.Unlock()
	f, ok := c.known[s]
	if !ok {
		var undo func()
		f, undo = c.detect(s)
		if c.known == nil {
			c.known = make(map[stream]term.Facts)
		}
		c.known[s] = f
		c.undo = append(c.undo, undo)
		return f
	}
	if w, h := c.size(s); f.Terminal && w > 0 && h > 0 {
		f.Width, f.Height = w, h
	}
	return f
}

// restore puts the streams back, the last one first: two of them may be the same
// console, of which the first found the mode that it had before wsalog.
func (c *console) restore() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := len(c.undo) - 1; i >= 0; i-- {
		c.undo[i]()
	}
	c.undo = nil
}
