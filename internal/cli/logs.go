package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"wsalog/annotate"
	"wsalog/internal/charset"
	"wsalog/internal/pipeline"
	"wsalog/internal/source"
	"wsalog/internal/view"
	"wsalog/matcher"
)

func encodingNames() []string {
	names := []string{"auto"}
	for _, e := range charset.All() {
		names = append(names, e.Name)
	}
	return names
}

// A run is what the commands that read logs have in common.
type run struct {
	app     *app
	args    []string // what to read, "-" for standard input
	follow  bool
	tail    int
	filter  *filter
	matcher *matcher.Matcher
	config  pipeline.Config
	began   time.Time
	outcome outcome
	notices notices
	outputs []*wholeFile
	own     *ownFiles        // that are made while the run reads
	totals  *annotate.Totals // nil where no log was read
	empty   []*annotate.Source
}

// errHelp asks for the help and exit code 2: there is nothing to read.
var errHelp = errors.New("nothing to read")

// newRun checks every flag before anything is opened or printed.
func (a *app) newRun(args []string) (*run, error) {
	s := a.settings
	switch {
	case s.needs("tail", "follow"), s.needs("from-start", "follow"):
		return nil, a.usage("run.needs-follow")
	case s.clash("from-start", "tail"):
		return nil, a.usage("run.tail-start")
	}
	r := &run{app: a, args: args, follow: s.on("follow"), began: a.now(), own: &ownFiles{}}
	r.notices.app, r.notices.said = a, &reasons{}
	if len(args) == 0 {
		if a.look(stdinStream).Terminal {
			return nil, errHelp
		}
		r.args = []string{source.StdinName}
	}
	r.tail = s.number("tail")
	if s.on("from-start") {
		r.tail = -1
	}
	if err := r.overwrites(); err != nil {
		return nil, err
	}
	var err error
	if r.filter, err = a.newFilter(); err != nil {
		return nil, err
	}
	if r.config.Window, err = a.period(); err != nil {
		return nil, err
	}
	if r.config.Encoding, err = charset.ByName(s.text("encoding")); err != nil {
		return nil, a.usage("flag.invalid", "--encoding", s.text("encoding"), a.words.say("value.word", strings.Join(encodingNames(), ", ")))
	}
	if r.matcher, err = a.newMatcher(); err != nil {
		return nil, err
	}
	r.config.Matcher = r.matcher
	r.config.Workers = s.number("jobs")
	if r.config.Workers == 0 {
		r.config.Workers = runtime.GOMAXPROCS(0)
	}
	r.config.Year, r.config.Latest = r.began.Year(), r.began
	r.config.Drain, r.config.Busy = 1<<20, a.growHeap
	return r, nil
}

// open opens the inputs.
func (r *run) open() (source.Feed, error) {
	opts := source.Options{
		Recursive: r.app.settings.on("recursive"), Follow: r.follow, Tail: r.tail,
		Stdin: r.app.stdin, Outputs: r.writesTo(), IsOutput: r.own.has,
	}
	feed, err := source.Open(r.args, opts)
	if err != nil {
		return nil, &plainError{r.app.reword(err)}
	}
	return feed, nil
}

// pump runs the pipeline until the input ends, the user stops it, or the sinks
// want no more. What it returns is trouble that ends the program; everything
// else is in the outcome.
func (r *run) pump(ctx context.Context, in *interrupt, sinks ...pipeline.Sink) (annotate.Totals, error) {
	feed, err := r.open()
	if err != nil {
		return annotate.Totals{}, err
	}
	defer feed.Close()
	spotter := spotEmpty(feed)
	totals, err := pipeline.Run(ctx, r.config, spotter, append([]pipeline.Sink{&r.notices}, sinks...)...)
	r.empty = spotter.found
	r.outcome.signal = int(in.code.Load())
	r.outcome.trouble = r.outcome.trouble || r.notices.trouble
	switch {
	case err == nil, errors.Is(err, view.ErrDone), errors.Is(err, errEnough):
		return totals, nil
	case r.outcome.signal != 0 && errors.Is(err, context.Canceled) && !closedPipe(err):
		return totals, nil
	}
	return totals, err
}

// errEnough is returned by sinks of this package that need no more input.
var errEnough = errors.New("enough")

// output opens the places where a run writes: standard output, or one file for
// each --output.
func (r *run) output() ([]io.Writer, error) {
	names := r.app.settings.list("output")
	if len(names) == 0 {
		return []io.Writer{r.app.stdout}, nil
	}
	var list []io.Writer
	for _, name := range names {
		if r.follow {
			f, err := os.Create(name) // who follows wants to see it grow
			if err != nil {
				return nil, &plainError{r.app.reword(err)}
			}
			r.outputs = append(r.outputs, &wholeFile{File: f})
			list = append(list, f)
			continue
		}
		f, err := createWhole(name)
		if err != nil {
			return nil, &plainError{r.app.reword(err)}
		}
		r.outputs = append(r.outputs, f)
		list = append(list, f)
	}
	return list, nil
}

// finish gives the output files their names, or removes them after trouble. What
// an interrupted run wrote takes the place of nothing: it is half a file.
func (r *run) finish(failed bool) error {
	var first error
	for _, f := range r.outputs {
		if failed {
			f.abandon()
			continue
		}
		if r.outcome.signal != 0 && f.replaces() {
			f.abandon()
			r.app.complain(r.app.words.say("run.kept", f.name))
			continue
		}
		if err := f.commit(); err != nil {
			f.abandon()
			if first == nil {
				first = &plainError{r.app.words.say("run.not-placed", r.app.reword(err))}
			}
		}
	}
	r.outputs = nil
	return first
}

// notices is the sink that tells people at once what goes wrong with a source.
type notices struct {
	app     *app
	trouble bool
	silent  bool
	said    *reasons
	around  func(func()) // clears the screen's live rows while something is said
	bar     *progressBar // what is said goes above it; nil where there is none
}

// Batch tells about the events of a batch.
func (n *notices) Batch(b *annotate.Batch) error {
	for i := range b.Events {
		e := &b.Events[i]
		text := n.app.noticeText(*e)
		switch e.Kind {
		case annotate.Trouble, annotate.Ended:
			if e.Err == nil {
				if e.Kind == annotate.Ended || text == "" {
					continue
				}
				break
			}
			n.trouble = true
			n.said.add(e.Err.Error(), n.app.eventText(*e))
			text = withName(text, b.Source)
		case annotate.Rotated, annotate.Truncated, annotate.Vanished, annotate.Skipped:
		default:
			continue
		}
		if text != "" {
			n.say(text)
		}
	}
	return nil
}

// withName puts the source's name in front of a text that does not name it.
func withName(text string, src *annotate.Source) string {
	if src != nil && !strings.Contains(text, src.Name) {
		text = src.Name + ": " + text
	}
	return text
}

func (n *notices) say(text string) {
	if n.silent {
		return
	}
	switch {
	case n.around != nil:
		n.around(func() { n.app.complain(text) })
	case n.bar != nil:
		n.app.complainTo(n.bar, text)
	default:
		n.app.complain(text)
	}
}

// Idle has nothing to do: nothing is held back.
func (n *notices) Idle() error { return nil }

// Close has nothing to do.
func (n *notices) Close(annotate.Totals) error { return nil }
