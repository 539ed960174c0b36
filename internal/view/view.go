package view

import (
	"hash/maphash"
	"io"
	"sync"
	"time"

	"wsalog/annotate"
	"wsalog/internal/term"
	"wsalog/rules"
)

// A View writes the annotated stream; it is a sink of the pipeline. Its methods
// may be called from several goroutines: signals arrive while batches do.
type View struct {
	mu    sync.Mutex
	opt   Options
	theme term.Theme
	words *words
	glyph term.GlyphSet
	cells term.Cells
	clean term.Sanitiser
	out   out
	book  codeBook
	peers peerBook
	tally Tally
	seed  maphash.Seed

	screen     bool // the output is a terminal
	rewrites   bool // whose lines can be rewritten
	cols, rows int

	sources  map[int]*source
	speaker  *source // whose line was written last
	lastNum  int64   // and its number
	spoke    bool    // something was written
	midLine  bool    // what was written last does not end its line
	selected int64   // lines that the filter chose
	finished int     // sources of which no more is wanted

	run       run
	changes   []string
	live      int    // live rows on the screen
	drawn     string // what they say
	footer    string // the lowest of them, as it was drawn last
	paused    bool   // somebody may have typed since the last output
	started   bool
	markCells int // of the mark, as a suffix
	lastDraw  time.Time
	suspended bool
	closed    bool

	// Scratch space, free between two lines.
	now   func() time.Time
	line  line // of a record
	again line // that repeats the one before
	plain line // without hits
	note  rich
	boxes []*annotate.Hit
	segs  []segment
	row   []byte
	match []byte
	mask  []byte
}

// New returns a View that writes to w. Nothing is written before the first batch.
func New(w io.Writer, opts Options) *View {
	p := opts.Profile
	v := &View{opt: opts, words: wordsOf(opts.Lang),
		screen: p.Terminal, rewrites: p.Rewrite, cols: p.Width, rows: p.Height,
		out: out{w: w}, seed: maphash.MakeSeed(), sources: make(map[int]*source), now: opts.Now}
	v.tally.say = opts.Say
	if opts.context() {
		v.opt.OnlyHits = true
	}
	if opts.Theme != nil {
		v.theme = *opts.Theme
	}
	tier := p.Glyphs
	if !v.screen {
		tier = term.Full // what a file holds does not depend on who looks
	}
	v.glyph, v.cells, v.clean = term.Glyphs(tier), p.Cells(), term.Sanitiser{Tier: tier}
	v.markCells = v.cells.Width("  " + v.glyph.Mark + " ")
	v.book = newBook(opts.Texts, opts.Lang, v.glyph)
	if v.now == nil {
		v.now = func() time.Time { return time.Time{} }
	}
	if v.opt.silent() {
		v.rewrites = false
	}
	return v
}

func newBook(texts func(int, rules.Lang) *rules.Text, lang rules.Lang, g term.GlyphSet) codeBook {
	if texts == nil {
		texts = rules.TextOf
	}
	return codeBook{texts: texts, lang: lang, glyph: g, codes: make(map[int]*codeState)}
}

// Batch writes the lines of one batch. It returns ErrDone when no more input is
// needed, or the first error of the writer.
func (v *View) Batch(b *annotate.Batch) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	s := v.source(b.Source)
	v.tally.batch(b)
	if b.Scanned < len(b.Bytes) {
		s.spoke = true
		v.walk(s, b)
	}
	for _, e := range b.Events {
		switch {
		case e.Kind == annotate.Ended && (e.Err == nil || s.spoke):
			v.end(s)
		case e.Kind == annotate.Skipped, e.Err != nil:
			s.refused = true
		}
	}
	v.refresh(false, false)
	v.out.settle()
	if v.rewrites && v.out.err == nil {
		_ = v.out.flush()
	}
	if v.out.err != nil {
		return v.out.err
	}
	if v.done() {
		_ = v.out.flush()
		if v.out.err == nil {
			return ErrDone
		}
	}
	return v.out.err
}

// done reports whether further input would change nothing.
func (v *View) done() bool {
	if v.opt.Quiet && v.selected > 0 {
		return true
	}
	return v.opt.Sources > 0 && v.finished >= v.opt.Sources
}

// Idle writes out what is held back; call it when the input pauses.
func (v *View) Idle() error { return v.Tick() }

// Tick writes out what is held back and redraws the live rows if they are due.
// While a terminal is followed it should be called about four times a second, so
// that the rows show what came last.
func (v *View) Tick() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.refresh(false, true)
	v.paused = v.started
	return v.out.flush()
}

// Close ends the output: open lines and bursts are finished, the live rows
// erased, and a terminal's colours reset. It is safe to call it twice.
func (v *View) Close(annotate.Totals) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed {
		return v.out.err
	}
	for _, s := range v.inOrder() {
		v.endPieces(s)
	}
	v.endRun()
	v.endLive()
	v.closed = true
	if v.opt.Count {
		for _, s := range v.inOrder() {
			if s.spoke || !s.refused { // what was not read has no count
				v.end(s)
			}
		}
	}
	if v.screen && !v.opt.silent() {
		if v.midLine {
			v.out.str("\n")
		}
		if v.theme.Error.On != "" || v.opt.Raw {
			v.out.str(reset)
		}
	}
	return v.out.flush()
}

// Resize tells the view the terminal's new size in cells.
func (v *View) Resize(width, height int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.screen || width <= 0 || height <= 0 {
		return
	}
	v.cols, v.rows = width, height
	v.redraw()
}

// Suspend erases the live rows and resets colours, before the process stops
// (Ctrl-Z) or another program writes to the terminal.
func (v *View) Suspend() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.endLive()
	v.suspended = true
	if v.screen && v.theme.Error.On != "" {
		v.out.str(reset)
	}
	return v.out.flush()
}

// Resume draws the live rows again after Suspend.
func (v *View) Resume() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.suspended = false
	v.redraw()
	return v.out.flush()
}

// redraw draws the live rows at once, if there were any.
func (v *View) redraw() {
	if v.started {
		v.drawn = ""
		v.refresh(true, false)
		_ = v.out.flush()
	}
}

// Tally returns the counts so far; they change with the next call of Batch.
func (v *View) Tally() *Tally { return &v.tally }

// Selected is the number of lines that the filter chose: those with a counted
// hit, or those without one where the options invert it.
func (v *View) Selected() int64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.selected
}
