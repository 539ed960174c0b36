package cli

import (
	"io"
	"os"
	"strings"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"wsalog/annotate"
)

// A progressBar is the sink that shows on standard error how far a long run is:
// bytes read of all, rate, time left. It appears after a moment, so that short
// runs stay clean.
type progressBar struct {
	container *mpb.Progress
	bar       *mpb.Bar
	out       io.Writer
	total     int64
	seen      int64
	after     time.Time
	now       func() time.Time
	width     int
	quiet     bool
}

// progressAfter is how long a run lasts before its bar appears.
const progressAfter = 800 * time.Millisecond

// progress makes the bar of a run. It stays invisible where standard error is no
// terminal or where nobody can know how much there is to read.
func (r *run) progress() *progressBar {
	a := r.app
	p := &progressBar{out: a.stderr, now: a.now, after: r.began.Add(progressAfter)}
	profile := a.profile(stderrStream)
	p.width = profile.Width
	p.quiet = !profile.Rewrite || r.follow
	r.notices.bar = p
	for _, name := range r.args {
		st, err := os.Stat(name)
		if err != nil || !st.Mode().IsRegular() || compressed(name) {
			p.quiet = true
			return p
		}
		p.total += st.Size()
	}
	return p
}

// compressed reports whether the size of a file says nothing of what is in it.
func compressed(name string) bool {
	for _, ext := range []string{".gz", ".zip", ".xz", ".zst", ".bz2", ".tgz", ".lz4"} {
		if strings.HasSuffix(strings.ToLower(name), ext) {
			return true
		}
	}
	return false
}

// Batch moves the bar.
func (p *progressBar) Batch(b *annotate.Batch) error {
	p.seen += b.RawLen
	switch {
	case p.quiet:
	case p.bar != nil:
		p.bar.SetCurrent(p.seen)
	case p.now().After(p.after):
		p.container = mpb.New(mpb.WithOutput(p.out), mpb.WithWidth(max(min(p.width-50, 60), 10)), mpb.WithAutoRefresh())
		p.bar = p.container.AddBar(p.total,
			mpb.PrependDecorators(decor.CountersKibiByte("% .1f / % .1f")),
			mpb.AppendDecorators(decor.AverageSpeed(decor.SizeB1024(0), "% .0f"), decor.Name("  "), decor.AverageETA(decor.ET_STYLE_GO)),
			mpb.BarRemoveOnComplete())
		p.bar.SetCurrent(p.seen)
	}
	return nil
}

// Write writes whole lines to where the bar is, above it once it is there: what
// goes around the bar is erased when that is drawn the next time.
func (p *progressBar) Write(lines []byte) (int, error) {
	if p.container != nil {
		if n, err := p.container.Write(lines); err == nil {
			return n, nil
		}
	}
	return p.out.Write(lines)
}

// Idle has nothing to do.
func (p *progressBar) Idle() error { return nil }

// Close has nothing to do: end takes the bar away.
func (p *progressBar) Close(annotate.Totals) error { return nil }

// end takes the bar off the screen.
func (p *progressBar) end() {
	if p.bar == nil {
		return
	}
	if !p.bar.Completed() {
		p.bar.Abort(true)
	}
	p.container.Wait()
}
