package cli

import (
	"bufio"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"wsalog/internal/report"
	"wsalog/internal/source"
	"wsalog/internal/stats"
	"wsalog/internal/term"
	"wsalog/rules"
)

// report counts what the logs hold and writes the table.
func (a *app) report(args []string) (int, error) {
	s := a.settings
	every, err := a.every()
	if err != nil {
		return exitTrouble, err
	}
	targets, err := a.reportTargets()
	if err != nil {
		return exitTrouble, err
	}
	conditions, err := a.conditions(false)
	if err != nil {
		return exitTrouble, err
	}
	if s.on("merge") {
		if err := a.notFiltered(); err != nil {
			return exitTrouble, err
		}
	}
	r, err := a.newRun(args)
	if errors.Is(err, errHelp) {
		a.helpInstead("report", onReport)
		return exitTrouble, nil
	}
	if err != nil {
		return exitTrouble, err
	}
	if name := r.partGiven(); name != "" {
		return exitTrouble, a.usage("report.is-report", name)
	}
	if r.follow && !s.isSet("tail") {
		r.tail = -1 // a count begins at the beginning
	}
	table, err := r.tabulate(targets, every)
	if err != nil {
		return exitTrouble, err
	}
	for _, t := range targets {
		if err := r.write(t, table); err != nil {
			return exitTrouble, err
		}
	}
	r.weigh(conditions, table, nil)
	if r.totals != nil {
		r.warn(*r.totals)
	}
	if r.totals != nil && s.on("stats") {
		r.engine(*r.totals)
	}
	return r.outcome.code(), nil
}

// every reads --every; 0 means at the end alone.
func (a *app) every() (time.Duration, error) {
	s := a.settings
	if s.clash("merge", "follow") {
		return 0, a.usage("report.merge-follow")
	}
	if s.needs("every", "follow") {
		return 0, a.usage("report.every")
	}
	text := s.text("every")
	if text == "" {
		return 0, nil
	}
	d, ok := parseAge(text)
	if !ok || d <= 0 {
		return 0, a.usage("report.every-time", text)
	}
	return d, nil
}

// tabulate reads the inputs: logs, or JSON reports of parts.
func (r *run) tabulate(targets []target, every time.Duration) (*stats.Table, error) {
	c := stats.New(stats.Options{Accept: r.filter.stats()})
	if r.app.settings.on("merge") {
		merged := 0
		for _, name := range r.args {
			part, err := r.readReport(name)
			if err != nil { // the others still count
				r.app.complain(r.app.reword(err))
				r.outcome.trouble = true
				continue
			}
			c.Merge(part)
			merged++
		}
		if merged == 0 { // a report of nothing would pass for good news
			return nil, errTold
		}
		return c.Table(), nil
	}
	ctx, in := r.app.watch()
	defer in.stop()
	bar := r.progress()
	l := r.liveReport(c, targets, every)
	totals, err := r.pump(ctx, in, l, bar)
	bar.end()
	l.end()
	r.totals = &totals
	if err == nil {
		err = l.err
	}
	if err == nil {
		err = r.countEmpty(c)
	}
	return c.Table(), err
}

// notFiltered refuses flags that choose hits or lines where a finished report is
// read: it holds sums, from which nothing can be taken out.
func (a *app) notFiltered() error {
	if name := a.settings.typed("code", "not-code", "part", "class", "severity", "peer", "strict", "loose",
		"since", "until", "rules", "encoding"); name != "" {
		return a.usage("report.filter", "--"+name)
	}
	return nil
}

// partGiven is an argument that is a JSON report where logs are to be counted, or
// "": the codes in it would be counted as if they were hits.
func (r *run) partGiven() string {
	if r.app.settings.on("merge") {
		return ""
	}
	for _, name := range r.args {
		if looksLikeReport(name) {
			return name
		}
	}
	return ""
}

func (r *run) readReport(name string) (*stats.Collector, error) {
	in := r.app.stdin
	if name != source.StdinName {
		f, err := source.OpenShared(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	c, err := report.ReadJSON(bufio.NewReader(in))
	if err != nil {
		return nil, r.app.trouble("file.about", name, r.app.reword(err))
	}
	return c, nil
}

// A target is one document that a report is written to.
type target struct {
	file   string // "" for standard output
	format *report.Format
}

// reportTargets says where the report goes and in which formats: --output files
// by their extensions unless --format names one for all.
func (a *app) reportTargets() ([]target, error) {
	s := a.settings
	var list []target
	for _, file := range s.outputs() {
		name, err := a.formatFor(file, report.FormatNames())
		if err != nil {
			return nil, err
		}
		f, err := report.FormatByName(name)
		if err != nil {
			return nil, err
		}
		list = append(list, target{file, f})
	}
	return list, nil
}

// reportOptions translates the flags for a document on a place with a profile.
func (r *run) reportOptions(p term.Profile, file bool) (report.Options, error) {
	a, s := r.app, r.app.settings
	o := report.Options{
		Lang: a.words.lang(), Profile: p, Theme: a.theme(p), Texts: rules.TextOf,
		BOM:    file && !s.on("no-bom"),
		Reason: r.notices.said.of,
		Meta:   report.Meta{Version: version(), Args: a.args, Elapsed: a.now().Sub(r.began)},
	}
	if s.isSet("top") {
		o.Top = s.number("top")
		if o.Top == 0 {
			o.Top = -1
		}
	}
	var err error
	if list := s.list("by"); len(list) > 0 {
		if o.By, err = stats.ParseKeys(strings.Join(list, ",")); err != nil {
			return o, &usageError{err.Error()}
		}
	}
	if o.Basis, err = report.ParseBasis(s.text("per")); err != nil {
		return o, &usageError{err.Error()}
	}
	o.CSV, err = report.ParseCSVTable(s.text("table"))
	return o, err
}

// write writes the table to one target.
func (r *run) write(t target, table *stats.Table) error {
	return r.place(t.file, func(w io.Writer, o report.Options) error { return t.format.Write(w, table, o) })
}

// place hands standard output, or a file that takes its name when it is complete,
// to a writer of documents.
func (r *run) place(file string, write func(io.Writer, report.Options) error) error {
	p := term.Profile{}
	if file == "" {
		p = r.app.profile(stdoutStream)
	}
	o, err := r.reportOptions(p, file != "")
	if err != nil {
		return err
	}
	buffered := func(w io.Writer) error {
		b := bufio.NewWriterSize(w, 64<<10)
		if err := write(b, o); err != nil {
			return err
		}
		return b.Flush()
	}
	if file == "" {
		return buffered(r.app.stdout)
	}
	// Half a count is no report; but following has no other end, and writes while the outcome is open.
	if !r.follow && r.outcome.signal != 0 {
		if st, err := os.Stat(file); err == nil && st.Mode().IsRegular() {
			r.app.complain(r.app.words.say("run.kept", file))
			return nil
		}
	}
	return writeWhole(file, func(st os.FileInfo) { r.own.add(file, st) }, buffered)
}
