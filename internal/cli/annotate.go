package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wsalog/annotate"
	"wsalog/internal/pipeline"
	"wsalog/internal/report"
	"wsalog/internal/source"
	"wsalog/internal/stats"
	"wsalog/internal/term"
	"wsalog/internal/view"
	"wsalog/rules"
)

// annotate is the main command: every line passes through, with a note where it
// holds a WinSock error.
func (a *app) annotate(args []string) (int, error) {
	forms, err := a.streamFormats()
	if err != nil {
		return exitTrouble, err
	}
	r, err := a.newRun(args)
	if errors.Is(err, errHelp) {
		a.helpInstead("", onAnnotate)
		return exitTrouble, nil
	}
	if err != nil {
		return exitTrouble, err
	}
	ctx, in := a.watch()
	defer in.stop()
	outs, err := r.output()
	if err != nil {
		return exitTrouble, r.join(err)
	}
	s, err := r.stream(outs, forms)
	if err != nil {
		return exitTrouble, r.join(err)
	}
	undo := s.live(ctx)
	g := s.gather()
	totals, err := r.pump(ctx, in, g)
	undo()
	if err == nil && !closedPipe(g.closed) {
		err = g.closed // which the end by a view hides
	}
	if err != nil {
		return exitTrouble, r.join(err)
	}
	if err := r.finish(false); err != nil {
		return exitTrouble, err
	}
	s.conclude(totals)
	r.outcome.filtering = s.options.Filtering()
	r.outcome.quiet = s.options.Quiet
	r.outcome.chose = s.count.Selected() > 0
	return r.outcome.code(), nil
}

// join removes the half-written files and returns err.
func (r *run) join(err error) error {
	_ = r.finish(true)
	return err
}

// streamFormats are the formats of the annotated streams, one for each output.
func (a *app) streamFormats() ([]string, error) {
	s := a.settings
	if v := s.value("format"); v.typed && slices.Contains([]string{"json", "csv", "md", "html"}, v.text) {
		return nil, a.usage("format.report", v.text)
	}
	for _, name := range lineChoosers {
		if s.clash(name, "why") {
			return nil, a.usage("format.why", "--"+name)
		}
	}
	var forms []string
	for _, file := range s.outputs() {
		form, err := a.formatFor(file, formatsOf(onAnnotate))
		if err != nil {
			if f, err := report.FormatByFile(file); err == nil && !s.value("format").typed {
				return nil, a.usage("format.report", f.Name)
			}
			return nil, err
		}
		forms = append(forms, form)
	}
	if slices.Contains(forms, "ndjson") {
		if name := s.typed(append([]string{"why"}, lineChoosers...)...); name != "" {
			return nil, a.usage("format.text-only", "--"+name)
		}
		for _, name := range append([]string{"why"}, lineChoosers...) {
			s.drop(name) // configured for text
		}
	} else if s.typed("fields") != "" {
		return nil, a.usage("format.fields")
	}
	return forms, nil
}

// lineChoosers are the flags that say which lines of the log are printed and how.
var lineChoosers = []string{"count", "only-matching", "files-with-matches", "invert-match", "max-count",
	"after-context", "before-context", "context", "with-filename", "line-number"}

// An annotation is the output side of the main command.
type annotation struct {
	run     *run
	options view.Options
	profile term.Profile
	sinks   []pipeline.Sink
	count   *view.View // knows what was chosen and counted
	screen  *view.View // the view that a terminal shows, or nil

	conditions []report.Condition
	counts     *stats.Collector // for the conditions, nil when there are none
}

// stream builds the sinks, one for each output in its format.
func (r *run) stream(outs []io.Writer, forms []string) (*annotation, error) {
	a := r.app
	s := &annotation{run: r}
	if len(a.settings.list("output")) == 0 {
		s.profile = a.profile(stdoutStream)
	}
	s.options = r.viewOptions(s.profile)
	for i, w := range outs {
		switch {
		case s.options.Quiet: // only whether there is a hit
		case forms[i] == "ndjson":
			s.sinks = append(s.sinks, r.hitStream(w))
		case a.settings.on("why"):
			s.sinks = append(s.sinks, newWhySink(w, r, s.profile))
		default:
			v := view.New(w, s.options)
			s.sinks = append(s.sinks, v)
			s.count = v
			if s.profile.Terminal {
				s.screen = v
			}
		}
	}
	var err error
	if s.conditions, err = a.conditions(false); err != nil {
		return nil, err
	}
	if s.count == nil { // counts for the summary and the exit code
		o := view.Options{Accept: s.options.Accept, Lang: s.options.Lang, OnlyHits: s.options.OnlyHits, Explain: view.None}
		// The first hit tells all that is asked where nobody wants the counts. Where there are
		// no outputs the run ends with it, unless conditions want to see all.
		o.Quiet = s.options.Quiet && len(s.conditions) == 0 || len(s.sinks) > 0 && a.settings.on("no-summary")
		o.Count = !o.Quiet
		s.count = view.New(io.Discard, o)
		s.sinks = append(s.sinks, s.count)
	}
	if len(s.conditions) > 0 {
		s.counts = stats.New(stats.Options{Accept: r.filter.stats()})
		s.sinks = append(s.sinks, s.counts)
	}
	return s, nil
}

