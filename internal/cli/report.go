package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"wsalog/internal/report"
	"wsalog/internal/source"
	"wsalog/internal/stats"
	"wsalog/internal/term"
	"wsalog/rules"
)

// report counts what the logs hold and writes the table.
func (a *app) report(args []string) (int, error) {
	s := a.settings
	if s.on("follow") || s.isSet("every") {
		return exitTrouble, a.trouble("not-ready", "report --follow")
	}
	targets, err := a.reportTargets()
	if err != nil {
		return exitTrouble, err
	}
	r, err := a.newRun(args)
	if errors.Is(err, errHelp) {
		a.helpInstead("report", onReport)
		return exitTrouble, nil
	}
	if err != nil {
		return exitTrouble, err
	}
	collector := stats.New(stats.Options{Accept: r.filter.stats()})
	if s.on("merge") {
		err = r.merge(collector)
	} else {
		err = r.collect(collector)
	}
	if err != nil {
		return exitTrouble, err
	}
	table := collector.Table()
	for _, t := range targets {
		if err := r.write(t, table); err != nil {
			return exitTrouble, err
		}
	}
	if r.totals != nil && s.on("stats") {
		r.engine(*r.totals)
	}
	return r.outcome.code(), nil
}

// collect reads the logs into the collector.
func (r *run) collect(c *stats.Collector) error {
	ctx, in := r.app.watch()
	defer in.stop()
	bar := r.progress()
	totals, err := r.pump(ctx, in, c, bar)
	bar.end()
	r.totals = &totals
	return err
}

// merge adds up JSON reports of parts. A report that cannot be read does not end
// the run.
func (r *run) merge(c *stats.Collector) error {
	for _, name := range r.args {
		part, err := r.readReport(name)
		if err != nil {
			r.app.complain(err.Error())
			r.outcome.trouble = true
			continue
		}
		c.Merge(part)
	}
	return nil
}

func (r *run) readReport(name string) (*stats.Collector, error) {
	in := r.app.stdin
	if name != source.StdinName {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	c, err := report.ReadJSON(bufio.NewReader(in))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
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
	var named *report.Format
	if name := s.text("format"); name != "" {
		f, err := report.FormatByName(name)
		if err != nil {
			return nil, a.usage("format.unknown", name, strings.Join(report.FormatNames(), ", "))
		}
		named = f
	}
	if len(s.list("output")) == 0 {
		if named == nil {
			named, _ = report.FormatByName("text")
		}
		return []target{{format: named}}, nil
	}
	var list []target
	for _, file := range s.list("output") {
		f := named
		if f == nil {
			var err error
			if f, err = report.FormatByFile(file); err != nil {
				return nil, a.usage("format.file", file)
			}
		}
		list = append(list, target{file, f})
	}
	return list, nil
}

// reportOptions translates the flags for a document on a place with a profile.
func (r *run) reportOptions(p term.Profile, file bool) (report.Options, error) {
	a, s := r.app, r.app.settings
	o := report.Options{
		Lang: a.words.lang(), Profile: p, Theme: a.theme(p), Texts: rules.TextOf, Top: s.number("top"),
		BOM:  file && !s.on("no-bom"),
		Meta: report.Meta{Version: version(), Args: r.args, Elapsed: a.now().Sub(r.began)},
	}
	if o.Top == 0 {
		o.Top = -1
	}
	var err error
	if list := s.list("by"); len(list) > 0 {
		if o.By, err = stats.ParseKeys(strings.Join(list, ",")); err != nil {
			return o, &usageError{err.Error()}
		}
	}
	o.CSV, err = report.ParseCSVTable(s.text("table"))
	return o, err
}

// write writes the table to one target.
func (r *run) write(t target, table *stats.Table) error {
	if t.file == "" {
		o, err := r.reportOptions(r.app.profile(stdoutStream), false)
		if err != nil {
			return err
		}
		return writeTable(r.app.stdout, t.format, table, o)
	}
	o, err := r.reportOptions(term.Profile{}, true)
	if err != nil {
		return err
	}
	return writeWhole(t.file, func(w io.Writer) error { return writeTable(w, t.format, table, o) })
}

func writeTable(w io.Writer, f *report.Format, t *stats.Table, o report.Options) error {
	b := bufio.NewWriterSize(w, 64<<10)
	if err := f.Write(b, t, o); err != nil {
		return err
	}
	return b.Flush()
}

// writeWhole writes a file that takes its name when it is complete.
func writeWhole(name string, write func(io.Writer) error) error {
	f, err := createWhole(name)
	if err != nil {
		return &plainError{err.Error()}
	}
	if err = write(f); err == nil {
		err = f.commit()
	}
	if err != nil {
		f.abandon()
		return &plainError{err.Error()}
	}
	return nil
}