// gather puts the sinks together. The run ends when each of them has what it needs;
// counting for conditions never has, so that it ends with the input. What follows
// has no such end: there the outputs alone decide.
func (s *annotation) gather() *gathering {
	enough := len(s.sinks)
	if s.run.follow && s.counts != nil {
		enough-- // they stand last
	}
	return gather(enough, s.sinks)
}

// hitStream is the NDJSON sink.
func (r *run) hitStream(w io.Writer) pipeline.Sink {
	fields, _ := report.ParseFields(r.app.settings.text("fields")) // the flag has checked it
	return report.NewHitStream(w, report.HitOptions{
		Fields: fields, Lang: r.app.words.lang(), Texts: rules.TextOf, Accept: r.filter.stats(),
		Version: version(), Args: r.app.args, Sources: r.args,
	})
}

// viewOptions translates the flags for the view.
func (r *run) viewOptions(p term.Profile) view.Options {
	a, s := r.app, r.app.settings
	explain, _ := view.ParseExplain(s.text("explain")) // the flag has checked it
	o := view.Options{
		Profile: p, Theme: a.theme(p), Lang: a.words.lang(), Explain: explain,
		NoFold: s.on("no-fold"), Footer: p.Terminal, Raw: s.on("raw"),
		Now: a.now, Accept: r.filter.accept, Say: a.eventText,
		OnlyHits: s.on("only-hits"), Invert: s.on("invert-match"), Count: s.on("count"), OnlyMatching: s.on("only-matching"),
		FilesWithMatches: s.on("files-with-matches"), Quiet: s.on("quiet"), MaxCount: s.int64Of("max-count"),
		Before: max(s.number("before-context"), s.number("context")), After: max(s.number("after-context"), s.number("context")),
		WithFilename: s.on("with-filename"), LineNumbers: s.on("line-number"),
		Sources: r.knownSources(),
	}
	if r.follow && (o.MaxCount > 0 || o.FilesWithMatches) { // then each file has an end of its own
		o.Sources = r.namedSources()
	}
	if s.isSet("before-context") {
		o.Before = s.number("before-context")
	}
	if s.isSet("after-context") {
		o.After = s.number("after-context")
	}
	if r.several() && (o.Count || o.OnlyMatching) {
		o.WithFilename = true
	}
	o.Headers = p.Terminal && !o.WithFilename && r.several()
	return o
}

// several reports whether more than one source may turn up.
func (r *run) several() bool {
	return len(r.args) > 1 || r.app.settings.on("recursive") || r.namedSources() != 1 && r.args[0] != source.StdinName
}

// knownSources is the number of sources where it is certain before anything is
// opened, else 0.
func (r *run) knownSources() int {
	if r.follow || r.namedSources() == 0 {
		return 0
	}
	return len(r.args)
}

// namedSources is the number of different sources that the arguments name one by
// one, else 0: a pattern, a folder or an archive may hold any number.
func (r *run) namedSources() int {
	if r.app.settings.on("recursive") {
		return 0
	}
	names := make(map[string]bool)
	for _, arg := range r.args {
		_, err := os.Lstat(arg) // a file may be named like a pattern
		if err != nil && strings.ContainsAny(arg, patternRunes) || strings.EqualFold(filepath.Ext(arg), ".zip") {
			return 0
		}
		names[filepath.Clean(arg)] = true
	}
	return len(names)
}

// conclude prints the summary and weighs --fail-on.
func (s *annotation) conclude(totals annotate.Totals) {
	r := s.run
	if s.counts != nil {
		r.weigh(s.conditions, s.counts.Table(), nil)
	}
	set := r.app.settings
	o := &s.options
	if !o.Quiet {
		r.warn(totals)
	}
	nothing := r.outcome.trouble && totals.Bytes == 0 // what was told of it says all
	if !nothing && !set.on("no-summary") && !o.Quiet && !o.Count && !o.FilesWithMatches && !o.OnlyMatching {
		r.summary(s.count.Tally(), totals)
	}
	if set.on("stats") {
		r.engine(totals)
	}
}

// summary tells on standard error what the run found.
func (r *run) summary(t *view.Tally, totals annotate.Totals) {
	p := r.app.profile(stderrStream)
	short := *t
	if t.Lines < fewLines { // the complaints still stand right above
		short.Trouble, short.TroubleMore = nil, 0
	}
	fmt.Fprint(r.app.stderr, view.Summary(&short, totals, view.SummaryOptions{
		Profile: p, Theme: r.app.theme(p), Lang: r.app.words.lang(), Elapsed: r.app.now().Sub(r.began),
	}))
}

// fewLines is the number of lines up to which a run is over at a glance.
const fewLines = 1000
